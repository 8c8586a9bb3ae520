import Corpora
import Evaluation
import Experiments
import Foundation
import Labels
import Results
import SafeFiles
import SettingKeys

/// What students get: rows with labels to learn from, rows without to predict, an experiment file that runs as it is,
/// instructions, and an example of an entry.
///
/// Nothing here is a function of a test row's label, of its place in the dataset, or of its id there.
struct StudentFolder {
    let name: String
    let metric: MetricName
    private let division: DividedCorpus

    init(name: String, metric: MetricName, _ division: DividedCorpus) {
        self.name = name
        self.metric = metric
        self.division = division
    }

    private var hasValidation: Bool { !division.part(.validation).ids.isEmpty }

    /// The file whose rows the students' own report is about.
    private var labelledName: String { hasValidation ? ClassLayout.validationName : ClassLayout.trainName }

    /// Writes the folder, whole or not at all.
    /// - Parameter run: How the lecturer's own experiment was run; the students' is planned likewise, to see that it works.
    func write(to folder: URL, run: RunOptions) throws {
        let out = try OutputFolder(folder)
        defer { out.discard() }
        func write(_ text: String, _ name: String) throws(FileError) {
            try OutputFile.write(text, to: out.url.appendingPathComponent(name))
        }
        try write(division.csv(.train, hasLabels: true), ClassLayout.trainName)
        if hasValidation { try write(division.csv(.validation, hasLabels: true), ClassLayout.validationName) }
        try write(division.csv(.test, hasLabels: false), ClassLayout.testName)
        try write(
            ClassInstructions(
                name: name, metric: metric, labelSpace: division.labelSpace, hasValidation: hasValidation
            ).document.markdown, ClassLayout.instructionsName)
        try write(exampleEntry, ClassLayout.exampleName)
        try write(exampleClaim, ClassLayout.exampleClaimName)
        // A label of few rows may be too rare for one more part.
        try write(experiment(split: divisions[0]), ClassLayout.experimentName)
        do {
            try plan(in: out.url, run)
        } catch is SplitError {
            try write(experiment(split: divisions[1]), ClassLayout.experimentName)
            try plan(in: out.url, run)
        }
        try out.commit()
    }

    /// - Throws: What is wrong with the students' experiment, such as a label of one row that no split has in every part.
    private func plan(in folder: URL, _ run: RunOptions) throws {
        var options = run
        (options.output, options.models) = (
            folder.appendingPathComponent("report"), folder.appendingPathComponent("models")
        )
        options.only = []
        let file = try ExperimentFile(contentsOf: folder.appendingPathComponent(ClassLayout.experimentName))
        _ = try ExperimentRun(file: file, options: options).plan()
    }

    // MARK: Texts

    /// How the students' experiment divides what they have, the better way first.
    private var divisions: [String] {
        hasValidation
            ? ["{official: true, validation: 0.15, seed: 42}", "official"]
            : [
                "{train: 0.70, validation: 0.15, test: 0.15, seed: 42}",
                "{train: 0.70, test: 0.30, stratify: none, seed: 42}",
            ]
    }

    private func experiment(split: String) -> String {
        let space = division.labelSpace
        let kind = space.isOrdinal ? "ordinal" : space.kind.rawValue
        let measured = (hasValidation ? "" : "a part of ") + labelledName
        var text = DraftText.comment(
            "Runs as it is. What its report calls test is \(measured); the labels of \(ClassLayout.testName) are secret."
        )
        text += "name: \(DraftText.value(name))\n"
        text += "dataset:\n"
        text +=
            hasValidation
            ? "  files: {train: \(ClassLayout.trainName), test: \(ClassLayout.validationName)}\n"
            : "  file: \(ClassLayout.trainName)\n"
        text += "  columns: {id: id, text: text}\n"
        text += "  labels:\n    kind: \(kind)\n    column: label\n"
        if space.kind == .multilabel { text += "    separator: \"|\"\n" }
        text += "    names: \(DraftText.list(space.names))\n"
        text += "split: \(split)\n"
        text += "contestants:\n"
        text += DraftText.comment("What is to be beaten: always the most frequent labels.", indent: "  ")
        text += "  - {id: majority, model: dummy}\n"
        text += DraftText.comment("Words and how telling they are, and a linear model.", indent: "  ")
        text += "  - {id: tfidf-lr, model: tfidf-logreg}\n"
        text += "report:\n  rank-by: \(DraftText.value(metric.settingName))\n"
        if let costs = space.costs {
            let rows = costs.map { "[\($0.map { "\($0)" }.joined(separator: ", "))]" }
            text += "  costs: [\(rows.joined(separator: ", "))]\n"
        }
        return text
    }

    /// Valid, and worth what a guess is worth.
    private var exampleEntry: String {
        let label = division.mostFrequentLabel
        return csvLine(["id", "predicted"])
            + division.part(.test).ids.map { csvLine([$0, label]) }.joined()
    }

    private var exampleClaim: String {
        DraftText.comment(
            "What you expect the entry of the same name to score (\(metric.readableName)). Take it from rows that the model "
                + "did not see, and that you did not choose it by."
        ) + "\(EntryClaim.key): \(metric.range.contains(0.5) ? "0.5" : "1.0")\n"
    }
}
