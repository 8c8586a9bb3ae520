import Foundation
import Testing

/// Every command that README, docs/, labs and tutorials show does what the text says: it is run here, or it is one of a
/// few that need the network or build things, each of which a script or another test runs.
@Suite struct DocumentTests {
    static let pages =
        [
            "README.md", "labs/README.md", "labs/teaching.md",
            "Sources/Comparison/Experiments/Experiments.docc/AddingADataset.md",
        ]
        + documents.map { "docs/\($0)" }
        + LabTests.labs.flatMap { ["labs/\($0)/README.md", "labs/\($0)/ANSWER.md"] }

    private static var documents: [String] {
        let folder = Program.repository.appendingPathComponent("docs").path
        return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    }

    /// What a line begins with that is not run here, and who runs it.
    private static let runElsewhere = [
        ("swift build -c release --product bakeoff", "scripts/demo.sh"),
        ("export PATH=", "Program.run, which sets it"),
        ("pip install bakeoff-", "scripts/test-packages.sh"),
        ("tar -xzf bakeoff-", "scripts/test-packages.sh"),
        ("bakeoff fetch all-MiniLM-L6-v2", "scripts/demo.sh"),
        ("bakeoff serve ", "ServeTests and scripts/test-pages.sh"),
        ("labs/", "LabTests"),
        ("scripts/demo.sh", "the main job"),
        ("scripts/test.sh", "the main job, which runs this test"),
        ("scripts/reproduce.sh goemotions-sample", "who commits reports/goemotions-sample"),
    ]

    /// The lines of a page's blocks of commands.
    private func commands(of page: String) throws -> [String] {
        let text = try String(
            contentsOf: Program.repository.appendingPathComponent(page), encoding: .utf8)
        return text.split(separator: "```sh\n").dropFirst()
            .compactMap { $0.split(separator: "```").first }
            .flatMap { $0.split(separator: "\n").map(String.init) }
    }

    @Test(arguments: pages) func everyCommandWorks(_ page: String) throws {
        let commands = try commands(of: page).filter { line in
            !Self.runElsewhere.contains { line.hasPrefix($0.0) }
        }
        if commands.isEmpty { return }
        let program = try workshop(page)
        try program.write("set -eo pipefail\n" + commands.joined(separator: "\n"), to: "page.sh")
        let outcome = try program.runScript("page.sh")
        #expect(outcome.status == 0, "\(outcome.output)\n\(outcome.errors)")
        if page.contains("5-fine-tuning") { #expect(outcome.output.contains("the same")) }
        if page == "README.md" {
            let prediction =
                /negative\twe have been charged twice and nobody answers\n  negative  5[0-9]\.[0-9]%/
            #expect(outcome.output.contains(prediction), "\(outcome.output)")
            #expect(try program.read("labelled.csv").hasPrefix("id,body,spam,category,"))
        }
    }

    /// The reports that stand in the repository.
    static var reports: [String] {
        let folder = Program.repository.appendingPathComponent("reports")
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return names.sorted().filter {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent("\($0)/results.json").path)
        }
    }

