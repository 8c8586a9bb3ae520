import DeterministicWork
import Evaluation
import Testing

/// Areas by counting only what stands between positives, against their definitions.
@Suite struct RankingCurveTests {
    /// The share of pairs of a positive and a negative in the right order, ties counting half.
    private func rocAUC(_ scores: [Double], _ isPositive: [Bool]) -> Double? {
        var (ordered, pairs) = (0.0, 0.0)
        for (x, isAbove) in zip(scores, isPositive) where isAbove {
            for (y, isPositive) in zip(scores, isPositive) where !isPositive {
                ordered += x > y ? 1 : x == y ? 0.5 : 0
                pairs += 1
            }
        }
        return pairs > 0 ? ordered / pairs : nil
    }

    /// The mean over positives of the precision among the rows that score no lower.
    private func averagePrecision(_ scores: [Double], _ isPositive: [Bool]) -> Double? {
        let positives = zip(scores, isPositive).compactMap { $1 ? $0 : nil }
        let precisions = positives.map { x in
            Double(positives.count { $0 >= x }) / Double(scores.count { $0 >= x })
        }
        return positives.isEmpty ? nil : precisions.reduce(0, +) / Double(positives.count)
    }

    private func expectDefinitions(_ scores: [Double], _ isPositive: [Bool]) {
        let curve = RankingCurve(scores: scores, isPositive: isPositive)
        for (found, expected) in [
            (curve.rocAUC, rocAUC(scores, isPositive)),
            (curve.averagePrecision, averagePrecision(scores, isPositive)),
        ] {
            #expect((found == nil) == (expected == nil), "\(scores), \(isPositive)")
            if let found, let expected { #expect(abs(found - expected) < 1e-12, "\(scores), \(isPositive)") }
        }
    }

    @Test func asTheyAreDefined() {
        var random = RandomStream(seed: 7, for: .rowSample)
        for count in 0..<60 {
            for levels in [1, 2, 5, 1000] {
                let scores = (0..<count).map { _ in
                    Double(Int(random.nextUniform() * Double(levels))) / 8 - 0.5
                }
                let share = random.nextUniform()
                expectDefinitions(scores, scores.map { _ in random.nextUniform() < share })
            }
        }
    }

    /// Scores of which nearly all lie beside each other, at any place and of any size.
    @Test func whereScoresCrowd() {
        var random = RandomStream(seed: 11, for: .rowSample)
        for scale in [0x1p-1060, 1e-300, 1e-9, 1, 1e200, 1.7e308] {
            for _ in 0..<20 {
                let scores = (0..<80).map { _ in
                    let u = random.nextUniform()
                    return (u < 0.1 ? 20 * u - 1 : u * 1e-12 - 0.3) * scale
                }
                expectDefinitions(scores, scores.map { _ in random.nextUniform() < 0.5 })
            }
        }
    }

    @Test func atTheEdges() {
        expectDefinitions([], [])
        expectDefinitions([1], [true])
        expectDefinitions([1], [false])
        expectDefinitions([0, -0.0, 0], [true, false, true])
        expectDefinitions([.infinity, -.infinity, .infinity, 0], [true, true, false, false])
        expectDefinitions([3, 2, 1], [false, false, true])
        expectDefinitions([3, 2, 1], [true, false, false])
    }
}
