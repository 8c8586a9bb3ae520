import Evaluation
import Foundation
import TestSupport
import Testing

/// Bands of learning curves against SciPy's distributions and root finder, and against Wilson's interval of a share.
@Suite struct CurveBandTests {
    /// Tests/Oracles/Evaluation/curve-bands.json.
    private struct Problem: Decodable {
        let scores: [Double]
        let v: Double
        /// Nil where the metric has no end.
        let range: [Double?]
        let satterthwaite: [Double]
        let wilson: [Double]

        var bounds: ClosedRange<Double> {
            (range[0] ?? -.greatestFiniteMagnitude)...(range[1] ?? .greatestFiniteMagnitude)
        }
    }

    private static let everyNumber: ClosedRange<Double> =
        -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude

    @Test func bandsEqualSciPys() throws {
        let problems = try JSONDecoder().decode(
            [Problem].self, from: Data(contentsOf: oracle("Evaluation/curve-bands.json")))
        try #require(problems.count == 100)
        for (number, problem) in problems.enumerated() {
            func band(_ method: CurveBand) throws -> [Double] {
                let point = try #require(
                    CurvePoint(
                        size: 7, scores: problem.scores, sharedVariance: problem.v, in: problem.bounds,
                        band: method))
                return [point.low, point.high]
            }
            // From 10^7 degrees of freedom on, t is taken for normal.
            #expect(agree(try band(.satterthwaite), problem.satterthwaite, 1e-7), "\(number)")
            #expect(agree(try band(.wilson), problem.wilson, 1e-9), "\(number)")
        }
    }

    /// Of accuracy on N rows, the band of the whole train part is Wilson's interval.
    @Test(arguments: [(0, 41), (1, 41), (29, 41), (97, 100), (41, 41)])
    func ofTheTestRowsAloneItIsThatOfAShare(right: Int, N: Int) throws {
        let p = Double(right) / Double(N)
        let point = CurvePoint(size: 7, ofAll: p, testVariance: p * (1 - p) / Double(N), in: 0...1)
        // Where no resample changes the score, there is nothing to make a band of.
        let interval = try #require(Proportion(right, of: N).interval)
        #expect(agree(point.low, p == 0 || p == 1 ? p : interval.lowerBound, 1e-12))
        #expect(agree(point.high, p == 0 || p == 1 ? p : interval.upperBound, 1e-12))
    }

    /// From the test rows' luck alone to the samples' alone, the band never gets narrower at the same standard error.
    @Test func theFewerDegreesOfFreedomTheWider() throws {
        let variance = 1e-4
        var last = 0.0
        for step in 0...10 {
            let ofSamples = variance * Double(step) / 10
            // Three scores with s^2 / 3 as wanted: the deviations d, 0 and -d have s^2 = d^2.
            let d = (3 * ofSamples).squareRoot()
            let point = try #require(
                CurvePoint(
                    size: 7, scores: [0.5 - d, 0.5, 0.5 + d], sharedVariance: max(0, variance - ofSamples),
                    in: Self.everyNumber))
            let critical = (point.high - point.mean) / 0.01
            #expect(critical > last && agree(point.high + point.low, 2 * point.mean, 1e-12))
            if step == 0 { #expect(agree(critical, 1.959963984540054, 1e-9)) }
            // 3 / 4 - 2 / 8 of the way from z^2 to t^2.
            if step == 5 {
                let half = (1.959963984540054 * 1.959963984540054 + 4.302652729749464 * 4.302652729749464) / 2
                #expect(agree(critical, half.squareRoot(), 1e-8))
            }
            if step == 10 { #expect(agree(critical, 4.302652729749464, 1e-8)) }
            last = critical
        }
    }

    /// Near an end of the range a band reaches further towards its middle, and not beyond the end.
    @Test func bandsStayWithinTheRange() throws {
        let scores = [0.97, 0.99, 0.98]
        let within = try #require(CurvePoint(size: 7, scores: scores, sharedVariance: 1e-3, in: 0...1))
        let free = try #require(
            CurvePoint(size: 7, scores: scores, sharedVariance: 1e-3, in: Self.everyNumber))
        #expect(free.high > 1 && within.high < 1 && within.low < free.low)
        #expect(within.mean - within.low > within.high - within.mean)
        // The same of a loss from 0 to 1.
        let loss = try #require(
            CurvePoint(size: 7, scores: scores.map { 1 - $0 }, sharedVariance: 1e-3, in: 0...1))
        #expect(agree(loss.low, 1 - within.high, 1e-12) && agree(loss.high, 1 - within.low, 1e-12))
        // The middle of the range has no side.
        let middle = try #require(
            CurvePoint(size: 7, scores: [-0.1, 0, 0.1], sharedVariance: 1e-3, in: -1...1))
        #expect(agree(middle.low, -middle.high, 1e-12))
    }
}
