/// A sentiment other than 0.
struct VaderSentiment {
    /// Of its token.
    var position: Int
    var value: Double
}

/// VADER's rules for the sentiment of one word: its rating, changed by what it looks like and what stands near it.
///
/// The order of the steps and of the floating-point operations is that of the two Python programs. Where these do
/// something that their authors hardly meant, the comment begins with "Quirk".
struct VaderRules {
    let variant: Vader.Variant
    let idioms: [VaderIdiom]
    let tokens: [VaderToken]
    let capitalsDiffer: Bool

    init(_ vader: Vader, document: borrowing VaderDocument) {
        variant = vader.variant
        idioms = vader.idioms
        tokens = document.tokens
        capitalsDiffer = document.capitalsDiffer
    }

    /// Whether the word at `position` can have a sentiment at all: it is in the lexicon, is no booster, and is not
    /// the "kind" of "kind of".
    func isRated(_ position: Int) -> Bool {
        let term = tokens[position].term
        if !term.isInLexicon || term.boost != 0 { return false }
        return !(term.word == .kind && word(position + 1) == .of)
    }

    /// The sentiment of the rated word at `i`, before "but" is heeded.
    func sentiment(of i: Int, log: inout some VaderLog) -> Double {
        let token = tokens[i]
        var valence = token.term.valence
        if variant == .upstream { heedNo(i, &valence, &log) }
        if token.isUpper && capitalsDiffer {
            valence += valence > 0 ? VaderConstants.capitals : -VaderConstants.capitals
            log.note(.capitals, at: i, valence: valence)
        }
        // Quirk: a lexicon word near the word switches off every rule for its place, negation and idioms included.
        for distance in 1...3 where i >= distance && !tokens[i - distance].term.isInLexicon {
            heedBooster(i, distance, &valence, &log)
            heedNegation(i, distance, &valence, &log)
            // Quirk: idioms are looked for only where three words stand before the word.
            if distance == 3 { heedPhrases(i, &valence, &log) }
        }
        heedLeast(i, &valence, &log)
        return valence
    }

    /// The word at a position in lower case, `.other` beyond the end.
    private func word(_ position: Int) -> RuleWord {
        position < tokens.count ? tokens[position].term.word : .other
    }

    private func phraseWord(_ position: Int) -> RuleWord {
        position < tokens.count ? tokens[position].phraseWord : .other
    }

    // MARK: Single rules

    /// "no" is itself rated in the lexicon and not among the negations; upstream makes it negate nearby words here.
    ///
    /// Quirk: the negation begins anew from the rating, so in "no no good" the second "no" counts though it was set
    /// to 0.
    private func heedNo(_ i: Int, _ valence: inout Double, _ log: inout some VaderLog) {
        let term = tokens[i].term
        if term.word == .no && i + 1 < tokens.count && tokens[i + 1].term.isInLexicon {
            valence = 0
            log.note(.noBeforeWord, at: i + 1, valence: valence)
        }
        let no: Int
        if i >= 1 && word(i - 1) == .no {
            no = i - 1
        } else if i >= 2 && word(i - 2) == .no {
            no = i - 2
        } else if i >= 3 && word(i - 3) == .no && (word(i - 1) == .or || word(i - 1) == .nor) {
            no = i - 3
        } else {
            return
        }
        valence = term.valence * VaderConstants.negation
        log.note(.afterNo, at: no, valence: valence)
    }

    private func heedBooster(_ i: Int, _ distance: Int, _ valence: inout Double, _ log: inout some VaderLog) {
        let neighbour = tokens[i - distance]
        if neighbour.term.boost == 0 { return }
        var boost = valence < 0 ? -neighbour.term.boost : neighbour.term.boost
        if neighbour.isUpper && capitalsDiffer {
            // Quirk: capitals make a dampener a booster ("KINDA good").
            boost += valence > 0 ? VaderConstants.capitals : -VaderConstants.capitals
        }
        valence += boost * VaderConstants.boosterReach[distance - 1]
        log.note(.booster, at: i - distance, valence: valence)
    }

