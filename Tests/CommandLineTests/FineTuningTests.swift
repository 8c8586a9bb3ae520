import Foundation
import Testing

/// Fine-tuning as a user runs it, with a tiny encoder on our own corpus.
@Suite struct FineTuningTests {
    private static let experiment = """
        name: desk
        tasks:
          - name: spam
            dataset: {recipe: front-desk-spam}
            split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
          - name: feelings
            dataset: {recipe: front-desk-emotions}
            split: {train: 0.70, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
        contestants:
          - id: both
            model: multi-task
            encoder: model
            max-length: 24
            training: {epochs: 3, batch-size: 8, learning-rate: 1e-3, mixing: alternate-cycle,
                       best-by: {spam: f1-macro, feelings: f1-micro}}
          - id: alone
            model: fine-tuned
            tasks: [spam]
            encoder: model
            pooling: mean
            training: {epochs: 2, batch-size: 16, learning-rate: 1e-3, class-weight: balanced, warmup: 0.1,
                       schedule: cosine, early-stopping: 1, best-by: validation/loss}
        """

    private func program(_ experiment: String = FineTuningTests.experiment) throws -> Program {
        let program = try Program()
        try program.writeTinyEncoder(to: "model")
        try program.write(experiment, to: "desk.yaml")
        return program
    }

    private func weights(_ program: Program) throws -> [Data] {
        try ["both/spam", "both/feelings", "alone/spam"].map {
            try program.data("runs/desk/\($0)/model.safetensors")
        }
    }

    @Test func trainsSavesAndPredicts() throws {
        let program = try program()
        let outcome = try program.run("run", "desk.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(!program.exists("runs/desk/both/work"))
        let config = try #require(
            JSONSerialization.jsonObject(with: program.data("runs/desk/both/feelings/config.json"))
                as? [String: Any])
        #expect(config["problem_type"] as? String == "multi_label_classification")
        #expect(config["architectures"] as? [String] == ["BertForSequenceClassification"])
        #expect((config["id2label"] as? [String: String])?["0"] != nil)
        for name in ["vocab.txt", "tokenizer.json", "tokenizer_config.json", "contestant.json"] {
            #expect(program.exists("runs/desk/both/feelings/\(name)"), "\(name)")
        }
        let log = try program.read("reports/desk/logs/both.jsonl")
        #expect(log.contains("\"validation/feelings/f1_micro\"") && log.contains("\"grad_norm\""))
        let report = try program.read("reports/desk/README.md")
        #expect(report.contains("read back from a file with SHA-256"))
        #expect(try program.run("report", "reports/desk", "--verify").status == 0)

        let arguments = [
            "predict", "--model", "runs/desk/both/feelings", "--top-k", "2", "--format", "jsonl", "a b c",
        ]
        let predicted = try program.run(arguments)
        #expect(predicted.status == 0)
        let object = try #require(
            JSONSerialization.jsonObject(with: Data(predicted.output.utf8)) as? [String: Any])
        #expect((object["probabilities"] as? [String: Double])?.count == 2)

        // A folder that a Python program could have written: without our record, the same model.
        try program.remove("runs/desk/both/feelings/contestant.json")
        #expect(try program.run(arguments).output == predicted.output)
    }

    @Test(arguments: [0.3, 0.6, 1.0]) func goesOnAfterAKill(delay: Double) throws {
        let (whole, killed) = (try program(), try program())
        #expect(try whole.run("run", "desk.yaml", "--threads", "1").status == 0)
        _ = try killed.run(["run", "desk.yaml"], killedAfter: delay)
        let outcome = try killed.run("run", "desk.yaml", "--threads", "2")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try weights(whole) == weights(killed))
    }

    /// A file that cannot be written is an error (a checkpoint or the log, whichever is too large first); what was
    /// written before it serves the next run.
    @Test func goesOnAfterAFullDisk() throws {
        let (whole, full) = (try program(), try program())
        #expect(try whole.run("run", "desk.yaml").status == 0)
        _ = try full.run(["run", "desk.yaml"], killedAfter: 0.6)
        let outcome = try full.run(["run", "desk.yaml"], largestFile: 100)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(": cannot be written: File too large"), "\(outcome.errors)")
        #expect(!full.exists("reports/desk/results.json"))
        #expect(try full.run("run", "desk.yaml").status == 0)
        #expect(try weights(whole) == weights(full))
    }

    /// What is wrong is told before anything is trained.
    @Test(arguments: [
        ("mixing: alternate-cycle", "mixing: turns", "one of alternate, alternate-cycle, joint"),
        ("best-by: validation/loss", "best-by: validation/f1-mikro", "did you mean 'f1-micro'?"),
        ("best-by: validation/loss", "best-by: test/f1-micro", "such as validation/f1-micro"),
        ("class-weight: balanced", "pos-weight: balanced", "no 'pos-weight' for binary labels"),
        ("warmup: 0.1", "warmup: 1.5", "a share below 1, or an integer number of steps"),
        ("schedule: cosine", "schedule: cosine, gamma: 0.5", "no 'gamma' with schedule cosine"),
        ("early-stopping: 1", "early-stoping: 1", "early-stopping"),
        ("early-stopping: 1", "early-stopping: 1, precision: int8", "one of f32, bf16"),
        ("encoder: model\n    pooling", "encoder: modell\n    pooling", "modell"),
    ])
    func refusesBadSettings(old: String, new: String, words: String) throws {
        let text = FineTuningTests.experiment.replacingOccurrences(of: old, with: new)
        #expect(text != FineTuningTests.experiment)
        let program = try program(text)
        let outcome = try program.run("run", "desk.yaml")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains(words), "\(outcome.errors)")
        #expect(!program.exists("reports/desk/results.json"))
    }

    @Test func aTrainingThatDivergesFailsAndSaysWhatToTry() throws {
        let program = try program(
            FineTuningTests.experiment.replacingOccurrences(
                of: "learning-rate: 1e-3, mixing", with: "learning-rate: 1e30, max-grad-norm: 0, mixing"))
        let outcome = try program.run("run", "desk.yaml")
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("try a smaller learning rate"), "\(outcome.errors)")
    }
}
