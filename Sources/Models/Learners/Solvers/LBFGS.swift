import LinearAlgebra

/// Minimisation of a smooth function by limited-memory BFGS (Nocedal 1980; Liu and Nocedal 1989).
///
/// It takes the path that SciPy's L-BFGS-B takes where nothing is bounded: history 10, initial matrix scaled by
/// s·y / y·y, first step of length one at most, the line search of Moré and Thuente (1994), and pairs without
/// curvature skipped. Results therefore agree with scikit-learn's `lbfgs` solver at any tolerance, not only at the
/// optimum. Where the caller knows how much the function curves along each parameter, the initial matrix is the inverse of
/// these curvatures instead, scaled likewise: the path is then that of parameters in units in which all curve alike.
///
/// The caller evaluates: read `point`, compute value and gradient there, `receive` them, until `status` is not
/// `.running`. So many minimisations can share each pass over the data.
public struct LBFGS: Sendable {
    /// When to stop, and how much to remember.
    public struct Options: Sendable {
        /// Stop when no component of the gradient is larger than this.
        public var gradientTolerance: Double
        /// Stop when an iteration lowers the value by at most this share of max(|f before|, |f after|, 1).
        public var valueTolerance: Double
        public var maxIterations: Int
        /// How many pairs of steps and gradient changes are remembered.
        public var history = 10

        /// The default value tolerance, 64 times the machine epsilon, is scikit-learn's.
        public init(
            gradientTolerance: Double, valueTolerance: Double = 64 * .ulpOfOne, maxIterations: Int
        ) {
            self.gradientTolerance = gradientTolerance
            self.valueTolerance = valueTolerance
            self.maxIterations = maxIterations
        }

        /// Whether an iteration from one value to another lowers it by too little to go on.
        func isNegligible(from before: Double, to after: Double) -> Bool {
            before - after <= valueTolerance * max(abs(before), abs(after), 1)
        }
    }

    public enum Status: Equatable, Sendable {
        /// Wants value and gradient at `point`.
        case running
        case gradientConverged
        case valueConverged
        case iterationLimit
        /// No step lowers the value, even from a fresh start along the gradient.
        case lineSearchFailed

        public var isConverged: Bool { self == .gradientConverged || self == .valueConverged }
    }

    public private(set) var status = Status.running
    /// Where value and gradient are wanted; at the end, the minimiser.
    public private(set) var point: [Double]
    /// The value at the last accepted point.
    public private(set) var value = Double.infinity
    public private(set) var iterations = 0
    /// The largest component of the gradient at the last accepted point.
    public var gradientNorm: Double { maxAbs(gradient) }

    private let options: Options
    /// 1 / curvature along each parameter; nil where all are taken for alike.
    private let inverseCurvatures: [Double]?
    private var gradient: [Double] = []
    /// The last accepted point.
    private var origin: [Double]
    private var direction: [Double] = []
    /// The gradient along it at the last accepted point.
    private var slope = 0.0
    private var lineSearch: LineSearch?
    private var pairs: [Pair] = []

    /// A step s and the change y of the gradient along it.
    private struct Pair {
        var s: [Double]
        var y: [Double]
        var sy: Double
        /// y·y, each square divided by its curvature.
        var yy: Double
    }

    /// - Parameter curvatures: About how much the function curves along each parameter; nil where that is not known. One that
    ///   is not positive, or that has overflowed or all but vanished, tells nothing, and all are then taken for alike.
    public init(start: [Double], options: Options, curvatures: [Double]? = nil) {
        precondition(curvatures.map { $0.count == start.count } ?? true)
        point = start
        origin = start
        self.options = options
        inverseCurvatures = curvatures.flatMap(inverses(ofCurvatures:))
    }

    /// Takes the value and the gradient of the function at `point`, and moves `point` to where they are wanted next.
    public mutating func receive(value newValue: Double, gradient newGradient: [Double]) {
        precondition(status == .running && newGradient.count == point.count)
        guard var search = lineSearch else {
            value = newValue
            gradient = newGradient
            if maxAbs(gradient) <= options.gradientTolerance {
                status = .gradientConverged
            } else {
                startLineSearch()
            }
            return
        }
        switch search.receive(value: newValue, slope: dot(newGradient, direction)) {
        case .evaluate:
            lineSearch = search
            movePoint(by: search.step)
        case .accept: accept(newValue, newGradient, step: search.step)
        case .fail: startAfresh()
        }
    }