    /// Quirk: every one of the three places may negate, so "never not good" is negated twice.
    private func heedNegation(_ i: Int, _ distance: Int, _ valence: inout Double, _ log: inout some VaderLog)
    {
        let cause = i - distance
        let near = phraseWord(i - 1)
        let saysSo = near == .so || near == .this
        switch distance {
        case 2:
            if phraseWord(cause) == .never && saysSo {
                // Quirk: 1.5 in NLTK, 1.25 upstream.
                valence *= variant == .nltk ? VaderConstants.neverSoInNLTK : VaderConstants.neverSo
                return log.note(.neverSo, at: cause, valence: valence)
            }
            if variant == .upstream && word(cause) == .without && near == .doubt {
                return log.note(.withoutDoubt, at: cause, valence: valence)
            }
        case 3:
            let middle = phraseWord(i - 2)
            // Quirk: `never and (so or this) or (so or this)`, so that a "so" or "this" right before the word
            // strengthens it without any "never", and keeps a negation three words before from being heeded.
            if phraseWord(cause) == .never && (middle == .so || middle == .this) || saysSo {
                valence *= VaderConstants.neverSo
                return log.note(.neverSo, at: cause, valence: valence)
            }
            if variant == .upstream && word(cause) == .without && (middle == .doubt || near == .doubt) {
                return log.note(.withoutDoubt, at: cause, valence: valence)
            }
        default:
            break
        }
        if tokens[cause].term.isNegation {
            valence *= VaderConstants.negation
            log.note(.negation, at: cause, valence: valence)
        }
    }

    /// Idioms, which replace all that the rules before made of the word, then dampeners of two words.
    ///
    /// Quirk: an idiom may end before the word, and then gives it its own valence: "it is the bomb good".
    /// Quirk (NLTK): only phrases in small letters are known.
    private func heedPhrases(_ i: Int, _ valence: inout Double, _ log: inout some VaderLog) {
        let (three, two, one, zero) = (
            phraseWord(i - 3), phraseWord(i - 2), phraseWord(i - 1), phraseWord(i)
        )
        let (next, afterNext) = (phraseWord(i + 1), phraseWord(i + 2))
        // The first of those that end at the word or before it ...
        let ending =
            idiom(one, zero) ?? idiom(two, one, zero) ?? idiom(two, one) ?? idiom(three, two, one)
            ?? idiom(three, two)
        // ... but those that begin with the word come before it, the longer one last.
        if let idiom = idiom(zero, next, afterNext) ?? idiom(zero, next) ?? ending {
            valence = idiom
            log.note(.idiom, at: i, valence: valence)
        }
        for phrase in [(three, two), (two, one)]
        where VaderConstants.isDampeningPhrase(phrase.0, phrase.1) {
            valence -= VaderConstants.boost
            log.note(.dampeningPhrase, at: i - 1, valence: valence)
        }
    }

    /// The valence of the phrase of just these words, if it is an idiom.
    private func idiom(_ first: RuleWord, _ second: RuleWord, _ third: RuleWord? = nil) -> Double? {
        if first == .other || second == .other { return nil }
        return idioms.first { $0.first == first && $0.second == second && $0.third == third }?.valence
    }

    /// Quirk: "at" and "very" are asked for only where two words stand before the word, and in any case "least" at
    /// the very beginning of a text negates.
    private func heedLeast(_ i: Int, _ valence: inout Double, _ log: inout some VaderLog) {
        guard i >= 1, word(i - 1) == .least, !tokens[i - 1].term.isInLexicon else { return }
        if i >= 2 && (word(i - 2) == .at || word(i - 2) == .very) { return }
        valence *= VaderConstants.negation
        log.note(.least, at: i - 1, valence: valence)
    }
}
