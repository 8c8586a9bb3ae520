import Foundation
import Labels
import TextClassifiers

/// Classifiers of one contestant in several settings, of which validation chooses one.
struct SearchClassifier: TextClassifier {
    let search: ContestantSearch
    /// The entry without its search, in one spelling.
    let defaultSettings: String
    /// The entry with a combination's values, in one spelling.
    let settings: @Sendable (_ combination: Int) throws -> String
    /// What a combination describes, or, for nil, the entry without its search, with its summary.
    let contestant: @Sendable (_ combination: Int?) throws -> (any TextClassifier, summary: String)
    /// Reads back what a fitted classifier saved; nil where nothing can be read back.
    let load: (@Sendable (_ folder: URL, _ labelSpace: LabelSpace) throws -> any FittedTextClassifier)?
    /// Whether models that may be needed stay in memory, rather than being read back from the work folder.
    let keepsModels: Bool
    /// Whether one choice is of all tasks.
    let sharesTasks: Bool
    /// The models of trials that stay in memory.
    let models: TrialModels
    /// Told of work that was taken from a store instead of being done.
    let keptWork: KeptWorkMeter

    func check(_ labelSpace: LabelSpace) throws {
        try search.check(labelSpace)
        try contestant(nil).0.check(labelSpace)
        for combination in search.checkedCombinations { try contestant(combination).0.check(labelSpace) }
    }

    func check(_ tasks: [TrainingTask]) throws {
        try search.check(tasks)
        try contestant(nil).0.check(tasks)
        for combination in search.checkedCombinations { try contestant(combination).0.check(tasks) }
    }

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedSearch {
        try search([task], context)[0]
    }

    func fit(_ tasks: [TrainingTask], _ context: FitContext) throws -> [FittedSearch] {
        if sharesTasks { return tasks.isEmpty ? [] : try search(tasks, context) }
        return try tasks.map { try fit($0, context.alone(task: $0.name)) }
    }

    private func search(_ tasks: [TrainingTask], _ context: FitContext) throws -> [FittedSearch] {
        try search.check(tasks)
        let temporary = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: temporary) }
        var run = SearchRun(
            classifier: self, tasks: tasks, context: context,
            store: TrialStore(in: context.workFolder ?? temporary))
        return try run.fitted()
    }
}
