/// Where a training is, beside the weights and the optimizer's moments: what the metadata of a checkpoint holds.
struct TrainerState: Codable, Equatable {
    /// Steps of the optimizer so far.
    var step = 0
    /// From 0.
    var epoch = 0
    /// Steps of this epoch so far.
    var position = 0
    /// Batches so far, by which dropout is numbered.
    var batches = 0
    var bestScore: Double?
    var bestStep: Int?
    var evaluations = 0
    /// Evaluations whose score was undefined.
    var undefinedEvaluations = 0
    /// Evaluations since the best one.
    var evaluationsSinceBest = 0
    var isFinished = false
    /// Since the last line of the log.
    var lossSum = 0.0
    var lossCount = 0
    /// Of the log, in bytes.
    var logLength = 0
    /// Steps that each parameter has seen; one without a gradient sees none.
    var updates: [String: Int] = [:]
    var wordUpdates = 0
    /// The loss of each task in this epoch so far; nil in a checkpoint of an earlier version.
    var epochLosses: [TaskLoss]?

    /// The loss of a task's rows.
    struct TaskLoss: Codable, Equatable {
        private var sum = 0.0
        private var rows = 0

        /// - Parameter loss: The mean of these rows.
        mutating func add(_ loss: Double, rows count: Int) {
            sum += loss * Double(count)
            rows += count
        }

        /// Nil where there were no rows.
        var mean: Double? { rows > 0 ? sum / Double(rows) : nil }
    }
}
