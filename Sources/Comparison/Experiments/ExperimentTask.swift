import Corpora
import Foundation
import LinearAlgebra
import Results
import SettingKeys

/// A question asked of texts: a dataset with one label space, and how its rows are divided.
public struct ExperimentTask: Sendable {
    /// Nil where the experiment has one dataset and no `tasks:`.
    public let name: String?
    public let dataset: DatasetReference
    /// Nil: the official parts if the dataset has them, else the usual plan.
    public let split: SplitPlan?
    /// How rows are dealt into folds, each of which is tested on once; nil where rows are split once.
    public let folds: FoldPlan?
    /// Whether rows that have official parts may be dealt anew: the file says so, or the parts are a recipe's.
    let poolsParts: Bool

    private init(name: String?, _ keys: ReadSettings<Keys>, folder: URL, sliceColumns: [String]) throws {
        self.name = name
        var dataset = try DatasetReference(keys.part(\.corpus, of: CorpusKeys.keys), folder: folder)
        dataset.sliceColumns = sliceColumns
        self.dataset = dataset
        split = keys.split?.plan
        folds = keys.split?.folds
        poolsParts = keys.split?.refusesOfficialParts == true || !dataset.namesOwnFiles
    }
}

extension ExperimentTask {
    /// The values of the keys of a task's data, which stand in the experiment file itself where it has one dataset.
    struct Keys: Sendable {
        var corpus = CorpusKeys()
        var split: SplitSetting?
    }

    static let dataKeys = KeyTable(Keys()) {
        CorpusKeys.keys.lifted(to: \.corpus)
        SettingKey(
            "split", \.split, .split,
            absent: "the official parts, or \(SplitPlan.usual) where the dataset has none",
            "How the rows are divided; `official` keeps the parts that the dataset came with.")
    }

    private struct NamedKeys: Sendable {
        var name: String?
        var data = Keys()
    }

    private static let namedKeys = KeyTable(NamedKeys()) {
        SettingKey(required: "name", \.name, .fileName, "The task's name, which its folder has.")
        dataKeys.lifted(to: \.data)
    }

    /// The keys of an item of `tasks:`.
    static var reference: KeyReference { KeyReference(namedKeys.reference.entries, isOfItems: true) }

    /// The tasks of an experiment file: what `tasks:` lists, or the one that `dataset:` makes.
    ///
    /// - Parameter sliceColumns: Columns that each dataset has and the report tells rows apart by.
    static func tasks(
        of root: ReadSettings<ExperimentFile.Keys>, folder: URL, sliceColumns: [String] = []
    ) throws -> [ExperimentTask] {
        guard let list = root.tasks else {
            return [
                try ExperimentTask(
                    name: nil, root.part(\.data, of: dataKeys), folder: folder, sliceColumns: sliceColumns)
            ]
        }
        try root.forbid([\.data.corpus.dataset, \.data.corpus.cleaning, \.data.split]) {
            "no '\($0)' beside 'tasks': each task has its own"
        }
        var all: [ExperimentTask] = []
        var names = RunLayout.Tasks()
        for entry in try list.list() {
            let keys = try namedKeys.read(entry)
            let name = try keys.required(\.name)
            if let conflict = names.add(name) {
                throw (keys.setting(\.name) ?? entry).badValue(
                    expected: "another name, since a folder is named after it: \(conflict)")
            }
            all.append(
                try ExperimentTask(
                    name: name, keys.part(\.data, of: dataKeys), folder: folder, sliceColumns: sliceColumns))
        }
        if all.isEmpty { throw list.badValue(expected: "at least one task") }
        if Set(all.map { [$0.folds?.count, $0.folds?.repeats] }).count > 1 {
            throw list.badValue(
                expected: "as many folds and repeats in every task as in the others, or none in any")
        }
        return all
    }
}

/// The values of the keys of a task's rows, before they are divided.
struct CorpusKeys: Sendable {
    var dataset: Setting?
    var cleaning: Cleaning?

    static let keys = KeyTable(CorpusKeys()) {
        SettingKey(
            "dataset", \.dataset, .later("a mapping", keys: { DatasetReference.reference }), absent: nil,
            "The texts and their labels.")
        SettingKey(
            "clean", \.cleaning, .cleaning, absent: "nothing is done",
            "What is done to the rows before they are split, in this order; every step is counted in the report."
        )
    }
}

extension DatasetReference {
    /// The rows of a task, of an experiment file in `folder`.
    init(_ keys: ReadSettings<CorpusKeys>, folder: URL) throws {
        try self.init(
            setting: keys.required(\.dataset), cleaning: keys.cleaning ?? Cleaning(), folder: folder)
    }
}

extension ValueForm<SplitSetting> {
    fileprivate static var split: ValueForm {
        ValueForm("official, or a mapping", keys: { SplitPlan.keys.reference }) {
            (setting) throws(SettingsError) in try SplitSetting(setting: setting)
        }
    }
}

extension ValueForm<Cleaning> {
    fileprivate static var cleaning: ValueForm {
        ValueForm("a mapping", keys: { Cleaning.reference }) { (setting) throws(SettingsError) in
            try Cleaning(setting: setting)
        }
    }
}

extension ValueForm<String> {
    /// A name that files and folders can have everywhere.
    static var fileName: ValueForm {
        ValueForm("letters, digits, '-', '_' and '.'") { (setting) throws(SettingsError) in
            try setting.fileName()
        }
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
