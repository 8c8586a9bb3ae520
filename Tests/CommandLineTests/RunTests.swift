import Foundation
import Testing

/// A comparison from experiment file to report, and what happens when it is run again.
@Suite struct RunTests {
    static let experiment = """
        name: small
        dataset: {recipe: front-desk}
        split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
        contestants:
          - {id: majority, model: dummy}
          - {id: drawn, model: dummy, strategy: stratified}
          - {id: vader, model: vader}
          - {id: tfidf-lr, model: tfidf-logreg, tfidf: {max-features: 2000}, logistic: {C: 1.0}}
        """

    private func program(experiment: String = RunTests.experiment) throws -> Program {
        let program = try Program()
        try program.write(experiment, to: "small.yaml")
        return program
    }

    private func withoutTimings(_ json: String) throws -> NSDictionary {
        var object = try #require(
            JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object.removeValue(forKey: "timings") != nil)
        return object as NSDictionary
    }

    @Test func leavesAllArtifacts() throws {
        let program = try program()
        let outcome = try program.run("run", "small.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        for name in [
            "README.md", "results.json", "split.csv", "split.json", "tables/ranking.csv",
            "tables/ranking.tex",
            "predictions/vader.csv", "predictions/tfidf-lr.csv", "predictions/tfidf-lr.validation.csv",
        ] {
            #expect(program.exists("reports/small/\(name)"), "\(name)")
        }
        #expect(outcome.output.contains("tfidf-lr"))
        let header = try program.read("reports/small/predictions/vader.csv").prefix { $0 != "\n" }
        #expect(header == "id,gold,predicted,p_negative,p_neutral,p_positive")
    }

    @Test func givesTheSameResultsAtAnyNumberOfThreads() throws {
        let (one, two) = (try program(), try program())
        #expect(try one.run("run", "small.yaml", "--threads", "1").status == 0)
        #expect(try two.run("run", "small.yaml", "--threads", "2").status == 0)
        for name in ["predictions/tfidf-lr.csv", "predictions/drawn.csv", "split.csv"] {
            #expect(try one.read("reports/small/\(name)") == two.read("reports/small/\(name)"), "\(name)")
        }
        #expect(
            try withoutTimings(one.read("reports/small/results.json"))
                == withoutTimings(two.read("reports/small/results.json")))
    }

    @Test func keepsWhatIsUpToDate() throws {
        let program = try program()
        #expect(try program.run("run", "small.yaml").status == 0)
        let first = try program.read("reports/small/results.json")

        let again = try program.run("run", "small.yaml")
        #expect(again.errors.contains("tfidf-lr: stored result is up to date"))
        #expect(!again.errors.contains("fitting"))
        #expect(try withoutTimings(first) == withoutTimings(program.read("reports/small/results.json")))

        // A changed setting, a lost prediction: that contestant alone runs again.
        try program.write(
            RunTests.experiment.replacingOccurrences(of: "C: 1.0", with: "C: 2.0"), to: "small.yaml")
        let changed = try program.run("run", "small.yaml")
        #expect(changed.errors.contains("tfidf-lr: fitting"))
        #expect(changed.errors.contains("vader: stored result is up to date"))
        try FileManager.default.removeItem(
            at: program.folder.appendingPathComponent("reports/small/predictions/vader.csv"))
        #expect(try program.run("run", "small.yaml").errors.contains("vader: fitting"))
    }

    @Test(arguments: [0.01, 0.05, 0.1, 0.2, 0.4])
    func goesOnAfterAKillAsIfNothingHadHappened(delay: Double) throws {
        let (whole, killed) = (try program(), try program())
        #expect(try whole.run("run", "small.yaml").status == 0)
        _ = try killed.run(["run", "small.yaml"], killedAfter: delay)
        let outcome = try killed.run("run", "small.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            try withoutTimings(whole.read("reports/small/results.json"))
                == withoutTimings(killed.read("reports/small/results.json")))
        #expect(try killed.run("report", "reports/small", "--verify").status == 0)
    }

    @Test func runsOneContestantAlone() throws {
        let program = try program()
        let outcome = try program.run("run", "small.yaml", "--only", "vader")
        #expect(outcome.status == 0)
        #expect(!program.exists("reports/small/predictions/tfidf-lr.csv"))
        let unknown = try program.run("run", "small.yaml", "--only", "veder")
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("majority, drawn, vader, tfidf-lr"))
    }

    @Test func refusesOtherDataForAStoredSplit() throws {
        let program = try Program()
        let rows = (0..<60).map { "message number \($0),\($0 % 2 == 0 ? "a" : "b")\n" }
        try program.write("text,label\n" + rows.joined(), to: "data.csv")
        try program.write(
            """
            name: own
            dataset: {file: data.csv, labels: {column: label}}
            contestants: [{id: majority, model: dummy}]
            """, to: "own.yaml")
        #expect(try program.run("run", "own.yaml").status == 0)
        try program.write("text,label\n" + rows.joined() + "one more,a\n", to: "data.csv")
        let outcome = try program.run("run", "own.yaml")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("split"), "\(outcome.errors)")
        #expect(try program.run("run", "own.yaml", "--force").status == 0)
    }

    @Test func verifiesAndFailsWhenAnythingWasChanged() throws {
        let program = try program()
        #expect(try program.run("run", "small.yaml").status == 0)
        #expect(try program.run("report", "reports/small", "--verify").status == 0)
        for (name, old, new) in [
            ("results.json", "\"accuracy\" : 0.", "\"accuracy\" : 0.1"),
            ("predictions/vader.csv", "positive,positive,", "positive,negative,"),
            ("split.csv", "0,train", "0,test"),
        ] {
            let file = "reports/small/\(name)"
            let before = try program.read(file)
            let place = try #require(before.range(of: old) ?? before.range(of: "0,test"))
            let replacement = before[place] == old ? new : "0,train"
            try program.write(before.replacingCharacters(in: place, with: replacement), to: file)
            let outcome = try program.run("report", "reports/small", "--verify")
            #expect(outcome.status != 0, "\(name) was changed")
            try program.write(before, to: file)
        }
        #expect(try program.run("report", "reports/small", "--verify").status == 0)
    }

    @Test func savedModelsPredictWhatTheRunPredicted() throws {
        let program = try program()
        #expect(try program.run("run", "small.yaml").status == 0)
        let model = "runs/small/tfidf-lr"
        let texts = ["Lovely stay, thank you so much!", "the shower is broken again"]
        let jsonl = try program.run(["predict", "--model", model, "--format", "jsonl"] + texts)
        try #require(jsonl.status == 0, "\(jsonl.errors)")
        #expect(jsonl.lines.count == 2)
        #expect(
            jsonl.lines.allSatisfy {
                $0.hasPrefix("{\"predicted\":[\"") && $0.contains("\"probabilities\":{\"negative\":")
            })

        let piped = try program.run(
            "predict", "--model", model, "--format", "jsonl", input: texts.joined(separator: "\n") + "\n")
        #expect(piped.output == jsonl.output)

        let top = try program.run(["predict", "--model", model, "--top-k", "1", "--format", "csv"] + texts)
        #expect(top.lines[0] == "predicted,label_1,p_1")
        #expect(top.lines.dropFirst().allSatisfy { $0.split(separator: ",").count == 3 })

        // The stored predictions of the run, from the texts of the corpus.
        let stored = try program.read("reports/small/predictions/tfidf-lr.csv").split(separator: "\n")
            .dropFirst()
        let corpus = Program.repository.appendingPathComponent("datasets/front-desk/messages.csv").path
        let all = try program.run("predict", "--model", model, "--input", corpus, "--format", "csv").lines
        for line in stored {
            let fields = line.split(separator: ",")
            let row = try #require(Int(fields[0].dropFirst("fd-".count)))
            #expect(all[row].hasPrefix("\(fields[2]),"), "\(fields[0])")
        }
    }
}
