import Foundation
import Testing

/// Every lab: its planted fault fails its check, its worked answer passes, and its page quotes what the files say.
@Suite struct LabTests {
    static let labs = [
        "1-averages", "2-thresholds", "3-leaks", "4-class-weights", "5-fine-tuning", "6-winner",
    ]

    private static let folder = Program.repository.appendingPathComponent("labs")

    /// The exit code and the words of a lab's check on one of its experiments.
    private func check(_ lab: String, _ experiment: String) throws -> Program.Outcome {
        let program = try Program()
        for name in ["labs", "datasets"] {
            try FileManager.default.copyItem(
                at: Program.repository.appendingPathComponent(name),
                to: program.folder.appendingPathComponent(name))
        }
        // The page's encoder has to be fetched; a tiny one with random weights stands in for it.
        let file = "labs/\(lab)/\(experiment)"
        let text = try program.read(file)
        if text.contains("all-MiniLM-L6-v2") {
            try program.writeTinyEncoder(to: "labs/\(lab)/model")
            try program.write(text.replacingOccurrences(of: "all-MiniLM-L6-v2", with: "model"), to: file)
        }
        return try program.runScript("labs/\(lab)/check.sh", file)
    }

    @Test(arguments: labs) func theCheckFindsThePlantedFault(lab: String) throws {
        let outcome = try check(lab, "experiment.yaml")
        #expect(outcome.status == 1, "\(outcome.output) \(outcome.errors)")
        #expect(outcome.output.contains("NOT YET"))
    }

    @Test(arguments: labs) func theCheckTakesTheWorkedAnswer(lab: String) throws {
        let outcome = try check(lab, "answer.yaml")
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
        #expect(outcome.output.contains("ok") && !outcome.output.contains("NOT YET"))
    }

    @Test func aCheckThatCannotRunSaysSo() throws {
        let program = try Program()
        let check = Self.folder.appendingPathComponent("1-averages/check.sh").path
        let outcome = try program.runScript(check, "none.yaml")
        #expect(outcome.status == 2 && outcome.errors.contains("none.yaml"), "\(outcome.errors)")
    }

    /// The lines that a page shows as changed are in the experiment and in the answer.
    @Test(arguments: labs) func thePageShowsTheRealChange(lab: String) throws {
        let read = { (name: String) in
            try String(
                contentsOf: Self.folder.appendingPathComponent("\(lab)/\(name)"), encoding: .utf8)
        }
        let (page, experiment, answer) = try (
            read("ANSWER.md"), read("experiment.yaml"), read("answer.yaml")
        )
        let changes = page.split(separator: "```diff\n").dropFirst().compactMap {
            $0.split(separator: "```").first
        }
        for line in changes.joined().split(separator: "\n") {
            let (lines, others) = line.first == "-" ? (experiment, answer) : (answer, experiment)
            #expect(lines.contains("\n\(line.dropFirst())\n"), "\(line)")
            #expect(!others.contains("\n\(line.dropFirst())\n"), "\(line)")
        }
        #expect(!changes.isEmpty || lab == "6-winner")
        #expect(try read("README.md").contains("labs/\(lab)/check.sh"))
    }

    @Test func noLabIsForgotten() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
            .filter { $0.first?.isNumber == true }
        #expect(found.sorted() == Self.labs)
    }
}
