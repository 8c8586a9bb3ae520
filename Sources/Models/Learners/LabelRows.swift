import Labels
import LinearAlgebra

/// The rows that carry each label, and which labels there is something to learn of.
struct LabelRows {
    let labelSpace: LabelSpace
    let rowCount: Int
    /// The rows of each of K labels, ascending.
    let rows: [[Int]]
    /// The labels that have a model: the second of two classes, else all.
    let modelled: [Int]
    let scheme: LinearClassifier.Scheme

    init(_ targets: Targets, _ labelSpace: LabelSpace) {
        self.labelSpace = labelSpace
        rowCount = targets.count
        var rows = Array(repeating: [Int](), count: labelSpace.count)
        switch targets {
        case .classes(let classes):
            for (row, label) in classes.enumerated() { rows[label].append(row) }
        case .sets(let matrix):
            matrix.forEachLabel { row, label in rows[label].append(row) }
        }
        self.rows = rows
        scheme = labelSpace.kind != .multilabel && labelSpace.count == 2 ? .binary : .oneVsRest
        modelled = scheme == .binary ? [1] : Array(labelSpace.names.indices)
    }

    /// Those of `modelled` that some rows carry and some do not.
    var learnable: [Int] { modelled.filter { !isConstant($0) } }

    private func isConstant(_ label: Int) -> Bool { rows[label].isEmpty || rows[label].count == rowCount }

    /// What rows count in the problem of a label.
    /// - Parameter own: Weights of labels by their names. Of two classes the negative one has a name too.
    func weights(
        of label: Int, _ classWeight: ClassWeight, own: [String: Double]
    ) -> BinaryWeights {
        let positive = own[labelSpace.names[label]] ?? 1
        let negative = scheme == .binary ? own[labelSpace.names[1 - label]] ?? 1 : 1
        return BinaryWeights(
            classWeight, positiveCount: rows[label].count, rowCount: rowCount, own: (positive, negative))
    }

    /// The problems of the learnable labels.
    /// - Parameters:
    ///   - labelC: C of labels by their names, `C` for others.
    ///   - own: As for `weights`.
    ///   - interceptScaling: Nil leaves the intercepts free.
    func problems(
        C: Double, labelC: [String: Double], _ classWeight: ClassWeight, own: [String: Double],
        fitIntercept: Bool, interceptScaling: Double? = nil
    ) -> [BinaryProblem] {
        learnable.map { label in
            BinaryProblem(
                positives: rows[label], rowCount: rowCount,
                weights: weights(of: label, classWeight, own: own),
                C: labelC[labelSpace.names[label]] ?? C, fitIntercept: fitIntercept,
                interceptScaling: interceptScaling)
        }
    }

    /// The solutions of the problems as one classifier.
    func classifier(
        _ solutions: [Solution], columnCount D: Int, isProbabilistic: Bool = true
    ) -> LinearClassifier {
        classifier(
            solutions.map(\.parameters), columnCount: D, isProbabilistic: isProbabilistic,
            log: zip(learnable, solutions).map { $1.record(label: labelSpace.names[$0]) })
    }

    /// The models as one classifier; labels that cannot be learnt are always or never predicted.
    /// - Parameter models: Coefficients and, last, intercept of each learnable label. Shape: [learnable][D + 1].
    func classifier(
        _ models: [[Double]], columnCount D: Int, isProbabilistic: Bool = true, log: [SolverRecord] = []
    ) -> LinearClassifier {
        var coefficients = Matrix<Double>(rowCount: modelled.count, columnCount: D)
        var intercepts = modelled.map { rows[$0].isEmpty ? -Double.infinity : .infinity }
        for (label, parameters) in zip(learnable, models) {
            let model = label - modelled[0]
            coefficients.values.replaceSubrange(model * D..<(model + 1) * D, with: parameters[..<D])
            intercepts[model] = parameters[D]
        }
        return LinearClassifier(
            labelSpace: labelSpace, scheme: scheme, isProbabilistic: isProbabilistic,
            coefficients: coefficients, intercepts: intercepts, notices: constantNotices + log.notices,
            log: log)
    }

    /// A binary task has two labels to speak of, though one model.
    private var constantNotices: [FitNotice] {
        rows.indices.filter(isConstant).map {
            .constantLabel(labelSpace.names[$0], isAlwaysPresent: !rows[$0].isEmpty)
        }
    }
}
