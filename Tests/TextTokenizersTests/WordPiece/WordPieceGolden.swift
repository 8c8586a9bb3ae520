import Foundation
import TestSupport
import TextTokenizers

/// The files that Tests/Oracles/TextTokenizers/make_goldens.py wrote.
enum WordPieceGolden {
    static let folder = oracle("TextTokenizers")

    /// The tokenizer in `uncased`, `cased` or `added`.
    static func tokenizer(_ name: String) throws -> TextTokenizer {
        try TextTokenizer(folder: folder.appendingPathComponent(name))
    }

    static func configuration(_ name: String) throws -> WordPieceConfiguration {
        try tokenizer(name).configuration
    }

    static func bytes(_ file: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: folder.appendingPathComponent(file)))
    }

    /// A golden file that is an array of arrays.
    static func rows(_ file: String) throws -> [[JSONValue]] {
        guard case .array(let rows) = try JSONReader.read(bytes(file)) else { return [] }
        return rows.map { if case .array(let row) = $0 { row } else { [] } }
    }

    /// The messages of the front-desk corpus by id: the first two fields of each record (RFC 4180).
    static func messages() throws -> [String: String] {
        let file = checkout.appendingPathComponent(
            "datasets/front-desk/messages.csv")
        var messages: [String: String] = [:]
        var fields = [""]
        var isQuoted = false
        var before: Unicode.Scalar = "\n"
        for scalar in try String(contentsOf: file, encoding: .utf8).unicodeScalars {
            switch scalar {
            case "\"":
                // A doubled quote ends and begins again, and stands for one.
                isQuoted.toggle()
                if isQuoted && before == "\"" { fields[fields.count - 1] += "\"" }
            case ",", "\n":
                if isQuoted { fallthrough }
                if scalar == "\n" {
                    if fields[0] != "id" { messages[fields[0]] = fields[1] }
                    fields = []
                }
                fields.append("")
            default: fields[fields.count - 1].unicodeScalars.append(scalar)
            }
            before = scalar
        }
        return messages
    }

    /// The CRC-32 of the numbers written in decimal with a space between, as the generator sums them.
    static func sum(_ ids: [some BinaryInteger]) -> JSONValue {
        .integer(crc32(ids.map { "\($0)" }.joined(separator: " ")))
    }

    static func crc32(_ text: String) -> Int {
        var crc = ~UInt32(0)
        for byte in text.utf8 { crc = crc >> 8 ^ remainders[Int(crc & 0xFF) ^ Int(byte)] }
        return Int(~crc)
    }

    private static let remainders = (UInt32(0)..<256).map { byte in
        (0..<8).reduce(byte) { crc, _ in crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
}

extension TextTokenizer {
    /// What the files of a BERT tokenizer say; empty for any other.
    var configuration: WordPieceConfiguration { wordPiece ?? WordPieceConfiguration(tokens: []) }
}

extension JSONValue {
    var string: String? { if case .string(let text) = self { text } else { nil } }
    var integer: Int? { if case .integer(let number) = self { number } else { nil } }
}
