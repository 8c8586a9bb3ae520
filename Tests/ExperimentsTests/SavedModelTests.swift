import Corpora
import Evaluation
import Experiments
import Foundation
import Labels
import TestSupport
import Testing

/// Fitted contestants read back from what a run left.
@Suite struct SavedModelTests {
    private static let yaml = """
        dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}
        split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
        contestants:
          - {id: prior, model: dummy, strategy: prior}
          - {id: bayes, model: naive-bayes}
          - {id: mine, model: external, predictions: mine.csv}
        thresholds: {use: 0.2}
        report: {analysis: false}
        """
    private static let mine = "id,predicted\n" + (0..<32).map { "r\($0),ham\n" }.joined()

    private func ran(_ yaml: String = yaml) throws -> SmallExperiment {
        let small = try SmallExperiment(yaml, files: ["mine.csv": Self.mine])
        try small.run()
        return small
    }

    @Test func aModelPredictsByItsThresholds() throws {
        let small = try ran()
        let model = try SavedModel(folder: small.place("models/prior"))
        #expect(model.id == "prior" && model.labelSpace.names == ["ham", "spam"] && model.notices.isEmpty)
        // A quarter of train is spam, and more than a fifth is enough.
        let predictions = try model.predict(["x", "y"])
        #expect(predictions.map(\.predicted) == [["spam"], ["spam"]])
        #expect(predictions[0].probabilities.map(\.label) == ["ham", "spam"])
        #expect(predictions[0].probabilities.map(\.probability) == [0.75, 0.25])
        #expect(predictions[0].top(1).map(\.label) == ["ham"])
        try small.replace("use: 0.2", with: "use: 0.3")
        try small.run()
        #expect(try SavedModel(folder: small.place("models/prior")).predict(["x"])[0].predicted == ["ham"])
    }

    @Test func manyTextsGoInBlocks() throws {
        let small = try ran()
        var told: [[Int]] = []
        let texts = (0..<600).map { "text \($0)" }
        let model = try SavedModel(folder: small.place("models/bayes"))
        let all = try model.predict(texts) { told.append([$0, $1]) }
        #expect(told == [[0, 600], [256, 600], [512, 600], [600, 600]])
        #expect(all.count == 600)
        let one = try model.predict([texts[599]])[0]
        #expect(all[599].probabilities.map(\.probability) == one.probabilities.map(\.probability))
    }

