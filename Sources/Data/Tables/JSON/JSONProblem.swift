/// What can be wrong with a line of JSON Lines.
public enum JSONProblem: Error, Equatable, Sendable {
    /// Something else than what the grammar allows here (RFC 8259).
    case unexpected(found: String, expected: String)
    /// An object or array inside another value.
    case nested
    case nullInList
    case badNumber
    case badEscape
    /// Half of a surrogate pair, which is no character.
    case loneSurrogate
    /// A control character that must be escaped.
    case controlCharacter
    case repeatedKey(String)
}
