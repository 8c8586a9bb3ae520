extension LinearModelError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .rowCountsDiffer(let texts, let targets):
            "\(texts) texts, but labels for \(targets)"
        case .noRows:
            "no rows to learn from"
        case .nonFiniteFeature(let row, let column):
            "row \(row), column \(column) of the features is not a finite number"
        case .negativeFeature(let row, let column):
            "row \(row), column \(column) of the features is below 0, and naive Bayes needs counts or TF-IDF values"
        case .tooManyColumns(let count, let most):
            "solver newton-cholesky works with at most \(most) terms, found \(count); use solver lbfgs, or a lower max-features"
        case .diverged(let epoch, let rate):
            "the head's training diverged in epoch \(epoch) at learning rate \(rate): its loss or weights are not finite; "
                + "try a smaller learning rate"
        case .tooFewNeighbors(let wanted, let rows):
            "\(wanted) nearest neighbours are to vote, and there are \(rows) rows to learn from; lower 'neighbors'"
        case .tooFewRows(let wanted, let rows, let method):
            "\(method) needs \(wanted) rows to learn from, and there are \(rows)"
        case .onlyForSets(let method):
            "\(method) is for labels of which a row may have several"
        case .badChain(let labels):
            "the order of a classifier chain names each label once: \(labels.joined(separator: ", "))"
        case .notLinear(let learner):
            "classifier chains and SCutFBR need a linear learner, found \(learner)"
        case .noProbabilities(let method):
            "\(method) needs a learner with probabilities"
        case .badModel(let file, let reason):
            "\(file): not a model of ours: \(reason)"
        }
    }
}
