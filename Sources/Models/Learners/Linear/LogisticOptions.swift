/// How logistic regression is fitted: names, defaults and meaning of scikit-learn's `LogisticRegression`, inside a
/// `OneVsRestClassifier` unless multinomial.
public struct LogisticOptions: Codable, Equatable, Sendable {
    /// How single-label tasks of three and more classes are fitted.
    public enum MultiClass: String, Codable, Sendable, CaseIterable {
        /// One binary problem a class.
        case ovr
        /// One softmax over all classes.
        case multinomial
    }

    /// How rows are weighted.
    public enum ClassWeight: String, Codable, Sendable, CaseIterable {
        /// All rows count 1.
        case none
        /// A row counts n / (classes x rows of its class).
        case balanced
    }

    /// What keeps coefficients small.
    public enum Penalty: String, Codable, Sendable, CaseIterable {
        /// ‖w‖² / 2, by L-BFGS.
        case l2
        /// ‖w‖₁, which makes most coefficients 0, by Newton's method with coordinate descent.
        case l1
    }

    public var penalty: Penalty = .l2
    /// Inverse strength of the penalty: the objective is C Σ loss + penalty.
    public var C = 1.0
    public var multiClass: MultiClass = .ovr
    public var classWeight: ClassWeight = .none
    /// Weights of labels by their names, 1 for others: what a row counts that carries the label. In one-vs-rest
    /// problems of three and more labels the rows that do not carry it count 1.
    public var labelWeights: [String: Double] = [:]
    /// The intercept is not penalised.
    public var fitIntercept = true
    /// Stop when no component of the mean loss's gradient is larger.
    public var tolerance = 1e-4
    public var maxIterations = 1000

    public init() {}

    var stopping: LBFGS.Options {
        LBFGS.Options(gradientTolerance: tolerance, maxIterations: maxIterations)
    }
}
