import Corpora
import Evaluation
import Foundation
import Labels
import Results
import TestSupport
import Testing

@Suite struct RaterScoresTests {
    private static let file = URL(fileURLWithPath: "/raters.csv")
    private static let bins = Bins(edges: [-0.5, 0.5], names: ["a", "b", "c"])

    /// Tests/Oracles/Evaluation/raters.json, as krippendorff and scikit-learn have it.
    private struct Problem: Decodable {
        let ratings: [[Double]]
        let gold: [Int]
        let predicted: [[Int]]
        let judged: Int
        let alphaOfRatings, alphaOfLabels, human: Double
        let contestants: [Double]

        static func all() throws -> [Problem] {
            try JSONDecoder().decode(
                [Problem].self, from: Data(contentsOf: oracle("Evaluation/raters.json")))
        }

        var table: RaterTable { RaterScoresTests.table(ratings) }

        func ranked() throws -> [ScoredPredictions] {
            let tests = try predicted.map { try ByHand.classes(gold, $0) }
            return [
                ByHand.scored("one", tests[0]), ByHand.scored("two", tests[1], otherSeeds: [tests[2]]),
            ]
        }
    }

    private static func table(_ ratings: [[Double]]) -> RaterTable {
        let width = ratings.map(\.count).max() ?? 0
        return RaterTable(
            ids: ratings.indices.map { "r\($0)" },
            ratings: ratings.map { row in (0..<width).map { $0 < row.count ? row[$0] : nil } })
    }

    private func scores(
        _ table: RaterTable, _ ranked: [ScoredPredictions], rankBy: MetricName = .f1Macro
    ) throws -> RaterScores {
        try RaterScores(
            table, bins: Self.bins, ranked, rankBy: rankBy, draws: 200, seed: 3, file: Self.file)
    }

    @Test func alphaAndScoresEqualThoseOfTheLibraries() throws {
        let problems = try Problem.all()
        #expect(problems.count == 3)
        for problem in problems {
            let found = try scores(problem.table, problem.ranked())
            #expect(found.agreement.map(\.subject) == [.ratings, .labels])
            #expect(found.agreement.map(\.level) == [.interval, .nominal])
            for (agreement, alpha) in zip(found.agreement, [problem.alphaOfRatings, problem.alphaOfLabels]) {
                let value = try #require(agreement.alpha)
                let interval = try #require(agreement.interval)
                #expect(abs(value - alpha) < 1e-10)
                #expect(interval.low < value && value < interval.high)
            }
            #expect(found.judgedRaterCount == problem.judged && found.otherLabelCount == 0)
            #expect(found.ratingCount == problem.ratings.reduce(0) { $0 + $1.count })
            let all = [found.human] + found.contestants.map(\.score)
            for (score, expected) in zip(all, [problem.human] + problem.contestants) {
                let value = try #require(score.value)
                let interval = try #require(score.interval)
                #expect(abs(value - expected) < 1e-12)
                #expect(interval.low < value && value < interval.high)
            }
            for contestant in found.contestants {
                let difference = try #require(contestant.difference.value)
                let score = try #require(contestant.score.value)
                let human = try #require(found.human.value)
                #expect(abs(difference - (score - human)) < 1e-15)
            }
        }
    }

    @Test func theHumanStandsInItsPlace() throws {
        let problem = try Problem.all()[0]
        let found = try scores(problem.table, problem.ranked())
        let values = found.places.map { $0.score.value ?? -1 }
        #expect(values == values.sorted(by: >) && found.places.count == 3)
        #expect(found.places.count { $0.id == nil } == 1)
    }

    /// A human gives no probabilities.
    @Test func aMetricOfProbabilitiesIsReplaced() throws {
        let problem = try Problem.all()[0]
        #expect(try scores(problem.table, problem.ranked(), rankBy: .logLoss).metric == .f1Macro)
        #expect(try scores(problem.table, problem.ranked(), rankBy: .accuracy).metric == .accuracy)
    }

    @Test func oneRatingARowHasNoHuman() throws {
        let ranked = [ByHand.scored("one", try ByHand.classes([0, 1, 2], [0, 1, 1]))]
        let found = try scores(Self.table([[-2], [0], [-1]]), ranked)
        #expect(found.judgedRaterCount == 0 && found.human.value == nil)
        #expect(found.contestants.map(\.score.value) == [nil])
        #expect(found.agreement.allSatisfy { $0.alpha == nil && $0.interval == nil })
        // The dataset says `c` of the last row, whose rating is `a`.
        #expect(found.otherLabelCount == 1 && found.fewestRatings == 1 && found.mostRatings == 1)
    }

    @Test func theStoredTableIsReadBack() throws {
        let table = RaterTable(ids: ["a,b", "\"é\"", "1"], ratings: [[1, nil], [-0.1, 2.5], [-4, 1e-9]])
        #expect(table.csv.hasPrefix("id,rater_1,rater_2\n\"a,b\",1,\n"))
        #expect(try RaterTable(Array(table.csv.utf8), file: Self.file) == table)
    }

    @Test(arguments: [
        ("name,rater_1\na,1\n", "id and the raters"),
        ("id,rater_1\na,1,2\n", "3 fields"),
        ("id,rater_1\na,much\n", "'much'"),
        ("id,rater_1\na,nan\n", "'nan'"),
    ])
    func whatIsNoTableOfRatingsIsRefused(text: String, words: String) {
        #expect {
            try RaterTable(Array(text.utf8), file: Self.file)
        } throws: { "\($0)".contains(words) }
    }

    @Test func rowsOfOthersAreRefused() throws {
        let ranked = [ByHand.scored("one", try ByHand.classes([0, 1], [0, 1]))]
        let table = RaterTable(ids: ["r0", "x"], ratings: [[1], [2]])
        #expect { try scores(table, ranked) } throws: { "\($0)".contains("row 2 is of 'x', not of 'r1'") }
    }

    @Test func binsThatAreNoneAreNoBins() throws {
        let problem = try Problem.all()[0]
        var found = try scores(problem.table, problem.ranked())
        #expect(found.bins == Self.bins)
        found.edges = [0.5, -0.5]
        #expect(found.bins == nil)
        found.edges = [0.5]
        #expect(found.bins == nil)
    }
}
