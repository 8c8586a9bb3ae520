import Labels

/// How logistic regression is fitted: names, defaults and meaning of scikit-learn's `LogisticRegression`, inside a
/// `OneVsRestClassifier` unless multinomial.
public struct LogisticOptions: Equatable, Sendable {
    /// How the objective is minimised.
    public enum Solver: String, Sendable, CaseIterable {
        /// Exact, by L-BFGS.
        case lbfgs
        /// Exact, by Newton's method: at most `maxNewtonParameters` columns of sparse features; multinomial by L-BFGS where
        /// the Hessian would have more rows than that.
        case newtonCholesky = "newton-cholesky"
        /// A linear layer trained by gradient descent, as notebooks do: a softmax over all classes, or a sigmoid a label.
        case adamw
    }

    /// How single-label tasks of three and more classes are fitted.
    public enum MultiClass: String, Sendable, CaseIterable {
        /// One binary problem a class.
        case ovr
        /// One softmax over all classes.
        case multinomial
    }

    /// What keeps coefficients small.
    public enum Penalty: String, Sendable, CaseIterable {
        /// ‖w‖² / 2.
        case l2
        /// ‖w‖₁, which makes most coefficients 0. It has a solver of its own, Newton's method with coordinate descent.
        case l1
    }

    /// The largest Hessian of a multinomial problem, K (D + 1), that Newton's method is used for: 50 MB, and a Cholesky
    /// factor of 5 billion multiplications.
    public static let maxNewtonParameters = 2_500

    public var solver: Solver = .lbfgs
    public var penalty: Penalty = .l2
    /// Inverse strength of the penalty: the objective is C Σ loss + penalty. Not for `adamw`.
    public var C = 1.0
    /// C of labels by their names, `C` for others; for labels that are fitted one by one.
    public var labelC: [String: Double] = [:]
    /// Not for `adamw`, which has one softmax.
    public var multiClass: MultiClass = .ovr
    /// For `adamw` the weights of cross-entropy, and not for multilabel tasks, which have `adamw.posWeight`.
    public var classWeight: ClassWeight = .none
    /// Weights of labels by their names, 1 for others: what a row counts that carries the label. In one-vs-rest
    /// problems of three and more labels the rows that do not carry it count 1.
    public var labelWeights: [String: Double] = [:]
    /// The intercept is not penalised.
    public var fitIntercept = true
    /// Stop when no component of the mean loss's gradient is larger. `newtonCholesky` goes on until the coefficients are
    /// also within √tolerance of the optimum, in length. Not for `adamw`.
    public var tolerance = 1e-4
    /// Not for `adamw`.
    public var maxIterations = 1000
    public var adamw = AdamWOptions()

    public init() {}

    var stopping: LBFGS.Options {
        LBFGS.Options(gradientTolerance: tolerance, maxIterations: maxIterations)
    }

    /// A head on an encoder's vectors, unless told otherwise: exact, by Newton's method, one softmax over all classes.
    public static var head: LogisticOptions {
        var options = LogisticOptions()
        options.solver = .newtonCholesky
        options.multiClass = .multinomial
        options.maxIterations = 100
        return options
    }

    /// Whether a task is fitted as one softmax over the classes that occur.
    package func isMultinomial(_ labelSpace: LabelSpace) -> Bool {
        labelSpace.kind != .multilabel && labelSpace.count > 2 && multiClass == .multinomial
    }
}

/// How a linear layer is trained by AdamW: names and defaults of PyTorch, where it has them.
public struct AdamWOptions: Equatable, Sendable {
    /// Where the weights start.
    public enum Initialization: String, Sendable, CaseIterable {
        /// Weights and intercepts uniform in ±1/√D, as `nn.Linear` has them (with random numbers of our own).
        case uniform
        case zero
    }

    public var epochs = 10
    public var learningRate = 1e-3
    public var batchSize = 32
    /// Of weights and intercepts, as `AdamW(head.parameters())` does it.
    public var weightDecay = 0.01
    /// For multilabel tasks.
    public var posWeight: PosWeight = .none
    public var initialization: Initialization = .uniform

    public init() {}
}
