import Results

// Successive halving (Jamieson and Talwalkar, AISTATS 2016) with two rungs: rows are what is rationed, whatever the family.
extension ContestantSearch {
    /// Of so many trials one goes on, with so many times the rows.
    static let eta = 3

    /// A round of trials on the same rows.
    struct Rung: Equatable {
        /// How many trials there are.
        let count: Int
        /// They are fitted on one train row of so many; nil for all.
        let share: Int?
    }

    /// - Parameter count: How many combinations are tried, at least one.
    func rungs(count: Int) -> [Rung] {
        switch method {
        case .grid, .random: [Rung(count: count, share: nil)]
        case .halving:
            [
                Rung(count: count, share: ContestantSearch.eta),
                Rung(count: ContestantSearch.survivorCount(of: count), share: nil),
            ]
        }
    }

    /// A third, rounded up.
    private static func survivorCount(of count: Int) -> Int { (count + eta - 1) / eta }

    /// The combinations that go on, in their order: the best third, of equals the first, and none whose value is undefined.
    /// - Parameter scores: Of each; at least one has a value.
    func survivors(_ combinations: [Int], _ scores: [Double?]) -> [Int] {
        let ranked = combinations.indices.filter { scores[$0] != nil }.sorted {
            let (a, b) = (selection.score(scores[$0] ?? 0), selection.score(scores[$1] ?? 0))
            return a == b ? $0 < $1 : a > b
        }
        return ranked.prefix(ContestantSearch.survivorCount(of: combinations.count)).sorted()
            .map { combinations[$0] }
    }
}
