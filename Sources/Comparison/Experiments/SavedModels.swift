import Foundation
import Results

/// The fitted models that a folder holds: the model that it is, or those of a run, one below it for each contestant.
public struct SavedModels: Sendable {
    /// At least one.
    public let models: [SavedModel]
    /// Contestants of the run that left no model, such as predictions made elsewhere.
    public let notices: [String]

    /// - Parameters:
    ///   - folder: `runs/<name>/<contestant>`, or `runs/<name>` itself.
    ///   - task: Which of a run's tasks; needed where there are several.
    /// - Throws: `ExperimentError.notAModel` where there is none, or none of the task.
    public init(in folder: URL, task: String? = nil, families: FamilyRegistry = .standard) throws {
        let places = try SavedModels.places(in: folder, task: task)
        var models: [SavedModel] = []
        var notices: [String] = []
        for place in places {
            if let record = ContestantRecord(readingFrom: place.folder),
                record.results.model == ExternalContestant.model,
                places.count > 1
            {
                notices.append("\(place.id) is left out: its predictions were made elsewhere")
                continue
            }
            models.append(try SavedModel(folder: place.folder, families: families))
        }
        if models.isEmpty {
            throw ExperimentError.notAModel(
                path: folder.path, reason: "its predictions were made elsewhere, so there is no model here")
        }
        self.models = models
        self.notices = notices
    }

    /// What to say of a folder that is no model itself.
    static func noModel(in folder: URL) -> ExperimentError {
        let exists = FileManager.default.fileExists(atPath:)
        let ids: [String]
        do { ids = Set(try children(of: folder).map(\.id)).sorted() } catch { return error }
        let fold = RunLayout(folder).fold(0).url
        let reason =
            if !ids.isEmpty {
                "it holds several: \(ids.joined(separator: ", ")); name the folder of one"
            } else if exists(RunLayout(folder).results.path) {
                "it is the report of a run; its models are in runs/\(folder.lastPathComponent), or where --models said"
            } else if exists(fold.path) {
                "it holds the models of several folds; name the folder of one, such as \(fold.relativePath)"
            } else {
                "neither a readable contestant.json nor a config.json in it or in the folders below"
            }
        return .notAModel(path: folder.path, reason: reason)
    }

    private struct Place {
        let id: String
        /// Nil where the run has one dataset.
        let task: String?
        let folder: URL
    }

    private static func places(in folder: URL, task: String?) throws -> [Place] {
        if let place = place(folder) {
            // A model's own folder says by itself of which task it is.
            guard task == nil || place.task == task else { throw noTask(task ?? "", [place], folder) }
            return [place]
        }
        let all = try children(of: folder)
        if all.isEmpty { throw noModel(in: folder) }
        let tasks = Set(all.compactMap(\.task)).sorted()
        guard let wanted = task ?? (tasks.count == 1 ? tasks[0] : nil) else {
            if tasks.isEmpty { return all }
            throw ExperimentError.severalTasks(path: folder.path, tasks: tasks)
        }
        let chosen = all.filter { $0.task == wanted }
        if chosen.isEmpty { throw noTask(wanted, all, folder) }
        return chosen
    }

    private static func noTask(_ task: String, _ places: [Place], _ folder: URL) -> ExperimentError {
        let tasks = Set(places.compactMap(\.task)).sorted()
        let found =
            tasks.isEmpty ? "the run has one dataset and no tasks" : "tasks: \(tasks.joined(separator: ", "))"
        return .notAModel(path: folder.path, reason: "no model of a task '\(task)'; \(found)")
    }

    /// The models below a folder, at most two floors down: a contestant's folder has one for each task.
    private static func children(of folder: URL) throws(ExperimentError) -> [Place] {
        var places: [Place] = []
        for child in try folders(in: folder) {
            if let place = place(child) {
                places.append(place)
            } else {
                places += try folders(in: child).compactMap(place)
            }
        }
        return places
    }

    /// - Throws: `ExperimentError.notAModel` for what is no folder, or cannot be read.
    private static func folders(in folder: URL) throws(ExperimentError) -> [URL] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        } catch {
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder)
            let reason =
                !exists
                ? "no such folder"
                : isFolder.boolValue
                    ? "the folder cannot be read: \(error.localizedDescription)"
                    : "it is a file; name the folder that it is in"
            throw .notAModel(path: folder.path, reason: reason)
        }
        return names.sorted().filter {
            !(RunLayout.ownModelNames + RunLayout.ownContestantNames).contains($0) && !$0.hasPrefix(".")
        }
        .map { folder.appendingPathComponent($0) }
        .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true }
    }

    /// Nil for a folder that is no model.
    private static func place(_ folder: URL) -> Place? {
        if let record = ContestantRecord(readingFrom: folder) {
            let (id, name) = (record.results.id, folder.standardizedFileURL.lastPathComponent)
            let isTasks =
                name != id && folder.standardizedFileURL.deletingLastPathComponent().lastPathComponent == id
            return Place(id: id, task: isTasks ? name : nil, folder: folder)
        }
        let config = folder.appendingPathComponent("config.json").path
        return FileManager.default.fileExists(atPath: config)
            ? Place(id: folder.lastPathComponent, task: nil, folder: folder) : nil
    }
}
