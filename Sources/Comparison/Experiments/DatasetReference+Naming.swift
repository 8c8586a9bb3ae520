import Corpora
import Foundation
import Recipes
import SettingKeys
import Tables

extension DatasetReference {
    /// A dataset as a command line names it: an experiment file (`.yaml`), a recipe's name, `hub:ORG/NAME` for a dataset of
    /// the Hugging Face hub, or a data file (`-`: standard input; `hf://datasets/ORG/NAME/PATH`: on the hub) that the options
    /// speak of.
    /// - Parameters:
    ///   - configuration: Of the dataset of the hub; nil for its default one.
    ///   - splits: Those of the dataset of the hub that are read as one; empty for its parts.
    ///   - dropMissing: Rows without text or label are left out; nil: as an experiment file says.
    public init(
        naming argument: String, options: DatasetOptions = DatasetOptions(), configuration: String? = nil,
        splits: [String] = [], dropMissing: Bool = false
    ) throws {
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let file = URL(fileURLWithPath: argument)
        let onHub = HubSource.entries(spelled: argument, configuration: configuration, splits: splits)
        if onHub == nil, configuration != nil || !splits.isEmpty {
            throw ExperimentError.idleHubOption(configuration != nil ? "--config" : "--split")
        }
        if let onHub {
            try self.init(setting: options.setting(beside: onHub), folder: folder)
        } else if ["yaml", "yml"].contains(file.pathExtension.lowercased()) {
            try DatasetReference.refuse(options, beside: "an experiment file")
            // How rows are divided is none of the matter.
            let keys = try CorpusKeys.keys.readOwn(Setting(contentsOf: file).mappingWithAnyKeys())
            try self.init(keys, folder: file.deletingLastPathComponent())
        } else if DatasetReference.namesAFile(argument) {
            try self.init(
                setting: options.setting(file: argument, hasLabels: true), folder: folder)
            hasDefaultLabel = options.label == nil && options.labelColumns.isEmpty && options.hasHeader
        } else {
            // No recipe's name holds a slash.
            if argument.contains("/") {
                throw DatasetReference.mayBeOnHub(argument)
                    ? ExperimentError.perhapsOnHub(argument) : TableError.file(.notFound(path: argument))
            }
            let recipe = try RecipeBook().recipe(named: argument)
            try DatasetReference.refuse(options, beside: "a recipe")
            try self.init(recipe: recipe)
        }
        if dropMissing { cleaning.missing = .dropped }
    }

    /// Whether a word of a command line that names nothing here could be meant for a dataset of the hub.
    static func mayBeOnHub(_ word: String) -> Bool {
        word.contains("/") && HubName(word, kind: .dataset) != nil && !DataFormat.isNamed(by: word)
            && !FileManager.default.fileExists(atPath: word)
    }

    /// Whether a word of a command line names a dataset of the hub, or a file of one.
    public static func isOnHub(_ word: String) -> Bool {
        word.hasPrefix(HubSource.prefix) || HubFileAddress.isSpelled(word)
    }

    /// The same dataset with rows that lack a text or a label left out and counted.
    public var withoutMissing: DatasetReference {
        var reference = self
        reference.cleaning.missing = .dropped
        return reference
    }

    /// Whether a word on a command line is a data file rather than a recipe's name: it has the ending of one, is a pattern,
    /// or is there and no recipe has that name.
    private static func namesAFile(_ argument: String) -> Bool {
        if argument == "-" || HubFileAddress.isSpelled(argument) || DataFormat.isNamed(by: argument) {
            return true
        }
        let isPattern = argument.contains { "*?[".contains($0) }
        guard isPattern || FileManager.default.fileExists(atPath: argument) else { return false }
        return (try? RecipeBook().recipe(named: argument)) == nil
    }

    private static func refuse(_ options: DatasetOptions, beside what: String) throws {
        guard let option = options.given.first else { return }
        throw ExperimentError.idleOption(option, beside: what)
    }
}
