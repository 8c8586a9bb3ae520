import DeterministicWork
import Foundation
import TensorFiles

extension HeadedEncoder<StaticEmbedding> {
    /// The name of a single task's head.
    private static var ownHeadName: String { "classifier" }
    /// The standard deviation of a new head's weights, as of a network that does not state one.
    private static var initialDeviation: Double { 0.02 }

    /// Loads a table, and for each task its head where the folder has one of its size; what is missing starts with random
    /// weights.
    ///
    /// - Parameters:
    ///   - labelCounts: K of each task.
    ///   - seed: Of the random weights.
    ///   - initialized: The parts with random weights, by their names, are added.
    package init(
        _ folder: StaticFolder, labelCounts: [Int], seed: UInt64, initialized: inout [String]
    ) throws {
        let embedding = try folder.embedding()
        var heads: [Linear] = []
        for (task, labels) in labelCounts.enumerated() {
            var head = Linear(inputs: Axis(embedding.width), outputs: Axis(labels))
            let name = HeadedEncoder.name(
                ofHead: HeadedEncoder.ownHeadName, task: task, of: labelCounts.count)
            let (weights, matrix) = (folder.weights, [labels, embedding.width])
            if weights.shape(of: "\(name).weight") == matrix, weights.shape(of: "\(name).bias") == [labels] {
                head.weight.set(try weights.floats("\(name).weight", shape: matrix))
                head.bias?.set(try weights.floats("\(name).bias", shape: [labels]))
            } else {
                head.setRandom(
                    standardDeviation: HeadedEncoder.initialDeviation, seed: seed,
                    for: .headWeights(task: task))
                initialized.append(name)
            }
            heads.append(head)
        }
        self.init(embedding, pooling: .mean, heads: heads, headName: HeadedEncoder.ownHeadName)
    }
}
