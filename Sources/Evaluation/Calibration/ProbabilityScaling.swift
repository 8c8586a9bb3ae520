import Foundation
import Labels

/// One slope and one intercept on the logits of probabilities, fitted on validation so that what is stated is what
/// happens: temperature scaling (Guo et al. 2017; slope 1 / T, no intercept) or Platt's (1999).
///
/// Classes: softmax(slope x ln p), for which an intercept would change nothing, so Platt's is there for sets alone and
/// otherwise equals the temperature. Sets: sigmoid(slope x logit p + intercept), the same for all labels.
public struct ProbabilityScaling: Equatable, Sendable {
    public enum Method: String, Codable, Sendable, CaseIterable {
        case temperature, platt
    }

    public private(set) var slope = 1.0
    public private(set) var intercept = 0.0

    /// Probabilities are kept this far from 0 and 1, as far as a stored `Float` tells.
    private static let epsilon = 1e-7

    /// Minimizes the log loss of `probabilities` against `gold`.
    public init(fitting method: Method, to gold: Targets, probabilities: Probabilities) {
        if gold.count == 0 { return }
        slope = exp(minimum(in: -3...3) { Self.loss(exp($0), 0, gold, probabilities) })
        guard method == .platt, case .sets = gold else { return }
        // The loss is convex in both, so taking turns comes down to its one minimum.
        for _ in 0..<12 {
            intercept = minimum(in: -5...5) { Self.loss(slope, $0, gold, probabilities) }
            slope = exp(minimum(in: -3...3) { Self.loss(exp($0), intercept, gold, probabilities) })
        }
    }

    /// - Parameter kind: Any targets of the task: classes or sets.
    public func applied(to probabilities: Probabilities, _ kind: Targets) -> Probabilities {
        let logits = Logits(
            labelCount: probabilities.labelCount,
            values: probabilities.values.map { p in
                let p = min(max(p, Self.epsilon), 1 - Self.epsilon)
                if case .classes = kind { return slope * log(p) }
                return slope * log(p / (1 - p)) + intercept
            })
        if case .classes = kind { return logits.softmax() }
        return logits.sigmoid()
    }

    private static func loss(
        _ slope: Double, _ intercept: Double, _ gold: Targets, _ probabilities: Probabilities
    ) -> Double {
        var scaling = ProbabilityScaling()
        scaling.slope = slope
        scaling.intercept = intercept
        let scaled = scaling.applied(to: probabilities, gold)
        let K = scaled.labelCount
        switch gold {
        case .classes(let classes):
            return classes.indices.reduce(0) { $0 + ProbabilityScores.loss(scaled[$1, classes[$1]]) }
        case .sets(let sets):
            return (0..<sets.rowCount * K).reduce(0) {
                let p = scaled.values[$1]
                return $0 + ProbabilityScores.loss(sets.values[$1] ? p : 1 - p)
            }
        }
    }

    private init() {}
}

/// Where a function with one minimum in `range` has it, by golden sections, to 1e-4.
private func minimum(in range: ClosedRange<Double>, _ f: (Double) -> Double) -> Double {
    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (range.lowerBound, range.upperBound)
    var (a, b) = (high - golden * (high - low), low + golden * (high - low))
    var (fa, fb) = (f(a), f(b))
    while high - low > 1e-4 {
        if fa < fb {
            (high, b, fb) = (b, a, fa)
            a = high - golden * (high - low)
            fa = f(a)
        } else {
            (low, a, fa) = (a, b, fb)
            b = low + golden * (high - low)
            fb = f(b)
        }
    }
    return (low + high) / 2
}