    @Test func reportsAreThere() { #expect(Self.reports.count >= 5) }

    @Test(arguments: reports) func everyNumberOfAReportIsComputedAgain(_ name: String) throws {
        let report = Program.repository.appendingPathComponent("reports/\(name)").path
        let outcome = try Program().run("report", report, "--verify")
        #expect(outcome.status == 0, "\(outcome.errors)")
    }

    @Test func commandsStandInBlocksThatAreRun() throws {
        for page in Self.pages {
            let text = try String(
                contentsOf: Program.repository.appendingPathComponent(page), encoding: .utf8)
            var fences = text.matches(of: #/(?m)^```(.*)$/#).map { String($0.1) }
            for index in stride(from: fences.count - 1, to: 0, by: -2) { fences.remove(at: index) }
            #expect(
                fences.allSatisfy { ["sh", "yaml", "swift", "diff", "text", "python"].contains($0) },
                "\(page): \(fences)")
        }
        #expect(try commands(of: "README.md").count > 8)
        #expect(try commands(of: "docs/models.md").count > 8)
    }

    /// Each capability that the comparison with other tools claims for us, and the test that runs it.
    private static let capabilities = [
        "TF-IDF with linear classifiers": "CommandLineTests/RunTests.swift",
        "a lexicon (VADER) as a contestant": "CommandLineTests/RunTests.swift",
        "a frozen BERT with a linear head":
            "CommandLineTests/EncoderCommandTests.swift aFrozenEncoderIsAContestant",
        "a fine-tuned BERT": "CommandLineTests/FineTuningTests.swift trainsSavesAndPredicts",
        "several tasks on one BERT": "CommandLineTests/FineTuningTests.swift trainsSavesAndPredicts",
        "nearest neighbours, NB-SVM, latent semantic analysis":
            "ExperimentsTests/FamilyConformanceTests.swift keepsItsPromises",
        "averaged vectors of hashed n-grams, as in fastText":
            "ExperimentsTests/FamilyConformanceTests.swift keepsItsPromises",
        "any program, in any language, as a contestant":
            "ExperimentsTests/CommandContestantTests.swift aProgramFitsAndPredicts",
        "SetFit: an encoder trained on pairs of few texts":
            "ExperimentsTests/FamilyConformanceTests.swift keepsItsPromises",
        "static embeddings": "ExperimentsTests/FamilyConformanceTests.swift keepsItsPromises",
        "RoBERTa, MPNet, ELECTRA, ALBERT, DeBERTa-v3, ModernBERT":
            "EncodersTests/GradientTests.swift dropoutAtEveryPlace",
        "encoders in bfloat16 and int8 on a CPU":
            "CommandLineTests/EncoderCommandTests.swift weightsInFewerBits",
        "cross-validation, with mean, spread and every fold":
            "CommandLineTests/FoldsTests.swift everyRowIsPredictedOnce",
        "learning curves over train rows, with bands, crossings and rows needed":
            "CommandLineTests/LearningCurveTests.swift scoresByTrainRows",
        "training goes on after a kill": "CommandLineTests/FineTuningTests.swift goesOnAfterAKill",
        "the same results to the byte, after a kill and at any number of threads":
            "CommandLineTests/FineTuningTests.swift goesOnAfterAKill",
        "models of several families, one stored split, one command":
            "CommandLineTests/NotebookTests.swift runs",
        "leaks between train and test counted, equal and near":
            "CommandLineTests/LabTests.swift theCheckFindsThePlantedFault",
        "classifier chains": "ExperimentsTests/LabelSetRunTests.swift chainsAndThresholdsTakePart",
        "top layers drawn anew and learning rates by layer, for few rows":
            "ExperimentsTests/FamilyConformanceTests.swift keepsItsPromises",
        "LoRA, with an adapter that peft loads":
            "ExperimentsTests/PeftAdapterTests.swift holdsWhatTheModelHasMoreThanItsEncoder",
        "focal and asymmetric loss in fine-tuning":
            "ExperimentsTests/FamilyConformanceTests.swift keepsItsPromises",
        "thresholds by SCutFBR": "ExperimentsTests/LabelSetRunTests.swift chainsAndThresholdsTakePart",
        "precision and nDCG at k, F1 of head, middle and tail":
            "ExperimentsTests/LabelSetRunTests.swift chainsAndThresholdsTakePart",
        "thresholds tuned on validation, with what they are worth on test":
            "CommandLineTests/AnalysisTests.swift otherThresholdsFitNothingAgainAndDecideInPredict",
        "intervals, paired tests and Holm's correction in the report":
            "CommandLineTests/AnalysisTests.swift otherThresholdsFitNothingAgainAndDecideInPredict",
        "a report whose every number can be computed again":
            "CommandLineTests/AnalysisTests.swift whatIsChangedByHandFailsVerification",
        "a t-test over folds that allows for shared train rows":
            "CommandLineTests/FoldsTests.swift everyRowIsPredictedOnce",
        "average ranks, Friedman's, Nemenyi's and Wilcoxon's tests over many datasets":
            "CommandLineTests/CompareTests.swift manyDatasetsInEveryFormat",
        "ensembles of the contestants, by votes or chosen on validation":
            "ExperimentsTests/EnsembleRunTests.swift storesTheMeanOfWhatIsStored",
        "raters' agreement, and one of them beside the contestants":
            "ExperimentsTests/RaterRunTests.swift aHumanIsSetBesideTheContestants",
        "the same for tables with a row a rater and several labels, alpha by label":
            "ResultsTests/RowRaterScoresTests.swift alphaAndScoresEqualThoseOfTheLibraries",
        "a class's comparison with secret labels, graded by paired tests":
            "CommandLineTests/ClassCommandTests.swift fromAnExperimentToAGradedBoard",
        "behaviour checks on edited texts, with intervals":
            "CommandLineTests/ProbeTests.swift theTestRowsOfTheRun",
        "search of every family's settings, with its gain over the default on test":
            "ExperimentsTests/AnySearchTests.swift searchesOfOurFamilies",
        "trials of a search done by any processes that share a folder, each once, kept after a kill":
            "ExperimentsTests/TrialItemTests.swift severalProcessesShareTheTrials",
        "runs without Python": "CommandLineTests/Program.swift run",
    ]

    @Test func whatTheComparisonClaimsIsTested() throws {
        let page = try String(
            contentsOf: Program.repository.appendingPathComponent("docs/comparison.md"), encoding: .utf8)
        let claimed = page.matches(of: #/(?m)^\| ([^|]+) \| yes \|/#).map { String($0.1) }
        #expect(claimed.sorted() == Self.capabilities.keys.sorted())
        for place in Self.capabilities.values {
            let parts = place.split(separator: " ")
            let code = try String(
                contentsOf: Program.repository.appendingPathComponent("Tests/\(parts[0])"), encoding: .utf8)
            #expect(code.contains("func \(parts.count > 1 ? String(parts[1]) : "")"), "\(place)")
        }
    }

    /// A folder with all that the pages speak of: labs, experiments, recipes, a tiny encoder in place of the one that
    /// has to be fetched, and a table of letters with the page's own files.
    private func workshop(_ page: String) throws -> Program {
        let program = try Program()
        try FileManager.default.createDirectory(
            at: program.folder.appendingPathComponent("reports"), withIntermediateDirectories: true)
        for name in ["labs", "examples", "experiments", "datasets", "reports/tweets-sentiment"] {
            try FileManager.default.copyItem(
                at: Program.repository.appendingPathComponent(name),
                to: program.folder.appendingPathComponent(name))
        }
        for model in ["all-MiniLM-L6-v2", "labs/5-fine-tuning/all-MiniLM-L6-v2"] {
            try program.writeTinyEncoder(to: model)
        }
        let corpus = try program.read("datasets/front-desk/messages.csv")
        let tickets = corpus.replacing(
            "id,text,spam,sentiment", with: "id,body,spam,category", maxReplacements: 1)
        try program.write(tickets, to: "tickets.csv")
        try program.write(tickets, to: "datasets/tickets.csv")
        try program.write(tickets.split(separator: "\n").prefix(40).joined(separator: "\n"), to: "new.csv")
        let text = try String(
            contentsOf: Program.repository.appendingPathComponent(page), encoding: .utf8)
        for block in text.split(separator: "```yaml\n").dropFirst().compactMap({
            $0.split(separator: "```").first
        }) {
            guard let name = block.firstMatch(of: #/^name: (\S+)/#)?.1 else { continue }
            let isRecipe = block.contains("kind: dataset")
            try program.write(String(block), to: "\(isRecipe ? "datasets/" : "")\(name).yaml")
        }
        return program
    }
}
