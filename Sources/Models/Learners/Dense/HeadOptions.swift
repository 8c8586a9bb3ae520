/// How a head on dense features is fitted.
public struct HeadOptions: Codable, Equatable, Sendable {
    public enum Solver: String, Codable, Sendable, CaseIterable {
        /// Exact logistic regression by Newton's method; multinomial by L-BFGS where the Hessian would have more than
        /// `mostNewtonParameters` rows.
        case newtonCholesky = "newton-cholesky"
        /// Exact logistic regression by L-BFGS.
        case lbfgs
        /// A linear layer trained by gradient descent, as notebooks do.
        case adamw
    }

    /// The largest Hessian of a multinomial problem, K (H + 1), that Newton's method is used for: 50 MB, and a Cholesky
    /// factor of 5 billion multiplications.
    public static let mostNewtonParameters = 2_500

    public var solver: Solver = .newtonCholesky
    /// Inverse strength of the penalty: the objective is C Σ loss + ‖w‖² / 2. Not for `adamw`.
    public var C = 1.0
    /// Weights of rows by their class; for `adamw` the weights of cross-entropy, and not for multilabel tasks, which have
    /// `adamw.posWeight`.
    public var classWeight: LogisticOptions.ClassWeight = .none
    /// The intercept is not penalised.
    public var fitIntercept = true
    /// Stop when no component of the mean loss's gradient is larger. `newtonCholesky` goes on until the coefficients are
    /// also within √tolerance of the optimum, in length. Not for `adamw`.
    public var tolerance = 1e-4
    /// Not for `adamw`.
    public var maxIterations = 100
    public var adamw = AdamWOptions()

    public init() {}
}

/// How a linear layer is trained by AdamW: names and defaults of PyTorch, where it has them.
public struct AdamWOptions: Codable, Equatable, Sendable {
    /// What a positive row of a label counts in binary cross-entropy; a negative one counts 1.
    public enum PosWeight: Codable, Equatable, Sendable {
        case none
        /// Negative rows / positive rows of the label; 1 for a label without positive rows.
        case balanced
        case number(Double)
    }

    /// Where the weights start.
    public enum Initialization: String, Codable, Sendable, CaseIterable {
        /// Weights and intercepts uniform in ±1/√H, as `nn.Linear` has them (with random numbers of our own).
        case uniform
        case zero
    }

    public var epochs = 10
    public var learningRate = 1e-3
    public var batchSize = 32
    /// Of weights and intercepts, as `AdamW(head.parameters())` does it.
    public var weightDecay = 0.01
    /// Decides the first weights and the order of the rows.
    public var seed: UInt64 = 0
    /// For multilabel tasks.
    public var posWeight: PosWeight = .none
    public var initialization: Initialization = .uniform

    public init() {}
}
