import Foundation
import Testing

/// Datasets of the Hugging Face hub, as Python has left them in its cache.
@Suite struct HubDatasetCommandTests {
    private static let commit = String(repeating: "5a", count: 20)

    /// A program in whose cache of the hub there is `org/desk`, with two official parts.
    private func program() throws -> Program {
        let program = try Program()
        let repository = "cache/huggingface/hub/datasets--org--desk"
        let words = ["bill", "key", "noise", "towel", "lift", "pool", "view"]
        for (part, count) in [("train", 60), ("test", 21)] {
            let rows = (0..<count).map {
                "\(words[$0 % 7]) \(words[$0 / 7 % 7]) \($0 * 31),\($0 % 3 == 0 ? "ham" : "spam")"
            }
            try program.write(
                "text,label\n" + rows.joined(separator: "\n") + "\n",
                to: "\(repository)/snapshots/\(Self.commit)/data/\(part).csv")
        }
        try program.write(Self.commit, to: "\(repository)/refs/main")
        return program
    }

    @Test func aRunTakesItAndTellsItsCommit() throws {
        let program = try program()
        try program.write("dataset: {hub: org/desk}\ncontestants: [dummy, tfidf-logreg]\n", to: "hub.yaml")
        let outcome = try program.run("run", "hub.yaml", "--offline")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let commit = "dataset org/desk of the Hugging Face hub is that of commit \(Self.commit)"
        #expect(outcome.errors.contains(commit))
        for file in ["README.md", "results.json"] {
            let text = try program.read("reports/hub/\(file)").replacing("\\/", with: "/")
            #expect(
                text.contains(commit)
                    && text.contains("https://huggingface.co/datasets/org/desk/tree/\(Self.commit)"))
        }
        let split = try program.read("reports/hub/split.csv")
        #expect(split.split(separator: "\n").count { $0.hasSuffix(",test") } == 21)
        let scored = try program.run(
            "evaluate", "--model", "runs/hub/tfidf-logreg", "--input", "hub:org/desk", "--split", "test",
            "--offline", "--format",
            "json")
        #expect(scored.status == 0 && scored.output.contains("21"), "\(scored.errors)")
    }

    @Test func everyCommandWithADatasetTakesIt() throws {
        let program = try program()
        let described = try program.run("describe", "hub:org/desk", "--offline", "--json")
        #expect(described.status == 0 && described.output.contains("81"), "\(described.errors)")
        let split = try program.run("split", "hub:org/desk", "--offline", "--output", "s", "--official")
        #expect(split.status == 0 && program.exists("s/split.csv"), "\(split.errors)")
        let drafted = try program.run("init", "hub:org/desk", "--offline")
        #expect(drafted.status == 0, "\(drafted.errors)")
        let run = try program.run("run", "desk.yaml", "--offline")
        #expect(run.status == 0, "\(run.errors)")
        let file = try program.run(
            "init", "hf://datasets/org/desk/data/train.csv", "--offline", "--output", "train.yaml")
        #expect(file.status == 0, "\(file.errors)")
        #expect(try program.read("train.yaml").contains("file: \"hf://datasets/org/desk/data/train.csv\""))
    }

    @Test func whatIsNotInTheCacheIsNotFetchedOffline() throws {
        let program = try program()
        try program.write("dataset: {hub: org/other}\ncontestants: [dummy]\n", to: "hub.yaml")
        let run = try program.run("run", "hub.yaml", "--offline")
        #expect(run.status == 1 && !program.exists("reports"), "\(run.errors)")
        #expect(
            run.errors.contains(
                "cannot fetch 'datasets/org/other' from the Hugging Face hub: it is not in the cache of the hub, and nothing may be "
                    + "fetched (HF_HUB_OFFLINE or --offline)"))
        let plan = try program.run("plan", "hub.yaml")
        #expect(
            plan.status == 2
                && plan.errors.contains("'hub:org/other' is not in the cache of the Hugging Face hub"),
            "\(plan.errors)")
        let config = try program.run("run", "hub.yaml", "--offline", "--only", "dummy")
        #expect(config.status == 1)
    }
}
