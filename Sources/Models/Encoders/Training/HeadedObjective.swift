import Labels
import LinearAlgebra

/// What one head learns from: texts as tokens, with their labels.
public struct ClassificationTask: Sendable {
    /// Nil if it is the only one.
    public let name: String?
    /// Shape: [N][tokens].
    public let sequences: [[Int32]]
    /// Shape: [N].
    public let targets: Targets
    public let loss: ClassificationLoss
    /// The weight of its loss, where tasks are mixed jointly.
    public let weight: Double

    public init(
        name: String? = nil, sequences: [[Int32]], targets: Targets, loss: ClassificationLoss,
        weight: Double = 1
    ) {
        precondition(sequences.count == targets.count)
        self.name = name
        self.sequences = sequences
        self.targets = targets
        self.loss = loss
        self.weight = weight
    }
}

/// The loss of a network's heads, each on the rows of its task.
public typealias ClassificationObjective = HeadedObjective<TokenEncoder>

/// The loss of a classifier's heads, each on the rows of its task.
public struct HeadedObjective<Encoder: SequenceEncoder>: TrainingObjective {
    private let classification: [ClassificationTask]
    public let tasks: [TrainingRows]

    /// - Parameter tasks: One for each head of the model.
    public init(_ tasks: [ClassificationTask]) {
        classification = tasks
        self.tasks = tasks.map {
            TrainingRows(name: $0.name, tokenCounts: $0.sequences.map(\.count), weight: $0.weight)
        }
    }

    public func activationsPerToken(of model: HeadedEncoder<Encoder>) -> Int {
        model.encoder.activationsPerToken
    }

    public func dropout(of model: HeadedEncoder<Encoder>) -> DropoutProbabilities {
        model.encoder.dropout
    }

    public func addGradient(
        of rows: [Int], task: Int, scale: Double, _ model: HeadedEncoder<Encoder>, _ pass: Pass
    ) throws(EncoderError) -> Double {
        let (task, head) = (classification[task], task)
        return try HeadedObjective.addGradient(
            model.encoder.batch(rows.map { task.sequences[$0] }), task.targets.selecting(rows), head: head,
            task.loss, scale: scale, model, pass)
    }

    /// Adds the gradient of a batch.
    /// - Parameter targets: B rows.
    package static func addGradient(
        _ batch: PackedBatch, _ targets: Targets, head: Int, _ loss: ClassificationLoss, scale: Double,
        _ model: HeadedEncoder<Encoder>, _ pass: Pass
    ) throws(EncoderError) -> Double {
        let head = model.heads[head]
        let B = batch.count
        var value = 0.0
        try model.encoder.withPooled(batch, pooling: model.pooling, skipping: 0, pass) { pooled in
            let dropout = pass.dropout(.classifier)
            var read = pooled
            if let dropout {
                read = pass.rows(B, columns: pooled.columns)
                Rows.copy(pooled, to: read)
                dropout.apply(read, firstRow: 0)
            }
            let logits = pass.rows(B, columns: head.outputs)
            head.forward(read, into: logits, pass)
            let dLogits = pass.rows(B, columns: head.outputs)
            value = loss.value(logits, targets, scale: scale, gradient: dLogits)
            let dRead = model.trainsBelowHeads ? pass.rows(B, columns: pooled.columns) : nil
            head.backward(read, gradient: dLogits, into: dRead, pass)
            if let dRead { dropout?.apply(dRead, firstRow: 0) }
            return dRead
        }
        return value
    }
}
