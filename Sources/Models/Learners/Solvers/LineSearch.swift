/// The line search of Moré and Thuente, "Line search algorithms with guaranteed sufficient decrease" (ACM TOMS 20,
/// 1994), as MINPACK-2's `dcsrch` and `dcstep` do it: finds a step with
/// f(step) <= f(0) + `decrease` f'(0) step and |f'(step)| <= `curvature` |f'(0)|.
struct LineSearch: Sendable {
    /// The constants with which L-BFGS-B 3.0 calls `dcsrch`.
    static let decrease = 1e-3
    static let curvature = 0.9
    /// Accept when the interval is shorter than this share of its upper end.
    static let intervalTolerance = 0.1
    static let longestStep = 1e10
    /// The last of them must be accepted.
    static let mostEvaluations = 50
    /// By how much of the last move the step may grow while the minimum is not bracketed.
    static let growth = 1.1...4.0
    /// Bisect when two steps have not shortened the interval to this share.
    static let expectedShrinkage = 0.66

    enum Answer: Equatable {
        /// Wants the function at the new `step`.
        case evaluate
        /// `step`, where the function was just evaluated, will do.
        case accept
        /// The function has no value there, or no step was found in time.
        case fail
    }

    /// The function at one step.
    private struct Sample {
        var step: Double
        var value: Double
        var slope: Double

        /// The same for the function minus a line through the origin.
        func less(_ slope: Double) -> Sample {
            Sample(step: step, value: value - step * slope, slope: self.slope - slope)
        }
    }

    private(set) var step: Double
    private var evaluations = 0
    private let start: Sample
    /// The best step so far, and the other end of the interval that holds a minimiser.
    private var best: Sample
    private var other: Sample
    private var isBracketed = false
    /// Until a step with a value low enough and a rising slope is seen, work on the function minus its sufficient decrease.
    private var isFirstStage = true
    /// Where the next step may lie.
    private var lower = 0.0
    private var upper: Double
    private var width = LineSearch.longestStep
    private var widthBefore = 2 * LineSearch.longestStep

    /// - Parameter slope: The derivative at step 0; must be negative.
    init(value: Double, slope: Double, step: Double) {
        start = Sample(step: 0, value: value, slope: slope)
        best = start
        other = start
        self.step = step
        upper = step + LineSearch.growth.upperBound * step
    }

    /// Takes value and slope at `step`.
    mutating func receive(value: Double, slope: Double) -> Answer {
        evaluations += 1
        guard value.isFinite && slope.isFinite else { return .fail }
        let now = Sample(step: step, value: value, slope: slope)
        let line = LineSearch.decrease * start.slope
        let enough = start.value + step * line
        if isFirstStage && value <= enough && slope >= 0 { isFirstStage = false }

        let isStuck = isBracketed && isCramped
        let isAtEnd =
            step == LineSearch.longestStep && value <= enough && slope <= line
            || step == 0 && (value > enough || slope >= line)
        let isGood = value <= enough && abs(slope) <= LineSearch.curvature * -start.slope
        if isStuck || isAtEnd || isGood { return .accept }

        if isFirstStage && value <= best.value && value > enough {
            let tilted = choose(now.less(line), best: best.less(line), other: other.less(line))
            best = tilted.best.less(-line)
            other = tilted.other.less(-line)
        } else {
            (best, other) = choose(now, best: best, other: other)
        }
        narrow()
        return evaluations < LineSearch.mostEvaluations ? .evaluate : .fail
    }

    /// Whether the bracket leaves no room for another step.
    private var isCramped: Bool {
        step <= lower || step >= upper || upper - lower <= LineSearch.intervalTolerance * upper
    }

