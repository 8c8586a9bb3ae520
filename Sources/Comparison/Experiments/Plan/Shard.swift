/// A share of a plan's work: the items, and the trials of searches, that one of several processes executes.
///
/// They are dealt in turn, contestant by contestant and, of each, replicate by replicate: so the shares are as even as they
/// can be, in all and in those of each contestant. Which a share has depends on the plan alone, not on what is done.
public struct Shard: Equatable, Sendable {
    /// From 1.
    public let number: Int
    public let count: Int

    /// - Returns: Nil unless the number is from 1 to the count.
    public init?(number: Int, of count: Int) {
        guard count > 0, (1...count).contains(number) else { return nil }
        (self.number, self.count) = (number, count)
    }

    /// Which pieces of work it has.
    ///
    /// - Parameter counts: How many pieces there are of every contestant in each replicate. Shape: [replicates][contestants].
    /// - Returns: Numbers of pieces, ascending, as they are counted replicate by replicate and contestant by contestant.
    package func pieces(of counts: [[Int]]) -> [Int] {
        var firsts: [[Int]] = []
        var next = 0
        for counts in counts {
            firsts.append([])
            for count in counts {
                firsts[firsts.count - 1].append(next)
                next += count
            }
        }
        var dealt = 0
        var own: [Int] = []
        for contestant in (counts.first ?? []).indices {
            for replicate in counts.indices {
                for piece in 0..<counts[replicate][contestant] {
                    if dealt % count == number - 1 { own.append(firsts[replicate][contestant] + piece) }
                    dealt += 1
                }
            }
        }
        return own.sorted()
    }
}

extension Shard {
    /// What an array job of Slurm says in its environment, whose numbers may begin anywhere and have any step; nil outside
    /// of one.
    /// - Throws: `ExperimentError.badShard` where the numbers are no such row, so that the shares cannot be told.
    public init?(slurm environment: [String: String]) throws(ExperimentError) {
        guard let text = environment["SLURM_ARRAY_TASK_ID"],
            let countText = environment["SLURM_ARRAY_TASK_COUNT"]
        else { return nil }
        func number(_ name: String, or other: Int) -> Int? {
            environment[name].map { Int($0) } ?? other
        }
        guard let id = Int(text), let count = Int(countText),
            let first = number("SLURM_ARRAY_TASK_MIN", or: 1),
            let step = number("SLURM_ARRAY_TASK_STEP", or: 1), step > 0, first >= 0, id >= first,
            (id - first).isMultiple(of: step), let shard = Shard(number: (id - first) / step + 1, of: count)
        else { throw .badShard("SLURM_ARRAY_TASK_ID=\(text), SLURM_ARRAY_TASK_COUNT=\(countText)") }
        self = shard
    }
}

extension Shard: CustomStringConvertible {
    public var description: String { "\(number)/\(count)" }
}
