import Foundation
import Testing

/// An experiment with several tasks: a corpus, a split, artifacts and a section each; contestants that take part in all
/// or some.
@Suite struct TaskTests {
    static let experiment = """
        name: desk
        tasks:
          - name: spam
            dataset: {recipe: front-desk-spam}
            split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
          - {name: mood, dataset: {recipe: front-desk}, split: {train: 0.8, test: 0.2, stratify: none, seed: 7}}
        contestants:
          - {id: majority, model: dummy}
          - {id: vader, model: vader, tasks: [mood]}
          - {id: tfidf-lr, model: tfidf-logreg, logistic: {C: 1.0}}
          - {id: frozen, model: frozen-encoder, encoder: model}
        """

    private func program(_ experiment: String = TaskTests.experiment) throws -> Program {
        let program = try Program()
        try program.writeTinyEncoder(to: "model")
        try program.write(experiment, to: "desk.yaml")
        return program
    }

    private func results(_ program: Program) throws -> NSDictionary {
        let json = try program.read("reports/desk/results.json")
        var object = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object.removeValue(forKey: "timings") != nil)
        return object as NSDictionary
    }

    /// What tasks of one file have in common is told once.
    @Test func noticesOfTasksDoNotRepeat() throws {
        let program = try Program()
        let labels = ["ham", "Ham", "spam"]
        try program.write(
            "text,label\n" + (0..<60).map { "text number \($0),\(labels[$0 % 3])\n" }.joined(), to: "t.csv")
        let data = "dataset: {file: t.csv, labels: {column: label}}"
        try program.write(
            """
            name: desk
            tasks:
              - {name: one, \(data)}
              - {name: two, \(data)}
            contestants: [dummy]
            """, to: "desk.yaml")
        let plan = try program.run("plan", "desk.yaml")
        let notices = plan.errors.split(separator: "\n").filter { $0.hasPrefix("notice: ") }
        #expect(plan.status == 0 && notices.contains { $0.contains("'Ham'") }, "\(plan.errors)")
        #expect(Set(notices).count == notices.count, "\(plan.errors)")
    }

    @Test func eachTaskHasItsOwnArtifacts() throws {
        let program = try program()
        let outcome = try program.run("run", "desk.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        for name in [
            "reports/desk/README.md", "reports/desk/results.json", "reports/desk/spam/split.csv",
            "reports/desk/mood/split.csv", "reports/desk/spam/predictions/frozen.validation.csv",
            "reports/desk/mood/predictions/vader.csv", "reports/desk/spam/tables/ranking.csv",
            "runs/desk/frozen/spam/model.safetensors", "runs/desk/vader/mood/contestant.json",
        ] {
            #expect(program.exists(name), "\(name)")
        }
        for name in [
            "reports/desk/split.csv", "reports/desk/predictions", "reports/desk/spam/predictions/vader.csv",
            "reports/desk/mood/predictions/frozen.validation.csv", "runs/desk/frozen/work",
        ] {
            #expect(!program.exists(name), "\(name)")
        }
        let results = try results(program)
        #expect(results["contestants"] == nil && results["dataset"] == nil && results["split"] == nil)
        let tasks = try #require(results["tasks"] as? [[String: Any]])
        #expect(tasks.map { $0["name"] as? String } == ["spam", "mood"])
        let ids = tasks.map { ($0["contestants"] as? [[String: Any]])?.map { $0["id"] as? String } }
        #expect(
            ids == [
                ["majority", "tfidf-lr", "frozen"], ["majority", "vader", "tfidf-lr", "frozen"],
            ])
        let report = try program.read("reports/desk/README.md")
        #expect(report.contains("\n## Task spam\n") && report.contains("\n### Ranking\n"))
        let label = try program.run(
            "predict", "--model", "runs/desk/tfidf-lr/mood", "--format", "jsonl", "thank you, lovely stay")
        #expect(label.output.contains("\"positive\":"), "\(label.errors)")
    }

    @Test func aTaskGivesWhatItGivesAlone() throws {
        let (several, single) = (try program(), try program())
        #expect(try several.run("run", "desk.yaml").status == 0)
        try single.write(
            """
            name: desk
            dataset: {recipe: front-desk-spam}
            split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
            contestants: [{id: frozen, model: frozen-encoder, encoder: model}]
            """, to: "desk.yaml")
        #expect(try single.run("run", "desk.yaml").status == 0)
        for name in ["split.csv", "predictions/frozen.csv"] {
            #expect(
                try several.read("reports/desk/spam/\(name)") == single.read("reports/desk/\(name)"),
                "\(name)")
        }
    }

    @Test func keepsWhatIsUpToDateAndVerifies() throws {
        let program = try program()
        #expect(try program.run("run", "desk.yaml").status == 0)
        let first = try results(program)
        #expect(try !program.run("run", "desk.yaml").errors.contains("fitting"))
        #expect(try results(program) == first)
        #expect(try program.run("report", "reports/desk", "--verify").status == 0)

        let file = "reports/desk/mood/predictions/vader.csv"
        let before = try program.read(file)
        try program.write(
            before.replacingOccurrences(of: "positive,positive,", with: "positive,neutral,"), to: file)
        let verified = try program.run("report", "reports/desk", "--verify")
        #expect(
            verified.status == 2 && verified.errors.contains("mood, SHA-256 of vader.csv"),
            "\(verified.errors)")
        let again = try program.run("run", "desk.yaml")
        #expect(again.errors.contains("vader: fitting") && again.errors.contains("frozen: stored result"))

        // Another split of one task: whoever takes part in it is fitted again, on all its tasks.
        try program.write(
            TaskTests.experiment.replacingOccurrences(of: "seed: 42}", with: "seed: 43}"), to: "desk.yaml")
        let changed = try program.run("run", "desk.yaml", "--force", "--only", "tfidf-lr")
        #expect(changed.errors.contains("tfidf-lr: fitting") && !changed.errors.contains("frozen"))
        let other = try program.run("run", "desk.yaml")
        #expect(other.errors.contains("frozen: fitting") && other.errors.contains("vader: stored result"))
    }

    @Test(arguments: [0.02, 0.1, 0.3])
    func goesOnAfterAKill(delay: Double) throws {
        let (whole, killed) = (try program(), try program())
        #expect(try whole.run("run", "desk.yaml", "--threads", "1").status == 0)
        _ = try killed.run(["run", "desk.yaml"], killedAfter: delay)
        #expect(try killed.run("run", "desk.yaml").status == 0)
        #expect(try results(whole) == results(killed))
    }

    @Test func stopsCleanlyWhenInterrupted() throws {
        let many = (1...200).map { "  - {id: lr-\($0), model: tfidf-logreg, logistic: {C: \($0)}}\n" }
            .joined()
        let program = try program("name: desk\ndataset: {recipe: front-desk}\ncontestants:\n" + many)
        let stopped = try program.run(["run", "desk.yaml"], interruptedAt: "lr-2: fitting")
        #expect(stopped.status == 1, "\(stopped.errors)")
        #expect(stopped.errors.contains("goes on where the run was"))
        #expect(!stopped.errors.contains("lr-200: fitting"))
        let next = try program.run("run", "desk.yaml", "--only", "lr-1")
        #expect(next.errors.contains("lr-1: stored result is up to date"))
    }

    @Test(arguments: [
        ("dataset: {recipe: front-desk}", "no 'dataset' beside 'tasks'"),
        ("split: official", "no 'split' beside 'tasks'"),
    ])
    func refusesKeysBesideTasks(key: String, words: String) throws {
        let outcome = try program(TaskTests.experiment + "\n\(key)\n").run("run", "desk.yaml")
        #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
    }

    @Test(arguments: [
        ("name: mood", "name: spam", "'spam' is taken"), ("name: mood", "name: tables", "of the run's own"),
        ("name: mood", "name: ../mood", "files are named after it"),
        ("tasks: [mood]", "tasks: [moot]", "spam, mood"),
        ("tasks: [mood]", "tasks: [spam]", "negative, neutral and positive"), ("clean:", "cleen:", "clean"),
    ])
    func refusesBadTasks(old: String, new: String, words: String) throws {
        let with = TaskTests.experiment.replacingOccurrences(
            of: "dataset: {recipe: front-desk-spam}",
            with: "dataset: {recipe: front-desk-spam}\n    clean: {}")
        let program = try program(with.replacingOccurrences(of: old, with: new))
        let outcome = try program.run("run", "desk.yaml")
        #expect(outcome.status == 2 && outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!program.exists("reports"))
    }
}
