/// Tokens and their mean sentiment ratings, the data that VADER's rules work on.
///
/// As a file: a line a token, with the token, a tab and its rating; further tab-separated fields (the published file
/// has the standard deviation and the ten ratings there) and empty lines are passed over. A token that stands twice
/// has its last rating. Texts are looked up in lower case, so an entry with capitals is never found; nor is one
/// with white space inside, since no token has any.
public struct VaderLexicon: Sendable {
    /// One token with its rating.
    public struct Entry: Equatable, Sendable {
        public let token: String
        /// Negative or positive; -4...4 in the published lexicon.
        public let valence: Double

        public init(token: String, valence: Double) {
            self.token = token
            self.valence = valence
        }
    }

    /// Ratings beyond this are refused, so that no sum of them can overflow.
    public static let greatestValence = 1_000.0

    /// In the order of the file.
    public let entries: [Entry]

    /// The lexicon of vaderSentiment 3.3.2.
    public static let published: VaderLexicon = {
        do {
            return try VaderLexicon(parsing: publishedText, file: "the published lexicon")
        } catch {
            preconditionFailure("\(error)")
        }
    }()

    /// Parses the text of a lexicon file.
    /// - Parameter file: The name to use in errors.
    public init(parsing text: String, file: String = "lexicon") throws(VaderLexiconError) {
        let bytes = Array(text.utf8)
        var entries: [Entry] = []
        var line = 0
        var start = 0
        while start < bytes.count {
            line += 1
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            let content = Self.trimmed(bytes[start..<end])
            start = end + 1
            if content.isEmpty { continue }
            guard let tab = content.firstIndex(of: UInt8(ascii: "\t")) else {
                throw .missingValence(file: file, line: line, found: String(decoding: content, as: UTF8.self))
            }
            let token = String(decoding: content[..<tab], as: UTF8.self)
            let valence = String(
                decoding: content[(tab + 1)...].prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self)
            guard let number = Double(valence), abs(number) <= Self.greatestValence else {
                throw .badValence(file: file, line: line, token: token, found: valence)
            }
            entries.append(Entry(token: token, valence: number))
        }
        if entries.isEmpty { throw .empty(file: file) }
        self.entries = entries
    }

    /// The entries as a file that `init(parsing:)` reads.
    public var text: String {
        entries.map { "\($0.token)\t\($0.valence)\n" }.joined()
    }

    /// Without the white space at both ends.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var range = line.indices
        while let last = range.last, PythonText.isSpace(line[last]) { range.removeLast() }
        while let first = range.first, PythonText.isSpace(line[first]) { range.removeFirst() }
        return line[range]
    }
}

/// What can be wrong with a lexicon file.
public enum VaderLexiconError: Error, Equatable, Sendable {
    /// No line has an entry.
    case empty(file: String)
    /// A line without a tab.
    case missingValence(file: String, line: Int, found: String)
    /// Not a number, or beyond `VaderLexicon.greatestValence`.
    case badValence(file: String, line: Int, token: String, found: String)
}
