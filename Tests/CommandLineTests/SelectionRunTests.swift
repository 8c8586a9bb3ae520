import Foundation
import Testing

/// What is chosen on validation, as a user sees it.
@Suite struct SelectionRunTests {
    private static let head = """
        name: choose
        dataset:
          files: {train: train.csv, validation: val.csv, test: test.csv}
          columns: {text: text}
          labels: {column: label, kind: multiclass, names: [x, y, z]}
        split: official
        contestants:

        """

    /// Rows of letters, whose label is that of most of them.
    /// - Parameter words: Whether letters become words that TF-IDF counts.
    private func program(_ contestants: String, validation: Bool = true, words: Bool = false) throws
        -> Program
    {
        func texts(_ table: String) -> String {
            if !words { return table }
            return table.split(separator: "\n").map { line in
                let parts = line.split(separator: ",")
                let text = parts[0].split(separator: " ").map { $0.count == 1 ? "\($0)\($0)" : "\($0)" }
                return "\(text.joined(separator: " ")),\(parts[1])\n"
            }.joined()
        }
        let program = try Program()
        try program.writeTinyEncoder(to: "model")
        let rows = ["a a b,x", "b b a,y", "c c a,z", "a a c,x", "b b c,y", "c c b,z", "a b b,y", "c a a,x"]
        let table = "text,label\n" + rows.joined(separator: "\n") + "\n"
        try program.write(texts(table), to: "train.csv")
        try program.write(
            texts("text,label\n" + rows.reversed().joined(separator: "\n") + "\n"), to: "test.csv")
        try program.write(texts("text,label\na a,x\nb b a,y\nc b c,z\nb a c,x\n"), to: "val.csv")
        var head = SelectionRunTests.head
        if !validation { head = head.replacingOccurrences(of: "validation: val.csv, ", with: "") }
        try program.write(head + contestants, to: "choose.yaml")
        return program
    }

    private func tuned(_ id: String, _ training: String) -> String {
        """
          - {id: \(id), model: fine-tuned, encoder: model, pooling: mean,
             training: {epochs: 8, batch-size: 4, learning-rate: 2e-2, schedule: constant, dropout: 0, \(training)}}

        """
    }

    /// Without class weights and smoothing the log loss of validation is its cross-entropy, so both choose the same step;
    /// and metrics of probabilities have their values in the log.
    @Test func metricsOfProbabilitiesChoose() throws {
        let program = try program(
            tuned("loss", "best-by: validation/loss") + tuned("log-loss", "best-by: validation/log-loss")
                + tuned("auc", "best-by: validation/roc-auc-macro")
                + tuned("brier", "best-by: brier-score"))
        let outcome = try program.run("run", "choose.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        func log(_ id: String, _ key: String) throws -> [(step: Int, value: Double)] {
            try program.read("reports/choose/logs/\(id).jsonl").split(separator: "\n").compactMap { line in
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
                guard let value = object?["validation/\(key)"] as? Double, let step = object?["step"] as? Int
                else { return nil }
                return (step, value)
            }
        }
        for (id, key, sign) in [
            ("loss", "loss", -1.0), ("log-loss", "log_loss", -1), ("auc", "roc_auc_macro", 1),
            ("brier", "brier_score", -1),
        ] {
            let values = try log(id, key)
            let best = try #require(values.map { $0.value * sign }.max())
            let step = try #require(values.first { $0.value * sign == best }?.step)
            #expect(
                outcome.errors.contains(
                    "\(id): scored the model of step \(step), the best on validation (\(String(format: "%.4f", abs(best))))"
                ),
                "\(outcome.errors)")
        }
        let (losses, logLosses) = (try log("loss", "loss"), try log("log-loss", "log_loss"))
        #expect(Set(losses.map(\.value)).count > 1)
        for (loss, logLoss) in zip(losses, logLosses) { #expect(abs(loss.value - logLoss.value) < 1e-6) }
    }

    @Test func aSearchByProbabilitiesIsASearch() throws {
        let program = try program(
            """
              - {id: lr, model: tfidf-logreg, search: {C: [0.001, 1000], metric: log-loss}}
              - {id: again, model: tfidf-logreg, search: {C: [1000, 0.001], metric: log-loss}}

            """, words: true)
        let outcome = try program.run("run", "choose.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let notices = outcome.errors.split(separator: "\n").filter { $0.contains("chosen on validation") }
        #expect(notices.count == 2 && !outcome.errors.contains("n/a"), "\(outcome.errors)")
        let C = notices.compactMap { $0.components(separatedBy: "log-loss: C ").last?.prefix { $0 != " " } }
        #expect(C.count == 2 && C[0] == C[1], "\(notices)")

        let svm = try self.program(
            "  - {id: svm, model: linear-svm, search: {C: [1, 10], metric: log-loss}}\n")
        let refused = try svm.run("run", "choose.yaml")
        #expect(
            refused.status == 2 && refused.errors.contains("decides without probabilities"),
            "\(refused.errors)")
    }

    /// Nothing to choose on, and a metric that validation cannot have: told before anything is fitted.
    @Test(arguments: [
        "best-by: validation/loss", "early-stopping: 2", "evaluate-every: 1", "evaluate-every: epoch",
    ])
    func choosingWithoutValidationIsAnError(training: String) throws {
        let program = try program("  - {id: m, model: dummy}\n" + tuned("t", training), validation: false)
        let outcome = try program.run("run", "choose.yaml")
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(
            outcome.errors.contains("a validation part to choose on; the split has none"), "\(outcome.errors)"
        )
        #expect(!outcome.errors.contains("m: fitting"), "\(outcome.errors)")
        try program.write(
            SelectionRunTests.head.replacingOccurrences(of: "validation: val.csv, ", with: "")
                + tuned("t", "log-every: 1"), to: "choose.yaml")
        #expect(try program.run("run", "choose.yaml").status == 0)
    }

    @Test func aMetricThatValidationCannotHaveIsAnError() throws {
        let program = try program(
            "  - {id: m, model: dummy}\n" + tuned("t", "best-by: validation/roc-auc-macro"))
        try program.write("text,label\na a,x\nb b a,x\n", to: "val.csv")
        let outcome = try program.run("run", "choose.yaml")
        #expect(
            outcome.status == 2 && outcome.errors.contains("roc-auc-macro is undefined on the 2 rows"),
            "\(outcome.errors)")
        #expect(!outcome.errors.contains("m: fitting"))
        let contrary = try self.program(tuned("t", "best-by: validation/log-loss, greater-is-better: true"))
        let refused = try contrary.run("run", "choose.yaml")
        #expect(
            refused.status == 2 && refused.errors.contains("of log-loss the lower is better"),
            "\(refused.errors)")
    }
}
