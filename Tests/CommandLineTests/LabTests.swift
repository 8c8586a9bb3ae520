import Foundation
import Testing

/// Every lab: its planted fault fails its check, its worked answer passes, and its page quotes what the files say.
@Suite struct LabTests {
    static let labs = [
        "1-averages", "2-thresholds", "3-leaks", "4-class-weights", "5-fine-tuning", "6-winner", "7-folds",
        "8-tuning-on-test", "9-ladder", "10-label-noise", "11-learning-curves", "12-slices",
        "13-many-datasets",
    ]

    /// The file with the fault, and the worked answer. The ladder's fault is in the command that makes a class.
    private static func files(of lab: String) -> (fault: String, answer: String) {
        lab == "9-ladder" ? ("class.sh", "answer.sh") : ("experiment.yaml", "answer.yaml")
    }

    private static let folder = Program.repository.appendingPathComponent("labs")

    /// The exit code and the words of a lab's check on one of its files.
    /// - Parameter changes: What is changed in the file first: what stands there, and what is to.
    private func check(
        _ lab: String, _ experiment: String, changes: KeyValuePairs<String, String> = [:]
    ) throws -> Program.Outcome {
        let program = try Program()
        for name in ["labs", "datasets"] {
            try FileManager.default.copyItem(
                at: Program.repository.appendingPathComponent(name),
                to: program.folder.appendingPathComponent(name))
        }
        let file = "labs/\(lab)/\(experiment)"
        var text = try program.read(file)
        for (old, new) in changes {
            try #require(text.contains(old), "\(old)")
            text.replace(old, with: new)
        }
        // The page's encoder has to be fetched. A tiny one with random weights stands in for it, which knows a few words
        // and learns something of them in larger steps.
        if text.contains("all-MiniLM-L6-v2") {
            let words = [
                "!", "?", "i", "my", "was", "thank", "you", "never", "good", "the", "is", "when", "not",
                "love",
            ]
            for name in ["model", "other"] {
                try program.writeTinyEncoder(to: "labs/\(lab)/\(name)", words: words)
            }
            text.replace("all-MiniLM-L6-v2", with: "model")
            text.replace("learning-rate: 1e-4", with: "learning-rate: 5e-3")
        }
        try program.write(text, to: file)
        return try program.runScript("labs/\(lab)/check.sh", file)
    }

    @Test(arguments: labs) func theCheckFindsThePlantedFault(lab: String) throws {
        let outcome = try check(lab, Self.files(of: lab).fault)
        #expect(outcome.status == 1, "\(outcome.output) \(outcome.errors)")
        #expect(outcome.output.contains("NOT YET"))
    }

    @Test(arguments: labs) func theCheckTakesTheWorkedAnswer(lab: String) throws {
        try expectAnswer(check(lab, Self.files(of: lab).answer))
    }

    private func expectAnswer(_ outcome: Program.Outcome) {
        #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
        #expect(outcome.output.contains("ok") && !outcome.output.contains("NOT YET"))
    }

