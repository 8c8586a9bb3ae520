import DeterministicWork

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
        let rounds = EpochPlan.rounds(rowCounts, options)
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
        let groups = pieces(of: options.accumulation, in: rounds(rowCounts, options))
        return options.mixing == .joint ? groups : groups * rowCounts.count
    }

    /// The batches of each task in an epoch.
    private static func rounds(_ rowCounts: [Int], _ options: TrainingOptions) -> Int {
        let counts = rowCounts.map { pieces(of: options.batchSize, in: $0) }
        return options.mixing == .alternateShortest ? counts.min() ?? 0 : counts.max() ?? 0
    }

    /// Pieces of this size, the last perhaps smaller, at any size.
    private static func pieces(of size: Int, in count: Int) -> Int {
        let (whole, rest) = count.quotientAndRemainder(dividingBy: size)
        return rest == 0 ? whole : whole + 1
    }

    /// `rounds` batches of a task's rows, in a random order, another one each time the rows begin again.
    private static func batches(
        task: Int, rows: Int, rounds: Int, epoch: Int, _ options: TrainingOptions
    ) -> [[Int]] {
        var all: [[Int]] = []
        var random = RandomStream(seed: options.seed, for: .batchOrder(task: task, epoch: epoch))
        while all.count < rounds && rows > 0 {
            let order = options.shuffles ? random.shuffled(0..<rows) : Array(0..<rows)
            let size = min(options.batchSize, rows)
            all += stride(from: 0, to: rows, by: size).map { Array(order[$0..<min(rows, $0 + size)]) }
        }
        return Array(all.prefix(rounds))
    }

    private static func groups(_ range: Range<Int>, of size: Int) -> [Range<Int>] {
        let size = max(1, min(size, range.count))
        return stride(from: range.lowerBound, to: range.upperBound, by: size).map {
            $0..<min(range.upperBound, $0 + size)
        }
    }
}
