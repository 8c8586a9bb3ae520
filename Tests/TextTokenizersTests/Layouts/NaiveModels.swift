/// Byte-pair encoding as its description reads: the twin of the fast one.
struct NaiveBytePair {
    let ids: [String: Int32]
    let merges: [(String, String)]

    func encode(_ word: String) -> [Int32] {
        var symbols = word.map(String.init)
        while true {
            var best: (rank: Int, place: Int)?
            for i in symbols.indices.dropLast() {
                let rank = merges.firstIndex { $0 == (symbols[i], symbols[i + 1]) }
                if let rank, rank < best?.rank ?? .max { best = (rank, i) }
            }
            guard let place = best?.place else { return symbols.map { ids[$0] ?? -1 } }
            symbols[place] += symbols.remove(at: place + 1)
        }
    }
}

/// The most probable sequence of pieces, by trying all.
struct NaiveUnigram {
    let pieces: [(piece: String, score: Double)]
    /// What an unknown character costs.
    let unknownScore: Double

    /// The best score and its pieces; 0 for an unknown character.
    func best(_ text: Substring) -> (score: Double, ids: [Int32]) {
        guard let first = text.first else { return (0, []) }
        var best: (score: Double, ids: [Int32]) = (-.infinity, [])
        for (id, (piece, score)) in pieces.enumerated() where text.hasPrefix(piece) {
            let rest = self.best(text.dropFirst(piece.count))
            if score + rest.score > best.score { best = (score + rest.score, [Int32(id)] + rest.ids) }
        }
        if !pieces.contains(where: { $0.piece == String(first) }) {
            let rest = self.best(text.dropFirst())
            if unknownScore + rest.score > best.score {
                best = (unknownScore + rest.score, [0] + rest.ids)
            }
        }
        return best
    }
}
