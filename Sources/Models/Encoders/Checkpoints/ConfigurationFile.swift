import Foundation
import TextTokenizers

/// A `config.json` of a Hugging Face folder, read once: its values by key.
public struct ConfigurationFile: Sendable {
    /// Empty if it was never a file.
    public let path: String
    /// As it was read.
    public let text: Data
    private let root: JSONValue

    public init(folder: URL) throws(EncoderError) {
        let file = folder.appendingPathComponent("config.json")
        let text: Data
        do {
            text = try Data(contentsOf: file)
        } catch {
            throw .inFile(path: file.path, .unreadableConfiguration(reason: error.localizedDescription))
        }
        try self.init(text, path: file.path)
    }

    /// - Throws: `.unreadableConfiguration` if the text is no JSON object.
    public init(_ text: Data, path: String = "") throws(EncoderError) {
        self.path = path
        self.text = text
        func fault(_ reason: String) -> EncoderError {
            let fault = EncoderError.unreadableConfiguration(reason: reason)
            return path.isEmpty ? fault : .inFile(path: path, fault)
        }
        do throws(JSONReader.Failure) {
            root = try JSONReader.read(Array(text))
        } catch {
            throw fault("it is not JSON")
        }
        guard case .object = root else { throw fault("it is no JSON object") }
    }

    /// What stands at a key, or at a key within others' objects, as `outer.inner`; nil if nothing does.
    private func stated(_ key: String) -> JSONValue? {
        key.split(separator: ".").reduce(JSONValue?.some(root)) { $0?[String($1)] }
    }

    /// What stands at a key; nil if it is null or not there.
    private func value(_ key: String) -> JSONValue? {
        let found = stated(key)
        return found == .null ? nil : found
    }

    /// Whether there is a value at a key, other than null.
    public func states(_ key: String) -> Bool { value(key) != nil }

    /// Whether a key is there and its value null.
    public func isNull(_ key: String) -> Bool { stated(key) == .null }

    /// - Parameter read: Nil for a value of another type.
    private func value<Value>(
        _ key: String, _ type: String, _ read: (JSONValue) -> Value?
    ) throws(EncoderError) -> Value? {
        guard let value = value(key) else { return nil }
        guard let read = read(value) else {
            throw .unreadableConfiguration(reason: "'\(key)' is not of type \(type)")
        }
        return read
    }

    /// A whole number; nil if it is not there.
    public func integer(_ key: String) throws(EncoderError) -> Int? { try value(key, "Int", \.integer) }

    /// A number; nil if it is not there.
    public func number(_ key: String) throws(EncoderError) -> Double? {
        try value(key, "Double") {
            switch $0 {
            case .integer(let value): Double(value)
            case .number(let value): value
            case .null, .bool, .string, .array, .object: nil
            }
        }
    }

    /// A string; nil if it is not there.
    public func string(_ key: String) throws(EncoderError) -> String? { try value(key, "String", \.string) }

    /// A truth value; nil if it is not there.
    public func bool(_ key: String) throws(EncoderError) -> Bool? {
        try value(key, "Bool") { if case .bool(let value) = $0 { value } else { nil } }
    }

    /// An object of scalars, in Python's words; nil if it is not there.
    public func scalars(_ key: String) throws(EncoderError) -> [String: String]? {
        let type = "Dictionary<String, String>"
        let members = try value(key, type) { value -> [JSONValue.Member]? in
            if case .object(let members) = value { members } else { nil }
        }
        guard let members else { return nil }
        var scalars: [String: String] = [:]
        for member in members {
            guard let scalar = member.value.scalar else {
                throw .unreadableConfiguration(reason: "'\(key).\(member.key)' is not of type String")
            }
            scalars[member.key] = scalar
        }
        return scalars
    }

    /// A list of strings; nil if it is not there.
    public func strings(_ key: String) throws(EncoderError) -> [String]? {
        try value(key, "Array<String>") {
            guard case .array(let items) = $0 else { return nil }
            let strings = items.compactMap(\.string)
            return strings.count == items.count ? strings : nil
        }
    }
}

extension JSONValue {
    fileprivate var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// A whole number, however it is written.
    fileprivate var integer: Int? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int(exactly: value)
        case .null, .bool, .string, .array, .object: nil
        }
    }

    /// A scalar in Python's words; nil for null, an array or an object.
    fileprivate var scalar: String? {
        switch self {
        case .bool(let value): value ? "True" : "False"
        case .integer(let value): "\(value)"
        case .number(let value): "\(value)"
        case .string(let value): value
        case .null, .array, .object: nil
        }
    }
}
