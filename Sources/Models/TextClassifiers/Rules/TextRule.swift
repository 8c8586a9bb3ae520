import Foundation

/// A rule that gives a label to the texts that hold a keyword or match a pattern.
public struct TextRule: Codable, Equatable, Sendable {
    public let label: String
    /// Words or phrases, found as whole words in any case; white space between words may be any.
    public let keywords: [String]
    /// A regular expression (ICU's), in any case, found anywhere in a text; nil where there is none.
    public let pattern: String?

    public init(label: String, keywords: [String] = [], pattern: String? = nil) {
        self.label = label
        self.keywords = keywords
        self.pattern = pattern
    }

    /// Throws for a pattern that is no regular expression.
    package func check() throws(TextClassifierError) { _ = try expressions() }

    /// What a word is made of: letters, digits, the signs that are written over, under or beside letters, and `_`; without what
    /// chooses the look of an emoji.
    private static let wordSigns = "[[\\p{L}\\p{N}\\p{Mn}\\p{Mc}_]--[\\uFE00-\\uFE0F]]"

    /// The expressions of which one has to match. A keyword without a word is found nowhere.
    /// - Throws: `TextClassifierError.badPattern`.
    func expressions() throws(TextClassifierError) -> [NSRegularExpression] {
        var all: [NSRegularExpression] = []
        let words = keywords.map { keyword in
            keyword.split(whereSeparator: \.isWhitespace).map {
                NSRegularExpression.escapedPattern(for: String($0))
            }.joined(separator: "\\s+")
        }.filter { !$0.isEmpty }
        if !words.isEmpty {
            // A word boundary would not do for keywords that begin or end with signs.
            all.append(
                try TextRule.expression(
                    "(?<!\(TextRule.wordSigns))(?:\(words.joined(separator: "|")))(?!\(TextRule.wordSigns))"))
        }
        if let pattern { all.append(try TextRule.expression(pattern)) }
        return all
    }

    private static func expression(_ pattern: String) throws(TextClassifierError) -> NSRegularExpression {
        do {
            return try NSRegularExpression(pattern: pattern, options: [.caseInsensitive])
        } catch {
            throw .badPattern(pattern)
        }
    }
}
