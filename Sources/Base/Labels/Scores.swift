/// Unbounded scores of a model, one for each row and label. Shape: [N, K], row-major.
///
/// A different type from `Probabilities`, so that neither can be passed for the other.
public struct Logits: Equatable, Sendable {
    /// K.
    public let labelCount: Int
    /// N x K values, row-major.
    public let values: [Double]
    /// N.
    public var rowCount: Int { values.count / labelCount }

    /// - Precondition: `values` holds whole rows of `labelCount` values.
    public init(labelCount: Int, values: [Double]) {
        precondition(labelCount > 0 && values.count.isMultiple(of: labelCount))
        self.labelCount = labelCount
        self.values = values
    }

    public subscript(row: Int, label: Int) -> Double { values[row * labelCount + label] }
}

/// Probabilities of labels, in 0...1. Shape: [N, K], row-major.
///
/// Rows sum to one for binary and multiclass tasks; in multilabel tasks each label has a probability of its own.
public struct Probabilities: Equatable, Sendable {
    /// K.
    public let labelCount: Int
    /// N x K values, row-major.
    public let values: [Double]
    /// N.
    public var rowCount: Int { values.count / labelCount }

    /// - Precondition: `values` holds whole rows of `labelCount` values.
    public init(labelCount: Int, values: [Double]) {
        precondition(labelCount > 0 && values.count.isMultiple(of: labelCount))
        self.labelCount = labelCount
        self.values = values
    }

    /// Certainty for the labels of `targets`: 1 for each that a row carries, 0 for the others.
    public init(certainOf targets: Targets, labelCount: Int) {
        self.init(
            labelCount: labelCount,
            values: targets.indicators(labelCount: labelCount).values.map { $0 ? 1 : 0 })
    }

    public subscript(row: Int, label: Int) -> Double { values[row * labelCount + label] }

    /// The rows with the given indices, in the given order.
    public func selecting(_ rows: [Int]) -> Probabilities {
        Probabilities(
            labelCount: labelCount,
            values: rows.flatMap { values[$0 * labelCount..<($0 + 1) * labelCount] })
    }

    /// The sum of each row. Shape: [N].
    package var rowSums: [Double] {
        stride(from: 0, to: values.count, by: labelCount).map { values[$0..<$0 + labelCount].reduce(0, +) }
    }

    /// Each row divided by its sum; where that is 0, every label gets `rest`.
    package func dividedByRowSums(rest: Double) -> Probabilities {
        let sums = rowSums
        return Probabilities(
            labelCount: labelCount,
            values: values.indices.map { place in
                let sum = sums[place / labelCount]
                return sum == 0 ? rest : values[place] / sum
            })
    }
}

extension Logits {
    /// Each row's softmax: exp(z - max z) / sum exp(z - max z). For binary and multiclass tasks.
    public func softmax() -> Probabilities {
        var out = values
        out.withUnsafeMutableBufferPointer { out in
            for start in stride(from: 0, to: out.count, by: labelCount) {
                _ = applySoftmax(to: .init(rebasing: out[start..<start + labelCount]))
            }
        }
        return Probabilities(labelCount: labelCount, values: out)
    }

    /// Each value's logistic sigmoid 1 / (1 + exp(-z)), without overflow. For multilabel tasks.
    public func sigmoid() -> Probabilities {
        Probabilities(labelCount: labelCount, values: values.map(Labels.sigmoid))
    }
}
