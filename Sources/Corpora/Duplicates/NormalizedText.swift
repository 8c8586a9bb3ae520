/// A text in lower case with single spaces between its words, and the number of these: what makes two texts equal for
/// the counts of duplicates, conflicts and leaks.
struct NormalizedText {
    let text: String
    let wordCount: Int

    init(_ original: String) {
        let words = original.lowercased().unicodeScalars.split(whereSeparator: isWhiteSpace)
        text = words.map { String($0) }.joined(separator: " ")
        wordCount = words.count
    }
}
