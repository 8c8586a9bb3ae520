extension TokenizerSettings {
    /// More ids than any published vocabulary has.
    private static let mostIDs = 1 << 24

    /// Its members as a vocabulary: the tokens by id, empty for an id that no token has (`transformers` leaves such holes
    /// where `vocab.txt` had a token twice). Of equal tokens the last counts.
    func vocabulary() throws(TokenizerError) -> [String] {
        guard case .object(let members) = value else { throw fail("an object") }
        if members.isEmpty { throw .emptyVocabulary(file: file) }
        var known = TermTable()
        /// The id of each different token, and the number of the token of each member.
        var (ids, numbers) = ([Int](), [Int]())
        numbers.reserveCapacity(members.count)
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
            let number = known.insert(token)
            if number == ids.count { ids.append(id) } else { ids[number] = id }
            numbers.append(number)
        }
        var tokens = [String](repeating: "", count: 1 + (ids.max() ?? 0))
        for (token, number) in zip(members.lazy.map(\.key), numbers) {
            let id = ids[number]
            if tokens[id].utf8.elementsEqual(token.utf8) { continue }
            if !tokens[id].isEmpty {
                throw .duplicateID(file: file, id: id, first: tokens[id], second: token)
            }
            tokens[id] = token
        }
        return tokens
    }
}
