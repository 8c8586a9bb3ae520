import Experiments
import Foundation
import Results
import SafeFiles
import SettingKeys

/// What a page is about: tasks, the fitted models that answer its sentences, and what a run has stored.
public struct PageContents: Sendable {
    let title: String
    /// At least one.
    let tasks: [PageTask]
    /// What was left out, and what a user should know of the models.
    public let notices: [String]

    /// The stored predictions of a run, and its models where they are here.
    /// - Parameters:
    ///   - run: The folder of its report.
    ///   - models: The folder of its models; `runs/NAME` if nil, which may then be missing.
    public init(run: RunLayout, models: URL? = nil) throws {
        try run.checkResults()
        let results = try ExperimentResults(contentsOf: run)
        let folder = models ?? RunLayout.usualModels(of: results.experiment.name)
        let missing = models == nil ? PageContents.missingModels(in: folder) : nil
        var tasks: [PageTask] = []
        var notices = [missing].compactMap(\.self)
        for task in results.tasks {
            let saved = missing == nil ? try SavedModels(in: folder, task: task.name) : nil
            for notice in saved?.notices ?? [] where !notices.contains(notice) { notices.append(notice) }
            tasks.append(try PageTask(task, of: results, in: run, saved: saved?.models ?? []))
        }
        self.init(title: results.experiment.name, tasks: tasks, notices: notices)
    }

    /// Why a run's usual folder of models has none that answer; nil where it has.
    package static func missingModels(in folder: URL) -> String? {
        let fold = RunLayout(folder).fold(0).url
        if isFolder(fold) {
            return
                "the models in \(folder.relativePath) are of several folds, so no sentence is answered; --models names "
                + "the folder of one, such as \(fold.relativePath)"
        }
        if isFolder(folder) { return nil }
        return
            "there are no models in \(folder.relativePath), so no sentence is answered; --models says where they are"
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
            let place = groups.firstIndex { contestant.hasLabels(of: $0[0].model.labelSpace) }
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
