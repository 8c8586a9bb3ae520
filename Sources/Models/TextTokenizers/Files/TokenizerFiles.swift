import Foundation

/// The files of a tokenizer in a folder as Hugging Face lays them out, as bytes by name.
package struct TokenizerFiles: Sendable {
    package enum Name: String, CaseIterable, Sendable {
        case tokenizer = "tokenizer.json"
        case vocabulary = "vocab.txt"
        case tokens = "vocab.json"
        case merges = "merges.txt"
        /// SentencePiece's model of XLM-RoBERTa and CamemBERT.
        case bytePairPieces = "sentencepiece.bpe.model"
        /// ALBERT's.
        case albertPieces = "spiece.model"
        /// DeBERTa's, of versions 2 and 3.
        case debertaPieces = "spm.model"
        case configuration = "tokenizer_config.json"
        case specialTokens = "special_tokens_map.json"
        case addedTokens = "added_tokens.json"
        /// The model's own configuration, whose type decides on the tokenizer where no other file does.
        case model = "config.json"

        /// Whether it holds a vocabulary in an older form than `tokenizer.json`.
        package var isOlderVocabulary: Bool {
            switch self {
            case .vocabulary, .tokens, .merges, .bytePairPieces, .albertPieces, .debertaPieces: true
            case .tokenizer, .configuration, .specialTokens, .addedTokens, .model: false
            }
        }
    }

    package let folder: String
    package var contents: [Name: [UInt8]]

    package init(folder: String, contents: [Name: [UInt8]]) {
        self.folder = folder
        self.contents = contents
    }

    /// Reads those that there are; older vocabularies only where there is no `tokenizer.json`.
    init(folder: URL) throws(TokenizerError) {
        self.folder = folder.path
        contents = [:]
        for name in Name.allCases where !name.isOlderVocabulary || contents[.tokenizer] == nil {
            let file = folder.appendingPathComponent(name.rawValue)
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            do {
                contents[name] = try [UInt8](Data(contentsOf: file))
            } catch {
                throw .unreadable(file: file.path, reason: error.localizedDescription)
            }
        }
    }

    func path(_ name: Name) -> String { "\(folder)/\(name.rawValue)" }

    /// The settings in a JSON file, which must be an object; nil where there is no such file.
    func settings(_ name: Name) throws(TokenizerError) -> TokenizerSettings? {
        guard let bytes = contents[name] else { return nil }
        do throws(JSONReader.Failure) {
            let value = try JSONReader.read(bytes, numbers: name == .tokenizer ? .wholeByPower : .nearest)
            let settings = TokenizerSettings(file: path(name), key: "", value: value)
            return settings.value == .null ? nil : settings
        } catch {
            throw .badJSON(file: path(name), line: error.line, reason: error.reason)
        }
    }

    /// The lines of `vocab.txt`; nil where there is no such file.
    func vocabularyLines() throws(TokenizerError) -> [String]? { try lines(.vocabulary) }

    /// The merges of `merges.txt`, the first learnt first; a line that begins with `#version` is none.
    func mergeLines() throws(TokenizerError) -> [(String, String)] {
        var merges: [(String, String)] = []
        for (i, line) in (try lines(.merges) ?? []).enumerated() where !line.hasPrefix("#version") {
            guard let merge = TokenizerSettings.merge(line) else {
                throw .badValue(
                    file: path(.merges), key: "line \(i + 1)", found: "'\(line)'",
                    expected: "two tokens with a space between")
            }
            merges.append(merge)
        }
        return merges
    }

    /// The lines of a file, ended as Python ends lines (`\n`, `\r\n` or `\r`).
    private func lines(_ name: Name) throws(TokenizerError) -> [String]? {
        guard var bytes = contents[name] else { return nil }
        if bytes.isEmpty { return [] }
        if bytes.last != 0x0A && bytes.last != 0x0D { bytes.append(0x0A) }
        var lines: [String] = []
        var start = 0
        for i in bytes.indices where bytes[i] == 0x0A || bytes[i] == 0x0D {
            if bytes[i] == 0x0A && i > 0 && bytes[i - 1] == 0x0D {
                start = i + 1
                continue
            }
            guard let line = String(validating: bytes[start..<i], as: UTF8.self) else {
                throw .badText(file: path(name), line: lines.count + 1)
            }
            lines.append(line)
            start = i + 1
        }
        return lines
    }
}

/// A value inside a JSON file, which knows where it stands.
struct TokenizerSettings {
    let file: String
    /// The path of keys to it.
    let key: String
    let value: JSONValue

    func fail(_ expected: String) -> TokenizerError {
        .badValue(file: file, key: key, found: value.summary, expected: expected)
    }

    /// The value of a key; nil where there is none, or null where `null` does not count.
    func member(_ name: String, null: Bool = false) throws(TokenizerError) -> TokenizerSettings? {
        guard case .object = value else { throw fail("an object") }
        guard let found = value[name], null || found != .null else { return nil }
        return TokenizerSettings(file: file, key: key.isEmpty ? name : "\(key).\(name)", value: found)
    }

    /// The members of an object, in order.
    func members() throws(TokenizerError) -> [(name: String, settings: TokenizerSettings)] {
        guard case .object(let members) = value else { throw fail("an object") }
        return members.map {
            ($0.key, TokenizerSettings(file: file, key: "\(key).\($0.key)", value: $0.value))
        }
    }

    /// The items of an array, in order.
    func items() throws(TokenizerError) -> [TokenizerSettings] {
        guard case .array(let items) = value else { throw fail("an array") }
        return items.enumerated().map {
            TokenizerSettings(file: file, key: "\(key)[\($0.offset)]", value: $0.element)
        }
    }

    func bool() throws(TokenizerError) -> Bool {
        guard case .bool(let flag) = value else { throw fail("true or false") }
        return flag
    }

    func string() throws(TokenizerError) -> String {
        guard case .string(let text) = value else { throw fail("a string") }
        return text
    }

    /// A whole number, also written as 512.0; nil for one that is no `Int`, such as the 1e30 that stands for "no limit".
    func limit() throws(TokenizerError) -> Int? {
        switch value {
        case .integer(let number): return number
        case .number(let number): return Int(exactly: number)
        default: throw fail("a whole number")
        }
    }

    func count() throws(TokenizerError) -> Int {
        guard case .integer(let number) = value, number >= 0 else {
            throw fail("a whole number, not negative")
        }
        return number
    }
}
