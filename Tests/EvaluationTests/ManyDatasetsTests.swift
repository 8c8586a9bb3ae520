import Evaluation
import Testing

/// Friedman, Nemenyi and Wilcoxon against SciPy and scikit-posthocs.
@Suite struct ManyDatasetsTests {
    @Test func friedmanAndNemenyiEqualSciPys() throws {
        for problem in try ProtocolGolden.all.get().friedman {
            let found = FriedmanTest(scores: problem.scores)
            #expect(agree(found?.chiSquared, problem.chi, 1e-10))
            #expect(agree(found?.pValue, problem.p, 1e-10))
            #expect(agree(found?.f, problem.f, 1e-9))
            #expect(
                agree(
                    found?.fPValue,
                    found.map { $0.f == nil } == true ? leastChance(problem.scores) : problem.fP, 1e-10))
            #expect(agree(averageRanks(problem.scores), problem.ranks, 1e-12))
            let k = problem.ranks.count
            let nemenyi = NemenyiTest(contestants: k, datasets: problem.scores.count)
            #expect(agree(nemenyi.criticalDifference(level: problem.level), problem.difference, 1e-12))
            for i in 0..<k {
                for j in 0..<k where i != j {
                    let p = nemenyi.pValue(rankDifference: problem.ranks[i] - problem.ranks[j])
                    #expect(agree(p, problem.nemenyi[i][j], 1e-9))
                }
            }
        }
    }

    /// Critical values that Demsar's paper lists, computed there from a table of three digits.
    @Test func demsarsTable() {
        let atFivePercent = [
            2: 1.960, 3: 2.343, 4: 2.569, 5: 2.728, 6: 2.850, 7: 2.949, 8: 3.031, 9: 3.102, 10: 3.164,
        ]
        for (k, q) in atFivePercent {
            // With n = k (k + 1) / 6 datasets the difference is q itself.
            let unit = (Double(k * (k + 1)) / 6).squareRoot()
            let found = NemenyiTest(contestants: k, datasets: 1).criticalDifference(level: 0.05) / unit
            #expect(abs(found - q) <= 1e-3, "\(k): \(found)")
        }
    }

    @Test func whereThereIsNoFriedman() throws {
        #expect(FriedmanTest(scores: [[1, 2], [2, 1]]) == nil)
        #expect(FriedmanTest(scores: [[1, 2, 3]]) == nil && FriedmanTest(scores: []) == nil)
        #expect(FriedmanTest(scores: [[1, 1, 1], [2, 2, 2]]) == nil)
        let alike = try #require(FriedmanTest(scores: [[3, 2, 1], [0.3, 0.2, 0.1], [9, 8, 7]]))
        #expect(averageRanks([[3, 2, 1], [0.3, 0.2, 0.1]]) == [1, 2, 3] && alike.chiSquared == 6)
        #expect(averageRanks([]) == [])
        // Two of three datasets agree with the first in one case of 6 each.
        #expect(alike.f == nil && agree(alike.fPValue, 1.0 / 36, 1e-15))
    }

    /// Where all datasets agree, the p of F is the share of all orders of the ranks with as large a chi-squared, counted here.
    @Test(arguments: [
        [[3, 2, 1], [3, 2, 1]], [[3, 1, 1], [2, 1, 1]], [[4, 3, 2, 1], [4, 3, 1, 2]],
        [[4, 3, 2, 1], [4, 3, 2, 1]],
        [[2, 1, 1], [3, 2, 1]], [[3, 2, 2, 1], [4, 3, 2, 1], [4, 3, 2, 1]],
    ])
    func fewDatasetsShowLittle(_ scores: [[Double]]) throws {
        let found = try #require(FriedmanTest(scores: scores))
        let orders = scores.map(distinctOrders)
        var outcomes: [[[Double]]] = [[]]
        for orders in orders { outcomes = outcomes.flatMap { outcome in orders.map { outcome + [$0] } } }
        let chi = outcomes.map { FriedmanTest(scores: $0)?.chiSquared ?? 0 }
        let most = chi.max() ?? 0
        let least = Double(chi.count { $0 >= most - 1e-9 }) / Double(chi.count)
        #expect(least >= leastChance(scores) - 1e-15 && found.fPValue > 0)
        if found.f == nil { #expect(agree(found.fPValue, least, 1e-15)) }
    }

    @Test func wilcoxonEqualsSciPy() throws {
        var methods: Set<WilcoxonSignedRank.Method> = []
        for problem in try ProtocolGolden.all.get().wilcoxon {
            let found = try #require(WilcoxonSignedRank(differences: problem.differences))
            #expect(found.statistic == problem.statistic)
            #expect(agree(found.pValue, problem.p, 1e-12), "\(problem.differences)")
            methods.insert(found.method)
        }
        #expect(methods == [.exact, .normal])
        #expect(WilcoxonSignedRank(differences: [0, 0]) == nil && WilcoxonSignedRank(differences: []) == nil)
    }

    /// The exact p against all 2^n choices of signs, ties and zeros included.
    @Test func exactWilcoxonCountsSigns() throws {
        for d in [[0.5, -1, 2, 3, -0.25, 4, 5], [1, 1, -1, 2, 0, 2, 3, -4, 0.5]] {
            let found = try #require(WilcoxonSignedRank(differences: d))
            let nonZero = d.filter { $0 != 0 }
            let ranks = nonZero.map { own in
                let below = nonZero.count { abs($0) < abs(own) }
                let equal = nonZero.count { abs($0) == abs(own) }
                return Double(below) + Double(equal + 1) / 2
            }
            let sums = (0..<1 << ranks.count).map { signs in
                ranks.indices.reduce(0.0) { $0 + (signs >> $1 & 1 == 1 ? ranks[$1] : 0) }
            }
            let below = sums.count { $0 <= found.positiveRanks }
            let above = sums.count { $0 >= found.positiveRanks }
            let p = min(1, 2 * Double(min(below, above)) / Double(sums.count))
            #expect(found.method == .exact && agree(found.pValue, p, 1e-15))
            #expect(found.positiveRanks + found.negativeRanks == ranks.reduce(0, +))
        }
    }

    @Test func ranksAreMeansOfPlaces() {
        let ranks = MidRanks([3, 1, 3, -2, 3, 1])
        #expect(ranks.ranks == [5, 2.5, 5, 1, 5, 2.5])
        #expect(ranks.tieSizes == [2, 3] && ranks.tieCorrection == 6 + 24)
    }
}

/// Every different order of some values.
private func distinctOrders(_ values: [Double]) -> [[Double]] {
    guard values.count > 1 else { return [values] }
    return Set(values).sorted().flatMap { first in
        var rest = values
        rest.remove(at: rest.firstIndex(of: first) ?? 0)
        return distinctOrders(rest).map { [first] + $0 }
    }
}

/// The most orders that a row has, divided by the product of all rows' orders.
private func leastChance(_ scores: [[Double]]) -> Double {
    let orders = scores.map { row in
        let sizes = Dictionary(grouping: row) { $0 }.values.map(\.count) + [row.count]
        let factorials = sizes.map { size in (1...size).reduce(1.0) { $0 * Double($1) } }
        return factorials.dropLast().reduce(factorials[factorials.count - 1]) { $0 / $1 }
    }
    return (orders.max() ?? 1) * orders.reduce(1) { $0 / $1 }
}