    /// Keeps the interval shrinking, and the next step within it.
    private mutating func narrow() {
        if isBracketed {
            if abs(other.step - best.step) >= LineSearch.expectedShrinkage * widthBefore {
                step = best.step + 0.5 * (other.step - best.step)
            }
            widthBefore = width
            width = abs(other.step - best.step)
            lower = min(best.step, other.step)
            upper = max(best.step, other.step)
        } else {
            let move = step - best.step
            lower = step + LineSearch.growth.lowerBound * move
            upper = step + LineSearch.growth.upperBound * move
        }
        step = min(max(step, 0), LineSearch.longestStep)
        if isBracketed && isCramped { step = best.step }
    }

    /// Sets the next step from interpolations through the samples, and returns the ends of the new interval.
    private mutating func choose(_ now: Sample, best: Sample, other: Sample) -> (best: Sample, other: Sample)
    {
        let turned = now.slope * (best.slope < 0 ? -1 : 1) < 0
        let secant = now.step + (now.slope / (now.slope - best.slope)) * (best.step - now.step)
        var next: Double
        if now.value > best.value {
            // A higher value: the minimum is bracketed.
            let cubic = LineSearch.cubic(from: best, to: now)
            let rise = (best.value - now.value) / (now.step - best.step)
            let quadratic = best.step + best.slope / (rise + best.slope) / 2 * (now.step - best.step)
            let cubicIsNearer = abs(cubic - best.step) < abs(quadratic - best.step)
            next = cubicIsNearer ? cubic : cubic + (quadratic - cubic) / 2
            isBracketed = true
        } else if turned {
            // A lower value and slopes of opposite sign: the minimum is bracketed.
            let cubic = LineSearch.cubic(from: now, to: best)
            next = abs(cubic - now.step) > abs(secant - now.step) ? cubic : secant
            isBracketed = true
        } else if abs(now.slope) < abs(best.slope) {
            // A lower value, slopes of the same sign, and flatter.
            let end = now.step > best.step ? upper : lower
            let cubic = LineSearch.cubicTowardsMinimum(from: now, to: best) ?? end
            let cubicIsNearer = abs(cubic - now.step) < abs(secant - now.step)
            if isBracketed {
                next = cubicIsNearer ? cubic : secant
                let limit = now.step + LineSearch.expectedShrinkage * (other.step - now.step)
                next = now.step > best.step ? min(limit, next) : max(limit, next)
            } else {
                next = abs(cubic - now.step) > abs(secant - now.step) ? cubic : secant
                next = min(max(next, lower), upper)
            }
        } else if isBracketed {
            // A lower value, slopes of the same sign, and no flatter.
            next = LineSearch.cubic(from: now, to: other)
        } else {
            next = now.step > best.step ? upper : lower
        }
        step = next
        if now.value > best.value { return (best, now) }
        return (now, turned ? best : other)
    }

    /// The minimiser of the cubic through values and slopes of both samples.
    private static func cubic(from a: Sample, to b: Sample) -> Double {
        let (theta, gamma) = cubicTerms(a, b)
        let p = (gamma - a.slope) + theta
        let q = ((gamma - a.slope) + gamma) + b.slope
        return a.step + p / q * (b.step - a.step)
    }

    /// The same where the slopes have one sign: nil if the cubic has no minimiser beyond `a`, away from `b`.
    private static func cubicTowardsMinimum(from a: Sample, to b: Sample) -> Double? {
        let (theta, gamma) = cubicTerms(a, b)
        let p = (gamma - a.slope) + theta
        let q = (gamma + (b.slope - a.slope)) + gamma
        let r = p / q
        return r < 0 && gamma != 0 ? a.step + r * (b.step - a.step) : nil
    }

    private static func cubicTerms(_ a: Sample, _ b: Sample) -> (theta: Double, gamma: Double) {
        let theta = 3 * (a.value - b.value) / (b.step - a.step) + a.slope + b.slope
        let scale = max(abs(theta), abs(a.slope), abs(b.slope))
        let root = (theta / scale) * (theta / scale) - (a.slope / scale) * (b.slope / scale)
        let gamma = scale * max(0, root).squareRoot()
        return (theta, a.step > b.step ? -gamma : gamma)
    }
}
