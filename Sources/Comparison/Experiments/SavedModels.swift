import Foundation
import Results
import SettingKeys

/// The fitted models that a folder holds: the model that it is, or those of a run, one below it for each contestant.
public struct SavedModels: Sendable {
    /// At least one.
    public let models: [SavedModel]
    /// Contestants of the run that left no model, such as predictions made elsewhere, and why.
    public let notices: [String]

    /// - Parameters:
    ///   - folder: `runs/<name>/<contestant>`, or `runs/<name>` itself.
    ///   - task: Which of a run's tasks; needed where there are several.
    /// - Throws: `ExperimentError.notAModel` where there is none, or none of the task.
    public init(in folder: URL, task: String? = nil, families: FamilyRegistry = .standard) throws {
        let places = try SavedModels.places(in: folder, task: task)
        var models: [SavedModel] = []
        var notices = SavedModels.leftovers(in: folder).map {
            "\($0) is left out: it is none of the contestants of the run that was made here last"
        }
        var reasons: [String] = []
        for place in places {
            if let record = ContestantRecord(readingFrom: place.folder), places.count > 1,
                let reason = families.family(named: record.results.model)?.missingModel
                    ?? EnsembleFile.missingMember(of: place.folder, families: families)
            {
                notices.append("\(place.id) is left out: \(reason)")
                reasons.append(reason)
                continue
            }
            var model = try SavedModel(folder: place.folder, families: families)
            // A folder that was copied holds a contestant of the same id.
            if places.count(where: { $0.id == place.id }) > 1 { model.id = place.name }
            models.append(model)
        }
        if models.isEmpty {
            throw ExperimentError.missingModel(in: folder, because: reasons.first)
        }
        self.models = models
        self.notices = notices
    }

    /// What to say of a folder that is no model itself.
    static func noModel(in folder: URL) -> ExperimentError {
        let exists = FileManager.default.fileExists(atPath:)
        let places: [Place]
        do { places = try children(of: folder) } catch { return error }
        let names = Set(places.map(\.name)).sorted()
        let tasks = Set(places.compactMap(\.task)).sorted()
        let fold = RunLayout(folder).fold(0).url
        let reason =
            if let first = places.first, !tasks.isEmpty {
                (names.count > 1
                    ? "it holds several: \(listed(names)), each" : "it holds one model for each task,")
                    + " with the tasks \(listed(tasks)); name the folder of one, such as \(first.folder.relativePath)"
            } else if !names.isEmpty {
                "it holds several: \(names.joined(separator: ", ")); name the folder of one"
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
        /// The contestant's folder in the run.
        let name: String
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

    /// The models of a run: one in each contestant's folder, or one for each task below it. What lies deeper otherwise is
    /// another run's.
    private static func children(of folder: URL) throws(ExperimentError) -> [Place] {
        let known = ModelsRecord(readingFrom: folder)?.contestants
        return try all(in: folder).filter { known?.contains($0.name) ?? true }
    }

    /// The same, with what an earlier experiment left.
    private static func all(in folder: URL) throws(ExperimentError) -> [Place] {
        var places: [Place] = []
        for child in try folders(in: folder) {
            if let place = place(child) {
                places.append(place)
            } else {
                places += try folders(in: child).compactMap(place).filter { $0.task != nil }
            }
        }
        return places
    }

    /// The folders of contestants that the run that was made last does not have.
    private static func leftovers(in folder: URL) -> [String] {
        guard let known = ModelsRecord(readingFrom: folder)?.contestants else { return [] }
        return Set(((try? all(in: folder)) ?? []).map(\.name)).subtracting(known).sorted()
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
            !RunLayout.ownModelNames.contains($0) && !$0.hasPrefix(".")
        }
        .map { folder.appendingPathComponent($0) }
        .filter { (try? $0.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true }
    }

    /// Nil for a folder that is no model.
    private static func place(_ folder: URL) -> Place? {
        if let record = ContestantRecord(readingFrom: folder) {
            let (id, name) = (record.results.id, folder.standardizedFileURL.lastPathComponent)
            let parent = folder.standardizedFileURL.deletingLastPathComponent().lastPathComponent
            return name != id && parent == id
                ? Place(id: id, name: parent, task: name, folder: folder)
                : Place(id: id, name: name, task: nil, folder: folder)
        }
        let config = folder.appendingPathComponent("config.json").path
        return FileManager.default.fileExists(atPath: config)
            ? Place(id: folder.lastPathComponent, name: folder.lastPathComponent, task: nil, folder: folder)
            : nil
    }
}

extension ExperimentError {
    /// - Parameter reason: The family's `missingModel`.
    static func missingModel(in folder: URL, because reason: String?) -> ExperimentError {
        .notAModel(
            path: folder.path, reason: (reason.map { "\($0), so " } ?? "") + "there is no model here")
    }
}
