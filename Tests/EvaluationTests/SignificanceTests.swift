import Evaluation
import Foundation
import TestSupport
import Testing

/// McNemar, Holm and percentiles against statsmodels and NumPy.
@Suite struct SignificanceTests {
    private struct Golden: Decodable {
        struct Pair: Decodable {
            let b, c: Int
            let p: Double
        }
        struct Correction: Decodable {
            let p, adjusted: [Double]
        }
        struct Quantiles: Decodable {
            let values, shares, expected: [Double]
        }
        let mcnemar: [Pair]
        let holm: [Correction]
        let quantiles: [Quantiles]
    }

    private func golden() throws -> Golden {
        try JSONDecoder().decode(Golden.self, from: Data(contentsOf: oracle("Evaluation/tests.json")))
    }

    @Test func mcNemarEqualsStatsmodels() throws {
        let pairs = try golden().mcnemar
        #expect(pairs.count == 39)
        for pair in pairs {
            let found = mcNemar(onlyFirstRight: pair.b, onlySecondRight: pair.c)
            #expect(abs(found - pair.p) <= 1e-11 * pair.p + 1e-300, "\(pair.b) : \(pair.c)")
        }
    }

    @Test func holmEqualsStatsmodels() throws {
        for correction in try golden().holm {
            for (found, expected) in zip(holm(correction.p), correction.adjusted) {
                #expect(found.map { abs($0 - expected) <= 1e-12 } == true)
            }
        }
        #expect(holm([0.04, nil, 0.01]) == [0.04, nil, 0.02])
    }

    @Test func quantilesEqualNumPys() throws {
        for problem in try golden().quantiles {
            for (share, expected) in zip(problem.shares, problem.expected) {
                let found = quantile(share, ofSorted: problem.values)
                #expect(found.map { abs($0 - expected) <= 1e-12 } == true)
            }
        }
        #expect(quantile(0.5, ofSorted: []) == nil)
    }

    @Test func tieGroupsAreLongestRuns() {
        // 0, 1, 2 are alike; 3 is like 2 but unlike 1; 4 is unlike all.
        let alike: Set<[Int]> = [[0, 1], [0, 2], [1, 2], [2, 3]]
        #expect(tieGroups(count: 5) { !alike.contains([$0, $1]) } == [0...2, 2...3])
        #expect(tieGroups(count: 3) { _, _ in true }.isEmpty)
        #expect(tieGroups(count: 3) { _, _ in false } == [0...2])
        #expect(tieGroups(count: 0) { _, _ in false }.isEmpty)
    }
}
