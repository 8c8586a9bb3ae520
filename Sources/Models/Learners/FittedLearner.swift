import Foundation
import Labels

/// What a learner became: a linear classifier, or rows of train that vote.
public enum FittedLearner: Sendable {
    case linear(LinearClassifier)
    case neighbors(NearestNeighbors)

    public var labelSpace: LabelSpace {
        switch self {
        case .linear(let classifier): classifier.labelSpace
        case .neighbors(let neighbors): neighbors.labelSpace
        }
    }

    public var isProbabilistic: Bool {
        switch self {
        case .linear(let classifier): classifier.isProbabilistic
        case .neighbors: true
        }
    }

    /// What the user should know.
    public package(set) var notices: [FitNotice] {
        get {
            switch self {
            case .linear(let classifier): classifier.notices
            case .neighbors(let neighbors): neighbors.notices
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
            }
        }
    }

    /// How the solver ended, a record for each problem that it solved.
    public var log: [SolverRecord] { linear?.log ?? [] }

    /// The linear classifier, where it is one.
    public var linear: LinearClassifier? {
        if case .linear(let classifier) = self { classifier } else { nil }
    }

    /// D.
    public var featureCount: Int {
        switch self {
        case .linear(let classifier): classifier.coefficients.columnCount
        case .neighbors(let neighbors): neighbors.featureCount
        }
    }

    /// Coefficients and intercepts; nil where nothing but the rows is kept.
    public var parameterCount: Int? {
        linear.map { $0.coefficients.rowCount * $0.coefficients.columnCount + $0.intercepts.count }
    }

    /// The probability of each of K labels; 0 or 1 unless probabilistic. Shape: [N, K].
    public func probabilities(_ X: FeatureMatrix) -> Probabilities {
        switch self {
        case .linear(let classifier): classifier.probabilities(X)
        case .neighbors(let neighbors): neighbors.probabilities(X)
        }
    }

    /// Writes `model.json` and `model.safetensors` into `folder`.
    public func save(to folder: URL) throws {
        switch self {
        case .linear(let classifier): try classifier.save(to: folder)
        case .neighbors(let neighbors): try neighbors.save(to: folder)
        }
    }

    /// Reads what `save` wrote.
    public init(from folder: URL) throws {
        self =
            try NearestNeighbors.isSaved(in: folder)
            ? .neighbors(NearestNeighbors(from: folder)) : .linear(LinearClassifier(from: folder))
    }
}
