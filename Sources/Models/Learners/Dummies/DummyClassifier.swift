import DeterministicWork
import Labels

/// A baseline that does not read the texts: scikit-learn's `DummyClassifier`, for multilabel tasks one a label.
public struct DummyClassifier: Sendable {
    /// What is predicted for every text.
    public enum Strategy: String, Codable, Sendable, CaseIterable {
        /// With certainty the most frequent class; the first of equals. For multilabel tasks: a label that more than
        /// half of the rows carry.
        case mostFrequent = "majority"
        /// Each class with its share of the training rows.
        case prior
        /// With certainty a class drawn by those shares, for each row and, for multilabel tasks, each label anew.
        case stratified
    }

    public let strategy: Strategy
    public let labelSpace: LabelSpace
    /// The share of training rows that carry each label. Shape: [K].
    public let shares: [Double]
    /// Decides what `stratified` draws; the draws of a row depend on it and the row's number alone.
    public let seed: UInt64

    public static func fit(
        _ strategy: Strategy, to targets: Targets, labelSpace: LabelSpace, seed: UInt64 = 0
    ) throws(LinearModelError) -> DummyClassifier {
        if targets.count == 0 { throw .noRows }
        let counts = targets.labelCounts(labelCount: labelSpace.count)
        return DummyClassifier(
            strategy: strategy, labelSpace: labelSpace,
            shares: counts.map { Double($0) / Double(targets.count) }, seed: seed)
    }

    /// The probabilities for so many texts. Shape: [rowCount, K].
    public func probabilities(rowCount: Int) -> Probabilities {
        Probabilities(
            labelCount: labelSpace.count,
            values: (0..<rowCount).flatMap { row in
                strategy == .stratified ? drawn(row: row) : constantRow
            })
    }

    /// The labels that every text gets; nil where they are drawn, or where shares are stated for a rule to decide from.
    public var constantLabels: [Int]? {
        strategy == .mostFrequent ? constantRow.indices.filter { constantRow[$0] == 1 } : nil
    }

    /// What every row gets, unless drawn.
    private var constantRow: [Double] {
        if strategy == .prior { return shares }
        if labelSpace.kind == .multilabel { return shares.map { $0 > 0.5 ? 1 : 0 } }
        return oneHot(shares.indices.reduce(0) { shares[$1] > shares[$0] ? $1 : $0 })
    }

    private func drawn(row: Int) -> [Double] {
        var random = RandomStream(seed: seed, for: .dummyRow(row))
        if labelSpace.kind == .multilabel { return shares.map { random.nextUniform() < $0 ? 1 : 0 } }
        var left = random.nextUniform()
        var label = 0
        while left >= shares[label] && label + 1 < shares.count {
            left -= shares[label]
            label += 1
        }
        return oneHot(label)
    }

    private func oneHot(_ label: Int) -> [Double] {
        shares.indices.map { $0 == label ? 1 : 0 }
    }
}
