import Classes
import Evaluation
import Foundation
import Labels
import Results
import TestSupport
import Testing

/// What an entry is worth.
@Suite struct GradeTests {
    private func rubric(_ text: String, _ secret: ClassSecret) throws -> Rubric {
        let folder = try TemporaryFolder()
        return try secret.rubric(folder.write(text, to: "rubric.yaml"))
    }

    /// Scores and tests are those of a report whose contestants are the entry and the baselines.
    @Test func scoresAndTestsAreThoseOfAReport() throws {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        let entry = room.folder.file("class/secret/models/tfidf-lr")
        for (rows, count) in [(ScoredRows.all, 180), (.final, secret.rows.indices(.final).count)] {
            let grade = EntryGrade(entry, of: secret, rubric: try secret.rubric(), rows: rows)
            let places = secret.rows.indices(rows)
            let others = secret.baselines.map { $0.selecting(places, isBaseline: false) }
            #expect(grade.isValid && grade.rowCount == count)
            #expect(grade.score == others[2].scorecard[.f1Macro])
            // Baselines alone, compared with the one that the entry is.
            var options = AnalysisOptions()
            options.compare = "tfidf-lr"
            let order = others.sorted { ($0.scorecard[.f1Macro] ?? 0) > ($1.scorecard[.f1Macro] ?? 0) }
            let analysis = Analysis(order, metric: .f1Macro, options: options, seed: 42)
            #expect(grade.interval == analysis.intervals["tfidf-lr"]?[.f1Macro])
            for (against, other) in zip(grade.comparisons, ["majority", "vader"]) {
                let pair = try #require(
                    analysis.comparisons.first { Set([$0.first, $0.second]) == [other, "tfidf-lr"] })
                let sign = pair.first == "tfidf-lr" ? 1.0 : -1
                #expect(against.baseline == other && against.difference == pair.difference.map { sign * $0 })
                // One more comparison, with itself, is corrected for.
                #expect(against.adjustedPValue >= (pair.adjustedPValue ?? 1) - 1e-12)
            }
            #expect(grade.comparisons[2].verdict == .same && grade.comparisons[2].difference == 0)
            #expect(grade.comparisons[0].verdict == .better)
        }
    }

    @Test func partOfThePoints() throws {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        let folder = try TemporaryFolder()
        let rubric = try rubric(
            """
            points:
              - {for: valid, points: 2, partial: 0.5}
              - {for: beats, baseline: majority, points: 3}
              - {for: beats, baseline: vader, points: 4, partial: 0.25}
              - {for: beats, baseline: tfidf-lr, points: 8, partial: 0.5, name: beats ours}
              - {for: reported, points: 1, within: 0.01, partial: 0.5}
            """, secret)
        let model = folder.file("model")
        try FileManager.default.copyItem(at: room.folder.file("class/secret/models/tfidf-lr"), to: model)
        let plain = EntryGrade(model, of: secret, rubric: rubric)
        #expect(
            plain.points.map(\.name) == [
                "a valid entry", "better than majority", "better than vader", "beats ours", "a true claim",
            ])
        let score = try #require(plain.score)
        let vader = try #require(plain.comparisons.first { $0.baseline == "vader" })
        let expected: Double =
            switch vader.verdict {
            case .better: 4
            case .perhapsBetter: 1
            case .same, .worse, .perhapsWorse: 0
            }
        #expect(plain.points.map(\.points) == [2, 3, expected, 0, 0] && plain.maxTotal == 18)
        for (claim, points) in [(score, 1.0), (score - 0.009, 1), (score + 0.019, 0.5), (score - 0.03, 0)] {
            try folder.write("reported: \(claim)\n", to: "model.yaml")
            #expect(EntryGrade(model, of: secret, rubric: rubric).points[4].points == points, "\(claim)")
        }
        // 45 of 180 rows are as they should be: a quarter of half of two points, and nothing is scored.
        let ids = secret.rows.ids
        let rows = ids.indices.map { "\(ids[$0]),\($0 < 45 ? "neutral" : "nutral")\n" }
        let faulty = EntryGrade(
            try folder.write("id,predicted\n" + rows.joined(), to: "entry.csv"), of: secret, rubric: rubric)
        #expect(faulty.points.map(\.points) == [0.25, 0, 0, 0, 0] && faulty.score == nil && !faulty.isValid)
        #expect(faulty.points[0].reason == "45 of 180 rows have a prediction as it should be.")
    }

    /// Without `within`, a claim is true inside the interval.
    @Test func claimsInsideTheInterval() throws {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        let rubric = try rubric("points: [{for: reported, points: 1, partial: 0.5}]", secret)
        let folder = try TemporaryFolder()
        try FileManager.default.copyItem(
            at: room.folder.file("class/secret/models/vader"), to: folder.file("model"))
        let model = folder.file("model")
        let plain = EntryGrade(model, of: secret, rubric: rubric)
        let (score, interval) = (try #require(plain.score), try #require(plain.interval))
        for (claim, points) in [
            (interval.low, 1.0), (interval.high, 1), (interval.high + 1e-6, 0.5),
            (2 * interval.low - score - 1e-6, 0),
        ] {
            try folder.write("reported: \(claim)\n", to: "model.yaml")
            #expect(EntryGrade(model, of: secret, rubric: rubric).points[0].points == points)
        }
    }

    @Test func rubricsAreChecked() throws {
        let secret = try Classroom.sentiment.get().secret()
        for (text, words) in [
            ("points: []", "at least one item"), ("point: []", "did you mean 'points'"),
            ("points: [{for: beats, points: 1}]", "key 'points[0].baseline' is missing"),
            (
                "points: [{for: beats, points: 1, baseline: tfidf}]",
                "a contestant of the class: majority, vader, tfidf-lr"
            ),
            ("points: [{for: beat, points: 1}]", "did you mean 'beats'"),
            ("points: [{for: valid, points: -1}]", "at least 0"),
            ("points: [{for: valid, points: 1, partial: 2}]", "a share from 0 to 1"),
            ("points: [{for: valid, points: 1, within: 2}]", "no such key for 'valid'"),
            ("points: [{for: reported, points: 1, baseline: vader}]", "no such key for 'reported'"),
        ] {
            let error = errorText { try rubric(text, secret) }
            #expect(error.contains(words) && error.contains("rubric.yaml:1"), "\(text): \(error)")
        }
        // The draft is valid, and begins with what is beaten most easily.
        let draft = try secret.rubric()
        #expect(draft.items.count == 5 && draft.items[1].title == "better than majority")
        #expect(draft.items.first?.goal == .valid && draft.items.last?.goal == .reported)
    }

    private static let visibilities: Set = ["hidden", "after_due_date", "after_published", "visible"]

    /// By Gradescope's documentation of results.json: names and types of the keys, and what may stand there.
    @Test func gradescopeReadsIt() throws {
        for grade in try grades() {
            let json = try object(StableJSON.encode(GradescopeResults(grade)))
            #expect(
                Set(json.keys) == [
                    "output", "output_format", "test_output_format", "stdout_visibility", "tests",
                ])
            #expect(json["output"] is String && json["output_format"] as? String == "text")
            #expect(Self.visibilities.contains(try #require(json["stdout_visibility"] as? String)))
            let tests = try #require(json["tests"] as? [[String: Any]])
            #expect(tests.count == grade.points.count)
            for (test, item) in zip(tests, grade.points) {
                #expect(Set(test.keys) == ["name", "score", "max_score", "status", "output", "visibility"])
                #expect(
                    test["score"] as? Double == item.points && test["max_score"] as? Double == item.maxPoints)
                #expect(["passed", "failed"].contains(try #require(test["status"] as? String)))
                let visibility = try #require(test["visibility"] as? String)
                // What says something of the secret labels is not shown before grades are published.
                #expect(visibility == (item.isOpen ? "visible" : "after_published"))
                #expect(test["name"] is String && test["output"] is String)
            }
            #expect((json["output"] as? String)?.contains("no row") == !grade.isValid)
            #expect(!(try #require(json["output"] as? String)).contains("0."), "no score is told at once")
        }
    }

    /// By otter's `GradingResults.from_ottr_json`: every key that it takes, and points that add up to ours.
    @Test func otterReadsIt() throws {
        for grade in try grades() {
            let json = try object(StableJSON.encode(OtterResults(grade)))
            let files = try #require(json["test_file_results"] as? [[String: Any]])
            #expect(files.count == grade.points.count)
            #expect(Set(files.compactMap { $0["filename"] as? String }).count == files.count)
            for (file, item) in zip(files, grade.points) {
                let results = try #require(file["test_case_results"] as? [[String: Any]])
                var (got, possible) = (0.0, 0.0)
                for result in results {
                    let testCase = try #require(result["test_case"] as? [String: Any])
                    #expect(
                        Set(testCase.keys) == [
                            "name", "code", "points", "hidden", "success_message", "failure_message",
                        ])
                    let points = try #require(testCase["points"] as? Double)
                    possible += points
                    if try #require(result["passed"] as? Bool) {
                        got += points
                        #expect(result["error"] is NSNull)
                    } else {
                        #expect(result["error"] is String)
                    }
                    #expect(testCase["hidden"] as? Bool == !item.isOpen)
                }
                #expect(abs(got - item.points) < 1e-9 && abs(possible - item.maxPoints) < 1e-9)
            }
        }
    }

    /// A valid entry with part of the points, and one with a fault.
    private func grades() throws -> [EntryGrade] {
        let room = try Classroom.sentiment.get()
        let secret = try room.secret()
        let rubric = try rubric(
            """
            points:
              - {for: valid, points: 2, partial: 0.5}
              - {for: beats, baseline: tfidf-lr, points: 4, partial: 0.25}
              - {for: beats, baseline: majority, points: 0}
            """, secret)
        let folder = try TemporaryFolder()
        let some = try folder.write("id,predicted\n\(secret.rows.ids[0]),neutral\n", to: "some.csv")
        return [
            EntryGrade(room.folder.file("class/secret/models/vader"), of: secret, rubric: rubric),
            EntryGrade(room.folder.file("class/students/example-entry.csv"), of: secret, rubric: rubric),
            EntryGrade(some, of: secret, rubric: rubric),
        ]
    }

    private func object(_ bytes: [UInt8]) throws -> [String: Any] {
        try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
    }
}
