import Corpora
import Foundation
import LinearAlgebra
import Results
import SettingKeys

/// A question asked of texts: a dataset with one label space, and how its rows are divided.
public struct ExperimentTask: Sendable {
    static let keys = ["name", "dataset", "clean", "split"]

    /// Nil where the experiment has one dataset and no `tasks:`.
    public let name: String?
    public let dataset: DatasetReference
    /// Nil: the official parts if the dataset has them, else the usual plan.
    public let split: SplitPlan?
    /// How rows are dealt into folds, each of which is tested on once; nil where rows are split once.
    public let folds: FoldPlan?
    /// Whether rows that have official parts may be dealt anew: the file says so, or the parts are a recipe's.
    let poolsParts: Bool

    /// Reads the keys of a task, which stand in the experiment file itself where it has a single dataset.
    private init(name: String?, mapping: SettingsMapping, folder: URL) throws {
        self.name = name
        dataset = try DatasetReference(
            setting: mapping.required("dataset"), clean: mapping["clean"], folder: folder)
        folds = try mapping["split"].flatMap { try FoldPlan(setting: $0) }
        split = folds == nil ? try mapping["split"].map { try SplitPlan(setting: $0) } : nil
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
        var names = RunLayout.Tasks()
        for entry in try list.list() {
            let mapping = try entry.mapping(known: keys)
            let setting = try mapping.required("name")
            let name = try setting.fileName()
            if let conflict = names.add(name) {
                throw setting.badValue(
                    expected: "another name, since a folder is named after it: \(conflict)")
            }
            all.append(try ExperimentTask(name: name, mapping: mapping, folder: folder))
        }
        if all.isEmpty { throw list.badValue(expected: "at least one task") }
        if Set(all.map(\.folds?.count)).count > 1 {
            throw list.badValue(expected: "as many folds in every task as in the others, or none in any")
        }
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
        if name.count > RunLayout.maxNameLength {
            throw badValue(
                expected: "\(RunLayout.maxNameLength) letters at most, since files are named after it")
        }
        return name
    }

    /// A name of one folder, which may have spaces and letters of any language.
    func folderName() throws(SettingsError) -> String {
        let name = try string()
        let isVisible = name.unicodeScalars.allSatisfy {
            $0 != "/" && $0 != "\\" && $0.properties.generalCategory != .control
        }
        if name.isEmpty || name.hasPrefix(".") || name.hasPrefix(" ") || name.hasSuffix(" ") || !isVisible
            || name.utf8.count > RunLayout.maxNameLength
        {
            throw badValue(
                expected:
                    "a name without '/' that does not begin with '.', of \(RunLayout.maxNameLength) bytes at most, since "
                    + "folders are named after it")
        }
        return name
    }
}
