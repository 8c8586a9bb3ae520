import Labels
import LinearAlgebra

extension DenseHead {
    /// Fits a head: a sigmoid a label for multilabel tasks, one sigmoid for two classes, a softmax for more.
    ///
    /// - Parameters:
    ///   - features: Shape: [N, H].
    ///   - targets: Labels of the N rows.
    public static func fit(
        _ options: HeadOptions, to features: DenseFeatures, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> DenseHead {
        if features.rowCount != targets.count {
            throw .rowCountsDiffer(texts: features.rowCount, targets: targets.count)
        }
        if features.rowCount == 0 { throw .noRows }
        if let place = features.firstNonFinite {
            throw .nonFiniteFeature(row: place.row, column: place.column)
        }
        if options.solver == .adamw { return try train(options, features, targets, labelSpace) }
        let pass = DensePass(features, hasIntercept: options.fitIntercept)
        switch targets {
        case .classes(let labels) where scheme(options, labelSpace) == .multinomial:
            return fitSoftmax(options, pass, labels, labelSpace)
        default:
            return fitSigmoids(options, pass, targets, labelSpace)
        }
    }

    public static func fit(
        _ options: HeadOptions, to features: Matrix<Float>, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> DenseHead {
        try fit(options, to: DenseFeatures(features), targets, labelSpace: labelSpace)
    }

    public static func fit(
        _ options: HeadOptions, to features: Matrix<Double>, _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> DenseHead {
        try fit(options, to: DenseFeatures(features), targets, labelSpace: labelSpace)
    }

    /// One sigmoid for each label, or for the second of two classes.
    private static func fitSigmoids(
        _ options: HeadOptions, _ pass: DensePass, _ targets: Targets, _ labelSpace: LabelSpace
    ) -> DenseHead {
        let scheme = scheme(options, labelSpace)
        let indicators = targets.indicators(labelCount: labelSpace.count)
        let counts = indicators.columnCounts
        let labels = scheme == .binary ? [1] : Array(0..<labelSpace.count)
        let learnable = labels.filter { 0 < counts[$0] && counts[$0] < pass.rowCount }
        let objective = SigmoidObjective(
            pass,
            problems: learnable.map { label in
                .init(
                    isPositive: (0..<pass.rowCount).map { indicators[$0, label] }, options: options)
            })
        let solutions = HeadSolver.solve(objective, pass: pass, options: options)

        var W = Matrix<Double>(rowCount: labels.count, columnCount: pass.width)
        for (m, label) in labels.enumerated() {
            W[m, pass.width - 1] = counts[label] == 0 ? -.infinity : .infinity
        }
        var notices = labelSpace.names.indices.filter { counts[$0] == 0 || counts[$0] == pass.rowCount }
            .map { FitNotice.constantLabel(labelSpace.names[$0], isAlwaysPresent: counts[$0] > 0) }
        for (label, solution) in zip(learnable, solutions) {
            for i in 0..<pass.width { W[label - labels[0], i] = solution.point[i] }
            if !solution.isConverged {
                notices.append(
                    .notConverged(label: labelSpace.names[label], iterations: solution.iterations))
            }
        }
        return DenseHead(options, labelSpace, W, notices)
    }

    /// One softmax over the classes that occur; the others have probability 0.
    private static func fitSoftmax(
        _ options: HeadOptions, _ pass: DensePass, _ labels: [Int], _ labelSpace: LabelSpace
    ) -> DenseHead {
        let present = Set(labels).sorted()
        var place = Array(repeating: 0, count: labelSpace.count)
        for (new, label) in present.enumerated() { place[label] = new }
        let objective = SoftmaxObjective(
            pass, labels: labels.map { place[$0] }, classCount: present.count, options: options)
        let solutions = HeadSolver.solve(objective, pass: pass, options: options)

        var W = Matrix<Double>(rowCount: labelSpace.count, columnCount: pass.width)
        for label in labelSpace.names.indices { W[label, pass.width - 1] = -.infinity }
        var notices = labelSpace.names.indices.filter { !present.contains($0) }.map {
            FitNotice.constantLabel(labelSpace.names[$0], isAlwaysPresent: false)
        }
        for solution in solutions {
            for (new, label) in present.enumerated() {
                for i in 0..<pass.width { W[label, i] = solution.point[new * pass.width + i] }
            }
            if !solution.isConverged {
                notices.append(.notConverged(label: nil, iterations: solution.iterations))
            }
        }
        return DenseHead(options, labelSpace, W, notices)
    }

    /// A linear layer trained by AdamW. Labels that are constant are trained like the others, as in PyTorch.
    private static func train(
        _ options: HeadOptions, _ features: DenseFeatures, _ targets: Targets, _ labelSpace: LabelSpace
    ) throws(LinearModelError) -> DenseHead {
        let trainer = HeadTrainer(
            features, loss: HeadLoss(targets, labelCount: labelSpace.count, options: options),
            options: options.adamw, fitIntercept: options.fitIntercept)
        let W = try trainer.train(from: trainer.initialWeights()) { trainer.order(ofEpoch: $0) }
        return DenseHead(options, labelSpace, W, [])
    }

    /// - Parameter W: Coefficients and, last, intercept of each model. Shape: [M, H + 1].
    private init(
        _ options: HeadOptions, _ labelSpace: LabelSpace, _ W: Matrix<Double>, _ notices: [FitNotice]
    ) {
        let H = W.columnCount - 1
        self.init(
            options: options, labelSpace: labelSpace, scheme: DenseHead.scheme(options, labelSpace),
            coefficients: W.selectingColumns(0..<H), intercepts: (0..<W.rowCount).map { W[$0, H] },
            notices: notices)
    }
}
