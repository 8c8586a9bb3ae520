import Foundation
import Labels

/// What a learner became: a linear classifier, a chain of linear ones, or rows of train that vote.
public enum FittedLearner: Sendable {
    case linear(LinearClassifier)
    case neighbors(NearestNeighbors)
    case chain(ClassifierChain)

    public var labelSpace: LabelSpace {
        switch self {
        case .linear(let classifier): classifier.labelSpace
        case .neighbors(let neighbors): neighbors.labelSpace
        case .chain(let chain): chain.labelSpace
        }
    }

    public var isProbabilistic: Bool {
        switch self {
        case .linear(let classifier): classifier.isProbabilistic
        case .neighbors: true
        case .chain(let chain): chain.isProbabilistic
        }
    }

    /// What the user should know.
    public package(set) var notices: [FitNotice] {
        get {
            switch self {
            case .linear(let classifier): classifier.notices
            case .neighbors(let neighbors): neighbors.notices
            case .chain(let chain): chain.notices
            }
        }
        set {
            switch self {
            case .linear(var classifier):
                classifier.notices = newValue
                self = .linear(classifier)
            case .neighbors(var neighbors):
                neighbors.notices = newValue
                self = .neighbors(neighbors)
            case .chain(var chain):
                chain.notices = newValue
                self = .chain(chain)
            }
        }
    }

    /// How the solver ended, a record for each problem that it solved.
    public var log: [SolverRecord] {
        switch self {
        case .linear(let classifier): classifier.log
        case .neighbors: []
        case .chain(let chain): chain.log
        }
    }

    /// The linear classifier, where it is one.
    public var linear: LinearClassifier? {
        if case .linear(let classifier) = self { classifier } else { nil }
    }

    /// D.
    public var featureCount: Int {
        switch self {
        case .linear(let classifier): classifier.coefficients.columnCount
        case .neighbors(let neighbors): neighbors.featureCount
        case .chain(let chain): chain.featureCount
        }
    }

    /// Coefficients and intercepts; nil where nothing but the rows is kept.
    public var parameterCount: Int? {
        switch self {
        case .linear(let classifier): classifier.parameterCount
        case .neighbors: nil
        case .chain(let chain): chain.parameterCount
        }
    }

    /// The probability of each of K labels; 0 or 1 unless probabilistic. Shape: [N, K].
    public func probabilities(_ X: FeatureMatrix) -> Probabilities {
        switch self {
        case .linear(let classifier): classifier.probabilities(X)
        case .neighbors(let neighbors): neighbors.probabilities(X)
        case .chain(let chain): chain.probabilities(X)
        }
    }

    /// Writes `model.json` and `model.safetensors` into `folder`.
    public func save(to folder: URL) throws {
        switch self {
        case .linear(let classifier): try classifier.save(to: folder)
        case .neighbors(let neighbors): try neighbors.save(to: folder)
        case .chain(let chain): try chain.save(to: folder)
        }
    }

    /// Reads what `save` wrote.
    public init(from folder: URL) throws {
        if NearestNeighbors.isSaved(in: folder) {
            self = .neighbors(try NearestNeighbors(from: folder))
        } else if ClassifierChain.isSaved(in: folder) {
            self = .chain(try ClassifierChain(from: folder))
        } else {
            self = .linear(try LinearClassifier(from: folder))
        }
    }
}
