/// A text as words between white space, which can be left out and changed one by one.
package struct Sentence {
    package let text: String
    package let words: [String]

    package init(_ text: String) {
        self.text = text
        words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// The text without some words and with the edits, in their order in `SentenceEdit`; as it stands where neither is
    /// asked for. Words that something was done to are joined by single spaces.
    package func edited(dropping dropped: Set<Int>, _ edits: [SentenceEdit]) -> String {
        if dropped.isEmpty && edits.isEmpty { return text }
        let left = words.indices.filter { !dropped.contains($0) }.map { words[$0] }
        return SentenceEdit.allCases.filter(edits.contains).reduce(left) { $1.applied(to: $0) }.joined(
            separator: " ")
    }
}
