import Labels

/// What one head learns from: texts as tokens, with their labels.
package struct TrainerTask: Sendable {
    /// Nil if it is the only one.
    package let name: String?
    /// Shape: [N][tokens].
    package let sequences: [[Int32]]
    /// Shape: [N].
    package let targets: Targets
    package let loss: ClassificationLoss
    /// Of its loss, where tasks are mixed jointly.
    package let weight: Double

    package init(
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

    func batch(_ rows: [Int]) throws(EncoderError) -> (PackedBatch, Targets) {
        (try PackedBatch(rows.map { sequences[$0] }), targets.selecting(rows))
    }
}
