import Foundation
import Testing

/// Runs on folds, and plans of runs.
@Suite struct FoldsTests {
    private static let experiment = """
        name: folded
        dataset: {recipe: front-desk}
        split: {folds: 4, validation: 0.2, seed: 7}
        contestants:
          - {id: majority, model: dummy, strategy: majority}
          - {id: lr, model: tfidf-logreg, tfidf: {max-features: 500}}
          - {id: svm, model: linear-svm}
        """

    private func run() throws -> Program {
        let program = try Program()
        try program.write(Self.experiment, to: "folded.yaml")
        let outcome = try program.run("run", "folded.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        return program
    }

    /// Scores of all folds together are those of all rows, each predicted once; the ranking is by the mean over folds.
    @Test func everyRowIsPredictedOnce() throws {
        let program = try run()
        let pooled = try program.read("reports/folded/predictions/lr.csv").split(separator: "\n").dropFirst()
        #expect(pooled.count == 1200 && Set(pooled.map { $0.prefix { $0 != "," } }).count == 1200)
        var rows: Set<Substring> = []
        for fold in 0..<4 {
            let text = try program.read("reports/folded/folds/\(fold)/predictions/lr.csv")
            for line in text.split(separator: "\n").dropFirst() { rows.insert(line) }
        }
        #expect(rows == Set(pooled))
        let results = try object(program.read("reports/folded/results.json"))
        let folds = try #require(results["folds"] as? [String: Any])
        #expect(folds["count"] as? Int == 4)
        let scores = try #require((folds["scores"] as? [String: [String: [Double]]])?["lr"]?["f1_macro"])
        for (fold, score) in scores.enumerated() {
            let own = try object(program.read("reports/folded/folds/\(fold)/results.json"))
            let contestants = try #require(own["contestants"] as? [[String: Any]])
            let lr = try #require(
                contestants.first { $0["id"] as? String == "lr" }?["test"] as? [String: Any])
            #expect(lr["f1_macro"] as? Double == score)
        }
        let report = try program.read("reports/folded/README.md")
        #expect(report.contains("corrected resampled t-test") && report.contains("q = 0.42 test rows"))
        #expect(report.contains("](figures/folds.svg)") && program.exists("reports/folded/figures/folds.svg"))
        #expect(try program.run("report", "reports/folded", "--verify").status == 0)
        let models = try program.run("predict", "--model", "runs/folded", "the room was dirty")
        #expect(
            models.status == 2 && models.errors.contains("such as runs/folded/folds/0"), "\(models.errors)")
        let one = try program.run("predict", "--model", "runs/folded/folds/0/lr", "the room was dirty")
        #expect(one.status == 0 && one.output.contains("negative"), "\(one.errors)")
        #expect(
            try program.run("split", "front-desk", "--folds", "4", "--seed", "7", "--output", "s").status == 0
        )
        #expect(try program.read("s/folds.csv") == program.read("reports/folded/folds.csv"))
    }

    /// Eight folds count in the means; a row's first prediction is pooled.
    @Test func rowsThatAreDealtTwice() throws {
        let program = try Program()
        try program.write(
            Self.experiment.replacing("folds: 4", with: "folds: 4, repeats: 2"), to: "folded.yaml")
        let outcome = try program.run("run", "folded.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("split: 2 times 4 folds, "), "\(outcome.errors)")
        #expect(
            try program.read("reports/folded/predictions/lr.csv").split(separator: "\n").count == 1201)
        let folds = try program.read("reports/folded/folds.csv").split(separator: "\n")
        #expect(folds.count == 2401 && folds[0] == "row,fold,repeat")
        let report = try program.read("reports/folded/README.md")
        for text in ["means over 2 times 4 folds", "| 4 to 7 |", "J = 8 folds", "of the first 4 folds"] {
            #expect(report.contains(text), "\(text)")
        }
        #expect(try program.run("report", "reports/folded", "--verify").status == 0)
    }

    /// Whatever is changed in a fold is found.
    @Test(arguments: [
        "folds/2/predictions/svm.csv", "folds/1/split.csv", "folds/0/results.json", "folds.csv",
        "predictions/lr.csv",
    ])
    func changesAreFound(file: String) throws {
        let program = try run()
        let path = "reports/folded/\(file)"
        var text = try program.read(path)
        let place = try #require(text.lastIndex { $0.isNumber })
        text.replaceSubrange(place...place, with: text[place] == "1" ? "2" : "1")
        try program.write(text, to: path)
        let outcome = try program.run("report", "reports/folded", "--verify")
        #expect(outcome.status != 0, "\(file): \(outcome.errors)")
    }

    @Test func aStoppedRunGoesOnAndGivesTheSame() throws {
        let program = try run()
        let before = try program.read("reports/folded/predictions/lr.csv")
        // As if it had been stopped in the third fold.
        try program.remove("runs/folded/folds/2/lr")
        try program.remove("runs/folded/folds/3")
        try program.remove("reports/folded/results.json")
        let plan = try program.run("plan", "folded.yaml", "--format", "text")
        #expect(plan.output.contains("to do  lr, fold 2\n") && plan.output.hasSuffix("8 of 12 done\n"))
        let outcome = try program.run("run", "folded.yaml")
        #expect(outcome.status == 0)
        #expect(outcome.errors.components(separatedBy: "lr: fitting").count == 3)
        #expect(try program.read("reports/folded/predictions/lr.csv") == before)
        #expect(try program.run("report", "reports/folded", "--verify").status == 0)
    }

    @Test func aFolderHoldsOneDivision() throws {
        let program = try run()
        let once = Self.experiment.replacingOccurrences(
            of: "{folds: 4, validation: 0.2, seed: 7}", with: "{seed: 7}")
        try program.write(once, to: "once.yaml")
        let refused = try program.run("run", "once.yaml", "--output", "reports/folded")
        #expect(
            refused.status != 0 && refused.errors.contains("folds.csv: the rows were divided in another way"))
        #expect(program.exists("reports/folded/folds.csv"))
        let seeds = try program.run("run", "folded.yaml", "--seeds", "2")
        #expect(seeds.status == 2 && seeds.errors.contains("with --seed and an --output of its own"))
    }

    /// Of a label that some folds test and others do not, it is said which; and what is chosen on validation needs it, by whomever it
    /// is chosen.
    @Test func raritiesAreToldWithTheirFolds() throws {
        let program = try Program()
        let rows = (0..<40).map {
            "\($0 % 2 == 0 ? "good" : "bad") day \($0),\($0 % 2 == 0 ? "good" : "bad")\n"
        }
        let odd = ["odd one,odd\n", "odd two,odd\n", "odd three,odd\n"]
        func outcome(
            _ split: String, _ contestants: String, oddRows: Int = 3
        ) throws -> Program.Outcome {
            try program.write(
                "text,label\n" + rows.joined() + odd.prefix(oddRows).joined(), to: "rows.csv")
            try program.write(
                """
                name: rare
                dataset: {file: rows.csv, labels: {column: label}}
                split: \(split)
                contestants: \(contestants)
                """, to: "rare.yaml")
            return try program.run("run", "rare.yaml", "--force")
        }
        let told = try outcome("{folds: 5, validation: 0}", "[dummy, tfidf-logreg]")
        #expect(told.status == 0, "\(told.errors)")
        // Three rows are in three of five folds.
        #expect(
            told.errors.contains(/notice: folds [0-4], [0-4]: label 'odd' \(3 rows\) is not in test/),
            "\(told.errors)")
        // Of two, a fold leaves one.
        let tooFew = try outcome("{folds: 5, validation: 0.1}", "[dummy]", oddRows: 2)
        #expect(
            tooFew.status == 2
                && tooFew.errors.contains(
                    /error: of the rows outside fold \d \(of 5\): class 'odd' has 1 row,/),
            "\(tooFew.errors)")
        for contestants in [
            "[{id: s, model: tfidf-logreg, search: {C: [1, 2]}}]",
            "[{id: s, model: tfidf-logreg, search: {C: [1, 2], method: grid}}]",
            "[tfidf-logreg, naive-bayes, {id: s, model: ensemble, method: greedy}]",
        ] {
            let refused = try outcome("{train: 0.5, test: 0.5}", contestants)
            #expect(
                refused.status == 2 && refused.errors.contains("error: contestant 's': ")
                    && refused.errors.contains("and the split has no validation part"), "\(refused.errors)")
        }
    }

    /// More folds than rows are refused before anything is made of each.
    @Test func noMoreFoldsThanRows() throws {
        let program = try Program()
        try program.write(Self.experiment.replacing("folds: 4", with: "folds: 1000000000"), to: "many.yaml")
        for command in ["plan", "run"] {
            let outcome = try program.run(command, "many.yaml")
            #expect(
                outcome.status == 2 && outcome.errors.contains("1000000000 folds of "), "\(outcome.errors)")
            #expect(!program.exists("reports/folded/folds.csv"))
        }
    }

    /// A plan tells every item with its digest, writes nothing, and knows what is done and what no longer is.
    @Test func plansTellWhatIsDone() throws {
        let program = try Program()
        try program.write(RunTests.experiment, to: "small.yaml")
        func items(_ arguments: String...) throws -> [[String: Any]] {
            let outcome = try program.run(["plan", "small.yaml"] + arguments)
            try #require(outcome.status == 0, "\(outcome.errors)")
            return try outcome.lines.map(object)
        }
        let before = try items("--seeds", "2")
        #expect(!program.exists("reports") && !program.exists("runs"))
        #expect(before.allSatisfy { $0["done"] as? Bool == false && $0["fit_seconds"] == nil })
        #expect(Set(before.compactMap { $0["seed"] as? Int }) == [42, 43])
        #expect(Set(before.compactMap { $0["digest"] as? String }).count == before.count)
        #expect(try program.run("run", "small.yaml").status == 0)
        let after = try items("--seeds", "2")
        #expect(after.map { $0["digest"] as? String } == before.map { $0["digest"] as? String })
        #expect(
            after.map { $0["done"] as? Bool }
                == before.map { $0["seed"] as? Int == 42 })
        let record = try object(program.read("reports/small/records/drawn.json"))
        #expect(
            record["digest"] as? String == after.first { $0["contestant"] as? String == "drawn" }?["digest"]
                as? String)
        #expect(record["machine"] is [String: Any] && record["algorithm_version"] as? Int == 1)
        // Other predictions than those that were stored are no result.
        try program.write("id,gold,predicted\n", to: "reports/small/predictions/drawn.csv")
        #expect(try items().first { $0["contestant"] as? String == "drawn" }?["done"] as? Bool == false)
    }
}
