import Experiments
import Foundation
import Results
import TestSupport
import Testing

/// Rows that are ratings by one person each, from the experiment file to their verification.
@Suite struct RowRaterRunTests {
    private static let raters = ", raters: {column: rater}"
    private static let yaml = SmallExperiment.yaml
        .replacing("report: {analysis: false}", with: "report: {rank-by: accuracy}")
        .replacing("columns: {id: id}", with: "columns: {group: group}")
        .replacing("labels: {column: label}", with: "labels: {column: label\(raters)}")
        .replacing("test: 0.25, seed: 1", with: "test: 0.25, seed: 1, group-by: group")

    /// Of each of 24 texts three ratings: two people agree, on ham or, of every other text, on spam; the third says ham.
    private static let data =
        "text,label,group,rater\n"
        + (0..<24).flatMap { text in
            (1...3).map { rater in
                "text number \(text),\(text % 2 == 1 && rater < 3 ? "spam" : "ham"),t\(text),p\(rater)\n"
            }
        }.joined()

    private func small(_ yaml: String = RowRaterRunTests.yaml) throws -> SmallExperiment {
        try SmallExperiment(yaml, files: ["data.csv": Self.data])
    }

    @Test func aRatingIsJudgedByTheOthersOfItsText() throws {
        let small = try small()
        let results = try small.runAndRead()
        let raters = try #require(results.raters)
        let rows = try #require(raters.rows)
        #expect(rows.minVotes == 2 && rows.repeatedRatingCount == 0 && rows.loneTextCount == 0)
        #expect(raters.fewestRatings == 3 && raters.mostRatings == 3 && rows.textCount > 0)
        #expect(raters.ratingCount == 3 * rows.textCount && rows.undecidedTextCount == 0)
        #expect(raters.metric == .accuracy && rows.labels.isEmpty)
        #expect(Set(raters.contestants.map(\.id)) == ["majority", "drawn"])
        // All three ratings of a text of ham are judged, and right; of a text of spam the third alone, and wrong.
        let ham = (rows.judgedRatingCount - rows.textCount) / 2
        #expect(rows.judgedRatingCount == 3 * ham + (rows.textCount - ham))
        #expect(raters.otherLabelCount == rows.textCount - ham)
        let human = try #require(raters.human.value)
        #expect(abs(human - Double(3 * ham) / Double(rows.judgedRatingCount)) < 1e-12)
        #expect(try small.read("report/raters.csv").hasPrefix("id,group,rater\n"))
        try verifyResults(results, in: RunLayout(small.place("report")))
    }

    @Test func theRestOfTheRunIsTheSame() throws {
        var results = try small().runAndRead()
        let plain = try small(Self.yaml.replacing(Self.raters, with: "")).runAndRead()
        #expect(plain.raters == nil)
        results.tasks[0].raters = nil
        #expect(results.tasks == plain.tasks)
    }

    @Test func verifyingFindsAnotherTable() throws {
        let small = try small()
        let results = try small.runAndRead()
        let layout = RunLayout(small.place("report"))
        let text = try small.read("report/raters.csv")
        try small.write(text.replacing(",p3\n", with: ",p1\n"), to: "report/raters.csv")
        #expect {
            try verifyResults(results, in: layout)
        } throws: { "\($0)".contains("scores by raters") }
        try small.write(text.replacing("id,group,rater\n", with: "id,text,rater\n"), to: "report/raters.csv")
        #expect {
            try verifyResults(results, in: layout)
        } throws: { "\($0)".contains("raters.csv") }
    }
}
