import Corpora
import Foundation
import Recipes
import SettingKeys
import Tables

extension DatasetReference {
    /// A dataset as a command line names it: an experiment file (`.yaml`), a recipe's name, or a data file (`-`: standard
    /// input) that the options speak of.
    /// - Parameter dropMissing: Rows without text or label are left out; nil: as an experiment file says.
    public init(
        naming argument: String, options: DatasetOptions = DatasetOptions(), dropMissing: Bool = false
    ) throws {
        let folder = URL(fileURLWithPath: FileManager.default.currentDirectoryPath)
        let file = URL(fileURLWithPath: argument)
        if ["yaml", "yml"].contains(file.pathExtension.lowercased()) {
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
            if argument.contains("/") { throw TableError.file(.notFound(path: argument)) }
            let recipe = try RecipeBook().recipe(named: argument)
            try DatasetReference.refuse(options, beside: "a recipe")
            try self.init(recipe: recipe)
        }
        if dropMissing { cleaning.missing = .dropped }
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
        if argument == "-" || DataFormat.isNamed(by: argument) { return true }
        let isPattern = argument.contains { "*?[".contains($0) }
        guard isPattern || FileManager.default.fileExists(atPath: argument) else { return false }
        return (try? RecipeBook().recipe(named: argument)) == nil
    }

    private static func refuse(_ options: DatasetOptions, beside what: String) throws {
        guard let option = options.given.first else { return }
        throw ExperimentError.idleOption(option, beside: what)
    }
}
