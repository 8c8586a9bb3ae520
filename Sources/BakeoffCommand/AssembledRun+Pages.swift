import Bakeoff
import Foundation

extension AssembledRun {
    /// Writes what is made of the results: the report, and a card beside every fitted model.
    func writePages(to folder: RunLayout) throws {
        for replicate in replicates { try writeModelCards(replicate.results, in: replicate.models) }
        try writeReport(results, to: folder)
    }

    private func writeModelCards(_ results: ExperimentResults, in models: URL) throws {
        for task in results.tasks {
            for contestant in task.contestants {
                let model = models.appendingPathComponent(contestant.id)
                let folder = task.name.map { model.appendingPathComponent($0) } ?? model
                try OutputFile.write(
                    ModelCard(
                        contestant, of: results.alone(task),
                        loading: TransformersLoading(classifierIn: folder)
                    ).text,
                    to: folder.appendingPathComponent("README.md"))
            }
        }
    }
}
