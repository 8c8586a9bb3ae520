import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// The ratings of several people, from the experiment file to their verification.
@Suite struct RaterRunTests {
    private static let yaml = SmallExperiment.yaml
        .replacing("report: {analysis: false}", with: "report: {rank-by: accuracy}")
        .replacing(
            "labels: {column: label}",
            with: """
                labels: {column: mean, bins: {edges: [-0.5, 0.5], names: [low, mid, high]}, raters: {file: ratings.csv}}
                """)

    /// Three raters of row n: two that agree on -1, 0 or 1, and one that always says 0.
    private static func ratings(_ row: Int) -> [Int] { [row % 3 - 1, row % 3 - 1, 0] }

    private func small(_ yaml: String = RaterRunTests.yaml) throws -> SmallExperiment {
        let rows = 0..<32
        let data = rows.map { row in
            let mean = Double(Self.ratings(row).reduce(0, +)) / 3
            return "r\(row),text number \(row),\(mean)\n"
        }
        let ratings = rows.map { row in
            "r\(row),\"\(Self.ratings(row))\"\n"
        }
        let small = try SmallExperiment(
            yaml, files: ["ratings.csv": "id,ratings\n" + ratings.reversed().joined()])
        try small.write("id,text,mean\n" + data.joined(), to: "data.csv")
        return small
    }

    @Test func aHumanIsSetBesideTheContestants() throws {
        let small = try small()
        let results = try small.runAndRead()
        let raters = try #require(results.raters)
        #expect(raters.names == ["low", "mid", "high"] && raters.edges == [-0.5, 0.5])
        #expect(raters.fewestRatings == 3 && raters.mostRatings == 3 && raters.ratingCount == 24)
        #expect(raters.judgedRaterCount == 3 && raters.metric == .accuracy && raters.otherLabelCount == 0)
        #expect(Set(raters.contestants.map(\.id)) == ["majority", "drawn"])
        #expect(raters.agreement.allSatisfy { $0.alpha != nil })
        // The third rater is wrong wherever the two others say -1 or 1, each of these wherever the mean of the other two
        // is another class than theirs.
        let human = try #require(raters.human.value)
        #expect(human > 0 && human < 1)
        #expect(try small.read("report/raters.csv").hasPrefix("id,rater_1,rater_2,rater_3\n"))
        try verifyResults(results, in: RunLayout(small.place("report")))
    }

    /// The raters change nothing else: neither the split nor what contestants predict.
    @Test func theRestOfTheRunIsTheSame() throws {
        let (with, without) = (
            try small(), try small(Self.yaml.replacing(", raters: {file: ratings.csv}", with: ""))
        )
        var results = try with.runAndRead()
        let plain = try without.runAndRead()
        #expect(plain.raters == nil && !without.exists("report/raters.csv"))
        results.tasks[0].raters = nil
        #expect(results.tasks == plain.tasks)
    }

    @Test func verifyingFindsAnotherTable() throws {
        let small = try small()
        let results = try small.runAndRead()
        let layout = RunLayout(small.place("report"))
        let text = try small.read("report/raters.csv")
        let lines = text.split(separator: "\n")
        let line = try #require(lines.dropFirst().first)
        let id = try #require(line.split(separator: ",").first)
        try small.write(text.replacing("\(line)\n", with: "\(id),-4,-4,-4\n"), to: "report/raters.csv")
        #expect {
            try verifyResults(results, in: layout)
        } throws: { "\($0)".contains("scores by raters") }
        try small.write(text.replacing("\(line)\n", with: ""), to: "report/raters.csv")
        #expect {
            try verifyResults(results, in: layout)
        } throws: { "\($0)".contains("raters.csv") }
        try small.remove("report/raters.csv")
        #expect(throws: (any Error).self) { try verifyResults(results, in: layout) }
    }

    @Test func aRunWithoutRatersRemovesTheirFile() throws {
        let small = try small()
        _ = try small.runAndRead()
        #expect(small.exists("report/raters.csv"))
        try small.replace(", raters: {file: ratings.csv}", with: "")
        #expect(try small.runAndRead().raters == nil && !small.exists("report/raters.csv"))
    }

    @Test func aRowWithoutRatingsIsAnError() throws {
        let small = try small()
        try small.replace("r7,", with: "r77,", in: "ratings.csv")
        #expect {
            try small.run()
        } throws: { "\($0)".contains("no row of the dataset has the id 'r77'") }
    }
}
