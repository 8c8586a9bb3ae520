import Foundation

/// A `config.json` of a Hugging Face folder, read once: its values by key.
public struct ConfigurationFile: Sendable {
    /// Empty if it was never a file.
    public let path: String
    /// As it was read.
    public let text: Data
    private let values: [String: JSONValue]

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
        do {
            values = try JSONDecoder().decode([String: JSONValue].self, from: text)
        } catch {
            let fault = EncoderError.unreadableConfiguration(reason: EncoderError.reason(error))
            throw path.isEmpty ? fault : .inFile(path: path, fault)
        }
    }

    /// A value of JSON.
    private indirect enum JSONValue: Decodable, Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        case number(Double)
        case string(String)
        case array([JSONValue])
        case object([String: JSONValue])

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if value.decodeNil() {
                self = .null
            } else if let bool = try? value.decode(Bool.self) {
                self = .bool(bool)
            } else if let integer = try? value.decode(Int.self) {
                self = .integer(integer)
            } else if let number = try? value.decode(Double.self) {
                self = .number(number)
            } else if let string = try? value.decode(String.self) {
                self = .string(string)
            } else if let array = try? value.decode([JSONValue].self) {
                self = .array(array)
            } else {
                self = .object(try value.decode([String: JSONValue].self))
            }
        }

        /// A scalar in Python's words; nil for null, an array or an object.
        var scalar: String? {
            switch self {
            case .bool(let value): value ? "True" : "False"
            case .integer(let value): "\(value)"
            case .number(let value): "\(value)"
            case .string(let value): value
            case .null, .array, .object: nil
            }
        }
    }

    /// The value of a key, or of a key within another's object, as `outer.inner`; nil if it is null or not there.
    private func value(_ key: String) -> JSONValue? {
        let parts = key.split(separator: ".", maxSplits: 1).map(String.init)
        let found: JSONValue?
        if parts.count == 2, case .object(let inner) = values[parts[0]] {
            found = inner[parts[1]]
        } else {
            found = parts.count == 2 ? nil : values[key]
        }
        if case .null = found { return nil }
        return found
    }

    private func wrongType(_ key: String, _ type: String) -> EncoderError {
        .unreadableConfiguration(reason: "'\(key)' is not of type \(type)")
    }

    /// A whole number; nil if it is not there.
    public func integer(_ key: String) throws(EncoderError) -> Int? {
        switch value(key) {
        case nil: return nil
        case .integer(let value): return value
        default: throw wrongType(key, "Int")
        }
    }

    /// A number; nil if it is not there.
    public func number(_ key: String) throws(EncoderError) -> Double? {
        switch value(key) {
        case nil: return nil
        case .integer(let value): return Double(value)
        case .number(let value): return value
        default: throw wrongType(key, "Double")
        }
    }

    /// A string; nil if it is not there.
    public func string(_ key: String) throws(EncoderError) -> String? {
        switch value(key) {
        case nil: return nil
        case .string(let value): return value
        default: throw wrongType(key, "String")
        }
    }

    /// A truth value; nil if it is not there.
    public func bool(_ key: String) throws(EncoderError) -> Bool? {
        switch value(key) {
        case nil: return nil
        case .bool(let value): return value
        default: throw wrongType(key, "Bool")
        }
    }

    /// An object of scalars, in Python's words; nil if it is not there.
    public func scalars(_ key: String) throws(EncoderError) -> [String: String]? {
        guard let value = value(key) else { return nil }
        guard case .object(let entries) = value else { throw wrongType(key, "Dictionary<String, String>") }
        var scalars: [String: String] = [:]
        for (name, entry) in entries {
            guard let scalar = entry.scalar else { throw wrongType("\(key).\(name)", "String") }
            scalars[name] = scalar
        }
        return scalars
    }

    /// A list of strings; nil if it is not there.
    public func strings(_ key: String) throws(EncoderError) -> [String]? {
        guard let value = value(key) else { return nil }
        guard case .array(let items) = value else { throw wrongType(key, "Array<String>") }
        var strings: [String] = []
        for item in items {
            guard case .string(let string) = item else { throw wrongType(key, "Array<String>") }
            strings.append(string)
        }
        return strings
    }
}
