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

    /// The expressions of which one has to match.
    /// - Throws: `TextClassifierError.badPattern`.
    func expressions() throws(TextClassifierError) -> [NSRegularExpression] {
        var all: [NSRegularExpression] = []
        if !keywords.isEmpty {
            let words = keywords.map { keyword in
                keyword.split(whereSeparator: \.isWhitespace).map {
                    NSRegularExpression.escapedPattern(for: String($0))
                }.joined(separator: "\\s+")
            }
            // A word boundary would not do for keywords that begin or end with signs.
            all.append(
                try TextRule.expression(
                    "(?<![\\p{L}\\p{N}_])(?:\(words.joined(separator: "|")))(?![\\p{L}\\p{N}_])"))
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
