/// The ids of a vocabulary's tokens, by their bytes.
struct VocabularyIDs {
    private(set) var ids: [[UInt8]: Int32] = [:]

    /// - Parameter tokens: By id; empty for an id without a token. Of equal ones the last counts.
    init(_ tokens: [String]) {
        ids.reserveCapacity(tokens.count)
        for (id, token) in tokens.enumerated() where !token.isEmpty { ids[Array(token.utf8)] = Int32(id) }
    }

    subscript(token: [UInt8]) -> Int32? { ids[token] }
    subscript(token: String) -> Int32? { ids[Array(token.utf8)] }

    /// Every token, in the order of ids.
    var trie: ByteTrie {
        ByteTrie(ids.sorted { $0.value < $1.value }.map { (key: $0.key, value: $0.value) })
    }

    /// The ids of `<0x00>` to `<0xFF>`, -1 for one that there is not. Shape: [256].
    var ofBytes: [Int32] {
        (0..<256).map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return self["<0x\(digits.count == 1 ? "0" : "")\(digits)>"] ?? -1
        }
    }
}
