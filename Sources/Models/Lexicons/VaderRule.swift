/// The rules that change a word's sentiment, by name.
public enum VaderRule: String, Codable, CaseIterable, Sendable {
    /// NLTK: a word that occurred before has the sentiment of its first occurrence, whatever stands around it now.
    case firstOccurrence = "first-occurrence"
    /// Upstream: "no" in front of a lexicon word has no valence of its own.
    case noBeforeWord = "no-before-word"
    /// Upstream: "no" shortly before a lexicon word negates it.
    case afterNo = "after-no"
    /// Capitals where other words have none.
    case capitals
    /// "very", "barely" and their like, up to three words before.
    case booster
    /// "not", "never", "n't" and their like, up to three words before.
    case negation
    /// "never so", "never this"; and, two words apart from any "never", "so" and "this" alone.
    case neverSo = "never-so"
    /// Upstream: "without doubt" negates nothing.
    case withoutDoubt = "without-doubt"
    /// A phrase with a valence of its own.
    case idiom
    /// "kind of", "sort of" or "just enough" before the word.
    case dampeningPhrase = "dampening-phrase"
    /// "least", but not "at least" or "very least".
    case least
    /// Half for what stands before "but", half as much again for what follows.
    case but
}

/// Takes down what each rule makes of a word's valence, for an explanation.
protocol VaderLog {
    /// - Parameters:
    ///   - position: The token that made the rule apply.
    ///   - valence: The word's valence after the rule.
    mutating func note(_ rule: VaderRule, at position: Int, valence: Double)
}

/// Takes nothing down, at no cost.
struct SilentVaderLog: VaderLog {
    @inline(__always)
    mutating func note(_ rule: VaderRule, at position: Int, valence: Double) {}
}
