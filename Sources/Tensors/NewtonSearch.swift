/// Minimisation of a smooth convex function by Newton's method with Cholesky solves and a backtracking line search.
///
/// Steps, line search and gradient test are those of scikit-learn's `NewtonCholeskySolver`, with two differences:
/// a factor is kept for further steps for as long as they go well, since a gradient costs so much less than a Hessian;
/// and besides the gradient the Newton decrement must be small, so that what keeping it saves is not paid in accuracy.
///
/// The caller evaluates: as `status` wants it, value and gradient or the Hessian at `point`. So many minimisations can
/// share each pass over the data.
public struct NewtonSearch: Sendable {
    /// When to stop.
    public struct Options: Sendable {
        /// No component of the gradient may be larger than this.
        public var gradientTolerance: Double
        /// Nor may gᵀ H⁻¹ g, twice what the quadratic model expects another step to lower the value by.
        public var decrementTolerance: Double
        public var maxIterations: Int

        public init(gradientTolerance: Double, decrementTolerance: Double, maxIterations: Int) {
            self.gradientTolerance = gradientTolerance
            self.decrementTolerance = decrementTolerance
            self.maxIterations = maxIterations
        }
    }

    public enum Status: Equatable, Sendable {
        case wantsGradient
        case wantsHessian
        case converged
        case iterationLimit
        /// The Hessian is not positive definite, or no step along its direction lowers the value.
        case stuck
    }

    public private(set) var status = Status.wantsGradient
    /// Where something is wanted; at the end, the best point.
    public private(set) var point: [Double]
    /// Steps taken.
    public private(set) var iterations = 0

    // The line search of scikit-learn's `NewtonSolver`.
    static let decrease = 0x1p-11
    static let shrinkage = 0.5
    static let mostHalvings = 20
    static let negligible = 16 * Double.ulpOfOne
    /// A factor is kept while each step brings the decrement down to this share. Low enough that steps that keep one
    /// soon cost more than the Hessian that they save would be rare.
    static let keptDecrement = 0.25

    private let options: Options
    /// The last accepted point, its value and gradient.
    private var origin: [Double]
    private var value = Double.infinity
    private var gradient: [Double] = []
    /// The Newton direction, gradient times direction, and how far along it `point` is; no direction before the first step.
    private var direction: [Double] = []
    private var slope = -Double.infinity
    private var step = 1.0
    private var halvings = 0
    private var factor: Cholesky?
    /// Whether the factor is that of the Hessian at `origin`.
    private var isFresh = false

    /// - Parameter hessian: A guess for it at the start.
    public init(start: [Double], hessian: Matrix<Double>, options: Options) {
        point = start
        origin = start
        factor = Cholesky(hessian)
        self.options = options
    }

    /// Takes the value and the gradient of the function at `point`.
    public mutating func receive(value newValue: Double, gradient newGradient: [Double]) {
        precondition(status == .wantsGradient && newGradient.count == point.count)
        if direction.isEmpty || isAcceptable(newValue, newGradient) {
            if !direction.isEmpty { iterations += 1 }
            origin = point
            value = newValue
            gradient = newGradient
            isFresh = false
            choose()
        } else if !isFresh {
            wantHessian()
        } else if halvings < NewtonSearch.mostHalvings {
            halvings += 1
            step *= NewtonSearch.shrinkage
            movePoint()
        } else {
            stop(.stuck)
        }
    }

    /// Takes the Hessian at `point`. Shape: [n, n].
    public mutating func receive(hessian: Matrix<Double>) {
        precondition(status == .wantsHessian)
        factor = Cholesky(hessian)
        isFresh = true
        if factor == nil { stop(.stuck) } else { choose() }
    }

    /// Enough lower; or, where values differ by rounding only, a smaller gradient.
    private func isAcceptable(_ newValue: Double, _ newGradient: [Double]) -> Bool {
        let change = newValue - value
        if change <= NewtonSearch.decrease * step * slope { return true }
        return abs(change) <= NewtonSearch.negligible * abs(value) && sum(newGradient) < sum(gradient)
    }

    private func sum(_ x: [Double]) -> Double { x.reduce(0) { $0 + abs($1) } }

    /// Stops, or wants a new Hessian, or goes along the Newton direction.
    private mutating func choose() {
        guard let factor else { return wantHessian() }
        let expected = NewtonSearch.keptDecrement * slope
        direction = factor.solve(gradient.map { -$0 })
        slope = dot(gradient, direction)
        if largest(gradient) <= options.gradientTolerance && -slope <= options.decrementTolerance {
            stop(.converged)
        } else if iterations >= options.maxIterations {
            stop(.iterationLimit)
        } else if !isFresh && !(slope >= expected) {
            wantHessian()
        } else if !(slope < 0) {
            stop(.stuck)
        } else {
            step = 1
            halvings = 0
            movePoint()
        }
    }

    private mutating func wantHessian() {
        point = origin
        status = .wantsHessian
    }

    private mutating func stop(_ status: Status) {
        point = origin
        self.status = status
    }

    private mutating func movePoint() {
        for i in point.indices { point[i] = origin[i] + step * direction[i] }
        status = .wantsGradient
    }
}
