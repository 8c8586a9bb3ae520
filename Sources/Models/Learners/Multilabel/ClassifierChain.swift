import DeterministicWork
import Labels
import LinearAlgebra

/// Linear models of several labels, each of which reads the features and the labels before it (Read, Pfahringer, Holmes and
/// Frank, "Classifier chains for multi-label classification", ECML 2009).
public struct ClassifierChain: Sendable {
    /// What is read off the features. Its rows are in the order of the label space.
    let classifier: LinearClassifier
    /// The label in each place of the chain. Shape: [K].
    public let order: [Int]
    /// What the label in a place (row) takes from those in earlier ones (column); 0 from the diagonal on. Shape: [K, K].
    let links: Matrix<Double>
    let chainMethod: ClassifierChainOptions.ChainMethod

    public var labelSpace: LabelSpace { classifier.labelSpace }
    public var isProbabilistic: Bool { classifier.isProbabilistic }
    /// D.
    var featureCount: Int { classifier.coefficients.columnCount }
    /// Coefficients, intercepts, and what each label takes from those before it.
    var parameterCount: Int { classifier.parameterCount + order.count * (order.count - 1) / 2 }
    /// How the solver ended, a record for each problem that it solved.
    var log: [SolverRecord] { classifier.log }

    /// What the user should know.
    package(set) public var notices: [FitNotice]

    /// - Precondition: `order` holds each label once, and links lead from earlier labels to later ones.
    init(
        classifier: LinearClassifier, order: [Int], links: Matrix<Double>,
        chainMethod: ClassifierChainOptions.ChainMethod
    ) {
        let K = order.count
        precondition(classifier.labelSpace.kind == .multilabel && order.sorted() == Array(0..<K))
        precondition(classifier.labelSpace.count == K && links.rowCount == K && links.columnCount == K)
        self.classifier = classifier
        self.order = order
        self.links = links
        self.chainMethod = chainMethod
        notices = classifier.notices
    }

    /// Learns one label after another, from the features and the gold labels before it.
    /// - Parameters:
    ///   - learner: One that gives a linear model.
    ///   - X: Shape: [N, D].
    ///   - targets: Sets of labels of the N rows.
    ///   - seed: Decides the order, where it is random, and what is random of the learner.
    static func fit(
        _ learner: Learner, _ options: ClassifierChainOptions, to X: FeatureMatrix, _ targets: Targets,
        labelSpace: LabelSpace, seed: UInt64
    ) throws(LinearModelError) -> ClassifierChain {
        try X.check(targets.count)
        guard case .sets(let gold) = targets else { throw .onlyForSets("a classifier chain") }
        if options.chainMethod == .predictProbabilities, !learner.isProbabilistic {
            throw .noProbabilities("a classifier chain with predict-proba")
        }
        let (K, D) = (labelSpace.count, X.columnCount)
        guard let order = options.order.places(in: labelSpace, seed: seed) else {
            throw .badChain(labelSpace.names)
        }
        var coefficients = Matrix<Double>(rowCount: K, columnCount: D)
        var intercepts = [Double](repeating: 0, count: K)
        var links = Matrix<Double>(rowCount: K, columnCount: K)
        var (notices, log) = ([FitNotice](), [SolverRecord]())
        var features = X
        for (place, label) in order.enumerated() {
            let column = (0..<gold.rowCount).map { gold[$0, label] }
            let fitted = try learner.fit(
                features, .sets(IndicatorMatrix(labelCount: 1, values: column)),
                labelSpace: labelSpace.only(label), seed: seed)
            guard let model = fitted.linear else { throw .notLinear(learner.summary) }
            let row = model.coefficients.row(0)
            coefficients.values.replaceSubrange(label * D..<(label + 1) * D, with: row.prefix(D))
            for (earlier, weight) in row.dropFirst(D).enumerated() { links[place, earlier] = weight }
            intercepts[label] = model.intercepts[0]
            notices += model.notices
            log += model.log
            features = features.appendingColumn(column.map { $0 ? 1 : 0 })
        }
        return ClassifierChain(
            classifier: LinearClassifier(
                labelSpace: labelSpace, scheme: .oneVsRest, isProbabilistic: learner.isProbabilistic,
                coefficients: coefficients, intercepts: intercepts, notices: notices, log: log),
            order: order, links: links, chainMethod: options.chainMethod)
    }

    /// The score of each label, as the labels before it are predicted. Shape: [N, K].
    public func logits(_ X: FeatureMatrix) -> Logits {
        let K = labelSpace.count
        var values = classifier.logits(X).values
        var earlier = [Double](repeating: 0, count: K)
        for start in stride(from: 0, to: values.count, by: K) {
            for (place, label) in order.enumerated() {
                for before in 0..<place { values[start + label] += links[place, before] * earlier[before] }
                let score = values[start + label]
                switch chainMethod {
                case .predict: earlier[place] = score > 0 ? 1 : 0
                case .predictProbabilities: earlier[place] = sigmoid(score)
                }
            }
        }
        return Logits(labelCount: K, values: values)
    }

    /// The probability of each of K labels; 0 or 1 unless probabilistic. Shape: [N, K].
    public func probabilities(_ X: FeatureMatrix) -> Probabilities {
        let logits = logits(X)
        return isProbabilistic
            ? logits.sigmoid()
            : Probabilities(labelCount: logits.labelCount, values: logits.values.map { $0 > 0 ? 1 : 0 })
    }
}

extension ClassifierChainOptions.Order {
    /// The label in each place; nil where the given names are not all labels, each once.
    package func places(in labelSpace: LabelSpace, seed: UInt64) -> [Int]? {
        let all = Array(labelSpace.names.indices)
        switch self {
        case .labels: return all
        case .random:
            var random = RandomStream(seed: seed, for: .chainOrder)
            return random.shuffled(all)
        case .given(let names):
            let places = names.compactMap(labelSpace.names.firstIndex)
            return places.count == names.count && places.sorted() == all ? places : nil
        }
    }
}

extension LabelSpace {
    /// The space of one of its labels.
    fileprivate func only(_ label: Int) -> LabelSpace {
        guard let one = try? LabelSpace(kind: .multilabel, names: [names[label]]) else {
            preconditionFailure("a label's name is one alone too")
        }
        return one
    }
}
