import Bakeoff
import Foundation
import Testing

/// The code of docs/library.md, which is compiled and run here.
@Suite struct LibraryPageTests {
    @Test func theExamplesRun() throws {
        let work = FileManager.default.temporaryDirectory.appendingPathComponent(
            "library-\(UUID().uuidString)")
        let (folder, report, models) = (
            work.appendingPathComponent("model"), work.appendingPathComponent("report"),
            work.appendingPathComponent("models")
        )
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: work) }
        let experiment = work.appendingPathComponent("experiment.yaml")
        try Data("name: e\ndataset: {recipe: front-desk}\ncontestants: [dummy, tfidf-logreg]\n".utf8).write(
            to: experiment)

        let labels = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        let texts = ["win a free prize now", "see you at nine", "free entry, win now", "lunch at nine?"]
        let targets = Targets.classes([1, 0, 1, 0])

        let model = try TfidfClassifier(learner: .naiveBayes(.init())).fit(texts, targets, labelSpace: labels)
        let probabilities = model.probabilities(of: ["a free prize"])  // Shape: [1, 2]
        try model.save(to: folder)

        let predicted = probabilities.decisions(kind: .binary)
        let scores = Scorecard(
            gold: .classes([1]), predicted: predicted, probabilities: probabilities, labelSpace: labels)
        print(scores[.f1Macro] ?? "n/a", scores[.logLoss] ?? "n/a")

        let file = try ExperimentFile(contentsOf: experiment)
        let run = ExperimentRun(
            file: file,
            options: RunOptions(output: report, models: models, command: "mine", machine: .current))
        let results = try run.run { print($0) }
        try RenderedReport(results, in: RunLayout(report)).write()

        let saved = try SavedModel(folder: models.appendingPathComponent("tfidf-logreg"))
        print(try saved.predict(["the lift is broken again"])[0].predicted)

        #expect(predicted == .classes([1]) && scores[.f1] == 1)
        #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent("model.json").path))
        let page = try String(contentsOf: RunLayout(report).report, encoding: .utf8)
        #expect(page.contains("tfidf-logreg"))
    }

    /// Each block of the page stands in this file as it is.
    @Test func thisIsTheCodeOfThePage() throws {
        func lines(_ text: String) -> [String] {
            text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let code = lines(try Page("Tests/BakeoffTests/LibraryPageTests.swift").text)
        let blocks = try Page("docs/library.md").blocks("swift")
        #expect(blocks.count == 3)
        for block in blocks { #expect(code.contains(lines(block)), "\(block)") }
    }
}
