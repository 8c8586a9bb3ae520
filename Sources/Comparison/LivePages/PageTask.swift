import Experiments
import Labels
import Results
import SettingKeys

/// A question asked of texts, and what the page has of it.
struct PageTask: Sendable {
    /// Nil where there is one.
    let name: String?
    let labelSpace: LabelSpace
    /// The models that answer sentences.
    let contestants: [PageContestant]
    /// Nil where there is no run.
    var stored: StoredRows?
}

extension PageTask {
    /// A task of a run.
    /// - Parameter saved: The run's models of the task that are here.
    /// - Throws: `ExperimentError.unsuitableLabels` for models of another run; what reading the predictions throws.
    init(_ task: TaskResults, of results: ExperimentResults, in run: RunLayout, saved: [SavedModel]) throws {
        name = task.name
        labelSpace = task.dataset.labelSpace
        contestants = saved.map { PageContestant(id: $0.id, model: $0) }
        stored = try StoredRows(results.alone(task), in: run.task(task.name))
        for contestant in contestants where !contestant.hasLabels(of: labelSpace) {
            throw ExperimentError.unsuitableLabels(
                contestant: "the model of \(contestant.id)", found: contestant.model.labelSpace.names,
                expected: "those of the run: \(listed(labelSpace.names))")
        }
    }
}

/// A model under the name that the page has for it.
struct PageContestant: Sendable {
    let id: String
    let model: SavedModel

    /// Whether it decides between these labels, in this order.
    func hasLabels(of labelSpace: LabelSpace) -> Bool {
        model.labelSpace.kind == labelSpace.kind && model.labelSpace.names == labelSpace.names
    }
}
