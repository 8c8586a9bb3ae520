import Labels
import LinearAlgebra

/// A linear classifier of dense features, such as a frozen encoder's.
public struct DenseHead: Sendable {
    /// How scores become probabilities.
    public typealias Scheme = LinearClassifier.Scheme

    public let options: HeadOptions
    public let labelSpace: LabelSpace
    /// `binary` for two classes (`multinomial` by AdamW), `oneVsRest` for multilabel, else `multinomial`.
    public let scheme: Scheme
    /// Shape: [M, H]; M is 1 for the binary scheme, else the number of labels.
    public let coefficients: Matrix<Double>
    /// Shape: [M]. Infinite for a label that no training row, or every one, carries, unless trained by AdamW.
    public let intercepts: [Double]
    /// What the user should know.
    public let notices: [FitNotice]

    /// - Precondition: As many coefficient rows and intercepts as the scheme has models.
    init(
        options: HeadOptions, labelSpace: LabelSpace, scheme: Scheme, coefficients: Matrix<Double>,
        intercepts: [Double], notices: [FitNotice]
    ) {
        let M = LinearClassifier.modelCount(scheme, labelSpace)
        precondition(coefficients.rowCount == M && intercepts.count == M)
        self.options = options
        self.labelSpace = labelSpace
        self.scheme = scheme
        self.coefficients = coefficients
        self.intercepts = intercepts
        self.notices = notices
    }

    /// The scheme that `options` give a task.
    static func scheme(_ options: HeadOptions, _ labelSpace: LabelSpace) -> Scheme {
        if labelSpace.kind == .multilabel { return .oneVsRest }
        return labelSpace.count == 2 && options.solver != .adamw ? .binary : .multinomial
    }

    /// X wᵀ + b of each model. Shape: [N, M].
    /// - Parameter features: Shape: [N, H].
    public func logits(_ features: DenseFeatures) -> Logits {
        precondition(features.columnCount == coefficients.columnCount)
        // The intercepts, which may be infinite, stay out of the product.
        var W = Matrix<Double>(rowCount: intercepts.count, columnCount: coefficients.columnCount + 1)
        for m in intercepts.indices {
            for h in 0..<coefficients.columnCount { W[m, h] = coefficients[m, h] }
        }
        var scores = DensePass(features, hasIntercept: false).scores(W)
        for row in 0..<scores.rowCount {
            for m in intercepts.indices { scores[row, m] += intercepts[m] }
        }
        return Logits(labelCount: intercepts.count, values: scores.values)
    }

    /// The probability of each of K labels. Shape: [N, K].
    /// - Parameter features: Shape: [N, H].
    public func probabilities(_ features: DenseFeatures) -> Probabilities {
        let logits = logits(features)
        switch scheme {
        case .binary:
            return Probabilities(labelCount: 2, values: logits.sigmoid().values.flatMap { [1 - $0, $0] })
        case .oneVsRest: return logits.sigmoid()
        case .multinomial: return logits.softmax()
        }
    }

    public func logits(_ features: Matrix<Float>) -> Logits { logits(DenseFeatures(features)) }
    public func logits(_ features: Matrix<Double>) -> Logits { logits(DenseFeatures(features)) }
    public func probabilities(_ features: Matrix<Float>) -> Probabilities {
        probabilities(DenseFeatures(features))
    }
    public func probabilities(_ features: Matrix<Double>) -> Probabilities {
        probabilities(DenseFeatures(features))
    }
}
