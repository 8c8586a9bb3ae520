import DeterministicWork
import Labels
import LinearAlgebra

/// Logistic regression with the optimum of scikit-learn's, or a linear layer as notebooks train it.
public enum LogisticRegression {
    /// - Parameters:
    ///   - X: Shape: [N, D].
    ///   - targets: Labels of the N rows.
    ///   - seed: Decides the first weights and the order of the rows, for AdamW alone.
    public static func fit(
        _ options: LogisticOptions, to X: FeatureMatrix, _ targets: Targets, labelSpace: LabelSpace,
        seed: UInt64 = 0
    ) throws(LinearModelError) -> LinearClassifier {
        try X.check(targets.count)
        if options.solver == .adamw { return try train(options, X, targets, labelSpace, seed: seed) }
        if options.solver == .newtonCholesky, options.penalty == .l2, X.storedSparse != nil,
            X.columnCount + 1 > LogisticOptions.maxNewtonParameters
        {
            throw .tooManyColumns(X.columnCount, most: LogisticOptions.maxNewtonParameters - 1)
        }
        if case .classes(let classes) = targets, options.isMultinomial(labelSpace) {
            return fitMultinomial(options, X, PresentClasses(classes, labelSpace))
        }
        return fitLabels(options, X, LabelRows(targets, labelSpace))
    }

    /// One binary problem for each label.
    private static func fitLabels(
        _ options: LogisticOptions, _ X: FeatureMatrix, _ labels: LabelRows
    ) -> LinearClassifier {
        let problems = labels.problems(
            C: options.C, labelC: options.labelC, options.classWeight, own: options.labelWeights,
            fitIntercept: options.fitIntercept)
        let solutions: [Solution]
        if options.penalty == .l1 {
            let columns = X.nonZeros.transposed()
            solutions = parallelMap(problems.count, blockSize: 1) {
                CoordinateNewton(columns: columns, problem: .init(problems[$0]), options: options).solve()
            }
        } else if options.solver == .lbfgs, let X = X.storedSparse {
            solutions = LinearSolver.lbfgs(
                BinaryObjective(LanePass(X, modelCount: problems.count), problems: problems),
                stopping: options.stopping)
        } else {
            let pass = DensePass(X, hasIntercept: options.fitIntercept)
            solutions = LinearSolver.solve(BinaryObjective(pass, problems: problems), options)
        }
        return labels.classifier(solutions, columnCount: X.columnCount)
    }

    /// One softmax over the classes that occur.
    private static func fitMultinomial(
        _ options: LogisticOptions, _ X: FeatureMatrix, _ classes: PresentClasses
    ) -> LinearClassifier {
        let weights = classes.weights(options.classWeight, own: options.labelWeights)
        func objective<Pass>(_ pass: Pass) -> SoftmaxObjective<Pass> {
            SoftmaxObjective(pass, labels: classes.places, weights: weights, options: options)
        }
        let solutions: [Solution]
        if options.penalty == .l1 {
            solutions = [
                CoordinateNewton(
                    columns: X.nonZeros.transposed(),
                    problem: .init(classes: classes.places, weights: weights, C: options.C), options: options
                ).solve()
            ]
        } else if options.solver == .lbfgs, let X = X.storedSparse {
            solutions = LinearSolver.lbfgs(
                objective(SparsePass(X)), stopping: options.stopping)
        } else {
            solutions = LinearSolver.solve(
                objective(DensePass(X, hasIntercept: options.fitIntercept)), options)
        }
        return classes.classifier(
            solutions.flatMap(\.parameters), columnCount: X.columnCount,
            log: solutions.map { $0.record(label: nil) })
    }

    /// A linear layer trained by AdamW. Labels that are constant are trained like the others, as in PyTorch.
    private static func train(
        _ options: LogisticOptions, _ X: FeatureMatrix, _ targets: Targets, _ labelSpace: LabelSpace,
        seed: UInt64
    ) throws(LinearModelError) -> LinearClassifier {
        let trainer = HeadTrainer(
            X, loss: HeadLoss(targets, labelSpace: labelSpace, options: options), options: options.adamw,
            fitIntercept: options.fitIntercept, seed: seed)
        let W = try trainer.train(from: trainer.initialWeights()) { trainer.order(ofEpoch: $0) }
        let D = X.columnCount
        return LinearClassifier(
            labelSpace: labelSpace, scheme: labelSpace.kind == .multilabel ? .oneVsRest : .multinomial,
            coefficients: Matrix(
                rowCount: W.rowCount, columnCount: D,
                values: (0..<W.rowCount).flatMap { W.row($0).dropLast() }),
            intercepts: (0..<W.rowCount).map { W[$0, D] })
    }
}
