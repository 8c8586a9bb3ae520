/// The ids of a vocabulary's tokens, by their bytes.
struct VocabularyIDs {
    private var tokens = TermTable()
    /// By the number of the token. Shape: [tokens.count].
    private var ids: [Int32] = []

    /// - Parameter tokens: By id; empty for an id without a token. Of equal ones the last counts.
    init(_ tokens: [String]) {
        for (id, token) in tokens.enumerated() where !token.isEmpty {
            let number = self.tokens.insert(token)
            if number == ids.count { ids.append(Int32(id)) } else { ids[number] = Int32(id) }
        }
    }

    /// Every token with its id.
    var byToken: some Sequence<(token: [UInt8], id: Int32)> {
        ids.enumerated().lazy.map { [tokens] number, id in (Array(tokens.bytes(of: number)), id) }
    }

    subscript(token: [UInt8]) -> Int32? { tokens.number(of: token, token.indices).map { ids[$0] } }
    subscript(token: String) -> Int32? { tokens.number(of: token).map { ids[$0] } }

    /// Every token, in the order of ids.
    var trie: ByteTrie {
        ByteTrie(
            ids.indices.sorted { ids[$0] < ids[$1] }.lazy.map { (key: tokens.bytes(of: $0), value: ids[$0]) })
    }

    /// The ids of `<0x00>` to `<0xFF>`, -1 for one that there is not. Shape: [256].
    var ofBytes: [Int32] {
        (0..<256).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return self["<0x\(digits.count == 1 ? "0" : "")\(digits)>"] ?? -1
        }
    }
}
