import Foundation
import Labels
import Reports
import Results
import Testing

/// The report's section on raters where each test row is the rating of one person.
@Suite struct RowRatersReportTests {
    private static func raters(
        judged: Int, votes: Int = 2, lone: Int = 40, hasLabels: Bool = true
    ) throws -> RaterScores {
        let interval = #"{"low": 0.4, "high": 0.6, "standard_error": 0.05}"#
        let labels = """
            {"label": "calm", "rating_count": 1200, "alpha": 0.5, "interval": \(interval)},
            {"label": "rage", "rating_count": 0}
            """
        let json = """
            {"sha256": "00", "edges": [], "names": [], "rating_count": 1700, "fewest_ratings": 1, "most_ratings": 5,
             "other_label_count": 30, "metric": "f1_micro", "judged_rater_count": 82,
             "agreement": [{"subject": "label_mean", "level": "nominal", "alpha": 0.5, "interval": \(interval)}],
             "human": {"value": 0.5, "interval": \(interval)},
             "contestants": [{"id": "better", "score": {"value": 0.75}, "difference": {"value": 0.25}},
                             {"id": "worse", "score": {"value": 0.25}, "difference": {"value": -0.25}}],
             "rows": {"votes": \(votes), "text_count": 600, "lone_text_count": \(lone), "undecided_text_count": 7,
                      "repeated_rating_count": 1, "judged_rating_count": \(judged), "labels": [\(hasLabels ? labels : "")]}}
            """
        return try JSONDecoder().decode(RaterScores.self, from: Data(json.utf8))
    }

    @Test func textsLabelsAndTheHumanAreTold() throws {
        var results = try RunReportTests.results(kind: .multilabel)
        results.tasks[0].raters = try Self.raters(judged: 900)
        // Columns are padded.
        let text = RunReport(results).markdown.replacing(#/ +/#, with: " ")
        #expect(text.contains("1,700 ratings of 600 texts, 1 to 5 a text."))
        #expect(text.contains("Each test row is what one person says of a text"))
        #expect(text.contains("A text is decided where 2 raters or more say the same."))
        #expect(text.contains("30 ratings say otherwise than all raters of the text decide."))
        #expect(text.contains("Texts with one rating: 40."))
        #expect(text.contains("Texts with several on which they decide nothing: 7."))
        #expect(text.contains("their rater had rated the text before: 1 rating."))
        #expect(
            text.contains(
                "| whether a text has a label, mean over labels | nominal | 0.5000 | [0.4000, 0.6000] |"))
        #expect(text.contains("| calm | 1,200 | 0.5000 | [0.4000, 0.6000] |"))
        #expect(text.contains("| rage | 0 | n/a | n/a |"))
        #expect(text.contains("The score of all 900 ratings that are judged, by 82 raters"))
        #expect(text.contains("| 2 | *one rater* | 0.5000 | [0.4000, 0.6000] | | |"))
    }

    @Test func withoutAnyThatIsJudgedThereIsNoHuman() throws {
        var results = try RunReportTests.results(kind: .multilabel)
        results.tasks[0].raters = try Self.raters(judged: 0)
        let text = RunReport(results).markdown
        #expect(text.contains("how well a human does is unknown") && !text.contains("*one rater*"))
        #expect(text.contains("There is no test row on whose text 2 other raters or more agree, so "))
    }

    @Test func whereNoTextHasTwoRatingsNoLabelIsListed() throws {
        var results = try RunReportTests.results(kind: .multilabel)
        results.tasks[0].raters = try Self.raters(judged: 0, lone: 600)
        let text = RunReport(results).markdown
        #expect(!text.contains("ratings with it"))
        #expect(
            text.contains("No text has ratings by two people in test, so how well a human does is unknown."))
    }

    @Test(arguments: [
        (LabelKind.multilabel, 1, "Every label that a rater gives a text is decided."),
        (.multilabel, 3, "A text is decided where 3 raters or more say the same."),
        (.multiclass, 1, "A text is decided where one class has the most raters."),
        (
            .multiclass, 3,
            "A text is decided where 3 raters or more say the same, and no other class has as many."
        ),
    ])
    func whatDecidesIsTold(_ kind: LabelKind, votes: Int, words: String) throws {
        var results = try RunReportTests.results(kind: kind)
        results.tasks[0].raters = try Self.raters(
            judged: 1, votes: votes, hasLabels: kind == .multilabel)
        let text = RunReport(results).markdown
        #expect(text.contains(" a text. \(words) 30 ratings say otherwise"))
        #expect(text.contains("The score of the one rating that is judged, by 82 raters, is that of"))
    }
}
