import Labels
import LinearAlgebra

/// A fitted linear model: one vector of coefficients a label, whatever fitted them.
public struct LinearClassifier: Sendable {
    /// How scores become probabilities.
    public enum Scheme: String, Codable, Sendable {
        /// One model, whose sigmoid is the probability of the second label.
        case binary
        /// One model a label. Multilabel: a sigmoid each; multiclass: sigmoids divided by their sum.
        case oneVsRest
        /// One model a label, and the softmax of all.
        case multinomial
    }

    public let labelSpace: LabelSpace
    public let scheme: Scheme
    /// False if the model decides by the sign of its scores, or the largest; probabilities are then 0 and 1.
    public let isProbabilistic: Bool
    /// Shape: [M, D]; M is 1 for the binary scheme, else the number of labels.
    public let coefficients: Matrix<Double>
    /// Shape: [M]. Infinite for a label that no training row, or every one, carries.
    public let intercepts: [Double]
    /// What the user should know.
    public package(set) var notices: [FitNotice]
    /// How the solver ended, a record for each problem that it solved.
    public let log: [SolverRecord]

    /// - Precondition: As many coefficient rows and intercepts as the scheme has models.
    package init(
        labelSpace: LabelSpace, scheme: Scheme, isProbabilistic: Bool = true, coefficients: Matrix<Double>,
        intercepts: [Double], notices: [FitNotice] = [], log: [SolverRecord] = []
    ) {
        let modelCount = LinearClassifier.modelCount(scheme, labelSpace)
        precondition(coefficients.rowCount == modelCount && intercepts.count == modelCount)
        self.labelSpace = labelSpace
        self.scheme = scheme
        self.isProbabilistic = isProbabilistic
        self.coefficients = coefficients
        self.intercepts = intercepts
        self.notices = notices
        self.log = log
    }

    /// Coefficients and intercepts.
    var parameterCount: Int { coefficients.rowCount * coefficients.columnCount + intercepts.count }

    /// M.
    package static func modelCount(_ scheme: Scheme, _ labelSpace: LabelSpace) -> Int {
        scheme == .binary ? 1 : labelSpace.count
    }

    /// X wᵀ + b of each model. Shape: [N, M].
    /// - Parameter X: Shape: [N, D].
    public func logits(_ X: FeatureMatrix) -> Logits {
        precondition(X.columnCount == coefficients.columnCount)
        // The intercepts, which may be infinite, stay out of the product.
        var scores =
            X.storedSparse?.times(coefficients.transposed())
            ?? DensePass(X, hasIntercept: false).scores(
                coefficients.appendingColumn(Array(repeating: 0, count: intercepts.count)))
        scores.addToRows(intercepts)
        return Logits(labelCount: intercepts.count, values: scores.values)
    }

    /// The probability of each of K labels; 0 or 1 unless probabilistic. Shape: [N, K].
    ///
    /// As scikit-learn has it: where the sigmoids of all classes underflow to 0, a one-vs-rest row stays 0.
    public func probabilities(_ X: FeatureMatrix) -> Probabilities {
        let logits = logits(X)
        if !isProbabilistic { return decisions(logits) }
        switch scheme {
        case .multinomial:
            return logits.softmax()
        case .binary:
            return Probabilities(
                labelCount: 2, values: logits.sigmoid().values.flatMap { [1 - $0, $0] })
        case .oneVsRest:
            let sigmoids = logits.sigmoid()
            return labelSpace.kind == .multilabel ? sigmoids : sigmoids.dividedByRowSums(rest: 0)
        }
    }

    /// The labels with scores above 0, or the one with the largest, the first of equals.
    private func decisions(_ logits: Logits) -> Probabilities {
        let K = labelSpace.count
        if labelSpace.kind == .multilabel {
            return Probabilities(labelCount: K, values: logits.values.map { $0 > 0 ? 1 : 0 })
        }
        let classes = (0..<logits.rowCount).map { row in
            if scheme == .binary { return logits[row, 0] > 0 ? 1 : 0 }
            return (1..<K).reduce(0) { logits[row, $1] > logits[row, $0] ? $1 : $0 }
        }
        return Probabilities(certainOf: .classes(classes), labelCount: K)
    }
}

extension Matrix<Double> {
    /// Adds `row` to every row.
    mutating func addToRows(_ row: [Double]) {
        precondition(row.count == columnCount)
        for start in stride(from: 0, to: values.count, by: columnCount) {
            for k in row.indices { values[start + k] += row[k] }
        }
    }
}
