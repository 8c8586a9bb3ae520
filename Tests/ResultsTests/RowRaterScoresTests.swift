import Evaluation
import Foundation
import Labels
import Results
import TestSupport
import Testing

/// Test rows that are ratings: their scores against krippendorff and scikit-learn, and their stored table.
@Suite struct RowRaterScoresTests {
    private static let file = URL(fileURLWithPath: "/raters.csv")

    /// Tests/Oracles/Evaluation/row-raters.json.
    private struct Problem: Decodable {
        let many: Bool
        let texts, raters: [String]
        let labels: [[Int]]
        let predicted: [[[Int]]]
        let alpha: [Double]
        let ratingsOfLabels: [Int]
        let lone, undecided, other, textCount, judged, judgedRaters: Int
        let human: Double
        let contestants: [Double]

        static func all() throws -> [Problem] {
            try JSONDecoder().decode(
                [Problem].self, from: Data(contentsOf: oracle("Evaluation/row-raters.json")))
        }

        var table: RowRaterTable {
            RowRaterTable(ids: texts.indices.map { "r\($0)" }, texts: texts, raters: raters)
        }

        func ranked() throws -> [ScoredPredictions] {
            let tests = try predicted.map { rows in
                if !many { return try ByHand.classes(labels.map { $0[0] }, rows.map { $0[0] }) }
                return try ByHand.sets(
                    labels, rows.map { row in (0..<3).map { row.contains($0) ? 0.75 : 0.125 } })
            }
            return [
                ByHand.scored("one", tests[0]), ByHand.scored("two", tests[1], otherSeeds: [tests[2]]),
            ]
        }
    }

    private func scores(_ problem: Problem) throws -> RaterScores {
        try RaterScores(
            problem.table, minVotes: 2, problem.ranked(), rankBy: problem.many ? .f1Micro : .f1Macro,
            draws: 200, seed: 3, file: Self.file)
    }

    @Test func alphaAndScoresEqualThoseOfTheLibraries() throws {
        let problems = try Problem.all()
        #expect(problems.map(\.many) == [true, true, false])
        for problem in problems {
            let found = try scores(problem)
            let rows = try #require(found.rows)
            #expect(rows.textCount == problem.textCount && rows.loneTextCount == problem.lone)
            #expect(rows.undecidedTextCount == problem.undecided && rows.repeatedRatingCount == 1)
            #expect(rows.judgedRatingCount == problem.judged && rows.minVotes == 2)
            #expect(found.judgedRaterCount == problem.judgedRaters)
            #expect(found.otherLabelCount == problem.other)
            #expect(found.ratingCount == problem.texts.count - 1)
            #expect(found.edges.isEmpty && found.names.isEmpty && found.bins == nil)
            let agreement = try #require(found.agreement.first)
            let alpha = problem.alpha.reduce(0, +) / Double(problem.alpha.count)
            #expect(found.agreement.count == 1 && agreement.level == .nominal)
            #expect(agreement.subject == (problem.many ? .labelMean : .labels))
            #expect(abs((agreement.alpha ?? .nan) - alpha) < 1e-9)
            let interval = try #require(agreement.interval)
            #expect(interval.low < alpha && alpha < interval.high)
            if problem.many {
                #expect(rows.labels.map(\.label) == ["a", "b", "c"])
                #expect(rows.labels.map(\.ratingCount) == problem.ratingsOfLabels)
                for (label, expected) in zip(rows.labels, problem.alpha) {
                    #expect(abs((label.alpha ?? .nan) - expected) < 1e-9 && label.interval != nil)
                }
            } else {
                #expect(rows.labels.isEmpty)
            }
            let all = [found.human] + found.contestants.map(\.score)
            for (score, expected) in zip(all, [problem.human] + problem.contestants) {
                #expect(abs((score.value ?? .nan) - expected) < 1e-12 && score.interval != nil)
            }
            #expect(found.contestants.map(\.id) == ["one", "two"])
        }
    }

    /// What is stored is read back, also where there is nothing of rows, as in results of before.
    @Test func scoresAreReadBack() throws {
        let found = try scores(Problem.all()[0])
        let data = try JSONEncoder().encode(found)
        #expect(try JSONDecoder().decode(RaterScores.self, from: data) == found)
        #expect(String(decoding: data, as: UTF8.self).contains(#""label_mean""#))
    }

    @Test func textsOfOneRatingHaveNoHuman() throws {
        let ranked = [ByHand.scored("one", try ByHand.classes([0, 1], [0, 1]))]
        let table = RowRaterTable(ids: ["r0", "r1"], texts: ["t", "u"], raters: ["x", "x"])
        let found = try RaterScores(
            table, minVotes: 1, ranked, rankBy: .accuracy, draws: 20, seed: 3, file: Self.file)
        #expect(found.rows?.loneTextCount == 2 && found.rows?.judgedRatingCount == 0)
        #expect(found.judgedRaterCount == 0 && found.human.value == nil)
        #expect(found.contestants.map(\.score.value) == [nil])
        #expect(found.agreement.map(\.alpha) == [nil] && found.agreement[0].interval == nil)
    }

    @Test func theStoredTableIsReadBack() throws {
        let table = RowRaterTable(ids: ["a,b", "2"], texts: ["\"é\"", "t"], raters: ["7", "x"])
        #expect(table.csv.hasPrefix("id,group,rater\n\"a,b\","))
        #expect(try RowRaterTable(Array(table.csv.utf8), file: Self.file) == table)
    }

    @Test(arguments: [
        ("id,rater_1\na,1\n", "'id,group,rater'"),
        ("id,group,rater\na,t\n", "2 fields"),
        ("id,group,rater\na,,x\n", "no group"),
        ("id,group,rater\na,t,\n", "no rater"),
    ])
    func whatIsNoTableOfRatersIsRefused(text: String, words: String) {
        #expect {
            try RowRaterTable(Array(text.utf8), file: Self.file)
        } throws: { "\($0)".contains(words) }
    }

    @Test func rowsOfOthersAreRefused() throws {
        let ranked = [ByHand.scored("one", try ByHand.classes([0, 1], [0, 1]))]
        let table = RowRaterTable(ids: ["r0", "x"], texts: ["t", "t"], raters: ["1", "2"])
        #expect {
            try RaterScores(
                table, minVotes: 2, ranked, rankBy: .accuracy, draws: 20, seed: 3, file: Self.file)
        } throws: { "\($0)".contains("row 2 is of 'x', not of 'r1'") }
    }
}
