import LinearAlgebra

/// Minimisation of a smooth convex function by Newton's method with Cholesky solves and a backtracking line search.
///
/// Steps, line search and gradient test are those of scikit-learn's `NewtonCholeskySolver`, with two differences:
/// a factor is kept for further steps for as long as they go well, since a gradient costs so much less than a Hessian,
/// and what the steps since then tell of the curvature corrects it, as L-BFGS corrects a multiple of the identity;
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
    /// A factor is kept while so many steps bring the decrement down to this share.
    static let patience = 8
    static let keptDecrement = 0.1
    /// Halvings of a step by a factor that is not of this point, before a Hessian is wanted.
    static let mostKeptHalvings = 4
    /// Steps that correct a factor.
    static let mostCorrections = 24
    /// By a factor that is not of this point the decrement is an estimate, and has to be so much smaller.
    static let keptTolerance = 0.01

    /// A step and by how much it changed the gradient.
    private struct Correction: Sendable {
        let step: [Double]
        let change: [Double]
        /// 1 / stepᵀ change.
        let scale: Double
    }

    private let options: Options
    /// The last accepted point, and value and gradient there.
    private var origin: [Double]
    public private(set) var value = Double.infinity
    private var gradient: [Double] = []
    /// The largest component of the gradient at the last accepted point.
    public var gradientNorm: Double { maxAbs(gradient) }
    /// The Newton direction, gradient times direction, and how far along it `point` is; no direction before the first step.
    private var direction: [Double] = []
    private var slope = -Double.infinity
    private var step = 1.0
    private var halvings = 0
    private var factor: Cholesky?
    /// The latest steps since the factor was made, oldest first.
    private var corrections: [Correction] = []
    /// gᵀ H⁻¹ g at each point since then.
    private var decrements: [Double] = []
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
            if !direction.isEmpty {
                iterations += 1
                correct(by: newGradient)
            }
            origin = point
            value = newValue
            gradient = newGradient
            isFresh = false
            choose()
        } else if !isFresh && halvings == NewtonSearch.mostKeptHalvings {
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
        corrections = []
        decrements = []
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
        direction = step(by: factor)
        slope = dot(gradient, direction)
        decrements.append(-slope)
        let decrementTolerance = options.decrementTolerance * (isFresh ? 1 : NewtonSearch.keptTolerance)
        if maxAbs(gradient) <= options.gradientTolerance && -slope <= decrementTolerance {
            stop(.converged)
        } else if iterations >= options.maxIterations {
            stop(.iterationLimit)
        } else if !isFresh && (isSlow || !(slope < 0)) {
            wantHessian()
        } else if !(slope < 0) {
            stop(.stuck)
        } else {
            step = 1
            halvings = 0
            movePoint()
        }
    }

    /// Whether another Hessian is worth its cost.
    private var isSlow: Bool {
        let before = decrements.count - 1 - NewtonSearch.patience
        return before >= 0 && !(-slope <= NewtonSearch.keptDecrement * decrements[before])
    }

    /// Notes what the step from `origin` to `point` tells of the curvature. (Nothing, if rounding made it negative.)
    private mutating func correct(by newGradient: [Double]) {
        let step = zip(point, origin).map { $0 - $1 }
        let change = zip(newGradient, gradient).map { $0 - $1 }
        let curvature = dot(step, change)
        guard curvature > .ulpOfOne * dot(change, change) else { return }
        if corrections.count == NewtonSearch.mostCorrections { corrections.removeFirst() }
        corrections.append(Correction(step: step, change: change, scale: 1 / curvature))
    }

    /// -H⁻¹ g, where H is the factor's matrix with the corrections of the steps since (Nocedal and Wright, Numerical
    /// Optimization, 2006, algorithm 7.4).
    private func step(by factor: Cholesky) -> [Double] {
        var q = gradient.map { -$0 }
        var shares: [Double] = []
        for correction in corrections.reversed() {
            let share = correction.scale * dot(correction.step, q)
            add(-share, correction.change, to: &q)
            shares.append(share)
        }
        var x = factor.solve(q)
        for (correction, share) in zip(corrections, shares.reversed()) {
            add(share - correction.scale * dot(correction.change, x), correction.step, to: &x)
        }
        return x
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
