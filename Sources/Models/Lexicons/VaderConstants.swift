/// The figures and word lists of VADER (Hutto and Gilbert 2014), as in vaderSentiment 3.3.2 and NLTK 3.9.
enum VaderConstants {
    /// Mean rise of intensity by a booster such as "very" before a word; a dampener takes as much away.
    static let boost = 0.293
    /// Mean rise of intensity by capitals where other words have none.
    static let capitals = 0.733
    /// What a negation leaves of a word's valence.
    static let negation = -0.74
    /// What is left of a booster's effect one, two and three words away.
    static let boosterReach = [1, 0.95, 0.9]
    /// "never so" and "never this" strengthen.
    static let neverSo = 1.25
    /// The same two words away, in NLTK.
    static let neverSoInNLTK = 1.5
    /// What "but" leaves of the sentiments before it, and makes of those after.
    static let beforeBut = 0.5
    static let afterBut = 1.5
    /// Each of the first four exclamation marks.
    static let exclamation = 0.292
    static let countedExclamations = 4
    /// Each of two or three question marks; more than three count as `manyQuestions` in all.
    static let question = 0.18
    static let manyQuestions = 0.96
    /// Brings a sum of sentiments s to -1...1 as s / sqrt(s * s + alpha).
    static let alpha = 15.0

    static let negations = """
        aint arent cannot cant couldnt darent didnt doesnt ain't aren't can't couldn't daren't didn't doesn't dont \
        hadnt hasnt havent isnt mightnt mustnt neither don't hadn't hasn't haven't isn't mightn't mustn't neednt \
        needn't never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh wasnt werent oughtn't shan't \
        shouldn't uh-uh wasn't weren't without wont wouldnt won't wouldn't rarely seldom despite
        """

    static let boosters = """
        absolutely amazingly awfully completely considerably decidedly deeply effing enormously entirely especially \
        exceptionally extremely fabulously flipping flippin fricking frickin frigging friggin fully fucking greatly \
        hella highly hugely incredibly intensely majorly more most particularly purely quite really remarkably so \
        substantially thoroughly totally tremendously uber unbelievably unusually utterly very
        """
    /// Boosters of vaderSentiment that NLTK does not have.
    static let upstreamBoosters = """
        considerable enormous exceptional extreme frackin fracking fuckin fuggin fugging incredible major total \
        tremendous utter
        """

    static let dampeners = """
        almost barely hardly kinda kindof kind-of less little marginally occasionally partly scarcely slightly \
        somewhat sorta sortof sort-of
        """
    /// Dampeners of vaderSentiment that NLTK does not have.
    static let upstreamDampeners = "marginal occasional scarce slight"

    /// Whether two words in a row dampen the next.
    static func isDampeningPhrase(_ first: RuleWord, _ second: RuleWord) -> Bool {
        switch (first, second) {
        case (.just, .enough), (.kind, .of), (.sort, .of): true
        default: false
        }
    }

    /// Phrases whose words would mislead, with the valence of the whole.
    ///
    /// Quirk: vaderSentiment lists "badass" too, but looks up phrases of two and three words alone, so it is never
    /// found.
    static func idioms(of variant: Vader.Variant) -> [VaderIdiom] {
        let common = [
            VaderIdiom(.the, .shit, valence: 3), VaderIdiom(.the, .bomb, valence: 3),
            VaderIdiom(.bad, .ass, valence: 1.5), VaderIdiom(.yeah, .right, valence: -2),
            VaderIdiom(.kiss, .of, .death, valence: -1.5),
        ]
        switch variant {
        case .nltk:
            return common + [
                VaderIdiom(.cut, .the, .mustard, valence: 2), VaderIdiom(.hand, .to, .mouth, valence: -2),
            ]
        case .upstream:
            return common + [
                VaderIdiom(.bus, .stop, valence: 0), VaderIdiom(.to, .die, .for, valence: 3),
                VaderIdiom(.beating, .heart, valence: 3.5),
            ]
        }
    }
}

/// A phrase of two or three words that has a valence as a whole.
struct VaderIdiom: Sendable {
    let first: RuleWord
    let second: RuleWord
    /// Nil in a phrase of two.
    let third: RuleWord?
    let valence: Double

    init(_ first: RuleWord, _ second: RuleWord, _ third: RuleWord? = nil, valence: Double) {
        self.first = first
        self.second = second
        self.third = third
        self.valence = valence
    }
}
