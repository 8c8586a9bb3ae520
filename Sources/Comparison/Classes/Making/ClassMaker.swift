import Corpora
import DeterministicWork
import Evaluation
import Experiments
import Foundation
import Labels
import Reports
import Results
import SafeFiles
import Tables

/// Makes a class's bakeoff of an experiment: what students get, and the secret by which their entries are graded.
public struct ClassMaker: Sendable {
    private let file: ExperimentFile
    private let options: ClassOptions
    private let layout: ClassLayout

    /// - Parameter output: The folder that gets `students` and `secret`.
    public init(_ file: ExperimentFile, options: ClassOptions, output: URL) {
        self.file = file
        self.options = options
        layout = ClassLayout(output)
    }

    /// Runs the experiment, whose contestants are the baselines, and writes both folders.
    ///
    /// - Parameters:
    ///   - run: How the experiment is run; its folders are those of the secret.
    ///   - notify: Told how far the run is.
    /// - Returns: What the lecturer should know.
    /// - Throws: `ClassError`, and what running an experiment throws. A run that was stopped goes on where it was.
    public func make(run: RunOptions, notify: (RunEvent) -> Void) throws -> [String] {
        try check()
        // The labels are nobody's business on a machine that several people use.
        try makeFolder(layout.secret.url)
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o700], ofItemAtPath: layout.secret.url.path)
        var run = run
        (run.output, run.models) = (layout.secret.run, layout.secret.models)
        let results = try ExperimentRun(file: file, options: run).run(notify: notify)
        try writeReport(results, to: RunLayout(run.output))
        let task = results.tasks[0]
        let own = results.alone(task)
        let folder = RunLayout(run.output).task(task.name)
        let dataset = try file.tasks[0].dataset.load(cache: run.cache)
        let division = DividedCorpus(
            dataset.corpus, parts: try readParts(folder.split), labelSpace: own.dataset.labelSpace,
            key: options.key)
        let predictions = try StoredPredictions(own, in: folder)
        let rows = try rows(of: division)
        try writeSecret(own, division, rows, predictions)
        try StudentFolder(name: file.name, metric: file.rankBy, division).write(to: layout.students, run: run)
        try writeRecord(own, predictions)
        return notices(dataset, division)
    }

    /// That a class can be made of the experiment, before anything is run.
    public func check() throws(ClassError) {
        func unsuitable(_ found: String, _ expected: String) -> ClassError {
            .unsuitable(file: file.url.relativePath, found: found, expected: expected)
        }
        if file.tasks.count != 1 {
            throw unsuitable("\(file.tasks.count) tasks", "one: a class has one kind of label to predict")
        }
        if file.tasks[0].folds != nil {
            throw unsuitable("folds", "one split, whose test rows are the class's")
        }
        if !file.rankBy.isResampled {
            throw unsuitable(
                "report.rank-by \(file.rankBy.settingName)",
                "a metric that has intervals and tests, such as accuracy or f1-macro (see `bakeoff help metrics`)"
            )
        }
        let exists = FileManager.default.fileExists(atPath:)
        if exists(layout.secret.record.path)
            || exists(layout.students.path) && !exists(layout.secret.run.path)
        {
            throw .exists(folder: layout.url.relativePath)
        }
    }

    // MARK: Rows

    /// The test rows, a share of them public: of each label as large a share as can be.
    private func rows(of division: DividedCorpus) throws(ClassError) -> ClassRows {
        let test = division.part(.test)
        let N = test.ids.count
        let publicRows = Int((options.publicShare * 1000).rounded())
        guard (1..<1000).contains(publicRows) else {
            throw .badShare(share: options.publicShare, rows: N)
        }
        let bins = dealt(
            test.targets, labelCount: division.labelSpace.count, stratify: .labels,
            weights: [publicRows, 1000 - publicRows], groups: nil,
            random: RandomStream(seed: options.key.seed(for: "public rows"), for: .split))
        guard bins.contains(0), bins.contains(1) else {
            throw .badShare(share: options.publicShare, rows: N)
        }
        return ClassRows(
            ids: test.ids, texts: test.texts, gold: test.targets, isPublic: bins.map { $0 == 0 })
    }

    // MARK: The secret

    private func writeSecret(
        _ results: ExperimentResults, _ division: DividedCorpus, _ rows: ClassRows,
        _ predictions: StoredPredictions
    ) throws {
        let secret = layout.secret
        try OutputFile.write(options.key.hexadecimal + "\n", to: secret.key)
        try OutputFile.write(rows.csv(division.labelSpace), to: secret.gold)
        try OutputFile.write(division.mappingCSV, to: secret.mapping)
        try OutputFile.write(Rubric.draft(baselines: results.ranked.reversed().map(\.id)), to: secret.rubric)
        let places = Dictionary(
            uniqueKeysWithValues: predictions.contestants[0].test.ids.enumerated().map { ($1, $0) })
        let order = division.part(.test).originals.compactMap { places[$0] }
        for contestant in predictions.contestants {
            let own = contestant.test.selecting(order)
            try Predictions(
                labelSpace: own.labelSpace, ids: rows.ids, gold: own.gold, predicted: own.predicted,
                probabilities: own.probabilities
            ).write(to: secret.baseline(contestant.id))
        }
    }

    private func writeRecord(_ results: ExperimentResults, _ predictions: StoredPredictions) throws {
        let record = ClassRecord(
            bakeoffVersion: BakeoffVersion.current, name: file.name,
            labelSpace: results.dataset.labelSpace, metric: file.rankBy, seed: results.experiment.seed,
            step: options.step,
            baselines: zip(results.contestants, predictions.contestants).map { contestant, predictions in
                ClassRecord.Baseline(
                    id: contestant.id, model: contestant.model, isDummy: contestant.isDummy,
                    isProbabilistic: predictions.isProbabilistic)
            }, goldSHA256: try Fingerprint.sha256(ofFile: layout.secret.gold))
        try OutputFile.write(try StableJSON.encode(record), to: layout.secret.record)
    }

    // MARK: What to know

    private func notices(_ dataset: LoadedDataset, _ division: DividedCorpus) -> [String] {
        var notices: [String] = []
        if let source = dataset.summary.source {
            notices.append(
                "the texts are those of a public dataset (\(source)): whoever finds it there has the labels of test.csv"
            )
        }
        if dataset.corpus.isSilver { notices.append("the labels were made by a program, not by people") }
        return notices + division.leakNotices
    }
}
