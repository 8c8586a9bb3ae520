import Corpora
import Foundation
import Results
import Settings

/// A question asked of texts: a dataset with one label space, and how its rows are divided.
public struct ExperimentTask: Sendable {
    static let keys = ["name", "dataset", "clean", "split"]

    /// Nil where the experiment has one dataset and no `tasks:`.
    public let name: String?
    public let dataset: DatasetReference
    /// Nil: the official parts if the dataset has them, else the usual plan.
    public let split: SplitPlan?
    /// Whether rows that have official parts may be dealt anew: the file says so, or the parts are a recipe's.
    let poolsParts: Bool

    /// Reads the keys of a task, which stand in the experiment file itself where it has a single dataset.
    private init(name: String?, mapping: SettingsMapping, folder: URL) throws {
        self.name = name
        dataset = try DatasetReference(
            setting: mapping.required("dataset"), clean: mapping["clean"], folder: folder)
        split = try mapping["split"].map { try SplitPlan(setting: $0) }
        let keys = try? mapping["split"]?.mapping(known: SplitPlan.keys)
        poolsParts = try keys?["official"]?.bool() == false || !dataset.namesOwnFiles
    }
}

extension ExperimentTask {
    /// The tasks of an experiment file: what `tasks:` lists, or the one that `dataset:` makes.
    static func tasks(of root: SettingsMapping, folder: URL) throws -> [ExperimentTask] {
        guard let list = root["tasks"] else {
            return [try ExperimentTask(name: nil, mapping: root, folder: folder)]
        }
        for key in ["dataset", "clean", "split"] {
            if let given = root[key] {
                throw given.badValue(expected: "no '\(key)' beside 'tasks': each task has its own")
            }
        }
        var all: [ExperimentTask] = []
        for entry in try list.list() {
            let mapping = try entry.mapping(known: keys)
            let setting = try mapping.required("name")
            let name = try setting.fileName()
            if RunFolder.ownNames.contains(name) || all.contains(where: { $0.name == name }) {
                throw setting.badValue(expected: "a name that is not taken: a folder is named after it")
            }
            all.append(try ExperimentTask(name: name, mapping: mapping, folder: folder))
        }
        if all.isEmpty { throw list.badValue(expected: "at least one task") }
        return all
    }
}

extension Setting {
    /// A name that files and folders can have everywhere.
    func fileName() throws(SettingsError) -> String {
        let name = try string()
        let isSafe = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
        if name.isEmpty || name.hasPrefix(".") || !isSafe {
            throw badValue(expected: "letters, digits, '-', '_' and '.' only, since files are named after it")
        }
        return name
    }
}
