import Evaluation
import Foundation
import Testing

/// Learning curves: the power law against SciPy's least squares, crossings and rows by hand.
@Suite struct LearningCurveTests {
    @Test func powerLawEqualsSciPys() throws {
        for problem in try ProtocolGolden.all.get().power {
            let law = try PowerLaw(sizes: problem.sizes, scores: problem.scores)
            #expect(agree([law.limit, law.scale, law.exponent], problem.parameters, 1e-6))
            #expect(agree(law.score(at: problem.place), problem.value, 1e-6))
            #expect(agree(law.standardError(at: problem.place), problem.error, 1e-6))
            #expect((law.covariance == nil) == (problem.covariance == nil))
            if let found = law.covariance, let expected = problem.covariance {
                for i in 0..<3 {
                    for j in 0..<3 {
                        let size = (expected[i][i] * expected[j][j]).squareRoot()
                        #expect(abs(found[i][j] - expected[i][j]) <= 1e-5 * size, "\(i), \(j)")
                    }
                }
            }
        }
    }

    @Test func exactPowerLawIsFound() throws {
        let sizes = [50.0, 100, 300, 1000, 3000]
        let law = try PowerLaw(sizes: sizes, scores: sizes.map { 0.9 - 2 * pow($0, -0.5) })
        #expect(agree([law.limit, law.scale, law.exponent], [0.9, 2, 0.5], 1e-9))
        #expect(law.largestSize == 3000)
        #expect(agree(law.rows(for: 0.88), 10_000, 1e-6))
        #expect(law.rows(for: 0.9001) == nil && law.rows(for: 0.95) == nil)
        #expect((law.standardError(at: 10_000) ?? 1) < 1e-8)
        // Scores may fall too, such as a loss.
        let loss = try PowerLaw(sizes: sizes, scores: sizes.map { 0.1 + 2 * pow($0, -0.5) })
        #expect(agree([loss.limit, loss.scale, loss.exponent], [0.1, -2, 0.5], 1e-9))
    }

    @Test func whereThereIsNoPowerLaw() {
        #expect(throws: PowerLawError.tooFewSizes(2)) {
            try PowerLaw(sizes: [10, 20, 20], scores: [0.1, 0.2, 0.3])
        }
        // A straight line over log n.
        #expect(throws: PowerLawError.self) {
            try PowerLaw(sizes: [10, 100, 1000, 10_000], scores: [0.1, 0.2, 0.3, 0.4])
        }
        // One step, and flat from there.
        #expect(throws: PowerLawError.self) {
            try PowerLaw(sizes: [10, 100, 1000], scores: [0.1, 0.5, 0.5])
        }
    }

    @Test func bandsOfPoints() throws {
        let point = try #require(
            CurvePoint(size: 50, scores: [0.5, 0.6, 0.7], sharedVariance: 0, in: 0...1))
        // The t interval of three values, 4.302653 x 0.1 / sqrt 3 on both sides, as Wilson's.
        #expect(point.repeats == 3 && agree(point.mean, 0.6, 1e-12))
        #expect(agree([point.low, point.high], [0.3570469569263126, 0.8020465274929508], 1e-9))
        // All of train: the test rows alone, normally distributed.
        let all = try #require(
            CurvePoint(size: 90, scores: [0.7, 0.7], sharedVariance: 1e-4, in: 0...1, band: .satterthwaite))
        #expect(agree(all.mean - all.low, 0.01959963984540054, 1e-9) && agree(all.standardError, 0.01, 1e-12))
        #expect(CurvePoint(size: 5, scores: [0.5], sharedVariance: 0.1, in: 0...1) == nil)
    }

    @Test func varianceThatSamplesShare() {
        // Covariances 1, -1 and -1 of three samples over three resamples: the mean is below 0.
        #expect(CurvePoint.sharedVariance(ofDraws: [[1, 2, 3], [1, 2, 3], [3, 2, 1]]) == 0)
        #expect(agree(CurvePoint.sharedVariance(ofDraws: [[1, 2, 3], [2, 4, 6]]), 2, 1e-12))
        // A draw in which one of them is undefined does not count.
        #expect(agree(CurvePoint.sharedVariance(ofDraws: [[1, 2, .nan, 3], [2, 4, 9, 6]]), 2, 1e-12))
        #expect(CurvePoint.sharedVariance(ofDraws: [[1, .nan], [1, 2]]) == 0)
    }

    @Test func crossings() throws {
        let draws: [[Double]] = [[0.5, 0.5, 0.7], [0.7, 0.7, 0.7], [0.8, 0.9, 0.8]]
        let other: [[Double]] = [[0.6, 0.6, 0.6], [0.7, 0.65, 0.75], [0.75, 0.7, 0.95]]
        let found = CurveCrossing.all(
            sizes: [10, 100, 1000], first: [0.5, 0.7, 0.8], second: [0.6, 0.65, 0.9], firstDraws: draws,
            secondDraws: other)
        try #require(found.count == 2)
        #expect(found[0].after == 10 && found[0].before == 100 && found[0].firstOvertakes)
        // From -0.1 to 0.05: two thirds of the way from 10 to 100.
        #expect(agree(found[0].rows, 10 * pow(10, 2.0 / 3), 1e-9))
        // Of three draws, the second alone has the first curve behind at 10 and ahead at 100.
        #expect(agree(found[0].certainty, 1.0 / 3, 1e-12))
        #expect(!found[1].firstOvertakes && found[1].certainty == 0)
        // Equal in between: they cross there.
        let touching = CurveCrossing.all(
            sizes: [10, 100, 1000], first: [0.5, 0.7, 0.8], second: [0.6, 0.7, 0.7], firstDraws: draws,
            secondDraws: other)
        #expect(touching.map(\.rows) == [100])
        let apart = CurveCrossing.all(
            sizes: [10, 100], first: [0.5, 0.7], second: [0.4, 0.7], firstDraws: [[], []],
            secondDraws: [[], []])
        #expect(apart.isEmpty)
    }

    @Test func rowsForAScore() throws {
        let sizes = [50.0, 100, 300, 1000]
        let scores = sizes.map { 0.9 - 2 * pow($0, -0.5) }
        let law = try PowerLaw(sizes: sizes, scores: scores)
        func needed(_ score: Double, _ law: PowerLaw?) -> RowsNeeded {
            RowsNeeded(for: score, sizes: sizes, scores: scores, law: law)
        }
        #expect(needed(0.1, law) == .measured(50))
        guard case .measured(let rows) = needed((scores[1] + scores[2]) / 2, nil) else {
            Issue.record("expected a measured number")
            return
        }
        #expect(agree(rows, (100.0 * 300).squareRoot(), 1e-9))
        guard case .extrapolated(let more) = needed(0.88, law) else {
            Issue.record("expected an extrapolation")
            return
        }
        #expect(agree(more, 10_000, 1e-6))
        #expect(needed(0.95, law) == .never(limit: law.limit) && needed(0.95, nil) == .unknown)
    }
}
