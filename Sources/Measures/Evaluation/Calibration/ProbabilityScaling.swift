import Foundation
import Labels

/// Slopes and intercepts on the logits of probabilities, fitted on validation so that what is stated is what happens.
///
/// Temperature scaling (Guo et al. 2017) has one slope 1 / T for all labels and no intercept: softmax(slope x ln p) of
/// classes, sigmoid(slope x logit p) of sets. Platt's scaling (1999) has a slope and an intercept for every label, each
/// fitted as its own question of yes or no: sigmoid(slope x logit p + intercept); the classes of a row are divided by
/// their sum, as scikit-learn's `CalibratedClassifierCV` does. Two classes are one question, that of the second.
public struct ProbabilityScaling: Equatable, Sendable {
    public enum Method: String, Codable, Sendable, CaseIterable {
        case temperature, platt
    }

    public let method: Method
    /// One for all labels, or one each.
    public let slopes: [Double]
    /// As many as slopes; 0 for a temperature.
    public let intercepts: [Double]

    /// Probabilities are kept this far from 0 and 1, as far as a stored `Float` tells.
    private static let epsilon = 1e-7

    /// Minimizes the log loss of `probabilities` against `gold`; without rows nothing is changed.
    public init(fitting method: Method, to gold: Targets, probabilities: Probabilities) {
        let K = probabilities.labelCount
        let isBinary = if case .classes = gold { K == 2 } else { false }
        self.method = method
        switch method {
        case .temperature:
            let slope =
                gold.count == 0
                ? 1
                : exp(
                    minimum(in: -3...3) { exponent in
                        Self.loss(of: Self.tempered(probabilities, by: exp(exponent), gold), gold)
                    })
            (slopes, intercepts) = ([slope], [0])
        case .platt:
            let indicators = gold.indicators(labelCount: K)
            let lines = (isBinary ? [1] : Array(0..<K)).map { label in
                Self.line(
                    through: (0..<gold.count).map { Self.logit(probabilities[$0, label]) },
                    isGold: (0..<gold.count).map { indicators[$0, label] })
            }
            (slopes, intercepts) = (lines.map(\.slope), lines.map(\.intercept))
        }
    }

    /// Nil unless there are as many slopes and intercepts as probabilities of `labelCount` labels need.
    package init?(_ method: Method, slopes: [Double], intercepts: [Double], labelCount: Int) {
        let needed = method == .temperature || labelCount == 2 && slopes.count == 1 ? 1 : labelCount
        guard slopes.count == needed, intercepts.count == needed else { return nil }
        (self.method, self.slopes, self.intercepts) = (method, slopes, intercepts)
    }

    /// - Parameter kind: Any targets of the task: classes or sets.
    public func applied(to probabilities: Probabilities, _ kind: Targets) -> Probabilities {
        if method == .temperature { return Self.tempered(probabilities, by: slopes[0], kind) }
        let K = probabilities.labelCount
        let values = (0..<probabilities.rowCount).flatMap { row -> [Double] in
            if K == 2, slopes.count == 1 {
                let p = scaled(probabilities[row, 1], 0)
                return [1 - p, p]
            }
            let own = (0..<K).map { scaled(probabilities[row, $0], $0) }
            guard case .classes = kind else { return own }
            let sum = own.reduce(0, +)
            return own.map { $0 / sum }
        }
        return Probabilities(labelCount: K, values: values)
    }

    /// The probability of a label after its line; never exactly 0, so that the classes of a row have a sum.
    private func scaled(_ p: Double, _ label: Int) -> Double {
        let logit = slopes[label] * Self.logit(p) + intercepts[label]
        return min(max(1 / (1 + exp(-logit)), Self.epsilon), 1 - Self.epsilon)
    }

    private static func bounded(_ p: Double) -> Double { min(max(p, epsilon), 1 - epsilon) }
    private static func logit(_ p: Double) -> Double { log(bounded(p) / (1 - bounded(p))) }

    private static func tempered(
        _ probabilities: Probabilities, by slope: Double, _ kind: Targets
    ) -> Probabilities {
        func logits(_ logit: (Double) -> Double) -> Logits {
            Logits(
                labelCount: probabilities.labelCount, values: probabilities.values.map { slope * logit($0) })
        }
        if case .classes = kind { return logits { log(bounded($0)) }.softmax() }
        return logits(logit).sigmoid()
    }

    private static func loss(of scaled: Probabilities, _ gold: Targets) -> Double {
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

    /// The line on `logits` whose sigmoid loses least against Platt's targets, (n + 1) / (n + 2) of n gold rows and
    /// 1 / (m + 2) of m others, which keep it finite where the two do not overlap: Newton's method with halved steps
    /// (Lin, Lin and Weng 2007). The identity for a label that no row or every row has, about which validation says
    /// nothing.
    private static func line(
        through logits: [Double], isGold: [Bool]
    ) -> (slope: Double, intercept: Double) {
        let gold = Double(isGold.count { $0 })
        let rest = Double(isGold.count) - gold
        if gold == 0 || rest == 0 { return (1, 0) }
        let targets = isGold.map { $0 ? (gold + 1) / (gold + 2) : 1 / (rest + 2) }
        func loss(_ slope: Double, _ intercept: Double) -> Double {
            logits.indices.reduce(0) { sum, row in
                let z = slope * logits[row] + intercept
                // ln(1 + e^z) - t z, without overflow.
                return sum + max(z, 0) + log1p(exp(-abs(z))) - targets[row] * z
            }
        }
        var (slope, intercept) = (1.0, 0.0)
        var best = loss(slope, intercept)
        for _ in 0..<maxNewtonSteps {
            var (g1, g2, h11, h12, h22) = (0.0, 0.0, ridge, 0.0, ridge)
            for (x, target) in zip(logits, targets) {
                let p = 1 / (1 + exp(-(slope * x + intercept)))
                let (residual, curvature) = (p - target, p * (1 - p))
                (g1, g2) = (g1 + residual * x, g2 + residual)
                (h11, h12, h22) = (h11 + curvature * x * x, h12 + curvature * x, h22 + curvature)
            }
            if max(abs(g1), abs(g2)) < gradientTolerance * Double(logits.count) { break }
            let determinant = h11 * h22 - h12 * h12
            let step = ((h22 * g1 - h12 * g2) / determinant, (h11 * g2 - h12 * g1) / determinant)
            var share = 1.0
            while share > minStepShare, loss(slope - share * step.0, intercept - share * step.1) > best {
                share /= 2
            }
            if share <= minStepShare { break }
            (slope, intercept) = (slope - share * step.0, intercept - share * step.1)
            best = loss(slope, intercept)
        }
        return (slope, intercept)
    }

    private static let maxNewtonSteps = 100
    private static let ridge = 1e-12
    private static let gradientTolerance = 1e-10
    private static let minStepShare = 1e-10
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
