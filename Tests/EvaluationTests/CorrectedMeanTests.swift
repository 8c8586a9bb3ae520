import Evaluation
import Testing

/// The corrected resampled t-test against its formula in NumPy with SciPy's distribution.
@Suite struct CorrectedMeanTests {
    @Test func equalsSciPy() throws {
        for problem in try ProtocolGolden.all.get().corrected {
            let found = try #require(CorrectedMean(problem.values, testToTrain: problem.ratio))
            #expect(agree(found.mean, problem.mean, 1e-12))
            #expect(agree(found.standardError, problem.error, 1e-12))
            #expect(agree(found.pValue, problem.p, 1e-10))
            #expect(agree(found.low, problem.low, 1e-10) && agree(found.high, problem.high, 1e-10))
            #expect(found.count == problem.values.count)
        }
    }

    /// Without variance there is nothing to compare a mean with, be it 0 or not.
    @Test func withoutVariance() throws {
        for value in [0.1, 0] {
            let same = try #require(CorrectedMean([value, value, value], testToTrain: 0.5))
            #expect(same.mean == value && same.standardError == 0 && same.low == value && same.high == value)
            #expect(same.t == nil && same.pValue == nil)
        }
        #expect(CorrectedMean([0.5], testToTrain: 1) == nil && CorrectedMean([], testToTrain: 1) == nil)
    }

    /// One more row right of 50 on every fold is the same difference, whatever its last bits are.
    @Test func roundingIsNoVariance() throws {
        let first = [31, 37, 42, 29, 45].map { Double($0) / 50 }
        let second = [30, 36, 41, 28, 44].map { Double($0) / 50 }
        #expect(Set(zip(first, second).map { $0 - $1 }).count > 1)
        let pair = try #require(FoldComparison.all([first, second], testToTrain: 0.25).first)
        #expect(pair.difference.mean == 0.02 && pair.difference.standardError == 0)
        #expect(pair.difference.pValue == nil && pair.adjustedPValue == nil)
        let noise = FoldComparison.all([[0.3, 0.5, 0.7], [0.1 + 0.2, 0.5, 0.7]], testToTrain: 0.5)
        #expect(noise[0].difference.mean == 0 && noise[0].difference.pValue == nil)
    }

    /// Of pairs, Holm's correction counts those that have a p.
    @Test func pairsOfContestants() throws {
        let scores = [[0.8, 0.9, 0.7, 0.85], [0.7, 0.82, 0.6, 0.79], [0.8, 0.9, 0.7, 0.85]]
        let pairs = FoldComparison.all(scores, testToTrain: 1.0 / 3)
        #expect(pairs.map { [$0.first, $0.second] } == [[0, 1], [0, 2], [1, 2]])
        #expect(pairs[1].difference.mean == 0 && pairs[1].adjustedPValue == nil)
        let p = try #require(pairs[0].difference.pValue)
        #expect(agree(pairs[0].adjustedPValue, 2 * p, 1e-12))
        #expect(agree(pairs[2].adjustedPValue, 2 * p, 1e-12))
        #expect(pairs[2].difference.mean < 0)
        #expect(FoldComparison.all([], testToTrain: 1).isEmpty)
        #expect(FoldComparison.all([[0.1], [0.2]], testToTrain: 1).isEmpty)
    }
}
