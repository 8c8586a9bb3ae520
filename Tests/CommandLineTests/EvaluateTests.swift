import Foundation
import Testing

/// `evaluate`: saved models on labelled rows.
@Suite struct EvaluateTests {
    /// Runs an experiment, and writes its test rows to `new.csv` as somebody else's table.
    private func prepared(_ experiment: String, files: [String: String] = [:]) throws -> Program {
        let program = try Program()
        for (name, text) in files { try program.write(text, to: name) }
        try program.runs(experiment)
        let name = experiment.contains("name: mood") ? "mood" : "sets"
        let lines = try messages()
        let parts = try program.read("reports/\(name)/split.csv").split(separator: "\n").dropFirst()
        try #require(lines.count == parts.count)
        let test = zip(lines, parts).filter { $1.hasSuffix(",test") }.map { $0.0 }
        let header = "id,body,spam,mood,emotions,hard"
        try program.write(([header] + test).joined(separator: "\n") + "\n", to: "new.csv")
        return program
    }

    /// The rows of the corpus; a text may hold line ends, an id begins each row.
    private func messages() throws -> [String] {
        let table = Program.repository.appendingPathComponent("datasets/front-desk/messages.csv")
        let text = try String(contentsOf: table, encoding: .utf8)
        return text.components(separatedBy: "\nfd-").dropFirst().map {
            "fd-" + ($0.hasSuffix("\n") ? String($0.dropLast()) : $0)
        }
    }

    /// Predictions of every message, made elsewhere.
    private func mine() throws -> String {
        let ids = try messages().compactMap { $0.split(separator: ",").first }
        return "id,predicted\n" + ids.map { "\($0),joy\n" }.joined()
    }

    /// On the run's own test rows, scores and intervals are those of the report.
    @Test func scoresAreThoseOfTheRun() throws {
        let program = try prepared(Program.moods())
        let outcome = try program.run(
            "evaluate", "--model", "runs/mood", "--input", "new.csv", "--text", "body", "--label", "mood",
            "--id",
            "id", "--format", "json")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let evaluation = try object(outcome.output)
        let results = try object(program.read("reports/mood/results.json"))
        let analysis = try #require(results["analysis"] as? [String: Any])
        let intervals = try #require(analysis["intervals"] as? [String: NSDictionary])
        let contestants = try #require(results["contestants"] as? [[String: Any]])
        let models = try #require(evaluation["models"] as? [[String: Any]])
        #expect(models.map { $0["id"] as? String } == ["tfidf-lr", "vader", "majority"])
        for model in models {
            let id = try #require(model["id"] as? String)
            let contestant = try #require(contestants.first { $0["id"] as? String == id })
            #expect(model["scores"] as? NSDictionary == contestant["test"] as? NSDictionary, "\(id)")
            #expect(model["intervals"] as? NSDictionary == intervals[id], "\(id)")
        }
        // The dummy is no rival, but what the others have to beat.
        #expect((evaluation["comparisons"] as? [Any])?.count == 1)
        #expect((evaluation["baseline_comparisons"] as? [Any])?.count == 2)

        let text = try program.run(
            "evaluate", "--model", "runs/mood/tfidf-lr", "--input", "new.csv", "--text", "body", "--label",
            "mood",
            "--output", "scores.txt")
        #expect(text.status == 0 && text.output.isEmpty, "\(text.errors)")
        let scores = try program.read("scores.txt")
        #expect(scores.hasPrefix("new.csv: 180 rows\n"))
        #expect(scores.contains("95% interval") && scores.contains("negative"))
        #expect(!scores.contains("vader"))
    }

    @Test func whatTheModelDoesNotKnowIsAnError() throws {
        let program = try prepared(Program.moods())
        func evaluate(_ table: String, _ more: String...) throws -> Program.Outcome {
            try program.write(table, to: "t.csv")
            return try program.run(["evaluate", "--model", "runs/mood/tfidf-lr", "--input", "t.csv"] + more)
        }
        let unseen = try evaluate(
            "text,label\nlovely,positive\nso so,mixed\nbad,negative\n", "--output", "scores.txt")
        #expect(unseen.status == 2 && unseen.errors.contains("'mixed'") && unseen.errors.contains("t.csv"))
        #expect(unseen.errors.contains("negative, neutral, positive"))
        #expect(!program.exists("scores.txt"))

        // Numbers are not the model's names, in whatever order somebody numbered them.
        let numbers = try evaluate("text,label\nlovely,2\nbad,0\n")
        #expect(numbers.status == 2 && numbers.errors.contains("t.csv:2"), "\(numbers.errors)")

        // One class alone is no label space, but it can be scored.
        let one = try evaluate("text,label\nlovely,positive\ngreat stay,positive\n", "--format", "json")
        #expect(one.status == 0, "\(one.errors)")
        #expect(one.errors.contains("no row has the label 'negative'"))
        let card = try #require(
            (object(one.output)["models"] as? [[String: Any]])?.first?["scores"] as? [String: Any])
        #expect(card["support"] as? Int == 2 && (card["per_label"] as? [Any])?.count == 3)

