import DeterministicWork

/// Draws a random sample of rows while they go by (Knuth, The Art of Computer Programming 2, 3.4.2, algorithm S): every
/// row has the same chance, and nothing needs to be held.
struct RowSampler {
    private var left: Int
    private var wanted: Int
    private var random: RandomStream

    /// - Parameters:
    ///   - rows: How many rows will go by.
    ///   - wanted: How many of them are drawn; all if there are no more.
    init(rows: Int, wanted: Int, seed: UInt64) {
        left = rows
        self.wanted = wanted
        random = RandomStream(seed: seed, for: .rowSample)
    }

    /// Whether the row that comes next is drawn.
    mutating func takesNext() -> Bool {
        guard wanted > 0, left > 0 else { return false }
        let takes = random.next(below: left) < wanted
        left -= 1
        if takes { wanted -= 1 }
        return takes
    }
}