    private mutating func accept(_ newValue: Double, _ newGradient: [Double], step: Double) {
        iterations += 1
        if iterations >= options.maxIterations { status = .iterationLimit }
        if options.isNegligible(from: value, to: newValue) { status = .valueConverged }
        value = newValue
        if maxAbs(newGradient) <= options.gradientTolerance { status = .gradientConverged }
        if status == .running { remember(newGradient, step: step) }
        gradient = newGradient
        origin = point
        if status == .running { startLineSearch() }
    }

    /// Adds the pair of the step just taken, unless the function does not curve upwards along it.
    private mutating func remember(_ newGradient: [Double], step: Double) {
        let s = step == 1 ? direction : scaled(direction, by: step)
        let y = sum(newGradient, -1, gradient)
        let sy = dot(s, y)
        if sy <= .ulpOfOne * -step * slope { return }
        if pairs.count == options.history { pairs.removeFirst() }
        pairs.append(Pair(s: s, y: y, sy: sy, yy: dot(y, start(y))))
    }

    private mutating func startLineSearch() {
        direction = descentDirection()
        slope = dot(gradient, direction)
        if slope >= 0 { return startAfresh() }
        // The first step is of length one, in units in which all parameters curve alike.
        let firstStep = pairs.isEmpty && iterations == 0 ? 1 / (-slope).squareRoot() : 1
        lineSearch = LineSearch(value: value, slope: slope, step: min(firstStep, LineSearch.longestStep))
        movePoint(by: lineSearch?.step ?? 0)
    }

    /// Forgets the history and goes along the gradient; gives up if that is what just failed.
    private mutating func startAfresh() {
        point = origin
        if pairs.isEmpty {
            status = .lineSearchFailed
        } else {
            pairs = []
            startLineSearch()
        }
    }

    private mutating func movePoint(by step: Double) {
        point = sum(origin, step, direction)
    }

    /// The two-loop recursion: -H g, where H approximates the inverse of the Hessian.
    private func descentDirection() -> [Double] {
        var d = scaled(gradient, by: -1)
        guard let last = pairs.last else { return start(d) }
        var shares = [Double](repeating: 0, count: pairs.count)
        // Each product is taken while what it is of is added to, as a pass over memory is what both cost.
        var next = dot(last.s, d)
        for (i, pair) in pairs.enumerated().reversed() {
            shares[i] = next / pair.sy
            next = add(-shares[i], pair.y, to: &d, thenDot: i > 0 ? pairs[i - 1].s : nil)
        }
        d = start(d)
        scale(&d, by: last.sy / last.yy)
        next = dot(pairs[0].y, d)
        for (i, pair) in pairs.enumerated() {
            next = add(
                shares[i] - next / pair.sy, pair.s, to: &d,
                thenDot: i + 1 < pairs.count ? pairs[i + 1].y : nil)
        }
        return d
    }

    /// The initial matrix but for its scale, times a vector.
    private func start(_ x: [Double]) -> [Double] {
        guard let inverseCurvatures else { return x }
        return product(inverseCurvatures, x)
    }

    /// The same with the function given: evaluates until the status is not `.running`.
    public static func minimize(
        from start: [Double], options: Options, _ function: ([Double]) -> (value: Double, gradient: [Double])
    ) -> LBFGS {
        var search = LBFGS(start: start, options: options)
        while search.status == .running {
            let (value, gradient) = function(search.point)
            search.receive(value: value, gradient: gradient)
        }
        return search
    }
}

/// 1 / curvature along each parameter; nil if one is not positive, or has overflowed or all but vanished, and tells nothing.
func inverses(ofCurvatures curvatures: [Double]) -> [Double]? {
    curvatures.allSatisfy { $0 > 0 && $0.isNormal } ? curvatures.map { 1 / $0 } : nil
}
