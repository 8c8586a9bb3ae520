/// What can be wrong with a settings file, with the place.
public enum SettingsError: Error, Equatable, Sendable {
    case unreadable(file: String, reason: String)
    /// Not YAML at all.
    case syntax(Place, reason: String)
    case unknownKey(Place, key: String, suggestion: String?, known: [String])
    case missingKey(Place, key: String)
    case repeatedKey(Place, key: String)
    case wrongType(Place, key: String, found: String, expected: String)
    /// The type is right, the value is not possible.
    case badValue(Place, key: String, found: String, expected: String)

    /// A line of a file, or the command line.
    public struct Place: Equatable, Sendable, CustomStringConvertible {
        public let file: String
        public let line: Int

        public init(file: String, line: Int) {
            self.file = file
            self.line = line
        }

        public var description: String { line > 0 ? "\(file):\(line)" : file }
    }
}

extension SettingsError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadable(let file, let reason):
            return "\(file): cannot be read: \(reason)"
        case .syntax(let place, let reason):
            return "\(place): not valid YAML: \(reason)"
        case .unknownKey(let place, let key, let suggestion, let known):
            let hint =
                suggestion.map { "did you mean '\($0)'?" } ?? "known keys: \(known.joined(separator: ", "))"
            return "\(place): unknown key '\(shown(key))'; \(hint)"
        case .missingKey(let place, let key):
            return "\(place): key '\(key)' is missing"
        case .repeatedKey(let place, let key):
            return "\(place): key '\(shown(key))' occurs twice"
        case .wrongType(let place, let key, let found, let expected),
            .badValue(let place, let key, let found, let expected):
            return "\(place): \(shown(key)): found \(found), expected \(expected)"
        }
    }
}
