import DeterministicWork
import Evaluation
import Labels
import Results
import SettingKeys
import Synchronization
import Testing

/// What the analysis claims, on simulated predictions whose truth is known.
@Suite struct AnalysisClaimTests {
    private static let N = 400
    private static let K = 3

    /// Rows of which `right` are recognized; the others are taken for the next class.
    private static func predictions(
        _ right: Double, seed: UInt64, stream: UInt64, count: Int = N, certainty: Double = 0.8
    ) throws -> Predictions {
        var random = RandomStream(seed: seed, stream: stream)
        let gold = (0..<count).map { $0 % K }
        let values = gold.flatMap { label -> [Double] in
            let said = random.nextUniform() < right ? label : (label + 1) % K
            return (0..<K).map { $0 == said ? certainty : (1 - certainty) / Double(K - 1) }
        }
        return Predictions(
            labelSpace: try LabelSpace(kind: .multiclass, names: ["a", "b", "c"]),
            ids: (0..<count).map { "r\($0)" }, gold: .classes(gold),
            probabilities: Probabilities(labelCount: K, values: values), thresholds: nil)
    }

    private static func contestant(
        _ id: String, _ right: Double, seed: UInt64 = 1, stream: UInt64, validation: Double? = nil,
        isDummy: Bool = false, certainty: Double = 0.8
    ) throws -> ScoredPredictions {
        ScoredPredictions(
            id: id, isBaseline: isDummy, isProbabilistic: true,
            test: try predictions(right, seed: seed, stream: stream, certainty: certainty),
            validation: try validation.map {
                try predictions($0, seed: seed, stream: 500 + stream, certainty: certainty)
            })
    }

    private static func analysis(
        _ ranked: [ScoredPredictions], metric: MetricName = .accuracy, compare: String? = nil,
        draws: Int = 999
    ) -> Analysis {
        var options = AnalysisOptions()
        options.draws = draws
        options.compare = compare
        return Analysis(ranked, metric: metric, options: options, seed: 7)
    }

