import Experiments
import Foundation
import Results
import SafeFiles
import SettingKeys

/// What a page is about: tasks, and the fitted models that answer its sentences.
public struct PageContents: Sendable {
    let title: String
    /// At least one.
    let tasks: [PageTask]
    /// What was left out, and what a user should know of the models.
    public let notices: [String]

    /// The models of a run.
    /// - Parameters:
    ///   - run: The folder of its report.
    ///   - models: The folder of its models; `runs/NAME` if nil.
    public init(run: RunLayout, models: URL? = nil) throws {
        try run.checkResults()
        let results = try ExperimentResults(contentsOf: run)
        let folder = models ?? URL(fileURLWithPath: "runs/\(results.experiment.name)")
        if models == nil, !isFolder(folder) {
            throw ExperimentError.notAModel(
                path: folder.relativePath,
                reason: "no such folder; name the one that holds the run's models with --models")
        }
        var (tasks, notices): ([PageTask], [String]) = ([], [])
        for name in results.tasks.map(\.name) {
            let saved = try SavedModels(in: folder, task: name)
            for notice in saved.notices where !notices.contains(notice) { notices.append(notice) }
            tasks.append(
                PageTask(
                    name: name, labelSpace: saved.models[0].labelSpace,
                    contestants: saved.models.map { PageContestant(id: $0.id, model: $0) }))
        }
        self.init(title: results.experiment.name, tasks: tasks, notices: notices)
    }

    /// Models by their folders. Those that have the same labels answer together.
    public init(models folders: [URL]) throws {
        let models = try folders.map { (folder: $0, model: try SavedModel(folder: $0)) }
        let contestants = models.map { folder, model in
            let isAlone = models.count { $0.model.id == model.id } == 1
            return PageContestant(id: isAlone ? model.id : folder.relativePath, model: model)
        }
        var groups: [[PageContestant]] = []
        for contestant in contestants {
            let place = groups.firstIndex { $0[0].hasSameLabels(as: contestant) }
            if let place { groups[place].append(contestant) } else { groups.append([contestant]) }
        }
        let tasks = groups.map { group in
            let labels = group[0].model.labelSpace
            return PageTask(
                name: groups.count > 1 ? listed(labels.names) : nil, labelSpace: labels, contestants: group)
        }
        self.init(title: listed(contestants.map(\.id)), tasks: tasks, notices: [])
    }

    private init(title: String, tasks: [PageTask], notices: [String]) {
        (self.title, self.tasks) = (title, tasks)
        self.notices = notices + tasks.flatMap { $0.contestants.flatMap(\.model.notices) }
    }
}