        #expect(try evaluate("text,label\n").status == 2)
        let missing = try evaluate("text,label\n,positive\n")
        #expect(missing.status == 2 && missing.errors.contains("t.csv:2"))
        let metric = try evaluate("text,label\nlovely,positive\n", "--rank-by", "f1_samples")
        #expect(metric.status == 2 && metric.errors.contains("f1-samples"))
        #expect(try evaluate("text,label\nlovely,positive\n", "--rank-by", "best").status == 2)
    }

    @Test func foldersThatHoldNoModelSayWhatTheyHold() throws {
        let program = try prepared(Program.moods())
        func errors(_ model: String) throws -> String {
            let outcome = try program.run("evaluate", "--model", model, "--input", "new.csv")
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            return outcome.errors
        }
        #expect(try errors("reports/mood").contains("its models are in runs/mood"))
        #expect(try errors("runs/moods").contains("no such folder"))
        #expect(try errors("reports/mood/figures").contains("contestant.json"))
        let predict = try program.run("predict", "--model", "runs/mood", "a text")
        #expect(predict.status == 2 && predict.errors.contains("majority, tfidf-lr, vader"))
        for command in ["report", "compare reports/mood"] {
            let outcome = try program.shell("bakeoff \(command) runs/mood")
            #expect(outcome.status == 2 && outcome.errors.contains("runs/mood: holds fitted models"))
            #expect(
                outcome.errors.contains("name the folder of the report, reports/mood"), "\(outcome.errors)")
        }
    }

    /// What an earlier experiment left in the folders of a run does not count, nor what lies deeper than a contestant.
    @Test func theContestantsOfTheLastRunCount() throws {
        let program = try prepared(Program.moods())
        func ids() throws -> (ids: [String], errors: String) {
            let outcome = try program.run(
                "evaluate", "--model", "runs/mood", "--input", "new.csv", "--text", "body", "--label", "mood",
                "--format", "json")
            let models = try #require(
                object(outcome.output)["models"] as? [[String: Any]], "\(outcome.errors)")
            return (models.compactMap { $0["id"] as? String }.sorted(), outcome.errors)
        }
        _ = try program.shell("cp -r runs/mood runs/copy && mv runs/copy runs/mood/other")
        let deeper = try ids()
        #expect(deeper.ids == ["majority", "tfidf-lr", "vader"] && !deeper.errors.contains("left out"))

        try program.write(
            Program.moods().replacing("  - {id: vader, model: vader}\n", with: ""), to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        for path in ["runs/mood/vader", "reports/mood/predictions/vader.csv"] {
            #expect(run.errors.contains("notice: \(path) was left by an earlier experiment"), "\(run.errors)")
        }
        #expect(!run.errors.contains("mood/other was left"))
        let fewer = try ids()
        #expect(fewer.ids == ["majority", "tfidf-lr"] && fewer.errors.contains("vader is left out"))

        _ = try program.shell("rm runs/mood/run.json && cp -r runs/mood/tfidf-lr runs/mood/tfidf-copy")
        #expect(try ids().ids == ["majority", "tfidf-copy", "tfidf-lr", "vader"])
    }

    @Test func thresholdsOfTheModelDecide() throws {
        let program = try prepared(
            """
            name: sets
            dataset: {recipe: front-desk-emotions}
            split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
            contestants:
              - {id: tfidf-lr, model: tfidf-logreg}
              - {id: mine, model: external, predictions: mine.csv}
            thresholds: {use: per-label}
            """, files: ["mine.csv": mine()])
        let outcome = try program.run(
            "evaluate", "--model", "runs/sets", "--input", "new.csv", "--text", "body", "--label", "emotions",
            "--format", "json", "--rank-by", "f1-micro")
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("mine is left out"))
        let model = try #require((object(outcome.output)["models"] as? [[String: Any]])?.first)
        let contestants = try #require(
            object(program.read("reports/sets/results.json"))["contestants"] as? [[String: Any]])
        #expect(model["scores"] as? NSDictionary == contestants[0]["test"] as? NSDictionary)
        #expect(model["thresholds"] as? [Double] == contestants[0]["thresholds"] as? [Double])
    }

    @Test func aRunOfSeveralTasksNeedsOne() throws {
        let program = try Program()
        try program.write(
            """
            name: two
            tasks:
              - {name: spam, dataset: {recipe: front-desk-spam}, split: {train: 0.8, test: 0.2, seed: 1}}
              - {name: mood, dataset: {recipe: front-desk}, split: {train: 0.8, test: 0.2, seed: 1}}
            contestants:
              - {id: tfidf-lr, model: tfidf-logreg}
              - {id: bayes, model: naive-bayes, tasks: [mood]}
            """, to: "e.yaml")
        try #require(try program.run("run", "e.yaml").status == 0)
        func evaluate(_ model: String, _ more: String...) throws -> Program.Outcome {
            try program.run(
                ["evaluate", "--model", model, "--input", "front-desk", "--format", "json"] + more)
        }
        let none = try evaluate("runs/two")
        #expect(none.status == 2 && none.errors.contains("--task") && none.errors.contains("mood, spam"))
        let mood = try evaluate("runs/two", "--task", "mood")
        #expect(mood.status == 0, "\(mood.errors)")
        #expect((try object(mood.output)["models"] as? [Any])?.count == 2)
        #expect(try evaluate("runs/two/tfidf-lr", "--task", "mood").status == 0)
        #expect(try evaluate("runs/two/bayes").status == 0)
        #expect(try evaluate("runs/two/tfidf-lr/mood").status == 0)
        // The labels of the other task are none of this one's.
        let spam = try evaluate("runs/two", "--task", "spam")
        #expect(spam.status == 2 && spam.errors.contains("ham, spam"), "\(spam.errors)")
        #expect(try evaluate("runs/two", "--task", "spma").errors.contains("tasks: mood, spam"))
        let predict = try program.run("predict", "--model", "runs/two/tfidf-lr", "a text")
        #expect(
            predict.status == 2
                && predict.errors.contains(
                    "tasks mood, spam; name the folder of one, such as runs/two/tfidf-lr/mood"),
            "\(predict.errors)")
    }
}
