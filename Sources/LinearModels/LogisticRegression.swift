import Labels
import Tensors

/// A fitted logistic regression.
public struct LogisticRegression: Sendable {
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
    /// Shape: [M, D]; M is 1 for binary tasks, else the number of labels.
    public let coefficients: Matrix<Double>
    /// Shape: [M]. Infinite for a label that no training row, or every one, carries.
    public let intercepts: [Double]
    /// What the user should know.
    public let notices: [FitNotice]

    /// - Precondition: As many coefficient rows and intercepts as the scheme has models.
    init(
        labelSpace: LabelSpace, scheme: Scheme, coefficients: Matrix<Double>, intercepts: [Double],
        notices: [FitNotice]
    ) {
        let modelCount = LogisticRegression.modelCount(scheme, labelSpace)
        precondition(coefficients.rowCount == modelCount && intercepts.count == modelCount)
        self.labelSpace = labelSpace
        self.scheme = scheme
        self.coefficients = coefficients
        self.intercepts = intercepts
        self.notices = notices
    }

    /// M.
    static func modelCount(_ scheme: Scheme, _ labelSpace: LabelSpace) -> Int {
        scheme == .binary ? 1 : labelSpace.count
    }

    /// - Parameters:
    ///   - X: Shape: [N, D].
    ///   - targets: Labels of the N rows.
    public static func fit(
        _ options: LogisticOptions, to X: SparseMatrix, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> LogisticRegression {
        if X.rowCount != targets.count { throw .rowCountsDiffer(texts: X.rowCount, targets: targets.count) }
        if X.rowCount == 0 { throw .noRows }
        if labelSpace.kind != .multilabel && labelSpace.count == 2 {
            return fitLabels([1], scheme: .binary, options, X, targets, labelSpace)
        }
        if case .classes(let labels) = targets, options.multiClass == .multinomial {
            return fitMultinomial(options, X, labels, labelSpace)
        }
        return fitLabels(Array(0..<labelSpace.count), scheme: .oneVsRest, options, X, targets, labelSpace)
    }

    /// One binary problem for each of `labels`.
    private static func fitLabels(
        _ labels: [Int], scheme: Scheme, _ options: LogisticOptions, _ X: SparseMatrix, _ targets: Targets,
        _ labelSpace: LabelSpace
    ) -> LogisticRegression {
        var positives = Array(repeating: [Int](), count: labelSpace.count)
        for row in 0..<X.rowCount {
            for label in targets.labels(ofRow: row) { positives[label].append(row) }
        }
        let learnable = labels.filter { !positives[$0].isEmpty && positives[$0].count < X.rowCount }
        let objective = OneVsRestObjective(
            X,
            problems: learnable.map {
                .init(positives: positives[$0], rowCount: X.rowCount, options: options)
            })
        let solutions = LogisticSolver.solve(
            objective, parameterCount: X.columnCount + 1, options: options)

        var coefficients = Matrix<Double>(rowCount: labels.count, columnCount: X.columnCount)
        var intercepts = labels.map { positives[$0].isEmpty ? -Double.infinity : .infinity }
        var notices = labels.filter { !learnable.contains($0) }.flatMap { label in
            constantNotices(label, isAlwaysPresent: !positives[label].isEmpty, scheme, labelSpace)
        }
        for (label, solution) in zip(learnable, solutions) {
            let model = label - labels[0]
            for d in 0..<X.columnCount { coefficients[model, d] = solution.point[d] }
            intercepts[model] = solution.point[X.columnCount]
            if !solution.status.isConverged {
                notices.append(
                    .notConverged(label: labelSpace.names[label], iterations: solution.iterations))
            }
        }
        return LogisticRegression(
            labelSpace: labelSpace, scheme: scheme, coefficients: coefficients, intercepts: intercepts,
            notices: notices)
    }

    /// A binary task has two labels to speak of, though one model.
    private static func constantNotices(
        _ label: Int, isAlwaysPresent: Bool, _ scheme: Scheme, _ labelSpace: LabelSpace
    ) -> [FitNotice] {
        let own = FitNotice.constantLabel(labelSpace.names[label], isAlwaysPresent: isAlwaysPresent)
        if scheme != .binary { return [own] }
        return [.constantLabel(labelSpace.names[1 - label], isAlwaysPresent: !isAlwaysPresent), own]
    }

    /// One softmax over the classes that occur; the others have probability 0.
    private static func fitMultinomial(
        _ options: LogisticOptions, _ X: SparseMatrix, _ labels: [Int], _ labelSpace: LabelSpace
    ) -> LogisticRegression {
        let present = Set(labels).sorted()
        var place = Array(repeating: 0, count: labelSpace.count)
        for (new, label) in present.enumerated() { place[label] = new }
        let width = X.columnCount + 1
        let objective = MultinomialObjective(
            X, labels: labels.map { place[$0] }, classCount: present.count, options: options)
        let solution = LogisticSolver.solve(
            objective, parameterCount: present.count * width, options: options)

        var coefficients = Matrix<Double>(rowCount: labelSpace.count, columnCount: X.columnCount)
        var intercepts = Array(repeating: -Double.infinity, count: labelSpace.count)
        for (new, label) in present.enumerated() {
            for d in 0..<X.columnCount { coefficients[label, d] = solution.point[new * width + d] }
            intercepts[label] = solution.point[new * width + X.columnCount]
        }
        var notices = labelSpace.names.indices.filter { !present.contains($0) }.map {
            FitNotice.constantLabel(labelSpace.names[$0], isAlwaysPresent: false)
        }
        if !solution.status.isConverged {
            notices.append(.notConverged(label: nil, iterations: solution.iterations))
        }
        return LogisticRegression(
            labelSpace: labelSpace, scheme: .multinomial, coefficients: coefficients,
            intercepts: intercepts, notices: notices)
    }

    /// X wᵀ + b of each model. Shape: [N, M].
    public func logits(_ X: SparseMatrix) -> Logits {
        var scores = X.times(coefficients.transposed())
        for row in 0..<scores.rowCount {
            for model in intercepts.indices { scores[row, model] += intercepts[model] }
        }
        return Logits(labelCount: intercepts.count, values: scores.values)
    }

    /// The probability of each of K labels. Shape: [N, K].
    ///
    /// As scikit-learn has it: where the sigmoids of all classes underflow to 0, a one-vs-rest row stays 0.
    public func probabilities(_ X: SparseMatrix) -> Probabilities {
        let logits = logits(X)
        switch scheme {
        case .multinomial:
            return logits.softmax()
        case .binary:
            return Probabilities(
                labelCount: 2, values: logits.sigmoid().values.flatMap { [1 - $0, $0] })
        case .oneVsRest:
            let sigmoids = logits.sigmoid()
            if labelSpace.kind == .multilabel { return sigmoids }
            var values = sigmoids.values
            for start in stride(from: 0, to: values.count, by: labelSpace.count) {
                let row = start..<start + labelSpace.count
                let sum = values[row].reduce(0, +)
                if sum != 0 { for i in row { values[i] /= sum } }
            }
            return Probabilities(labelCount: labelSpace.count, values: values)
        }
    }
}
