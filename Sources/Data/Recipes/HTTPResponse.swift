/// The head of an answer: its status, and its fields by lowercase name.
package struct HTTPResponse: Equatable, Sendable {
    package let status: Int
    private let fields: [String: String]

    package init(status: Int, fields: [String: String] = [:]) {
        self.status = status
        self.fields = fields
    }

    /// Several fields of one name are one, joined by commas (RFC 9110, 5.3).
    package subscript(_ name: String) -> String? { fields[name.lowercased()] }

    package var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }
}

/// Reads the head of an answer line by line, and keeps it within bounds.
package struct HTTPHeadReader {
    /// Of all lines together, interim answers included: many times what servers send.
    package static let maxBytes = 256 << 10

    private var byteCount = 0
    private var status: Int?
    private var fields: [String: String] = [:]

    package init() {}

    /// Takes a line, with its end.
    /// - Returns: The head, once the empty line after it came; nil before, and for interim answers (1xx), which another
    ///   follows.
    package mutating func take(_ line: some Collection<UInt8>) throws(HTTPFailure) -> HTTPResponse? {
        byteCount += line.count
        if byteCount > HTTPHeadReader.maxBytes {
            throw .badHead("longer than \(HTTPHeadReader.maxBytes) bytes")
        }
        var text = String(decoding: line, as: UTF8.self)
        while text.unicodeScalars.last?.isLineEnd == true { text.unicodeScalars.removeLast() }
        if text.unicodeScalars.contains(where: { $0.value == 0 || $0.isLineEnd }) {
            throw .badHead("a control character")
        }
        if text.isEmpty { return end() }
        if text.hasPrefix("HTTP/"), status == nil {
            status = try HTTPHeadReader.status(text)
        } else if let colon = text.firstIndex(of: ":") {
            add(text[..<colon].lowercased(), trimmed(text[text.index(after: colon)...]))
        }
        return nil
    }

    private static func status(_ line: String) throws(HTTPFailure) -> Int {
        let words = line.split(separator: " ")
        guard words.count > 1, words[1].utf8.count == 3, let status = Int(words[1]), status >= 100 else {
            throw .badHead("no status")
        }
        return status
    }

    private mutating func add(_ name: String, _ value: String) {
        guard let known = fields[name] else { return fields[name] = value }
        // The same length said twice is that length (RFC 9110, 8.6).
        if name != "content-length" || known != value { fields[name] = "\(known), \(value)" }
    }

    private mutating func end() -> HTTPResponse? {
        defer { (status, fields) = (nil, [:]) }
        guard let status, !(100..<200).contains(status) else { return nil }
        return HTTPResponse(status: status, fields: fields)
    }
}

private func trimmed(_ text: Substring) -> String {
    func isBlank(_ character: Character) -> Bool { character == " " || character == "\t" }
    var text = text.drop(while: isBlank)
    while text.last.map(isBlank) == true { text.removeLast() }
    return String(text)
}

extension Unicode.Scalar {
    fileprivate var isLineEnd: Bool { self == "\r" || self == "\n" }
}

/// Why an exchange ended without its answer, or before the end of it.
package enum HTTPFailure: Error, Equatable, Sendable {
    /// Nothing, or next to nothing, came for too long.
    case timedOut
    /// What the server sent is not the head of an answer; says what is wrong with it.
    case badHead(String)
    /// In the words of libcurl.
    case failed(reason: String)
}
