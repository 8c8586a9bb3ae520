import Foundation
import Yams

/// A value of a YAML file that knows where it stands, so that every complaint names file, line and key.
public struct Setting: Sendable {
    /// The path of keys to this value, such as `split.seed`.
    public let key: String
    public let place: SettingsError.Place
    public let value: Value
    /// Whether this is what a flag of a command line means, which nobody spelled.
    let isFlag: Bool

    /// What stands there. Scalars keep their spelling; `text(quoted:)` tells `"no"` from `no`.
    public indirect enum Value: Sendable {
        case null
        case scalar(String, quoted: Bool)
        case list([Setting])
        case mapping([(key: String, value: Setting)])
    }

    /// Parses a YAML text whose root is a mapping.
    public init(yaml: String, file: String) throws(SettingsError) {
        try YAMLLimits.check(yaml, file: file)
        let parser: Parser
        let root: Node?
        do {
            parser = try Parser(yaml: yaml)
            root = try parser.singleRoot()
        } catch let error as YamlError {
            throw Setting.syntaxError(error, file: file)
        } catch {
            throw .syntax(.init(file: file, line: 1), reason: "\(error)")
        }
        guard let root else {
            throw .wrongType(.init(file: file, line: 1), key: "file", found: "nothing", expected: "a mapping")
        }
        try self.init(node: root, key: "", file: file)
    }

    /// Reads and parses a YAML file.
    public init(contentsOf url: URL) throws(SettingsError) {
        let text: String
        do {
            text = try String(contentsOf: url, encoding: .utf8)
        } catch {
            throw .unreadable(file: url.path, reason: Setting.fault(ofFile: url.path))
        }
        try self.init(yaml: text, file: url.path)
    }

    /// Why a file cannot be read as text.
    private static func fault(ofFile path: String) -> String {
        let files = FileManager.default
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: path, isDirectory: &isFolder) else { return "no such file" }
        if isFolder.boolValue { return "it is a folder" }
        return files.isReadableFile(atPath: path) ? "it is not UTF-8 text" : "permission denied"
    }

    private init(node: Node, key: String, file: String) throws(SettingsError) {
        self.key = key
        isFlag = false
        place = .init(file: file, line: node.mark?.line ?? 1)
        switch node {
        case .scalar(let scalar):
            let plain = scalar.style == .plain || scalar.style == .any
            if plain && ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
                value = .null
            } else {
                value = .scalar(scalar.string, quoted: !plain)
            }
        case .sequence(let sequence):
            var items: [Setting] = []
            for (index, item) in sequence.enumerated() {
                items.append(try Setting(node: item, key: "\(key)[\(index)]", file: file))
            }
            value = .list(items)
        case .mapping(let mapping):
            var entries: [(key: String, value: Setting)] = []
            var keys: Set<String> = []
            for (name, item) in mapping {
                guard case .scalar(let scalar) = name else {
                    throw .wrongType(place, key: key, found: "a key that is not text", expected: "text keys")
                }
                let path = key.isEmpty ? scalar.string : "\(key).\(scalar.string)"
                if !keys.insert(scalar.string).inserted {
                    throw .repeatedKey(.init(file: file, line: name.mark?.line ?? 1), key: path)
                }
                entries.append((scalar.string, try Setting(node: item, key: path, file: file)))
            }
            value = .mapping(entries)
        case .alias(let alias):
            throw .syntax(
                .init(file: file, line: alias.mark?.line ?? 1),
                reason: "anchors and aliases are not supported")
        }
    }

    private static func syntaxError(_ error: YamlError, file: String) -> SettingsError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return .syntax(.init(file: file, line: mark.line), reason: problem)
        case .duplicatedKeysInMapping(let keys, let context):
            return .repeatedKey(
                .init(file: file, line: context.mark.line), key: keys.map { "\($0)" }.joined(separator: ", "))
        default:
            return .syntax(.init(file: file, line: 1), reason: "\(error)")
        }
    }

    // MARK: What the value is

    /// The entries of a mapping, whichever keys it has.
    public func mappingWithAnyKeys() throws(SettingsError) -> SettingsMapping {
        guard case .mapping(let entries) = value else { throw mismatch("a mapping") }
        return SettingsMapping(setting: self, entries: entries)
    }

    /// The items of a list.
    public func list() throws(SettingsError) -> [Setting] {
        guard case .list(let items) = value else { throw mismatch("a list") }
        return items
    }

    /// Text; numbers are text as spelled.
    public func string() throws(SettingsError) -> String {
        guard case .scalar(let text, _) = value else { throw mismatch("text") }
        return text
    }

    /// A whole number.
    public func int() throws(SettingsError) -> Int {
        guard case .scalar(let text, quoted: false) = value, let number = Int(text) else {
            throw mismatch("an integer")
        }
        return number
    }

    /// A finite number.
    public func double() throws(SettingsError) -> Double {
        guard case .scalar(let text, quoted: false) = value, let number = Double(text), number.isFinite else {
            throw mismatch("a number")
        }
        return number
    }

    /// `true` or `false`.
    public func bool() throws(SettingsError) -> Bool {
        if case .scalar(let text, quoted: false) = value {
            if text == "true" { return true }
            if text == "false" { return false }
        }
        throw mismatch("true or false")
    }

    /// A list of texts; a single text counts as a list of one.
    public func strings() throws(SettingsError) -> [String] {
        if case .scalar(let text, _) = value { return [text] }
        var texts: [String] = []
        for item in try list() { texts.append(try item.string()) }
        return texts
    }

    /// One of the cases of an enumeration whose raw values are the spellings.
    public func oneOf<T: RawRepresentable & CaseIterable>(_ type: T.Type = T.self) throws(SettingsError) -> T
    where T.RawValue == String {
        let names = T.allCases.map(\.rawValue)
        guard let match = T(rawValue: try string()) else {
            throw badName(expected: "one of \(names.joined(separator: ", "))", near: names)
        }
        return match
    }

    /// An error that says that a name is none of some names, with the one that was probably meant.
    /// - Parameter name: Where it is not the whole text that stands here.
    public func badName(_ name: String? = nil, expected: String, near names: [String]) -> SettingsError {
        let meant = (name ?? (try? string())).flatMap { nearest(to: $0, in: names) }
        return badValue(expected: expected + meantHint(meant))
    }

    /// An error that says this value, right in type, cannot be.
    public func badValue(expected: String) -> SettingsError {
        .badValue(place, key: key, found: found, expected: expected)
    }

    private func mismatch(_ expected: String) -> SettingsError {
        .wrongType(place, key: key.isEmpty ? "file" : key, found: found, expected: expected)
    }

    private var found: String {
        if isFlag { return "the flag" }
        return switch value {
        case .null: "nothing"
        // A file that is no mapping is none of ours, and what it holds is not to be told.
        case .scalar where key.isEmpty: "text"
        case .scalar(let text, _): "'\(shown(text))'"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }
}