    /// Other right answers than the worked one.
    private static let otherAnswers: [(lab: String, changes: KeyValuePairs<String, String>)] = [
        ("1-averages", ["rank-by: f1-weighted": "rank-by: f1"]),
        ("2-thresholds", ["objective: f1-micro}": "objective: f1-micro, use: global}"]),
        ("3-leaks", ["contestants:": "clean: {drop-duplicates: near}\ncontestants:"]),
        ("4-class-weights", ["{class-weight: {ham: 7}}": "{class-weight: balanced}"]),
        (
            "4-class-weights",
            [
                "\n    logistic: {class-weight: {ham: 7}}": "",
                "objective: f1-macro}": "objective: f1-macro, use: 0.2}",
            ]
        ),
        (
            "4-class-weights",
            [
                "{id: unweighted, model: tfidf-logreg}": "{id: unweighted, model: naive-bayes}",
                "id: weighted\n    model: tfidf-logreg": "id: weighted\n    model: naive-bayes",
                "logistic: {class-weight: {ham: 7}}": "naive-bayes: {class-weight: balanced}",
            ]
        ),
        ("5-fine-tuning", [", freeze: encoder": "", "epochs: 4": "epochs: 6"]),
        (
            "6-winner",
            ["train: 0.90, validation: 0.05, test: 0.05": "train: 0.30, validation: 0.05, test: 0.65"]
        ),
        ("7-folds", ["    clean: {rows: 240, seed: 15}\n": ""]),
        (
            "8-tuning-on-test",
            [
                "validation: test.csv, ": "",
                "{official: true}": "{official: true, validation: 0.2, seed: 7}",
            ]
        ),
        ("9-ladder", ["--public 0.5 --step 0.01": "--public 0.3"]),
        ("10-label-noise", ["split: {folds: 5": "clean: {drop-flagged: [cem]}\nsplit: {folds: 10"]),
        (
            "11-learning-curves",
            ["{sizes: [40], repeats: 1}": "{sizes: [30, 100, 200, 400, all], repeats: 6}"]
        ),
        (
            "12-slices",
            ["split: {folds: 5": "report: {slices: {length: [20], column: [channel]}}\nsplit: {folds: 10"]
        ),
        (
            "13-many-datasets",
            [
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 1}":
                    "dataset: {file: hotels/1.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 2}":
                    "dataset: {file: hotels/2.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 3}":
                    "dataset: {file: hotels/3.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 4}":
                    "dataset: {file: hotels/4.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 5}":
                    "dataset: {file: hotels/5.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 6}":
                    "dataset: {file: hotels/6.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 7}":
                    "dataset: {file: hotels/7.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "dataset: {recipe: front-desk}\n    clean: {rows: 600, seed: 8}":
                    "dataset: {file: hotels/8.csv, columns: {text: text, id: id}, labels: {column: sentiment}}",
                "train: 0.5, validation: 0, test: 0.5": "train: 0.4, validation: 0, test: 0.6",
            ]
        ),
    ]

    @Test(arguments: otherAnswers.indices) func theCheckTakesOtherRightAnswers(index: Int) throws {
        let answer = Self.otherAnswers[index]
        try expectAnswer(check(answer.lab, Self.files(of: answer.lab).fault, changes: answer.changes))
    }

    /// Changes that leave the fault where it is and make its signs go away.
    private static let foolings: [(lab: String, experiment: String, changes: KeyValuePairs<String, String>)] =
        [
            // Another filter under the same name, a filter that calls everything spam, other messages.
            (
                "1-averages", "experiment.yaml",
                [
                    "{max-features: 100, stop-words: english}":
                        "{max-features: 100}\n    logistic: {class-weight: {spam: 30}}"
                ]
            ),
            (
                "1-averages", "answer.yaml",
                ["rank-by: f1-macro}": "rank-by: recall}\nthresholds: {use: 0.01}"]
            ),
            ("1-averages", "answer.yaml", ["seed: 42": "seed: 7"]),
            (
                "1-averages", "experiment.yaml",
                ["id: cautious": "id: third", "id: eager": "id: cautious", "id: third": "id: eager"]
            ),
            // All labels for every message, or no labels but fewer messages.
            ("2-thresholds", "experiment.yaml", ["objective: f1-micro}": "objective: f1-micro, use: 0.01}"]),
            ("2-thresholds", "experiment.yaml", ["objective: f1-micro}": "objective: f1-micro, use: 0.2}"]),
            ("2-thresholds", "answer.yaml", ["seed: 42": "seed: 7"]),
            (
                "2-thresholds", "experiment.yaml",
                ["strategy: prior": "strategy: majority", "class-weight: balanced": "class-weight: none"]
            ),
            // Nothing leaks where nothing is counted, read or learnt from.
            ("3-leaks", "experiment.yaml", ["C: 10.0}": "C: 10.0}\nreport: {analysis: false}"]),
            ("3-leaks", "experiment.yaml", ["{text: text, id: id}": "{text: id, id: id}"]),
            (
                "3-leaks", "answer.yaml",
                ["train: 0.70, validation: 0.15, test: 0.15": "train: 0.10, validation: 0.10, test: 0.80"]
            ),
            // A threshold that makes up for the weight on the wrong class.
            (
                "4-class-weights", "experiment.yaml",
                ["objective: f1-macro}": "objective: f1-macro, use: global}"]
            ),
            (
                "4-class-weights", "experiment.yaml",
                ["objective: f1-macro}": "objective: f1-macro, use: 0.06}"]
            ),
            ("4-class-weights", "answer.yaml", ["seed: 42": "seed: 7"]),
            // Training that moves the last bits alone, another encoder to compare with, layers that are frozen one by one.
            ("5-fine-tuning", "answer.yaml", ["learning-rate: 1e-4": "learning-rate: 1e-9"]),
            (
                "5-fine-tuning", "experiment.yaml",
                [
                    "encoder: all-MiniLM-L6-v2\n    pooling: mean\n  - id: finetuned":
                        "encoder: other\n    pooling: mean\n  - id: finetuned"
                ]
            ),
            ("5-fine-tuning", "experiment.yaml", ["freeze: encoder": "freeze: {layers: 2}"]),
            // Another split under a text that names the seed, a weaker rival, a luckier metric.
            (
                "6-winner", "answer.yaml",
                ["seed: 42}": "seed: 7}\ndescription: stratified by labels, seed 42"]
            ),
            ("6-winner", "answer.yaml", ["model: vader}": "model: vader, vader: {threshold: 0.9}}"]),
            ("6-winner", "answer.yaml", ["contestants:": "report: {rank-by: accuracy}\ncontestants:"]),
            (
                "6-winner", "experiment.yaml",
                ["id: vader,": "id: third,", "id: strong,": "id: vader,", "id: third,": "id: strong,"]
            ),
            // More folds of as few messages, half of the messages, another contestant.
            ("7-folds", "experiment.yaml", ["folds: 10": "folds: 24"]),
            ("7-folds", "answer.yaml", ["split: {": "clean: {rows: 600}\nsplit: {"]),
            ("7-folds", "answer.yaml", ["C: 10.0": "C: 1.0"]),
            // What was chosen on test is written into the file; ids that hide the copies; another test part.
            ("8-tuning-on-test", "answer.yaml", ["C: [0.1, 0.3, 1, 3, 10, 30]": "C: [30]"]),
            ("8-tuning-on-test", "answer.yaml", ["use: per-label": "use: 0.12"]),
            ("8-tuning-on-test", "experiment.yaml", ["{text: text, id: id}": "{text: text}"]),
            ("8-tuning-on-test", "answer.yaml", ["test: test.csv": "test: later.csv"]),
            // The paper's step on few rows, a board that shows nothing, nothing left for the end.
            ("9-ladder", "class.sh", ["--step 0.01": "--step 1"]),
            ("9-ladder", "class.sh", ["--step 0.01": "--step 1000"]),
            ("9-ladder", "answer.sh", ["--public 0.5": "--public 0.9"]),
            // The wrong annotator, all but one, ids that hide which message is which.
            ("10-label-noise", "answer.yaml", ["cem}": "anna}"]),
            ("10-label-noise", "answer.yaml", ["cem}": "[anna, cem]}"]),
            ("10-label-noise", "experiment.yaml", ["{text: text, id: id}": "{text: text}"]),
            // One sample of each size, one size, two sizes far apart, another split.
            ("11-learning-curves", "answer.yaml", ["repeats: 5": "repeats: 1"]),
            ("11-learning-curves", "answer.yaml", ["[40, 80, 160, 320, 640, all]": "[40]"]),
            ("11-learning-curves", "answer.yaml", ["[40, 80, 160, 320, 640, all]": "[40, all]"]),
            (
                "11-learning-curves", "answer.yaml",
                ["stratify: labels, seed: 42": "stratify: labels, seed: 7"]
            ),
            // Slices by something else, too few messages of the phone, another model under the name.
            ("12-slices", "answer.yaml", ["column: channel": "length: [10, 20]"]),
            (
                "12-slices", "answer.yaml",
                ["{folds: 5, validation: 0,": "{train: 0.70, validation: 0, test: 0.30,"]
            ),
            ("12-slices", "answer.yaml", ["analyzer: char_wb, ngram-range: [2, 2]": "ngram-range: [1, 1]"]),
            // A hotel twice, smaller samples of the same table, other models.
            ("13-many-datasets", "answer.yaml", ["hotels/8.csv": "hotels/1.csv"]),
            ("13-many-datasets", "experiment.yaml", ["rows: 600": "rows: 150"]),
            ("13-many-datasets", "answer.yaml", ["ngram-range: [2, 4]": "ngram-range: [3, 3]"]),
        ]

    @Test(arguments: foolings.indices) func theCheckCannotBeFooled(index: Int) throws {
        let fooling = Self.foolings[index]
        let outcome = try check(fooling.lab, fooling.experiment, changes: fooling.changes)
        #expect(outcome.status == 1, "\(fooling) \(outcome.output) \(outcome.errors)")
        #expect(outcome.output.contains("NOT YET"))
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
        let files = Self.files(of: lab)
        let (page, experiment, answer) = try (read("ANSWER.md"), read(files.fault), read(files.answer))
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
        #expect(Set(found) == Set(Self.labs) && found.count == Self.labs.count)
    }
}
