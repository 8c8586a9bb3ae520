import DeterministicWork

/// VADER (Hutto and Gilbert 2014): a sentiment lexicon and rules for what stands around its words.
///
/// Both variants give every digit that the Python programs give, quirks included; each quirk is named where it is
/// reproduced. (Sums are plain left-to-right ones, as in Python up to 3.11; since 3.12 Python's `sum` compensates
/// rounding errors, which can change a last digit.)
public struct Vader: Sendable {
    /// Whose program to agree with.
    public enum Variant: String, Codable, CaseIterable, Sendable {
        /// `nltk.sentiment.vader` of NLTK 3.9.
        case nltk
        /// vaderSentiment 3.3.2, by VADER's authors: knows emoji, negation by "no", more boosters and idioms.
        case upstream
    }

    public let variant: Variant
    let terms: VaderTerms
    let idioms: [VaderIdiom]

    /// VADER with its published lexicon.
    public init(variant: Variant = .upstream) {
        self.init(variant: variant, lexicon: .published)
    }

    /// VADER's rules with a lexicon of one's own.
    public init(variant: Variant, lexicon: VaderLexicon) {
        self.variant = variant
        terms = VaderTerms(lexicon: lexicon, variant: variant)
        idioms = VaderConstants.idioms(of: variant)
    }

    /// How negative, neutral and positive a text is.
    public func polarity(of text: String) -> Polarity {
        var document = VaderDocument()
        return polarity(of: text, in: &document)
    }

    /// The polarity of each text, in order, computed on up to `Threads.count` threads.
    public func polarities(of texts: [String]) -> [Polarity] {
        let blockSize = 256
        let blocks = (texts.count + blockSize - 1) / blockSize
        return parallelMap(blocks, blockSize: 1) { block in
            var document = VaderDocument()
            var polarities: [Polarity] = []
            polarities.reserveCapacity(blockSize)
            for text in texts[block * blockSize..<min(texts.count, (block + 1) * blockSize)] {
                polarities.append(polarity(of: text, in: &document))
            }
            return polarities
        }.flatMap { $0 }
    }

    private func polarity(of text: String, in document: inout VaderDocument) -> Polarity {
        document.read(text, variant: variant, terms: terms)
        rate(&document)
        heedBut(&document)
        return Polarity(VaderSum(document))
    }

    /// Fills `document.sentiments`, "but" not yet heeded.
    private func rate(_ document: inout VaderDocument) {
        guard document.tokens.contains(where: \.term.isInLexicon) else { return }
        let rules = VaderRules(self, document: document)
        var log = SilentVaderLog()
        var firsts: [Int] = []
        for position in document.tokens.indices where document.tokens[position].term.isInLexicon {
            let source = contextPosition(of: position, document: document, firsts: &firsts)
            if !rules.isRated(source) { continue }
            let value = rules.sentiment(of: source, log: &log)
            if value != 0 { document.sentiments.append(VaderSentiment(position: position, value: value)) }
        }
    }

    /// The position whose neighbours decide on the token at `position`.
    ///
    /// Quirk (NLTK): it looks for the token with `list.index`, so every repetition of a word, spelled alike, gets
    /// the sentiment of its first occurrence.
    /// - Parameter firsts: The first occurrences so far.
    func contextPosition(of position: Int, document: borrowing VaderDocument, firsts: inout [Int]) -> Int {
        if variant == .upstream { return position }
        let token = document.tokens[position]
        for first in firsts {
            let earlier = document.tokens[first]
            // Equal words have equal ratings; to compare these first spares most comparisons of bytes.
            if earlier.term.valence == token.term.valence
                && document.bytes[earlier.range].elementsEqual(document.bytes[token.range])
            {
                return first
            }
        }
        firsts.append(position)
        return position
    }

    /// Weakens what stands before the first "but" and strengthens what follows.
    ///
    /// Quirk (upstream): it walks over the values and looks each up with `list.index`, so it is the first equal
    /// value that is changed, and changed again for each repetition; a later equal value may stay as it is.
    func heedBut(_ document: inout VaderDocument) {
        if document.sentiments.isEmpty { return }
        guard let but = document.firstBut else { return }
        var firsts = variant == .upstream ? FirstIndices(of: document.sentiments.map(\.value)) : nil
        for index in document.sentiments.indices {
            let target = firsts?.first(of: document.sentiments[index].value) ?? index
            let (value, position) = (document.sentiments[target].value, document.sentiments[target].position)
            if position == but { continue }
            let factor = position < but ? VaderConstants.beforeBut : VaderConstants.afterBut
            document.sentiments[target].value = value * factor
            firsts?.move(target, from: value, to: value * factor)
        }
    }
}
