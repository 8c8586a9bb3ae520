extension TokenizerSettings {
    /// More ids than any published vocabulary has.
    private static let mostIDs = 1 << 24

    /// Its members as a vocabulary: the tokens by id, empty for an id that no token has (`transformers` leaves such holes
    /// where `vocab.txt` had a token twice). Of equal tokens the last counts.
    func vocabulary() throws(TokenizerError) -> [String] {
        guard case .object(let members) = value else { throw fail("an object") }
        if members.isEmpty { throw .emptyVocabulary(file: file) }
        var ids: [[UInt8]: Int] = [:]
        for member in members {
            let token = member.key
            guard case .integer(let id) = member.value, id >= 0 else {
                throw .badValue(
                    file: file, key: "\(key).\(token)", found: member.value.summary,
                    expected: "a whole number, not negative")
            }
            guard id < Self.mostIDs else {
                throw .idOutOfRange(file: file, token: token, id: id, count: Self.mostIDs)
            }
            ids[Array(token.utf8)] = id
        }
        var tokens = [String](repeating: "", count: 1 + (ids.values.max() ?? 0))
        for token in members.lazy.map(\.key) {
            guard let id = ids[Array(token.utf8)], !tokens[id].utf8.elementsEqual(token.utf8) else {
                continue
            }
            if !tokens[id].isEmpty {
                throw .duplicateID(file: file, id: id, first: tokens[id], second: token)
            }
            tokens[id] = token
        }
        return tokens
    }
}
