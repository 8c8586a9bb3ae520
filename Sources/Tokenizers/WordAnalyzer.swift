/// scikit-learn's default word analyzer: lower-cases a text, takes each run of two or more word characters
/// (token pattern `(?u)\b\w\w+\b`), and drops stop words.
public struct WordAnalyzer: Sendable {
    /// Which tokens are dropped.
    public enum StopWords: String, Codable, Sendable, CaseIterable {
        case none
        case english
    }

    private let lowercase: Bool
    private let stopWords: TermTable

    public init(lowercase: Bool = true, stopWords: StopWords = .none) {
        self.lowercase = lowercase
        self.stopWords = TermTable(stopWords == .english ? englishStopWords : [])
    }

    /// The tokens of `text`, in order.
    public func tokens(in text: String) -> [String] {
        let tokenized = TokenizedText(text, lowercase: lowercase)
        return tokenized.words.filter { keeps($0, of: tokenized) }.map {
            String(decoding: tokenized.bytes[$0], as: UTF8.self)
        }
    }

    /// The numbers in `table` of the tokens of `text`, in order, adding the new ones.
    public func numbers(in text: String, adding table: inout TermTable) -> [Int] {
        let tokenized = TokenizedText(text, lowercase: lowercase)
        var numbers: [Int] = []
        for word in tokenized.words where keeps(word, of: tokenized) {
            numbers.append(table.insert(tokenized.bytes, word))
        }
        return numbers
    }

    /// The numbers in `table` of the tokens of `text`, in order, without those that are not there.
    public func numbers(in text: String, of table: TermTable) -> [Int] {
        let tokenized = TokenizedText(text, lowercase: lowercase)
        var numbers: [Int] = []
        for word in tokenized.words where keeps(word, of: tokenized) {
            if let number = table.number(of: tokenized.bytes, word) { numbers.append(number) }
        }
        return numbers
    }

    private func keeps(_ word: Range<Int>, of text: TokenizedText) -> Bool {
        stopWords.count == 0 || stopWords.number(of: text.bytes, word) == nil
    }
}

/// A text as UTF-8, lower-cased if wanted, and where its words stand.
private struct TokenizedText {
    private(set) var bytes: [UInt8]
    private(set) var words: [Range<Int>] = []

    init(_ text: String, lowercase: Bool) {
        bytes = Array(text.utf8)
        if bytes.allSatisfy({ $0 < 0x80 }) {
            if lowercase { lowercaseASCII() }
            findWordsOfASCII()
        } else {
            let scalars = Array(text.unicodeScalars)
            findWords(of: lowercase ? PythonCharacters.lowercased(scalars) : scalars)
        }
    }

    private mutating func lowercaseASCII() {
        for i in bytes.indices where bytes[i] &- UInt8(ascii: "A") < 26 { bytes[i] |= 0x20 }
    }

    private mutating func findWordsOfASCII() {
        var start = 0
        for i in bytes.indices where !TokenizedText.isASCIIWord(bytes[i]) {
            if i - start >= 2 { words.append(start..<i) }
            start = i + 1
        }
        if bytes.count - start >= 2 { words.append(start..<bytes.count) }
    }

    private static func isASCIIWord(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "_")
    }

    private mutating func findWords(of scalars: [Unicode.Scalar]) {
        bytes.removeAll(keepingCapacity: true)
        var start = 0
        var length = 0
        for scalar in scalars {
            if scalar.isASCII
                ? TokenizedText.isASCIIWord(UInt8(scalar.value)) : PythonCharacters.isWord(scalar)
            {
                length += 1
            } else {
                if length >= 2 { words.append(start..<bytes.count) }
                length = 0
            }
            bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            if length == 0 { start = bytes.count }
        }
        if length >= 2 { words.append(start..<bytes.count) }
    }
}
