/// A share of a plan's work items: those that one of several processes executes.
///
/// Items are dealt in turn, contestant by contestant and, of each, replicate by replicate: so the shares are as even as they
/// can be, in items and in those of each contestant. Which items a share has depends on the plan alone, not on what is done.
public struct Shard: Equatable, Sendable {
    /// From 1.
    public let number: Int
    public let count: Int

    /// - Returns: Nil unless the number is from 1 to the count.
    public init?(number: Int, of count: Int) {
        guard count > 0, (1...count).contains(number) else { return nil }
        (self.number, self.count) = (number, count)
    }

    /// Which items of a plan it has.
    ///
    /// - Parameters:
    ///   - replicates: Of the plan, which has an item of every contestant for each.
    ///   - contestants: Of the experiment.
    /// - Returns: Numbers of items, replicate by replicate, as the plan has them.
    package func items(replicates: Int, contestants: Int) -> [Int] {
        (0..<replicates * contestants).filter { item in
            let (replicate, contestant) = item.quotientAndRemainder(dividingBy: contestants)
            return (contestant * replicates + replicate) % count == number - 1
        }
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
