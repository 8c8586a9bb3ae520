import Experiments
import Testing

/// Which process has which items.
@Suite struct ShardTests {
    @Test func sharesAreEvenInItemsAndInThoseOfEachContestant() {
        for (replicates, contestants, count) in [(1, 7, 3), (5, 4, 4), (20, 10, 10), (3, 11, 7), (21, 9, 10)]
        {
            var shares: [Int: Int] = [:]
            for number in 1...count {
                let counts = Array(
                    repeating: Array(repeating: 1, count: contestants), count: replicates)
                for item in Shard(number: number, of: count)?.pieces(of: counts) ?? [] {
                    shares[item] = number
                }
            }
            #expect(shares.count == replicates * contestants)
            func spread(_ items: [Int]) -> Int {
                let sizes = (1...count).map { number in items.count { shares[$0] == number } }
                return (sizes.max() ?? 0) - (sizes.min() ?? 0)
            }
            #expect(spread(Array(shares.keys)) <= 1)
            for contestant in 0..<contestants {
                #expect(spread((0..<replicates).map { $0 * contestants + contestant }) <= 1)
            }
        }
    }

    /// Contestant by contestant, of each replicate by replicate, of each trial by trial.
    @Test func trialsAreDealtInTurn() {
        // The pieces of the first replicate are 0, 1 to 3 and 4, those of the second 5, 6 to 8 and 9.
        let counts = [[1, 3, 1], [1, 3, 1]]
        let shares = (1...4).map { Shard(number: $0, of: 4)?.pieces(of: counts) }
        #expect(shares == [[0, 3, 4], [5, 6, 9], [1, 7], [2, 8]])
        #expect(Shard(number: 1, of: 1)?.pieces(of: counts) == Array(0..<10))
        #expect(Shard(number: 11, of: 11)?.pieces(of: counts) == [])
    }

    @Test func isOneOfAsManyAsThereAre() {
        #expect(
            Shard(number: 0, of: 2) == nil && Shard(number: 3, of: 2) == nil && Shard(number: 1, of: 0) == nil
        )
        #expect(Shard(number: 2, of: 2)?.description == "2/2")
    }

    private func slurm(_ id: String, _ count: String, _ min: String? = nil, _ step: String? = nil) throws
        -> Shard?
    {
        try Shard(
            slurm: [
                "SLURM_ARRAY_TASK_ID": id, "SLURM_ARRAY_TASK_COUNT": count, "SLURM_ARRAY_TASK_MIN": min,
                "SLURM_ARRAY_TASK_STEP": step,
            ].compactMapValues(\.self))
    }

    @Test func followsFromAnArrayJob() throws {
        #expect(try Shard(slurm: ["SLURM_ARRAY_TASK_ID": "1"]) == nil)
        #expect(try slurm("3", "8") == Shard(number: 3, of: 8))
        #expect(try slurm("0", "8", "0") == Shard(number: 1, of: 8))
        #expect(try slurm("112", "4", "100", "4") == Shard(number: 4, of: 4))
    }

    @Test(arguments: [
        ("7", "3", "1"), ("0", "3", "1"), ("x", "3", "1"), ("2", "x", "1"), ("2", "3", "x"),
        ("9223372036854775807", "3", "-9223372036854775808"),
    ]) func aListThatIsNoRowIsRefused(id: String, count: String, min: String) throws {
        let error = #expect(throws: ExperimentError.self) { try slurm(id, count, min) }
        #expect("\(try #require(error))".contains("SLURM_ARRAY_TASK_ID=\(id)"))
    }
}