    @Test func whatAModelCannotTellIsAnError() throws {
        let small = try ran()
        let prior = try SavedModel(folder: small.place("models/prior"))
        #expect(errorText { try prior.explanation(of: "x") }.hasPrefix("dummy cannot explain a prediction: "))
        #expect(errorText { try prior.topTerms(3) }.hasPrefix("dummy cannot explain top terms: "))
        #expect(
            try SavedModel(folder: small.place("models/bayes")).topTerms(3).map(\.label) == ["ham", "spam"])
    }

    @Test(arguments: [
        ("\"dummy\"", "\"crystal-ball\"", "unknown model 'crystal-ball', expected one of dummy, vader"),
        ("\"thresholds\" : [", "\"thresholds\" : [0.5, ", "contestant.json has 3 thresholds for 2 labels"),
        ("\"prior\"", "7", "neither a readable contestant.json nor a config.json"),
    ])
    func damagedRecordsAreNoModels(old: String, new: String, words: String) throws {
        let small = try ran()
        try small.replace(old, with: new, in: "models/prior/contestant.json")
        let error = errorText { try SavedModel(folder: small.place("models/prior")) }
        #expect(error.hasPrefix("\(small.place("models/prior").path): not a fitted model: "))
        #expect(error.contains(words), "\(error)")
    }

    // MARK: Folders of models

    @Test func aRunsFolderHoldsAllItsModels() throws {
        let small = try ran()
        let all = try SavedModels(in: small.place("models"))
        #expect(all.models.map(\.id) == ["bayes", "prior"])
        #expect(all.notices == ["mine is left out: its predictions were made elsewhere"])
        #expect(try SavedModels(in: small.place("models/prior")).models.map(\.id) == ["prior"])
        // A contestant may be called as a folder is that a contestant has.
        let work = try ran(Self.yaml.replacing("id: prior", with: "id: work"))
        #expect(try SavedModels(in: work.place("models")).models.map(\.id) == ["bayes", "work"])
    }

    @Test func ofSeveralTasksOneIsChosen() throws {
        let small = try SmallExperiment(
            """
            tasks:
              - {name: spam, dataset: {file: data.csv, labels: {column: label}}}
              - {name: kind, dataset: {file: data.csv, labels: {column: kind}}}
            contestants: [{id: both, model: dummy}, {id: one, model: dummy, tasks: [kind]}]
            report: {analysis: false}
            """)
        try small.run()
        func ids(_ folder: String, _ task: String?) throws -> [String] {
            try SavedModels(in: small.place(folder), task: task).models.map(\.id)
        }
        #expect(try ids("models", "spam") == ["both"] && ids("models", "kind") == ["both", "one"])
        #expect(try ids("models/both", "kind") == ["both"] && ids("models/both/kind", nil) == ["both"])
        // Where all are of one task, it need not be named.
        #expect(try ids("models/one", nil) == ["one"])
        #expect(
            errorText { try ids("models", nil) }.hasSuffix(
                "models holds models of several tasks: choose one with --task, of kind, spam"))
        for folder in ["models", "models/both/kind"] {
            #expect(
                errorText { try ids(folder, "topic") }.contains("no model of a task 'topic'; tasks: kind"))
        }
    }

    @Test(arguments: [
        ("nothing", "no such folder"),
        ("models/mine", "its predictions were made elsewhere, so there is no model here"),
        ("report", "it is the report of a run; its models are in runs/report, or where --models said"),
        (
            "report/predictions",
            "neither a readable contestant.json nor a config.json in it or in the folders below"
        ),
    ])
    func foldersWithoutModelsSayWhatTheyAre(folder: String, words: String) throws {
        let small = try ran()
        let error = errorText { try SavedModels(in: small.place(folder)) }
        #expect(error.contains(words), "\(error)")
    }

    @Test func oneModelIsAskedFor() throws {
        let small = try ran()
        #expect(
            errorText { try SavedModel(folder: small.place("models")) }.hasSuffix(
                "it holds several: bayes, mine, prior; name the folder of one"))
    }

    // MARK: Labelled rows

    @Test func modelsAreScoredOnLabelledRows() throws {
        let small = try ran()
        let models = try SavedModels(in: small.place("models"))
        let rows = try DatasetReference(naming: small.place("data.csv").path)
        let cache = small.place("cache")
        var told: [String] = []
        let loaded = try models.rows(of: rows, metric: .accuracy, cache: cache) { told.append($0) }
        let candidates = try models.candidates(on: loaded) { _, _, _ in }
        #expect(candidates.map(\.predictions.id) == ["bayes", "prior"])
        #expect(candidates.map(\.predictions.isBaseline) == [false, true])
        #expect(candidates[1].thresholds == [0.8, 0.2] && told.isEmpty)
        // All are called spam.
        #expect(candidates[1].predictions.test.predicted == .classes(Array(repeating: 1, count: 32)))
        #expect(
            errorText { try models.rows(of: rows, metric: .f1Samples, cache: cache) { _ in } }.contains(
                "expected labels that have this metric; binary ones do not"))
        try small.write("text,label\na,ham\nb,ham\n", to: "one.csv")
        let one = try DatasetReference(naming: small.place("one.csv").path)
        _ = try models.rows(of: one, metric: .accuracy, cache: cache) { told.append($0) }
        #expect(told == ["no row has the label 'spam', so its recall is not defined"])
        try small.write("text,label\na,ham\nb,eggs\n", to: "other.csv")
        let other = try DatasetReference(naming: small.place("other.csv").path)
        #expect(
            errorText { try models.rows(of: other, metric: .accuracy, cache: cache) { _ in } }.contains(
                "'eggs'"))
    }
}
