import LinearAlgebra

/// Minimisation of a convex function by Newton's method, each of whose steps is solved for by conjugate gradients and no more
/// exactly than its place on the path is worth (Dembo and Steihaug, "Truncated-Newton algorithms for large-scale unconstrained
/// optimization", Mathematical Programming 26, 1983). Of the Hessian only products with vectors are needed.
///
/// The caller evaluates: while `status` is `.wantsGradient` value and gradient at `point`; where the gradient was received last,
/// the diagonal of the Hessian while it is `.wantsCurvatures`, and the product of `vector` with the Hessian while it is
/// `.wantsProduct`. So many minimisations can share each pass over the data.
package struct TruncatedNewton: Sendable {
    package enum Status: Equatable, Sendable {
        case wantsGradient
        case wantsCurvatures
        case wantsProduct
        case gradientConverged
        /// Rounding hides what another step would gain.
        case valueConverged
        case iterationLimit
        /// No step lowers the value.
        case lineSearchFailed

        package var isConverged: Bool { self == .gradientConverged || self == .valueConverged }
    }

    /// To which share of the gradient a step is solved for at the most; less as the gradient falls, which makes the method
    /// superlinear.
    private static let coarsest = 0.1
    /// The share of the tolerance to which a step is solved for at the least.
    private static let finest = 0.5
    private static let mostProducts = 500

    package private(set) var status = Status.wantsGradient
    /// Where value and gradient are wanted; at the end, the minimiser.
    package private(set) var point: [Double]
    /// What is to be multiplied by the Hessian.
    package var vector: [Double] { step?.vector ?? [] }
    /// The value at the last accepted point.
    package private(set) var value = Double.infinity
    package private(set) var iterations = 0
    /// The largest component of the gradient at the last accepted point.
    package private(set) var gradientNorm = Double.infinity

    /// Of which the history has no meaning here.
    private let options: LBFGS.Options
    private var gradient: [Double] = []
    private var firstNorm = 0.0
    /// The last accepted point.
    private var origin: [Double]
    private var direction: [Double] = []
    private var lineSearch: LineSearch?
    /// The solution of H step = -gradient, while it is sought.
    private var step: ConjugateGradients?
    private var products = 0

    package init(start: [Double], options: LBFGS.Options) {
        point = start
        origin = start
        self.options = options
    }

    /// Takes the value and the gradient of the function at `point`.
    package mutating func receive(value newValue: Double, gradient newGradient: [Double]) {
        precondition(status == .wantsGradient && newGradient.count == point.count)
        guard var search = lineSearch else {
            (value, gradient) = (newValue, newGradient)
            gradientNorm = maxAbs(gradient)
            firstNorm = gradientNorm
            if firstNorm <= options.gradientTolerance {
                status = .gradientConverged
            } else {
                status = .wantsCurvatures
            }
            return
        }
        switch search.receive(value: newValue, slope: dot(newGradient, direction)) {
        case .evaluate:
            lineSearch = search
            movePoint(by: search.step)
        case .accept: accept(newValue, newGradient)
        case .fail: giveUp()
        }
    }

    private mutating func accept(_ newValue: Double, _ newGradient: [Double]) {
        iterations += 1
        if iterations >= options.maxIterations { status = .iterationLimit }
        if options.isNegligible(from: value, to: newValue) { status = .valueConverged }
        (value, gradient, origin) = (newValue, newGradient, point)
        gradientNorm = maxAbs(gradient)
        if gradientNorm <= options.gradientTolerance { status = .gradientConverged }
        if status == .wantsGradient { status = .wantsCurvatures }
    }

    private mutating func giveUp() {
        point = origin
        status = .lineSearchFailed
    }

    private mutating func movePoint(by step: Double) {
        point = sum(origin, step, direction)
        status = .wantsGradient
    }

    // MARK: Steps

    /// Takes the diagonal of the Hessian, by which the conjugate gradients are preconditioned: how much the function curves along
    /// each parameter. One that is not positive, or that has overflowed or all but vanished, tells nothing, and all are then taken
    /// for alike.
    package mutating func receive(curvatures: [Double]) {
        precondition(status == .wantsCurvatures && curvatures.count == point.count)
        step = ConjugateGradients(
            rightSide: scaled(gradient, by: -1),
            preconditioner: inverses(ofCurvatures: curvatures) ?? Array(repeating: 1, count: point.count))
        products = 0
        status = .wantsProduct
    }

    /// Takes the product of `vector` with the Hessian.
    package mutating func receive(product image: [Double]) {
        precondition(status == .wantsProduct)
        products += 1
        let share = min(TruncatedNewton.coarsest, (gradientNorm / firstNorm).squareRoot())
        let goal = max(share * gradientNorm, TruncatedNewton.finest * options.gradientTolerance)
        guard step?.receive(product: image) == true, let norm = step?.residualNorm, norm > goal,
            products < TruncatedNewton.mostProducts
        else { return endStep() }
    }

    private mutating func endStep() {
        direction = step?.solution ?? []
        step = nil
        let slope = dot(gradient, direction)
        guard slope < 0 && slope.isFinite else { return giveUp() }
        lineSearch = LineSearch(value: value, slope: slope, step: 1)
        movePoint(by: 1)
    }
}
