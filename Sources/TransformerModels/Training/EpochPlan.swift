import Compute

/// Which rows of which tasks make which steps of an epoch: a pure function of seed and epoch.
struct EpochPlan {
    /// Rows that go through the model together.
    struct Batch: Equatable {
        let task: Int
        let rows: [Int]
        /// Of its loss in the step.
        let weight: Double
    }

    /// The batches of each step of the optimizer.
    let steps: [[Batch]]

    /// - Parameters:
    ///   - rowCounts: N of each task.
    ///   - weights: Of each task's loss, for joint mixing.
    ///   - epoch: From 0.
    init(rowCounts: [Int], weights: [Double], epoch: Int, _ options: TrainingOptions) {
        let counts = rowCounts.map { ($0 + options.batchSize - 1) / options.batchSize }
        let rounds =
            options.mixing == .alternateShortest ? counts.min() ?? 0 : counts.max() ?? 0
        let batches = rowCounts.indices.map {
            EpochPlan.batches(
                task: $0, rows: rowCounts[$0], rounds: rounds, epoch: epoch, options)
        }
        let accumulation = options.accumulation
        switch options.mixing {
        case .joint:
            steps = EpochPlan.groups(0..<rounds, of: accumulation).map { group in
                group.flatMap { round in
                    batches.indices.map {
                        Batch(task: $0, rows: batches[$0][round], weight: weights[$0] / Double(group.count))
                    }
                }
            }
        case .alternateShortest, .alternateCycling:
            steps = EpochPlan.groups(0..<rounds, of: accumulation).flatMap { group in
                batches.indices.map { task in
                    group.map { Batch(task: task, rows: batches[task][$0], weight: 1 / Double(group.count)) }
                }
            }
        }
    }

    /// The steps of an epoch.
    static func stepCount(rowCounts: [Int], _ options: TrainingOptions) -> Int {
        let counts = rowCounts.map { ($0 + options.batchSize - 1) / options.batchSize }
        let rounds = options.mixing == .alternateShortest ? counts.min() ?? 0 : counts.max() ?? 0
        let groups = (rounds + options.accumulation - 1) / options.accumulation
        return options.mixing == .joint ? groups : groups * rowCounts.count
    }

    /// `rounds` batches of a task's rows, in a random order, another one each time the rows begin again.
    private static func batches(
        task: Int, rows: Int, rounds: Int, epoch: Int, _ options: TrainingOptions
    ) -> [[Int]] {
        var all: [[Int]] = []
        var random = RandomStream(seed: options.seed, for: .batchOrder(task: task, epoch: epoch))
        while all.count < rounds && rows > 0 {
            let order = options.shuffles ? random.shuffled(0..<rows) : Array(0..<rows)
            all += stride(from: 0, to: rows, by: options.batchSize).map {
                Array(order[$0..<min(rows, $0 + options.batchSize)])
            }
        }
        return Array(all.prefix(rounds))
    }

    private static func groups(_ range: Range<Int>, of size: Int) -> [Range<Int>] {
        stride(from: range.lowerBound, to: range.upperBound, by: size).map {
            $0..<min(range.upperBound, $0 + size)
        }
    }
}
