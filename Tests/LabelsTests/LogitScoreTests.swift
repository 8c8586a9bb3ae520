import Foundation
import Labels
import Testing

/// Log-odds of labels, and their derivatives against central differences.
@Suite struct LogitScoreTests {
    private static let z = [0.7, -1.3, 2.1, 0.2]

    @Test(arguments: [LogitScore.logit(1), .opposite(0), .againstOthers(2), .amongSigmoids(3)])
    func derivatives(score: LogitScore) {
        let derivative = score.of(Self.z).derivative
        for k in Self.z.indices {
            var (above, below) = (Self.z, Self.z)
            above[k] += 1e-5
            below[k] -= 1e-5
            let slope = (score.of(above).value - score.of(below).value) / 2e-5
            #expect(abs(derivative[k] - slope) < 1e-9)
        }
    }

    /// Each is log(p / (1 - p)) of the probability that its scheme gives.
    @Test func valuesAreLogOdds() {
        func odds(_ p: Double) -> Double { log(p / (1 - p)) }
        let logits = Logits(labelCount: 4, values: Self.z)
        let (softmax, sigmoids) = (logits.softmax(), logits.sigmoid())
        let shares = sigmoids.dividedByRowSums(rest: 0)
        for k in 0..<4 {
            #expect(abs(LogitScore.logit(k).of(Self.z).value - odds(sigmoids[0, k])) < 1e-12)
            #expect(abs(LogitScore.opposite(k).of(Self.z).value + odds(sigmoids[0, k])) < 1e-12)
            #expect(abs(LogitScore.againstOthers(k).of(Self.z).value - odds(softmax[0, k])) < 1e-12)
            #expect(abs(LogitScore.amongSigmoids(k).of(Self.z).value - odds(shares[0, k])) < 1e-12)
        }
    }

    @Test func largeLogitsAreFinite() {
        for score in [LogitScore.againstOthers(0), .amongSigmoids(0)] {
            let (value, derivative) = score.of([100, -100, -90])
            #expect(value.isFinite && derivative.allSatisfy(\.isFinite))
        }
    }
}