    @Test func dummiesDoNotTurnAConclusionRound() throws {
        let contestants = try [("one", 0.84), ("two", 0.78), ("three", 0.76)].enumerated().map {
            try Self.contestant($1.0, $1.1, stream: UInt64($0))
        }
        let dummies = try (0..<3).map {
            try Self.contestant("dummy \($0)", 0.34, stream: UInt64(10 + $0), isDummy: true)
        }
        let (without, with) = (Self.analysis(contestants), Self.analysis(contestants + dummies))
        #expect(without.comparisons == with.comparisons)
        #expect(with.family?.correctedPairs == 3 && with.family?.compare == "all")
        #expect(without.baselineComparisons == nil)
        let baseline = try #require(with.baselineComparisons)
        #expect(baseline.map(\.first) == ["one", "two", "three"])
        #expect(baseline.allSatisfy { $0.second == "dummy 0" && $0.areApart })
        // A correction of their own: of three, not of six.
        let p = try #require(baseline[0].pValue)
        let adjusted = try #require(baseline[0].adjustedPValue)
        #expect(adjusted <= 3 * p + 1e-12)
        #expect(
            !with.errors.agreement.contains { $0.first.hasPrefix("dummy") || $0.second.hasPrefix("dummy") })
    }

    /// A dummy between two contestants: the places are those of the ranking, the tests those of the contestants.
    @Test func placesAreThoseOfTheRanking() throws {
        let ranked = [
            try Self.contestant("good", 0.6, stream: 1),
            try Self.contestant("dummy", 0.5, stream: 2, isDummy: true),
            ScoredPredictions(
                id: "same", isProbabilistic: true, test: try Self.predictions(0.6, seed: 1, stream: 1),
                validation: nil),
        ]
        #expect(Self.analysis(ranked).tieGroups == [[1, 3]])
    }

    @Test func theFamilyIsChosen() throws {
        let contestants = try [("one", 0.84, 0.7), ("two", 0.78, 0.9), ("three", 0.76, 0.6)].enumerated().map
        {
            try Self.contestant($1.0, $1.1, stream: UInt64($0), validation: $1.2)
        }
        let best = Self.analysis(contestants, compare: "best")
        #expect(best.family?.reference == "two" && best.family?.chosenOn == .validation)
        #expect(best.family?.correctedPairs == 2)
        #expect(best.comparisons.map { [$0.first, $0.second] } == [["one", "two"], ["two", "three"]])
        #expect(best.tieGroups.isEmpty)

        let named = Self.analysis(contestants, compare: "three")
        #expect(named.comparisons.map { [$0.first, $0.second] } == [["one", "three"], ["two", "three"]])
        #expect(named.family?.chosenOn == nil && named.family?.correctedPairs == 2)

        // Chosen by test itself, the correction covers all among which it was chosen.
        let unseen = contestants.map {
            ScoredPredictions(id: $0.id, isProbabilistic: true, test: $0.test, validation: nil)
        }
        let onTest = Self.analysis(unseen, compare: "best")
        let all = Self.analysis(unseen)
        #expect(onTest.family?.reference == "one" && onTest.family?.chosenOn == .test)
        #expect(onTest.family?.correctedPairs == 3)
        #expect(onTest.comparisons == all.comparisons.filter { $0.first == "one" || $0.second == "one" })
    }

    /// Of six equals compared with the best of them on test, none is told from it in more than 5% of test sets.
    @Test func theBestOnTestIsNoReferenceByItself() throws {
        let (simulations, level) = (120, 0.05)
        var found = 0
        for simulation in 0..<simulations {
            let equals = try (0..<6).map {
                try Self.contestant(
                    "c\($0)", 0.7, seed: 900 + UInt64(simulation), stream: UInt64($0))
            }
            let ranked = equals.sorted {
                ($0.test.scorecard[.accuracy] ?? 0) > ($1.test.scorecard[.accuracy] ?? 0)
            }
            let analysis = Self.analysis(ranked, compare: "best", draws: 399)
            if analysis.comparisons.contains(where: \.areApart) { found += 1 }
        }
        let share = Double(found) / Double(simulations)
        #expect(share <= level + 3 * (level * (1 - level) / Double(simulations)).squareRoot(), "\(share)")
    }

    /// Log loss has an interval and a test of its own; exactly right rows would tell nothing here.
    @Test func logLossIsTested() throws {
        let (bold, meek) = (
            try Self.contestant("bold", 0.8, stream: 1, certainty: 0.8),
            try Self.contestant("meek", 0.8, stream: 1, certainty: 0.4)
        )
        let pair = try #require(Self.analysis([bold, meek], metric: .logLoss).comparisons.first)
        let difference = try #require(pair.difference)
        let interval = try #require(pair.interval)
        #expect(difference < 0 && interval.low <= difference && difference <= interval.high)
        #expect(pair.areApart && pair.isTestedByMetric)
        #expect(pair.onlyFirstRight == 0 && pair.onlySecondRight == 0 && pair.testsDisagree)
    }

    /// A bar that is fed by this goes forwards, moves all along, and ends full.
    @Test func tellsHowFarItIs() throws {
        var options = AnalysisOptions()
        options.draws = 1_009
        let told = Mutex<[(done: Int, total: Int)]>([])
        _ = Analysis(
            [try Self.contestant("a", 0.8, stream: 1), try Self.contestant("b", 0.7, stream: 2)],
            metric: .accuracy, options: options, seed: 7
        ) { done, total in told.withLock { $0.append((done, total)) } }
        let seen = told.withLock { $0 }
        #expect(seen.allSatisfy { $0.total == 2_018 && (0...2_018).contains($0.done) })
        // Threads may overtake each other between their work and their word.
        #expect(Set(seen.map(\.done)).count > 4 && seen.map(\.done).max() == 2_018)
        #expect(seen.contains { $0.done < 1_009 } && seen.contains { $0.done > 1_009 && $0.done < 2_018 })
    }

    @Test func severalSeedsCountTogether() throws {
        func contestant(_ id: String, _ rights: [Double], stream: UInt64) throws -> ScoredPredictions {
            let runs = try rights.enumerated().map {
                try Self.predictions($1, seed: 1, stream: stream + UInt64($0))
            }
            return ScoredPredictions(
                id: id, isProbabilistic: true, test: runs[0], validation: nil,
                otherSeeds: Array(runs.dropFirst()))
        }
        let steady = try contestant("steady", [0.75, 0.75, 0.75], stream: 1)
        let lucky = try contestant("lucky", [0.9, 0.5, 0.5], stream: 11)
        let pair = try #require(Self.analysis([steady, lucky]).comparisons.first)
        let means = try [steady, lucky].map { contestant in
            try ([contestant.test] + contestant.otherSeeds).map {
                try #require($0.scorecard[.accuracy])
            }.reduce(0, +) / 3
        }
        let difference = try #require(pair.difference)
        #expect(abs(difference - (means[0] - means[1])) < 1e-12)
        #expect(pair.first == "steady" && difference > 0)
        let alone = try #require(
            Self.analysis([
                ScoredPredictions(id: "lucky", isProbabilistic: true, test: lucky.test, validation: nil),
                ScoredPredictions(id: "steady", isProbabilistic: true, test: steady.test, validation: nil),
            ]).comparisons.first)
        #expect(alone.first == "lucky" && alone.areApart)
    }

    /// The difference that is said to be shown in four cases of five is.
    @Test func theSmallestDifferenceHasItsPower() throws {
        let planned = Self.analysis(
            [try Self.contestant("a", 0.78, stream: 1), try Self.contestant("b", 0.7, stream: 2)])
        let least = try #require(planned.smallestDifference)
        let simulations = 150
        var shown = 0
        for simulation in 0..<simulations {
            let pair = try (0..<2).map {
                try Self.contestant(
                    "c\($0)", 0.74 + ($0 == 0 ? least / 2 : -least / 2), seed: 4000 + UInt64(simulation),
                    stream: UInt64($0))
            }
            if Self.analysis(pair, draws: 399).comparisons[0].pValue.map({ $0 < 0.05 }) == true { shown += 1 }
        }
        let share = Double(shown) / Double(simulations)
        #expect(abs(share - 0.8) < 3 * (0.8 * 0.2 / Double(simulations)).squareRoot() + 0.03, "\(share)")
    }
}
