import Probes

/// A change of an English sentence that needs no choice and no chance: the same words give the same words.
package enum SentenceEdit: String, Codable, CaseIterable, Sendable {
    /// The first negation is taken away; where there is none, "not" goes behind the first auxiliary; where there is none
    /// either, "I do not think that" goes in front.
    case negate
    /// `TextEdit.typo`.
    case misspell
    /// Every letter is a capital.
    case upperCase = "upper-case"

    package func applied(to words: [String]) -> [String] {
        switch self {
        case .negate: SentenceEdit.negated(words)
        case .misspell:
            TextEdit.typo.applied(to: words.joined(separator: " ")).map { Sentence($0).words } ?? words
        case .upperCase: words.map { $0.uppercased() }
        }
    }

    // MARK: Negation

    private static let auxiliaries: Set<String> = [
        "am", "is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "may",
        "might",
        "must", "shall", "should", "will", "would",
    ]
    /// Contractions that keep more or less than what stands before "n't".
    private static let irregular = ["can't": "can", "won't": "will", "shan't": "shall", "cannot": "can"]
    private static let negations: Set<String> = ["not", "never"]

    private static func negated(_ words: [String]) -> [String] {
        if words.isEmpty { return words }
        let cores = words.map { core(of: $0) }
        for (place, core) in cores.enumerated() {
            if negations.contains(core) { return Array(words[..<place]) + words[(place + 1)...] }
            let positive =
                irregular[core]
                ?? (core.hasSuffix("n't") && auxiliaries.contains(String(core.dropLast(3)))
                    ? String(core.dropLast(3)) : nil)
            if let positive {
                var changed = words
                changed[place] = replacing(in: words[place], by: positive)
                return changed
            }
        }
        if let place = cores.firstIndex(where: auxiliaries.contains) {
            // A question begins with it: "is it not".
            let behind = min(words.count, place == 0 ? 2 : place + 1)
            return Array(words[..<behind]) + ["not"] + words[behind...]
        }
        return ["I", "do", "not", "think", "that"] + words
    }

    /// A word in small letters, without what stands around it, with a typewriter's apostrophe.
    private static func core(of word: String) -> String {
        trimmed(word).lowercased().replacing("\u{2019}", with: "'")
    }

    private static func trimmed(_ word: String) -> Substring {
        guard let first = word.firstIndex(where: \.isLetter), let last = word.lastIndex(where: \.isLetter)
        else {
            return ""
        }
        return word[first...last]
    }

    /// The word with another core, with a capital where it had one; what stands around stays.
    private static func replacing(in word: String, by core: String) -> String {
        let old = trimmed(word)
        let new = old.first?.isUppercase == true ? core.prefix(1).uppercased() + core.dropFirst() : core
        return word.replacingCharacters(in: old, by: new)
    }
}

extension String {
    fileprivate func replacingCharacters(in part: Substring, by text: String) -> String {
        self[..<part.startIndex] + text + self[part.endIndex...]
    }
}
