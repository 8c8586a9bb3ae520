import Corpora
import Foundation
import Labels
import Lexicons
import Recipes
import Results
import SafeFiles
import SettingKeys

/// The dataset of an experiment or of a command: a recipe by name, keys of its own, a recipe with some keys overridden, or
/// a dataset of the Hugging Face hub.
public struct DatasetReference: Sendable {
    let name: String
    /// The recipe, if one is named.
    let recipe: Recipe?
    /// The dataset of the hub, if one is named.
    let hubSource: HubSource?
    /// Where what the hub sent is kept.
    package var hub = HubFetcher()
    /// The keys of the dataset schema, the recipe's included.
    let mapping: SettingsMapping
    /// What the paths of data files start from; nil: the recipe's folder, fetched.
    let folder: URL?
    var cleaning: Cleaning
    /// Columns whose values the corpus keeps, for a report that tells rows apart by them.
    var sliceColumns: [String] = []
    /// Whether the files are named beside what is done with them, and not by a recipe.
    public let namesOwnFiles: Bool
    /// Whether the label column is the one of the default name, since nobody named one.
    var hasDefaultLabel = false
    /// What the path of a labeler's folder starts from.
    private var base: URL?

    /// Reads `dataset:` of an experiment file.
    ///
    /// - Parameters:
    ///   - dataset: The dataset's keys.
    ///   - folder: What relative paths start from: the experiment file's folder.
    init(
        setting dataset: Setting, cleaning: Cleaning = Cleaning(), folder: URL,
        recipes: RecipeBook = RecipeBook()
    ) throws {
        base = folder
        if case .scalar(let text, _) = dataset.value {
            throw dataset.badValue(expected: DatasetReference.remedy(for: text, recipes: recipes))
        }
        let given = try dataset.mappingWithAnyKeys()
        let own = try DatasetReference.keys.readOwn(given)
        recipe = try own.recipe.map { try recipes.recipe(named: $0) }
        hubSource = try HubSource(own.part(\.hub, of: HubSource.keys))
        if hubSource != nil {
            try DatasetReference.reference.check(given)
            try DatasetReference.refuseFiles(own, given)
        }
        var keys = given.removing(DatasetReference.keys.names)
        if let recipe {
            guard let base = recipe.dataset else { throw RecipeError.notADataset(name: recipe.name) }
            keys = try base.mappingWithAnyKeys().overridden(by: keys)
        }
        if let path = own.path {
            let place = path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path)
            if isFolder(place) {
                self.folder = place
            } else {
                self.folder = place.deletingLastPathComponent()
                keys = keys.adding(FileKeys.keys.name(of: \.file), place.lastPathComponent)
            }
        } else {
            self.folder = recipe == nil ? folder : nil
        }
        mapping = keys
        namesOwnFiles = recipe == nil && hubSource == nil || given[FileKeys.keys.name(of: \.files)] != nil
        name = try recipe?.name ?? hubSource?.name ?? DatasetReference.fileName(in: keys)
        self.cleaning = cleaning
    }

    private struct Keys: Sendable {
        var recipe: String?
        var hub = HubSource.Keys()
        var path: String?
    }

    /// Those that an experiment's dataset has besides the keys of every dataset.
    private static let keys = KeyTable(Keys()) {
        SettingKey(
            "recipe", \.recipe, .text("a recipe's name"), absent: nil,
            "A dataset known by name (see `bakeoff list`); keys beside it override the recipe's."
        )
        HubSource.keys.lifted(to: \.hub)
        SettingKey(
            "path", \.path, .text("a path"), absent: "the experiment file's folder, or the recipe's",
            "The folder of the data files, or the data file itself.")
    }

    /// - Throws: `SettingsError.badValue` for a key besides `hub` that says where the files are.
    private static func refuseFiles(
        _ own: ReadSettings<Keys>, _ given: SettingsMapping
    ) throws(SettingsError) {
        let expected = "no such key beside 'hub', which says where the files are"
        try own.forbid([\.recipe, \.path], expected: expected)
        let files = try FileKeys.keys.readOwn(given)
        try files.forbid([\.file, \.files], expected: expected)
    }

    /// The keys of `dataset:`.
    public static var reference: KeyReference {
        KeyReference(keys.reference.entries + DatasetSchema.reference.entries)
    }

    /// A recipe as it stands.
    public init(recipe: Recipe) throws {
        guard let dataset = recipe.dataset else { throw RecipeError.notADataset(name: recipe.name) }
        self.recipe = recipe
        hubSource = nil
        name = recipe.name
        mapping = try dataset.mappingWithAnyKeys()
        namesOwnFiles = false
        folder = nil
        cleaning = Cleaning()
    }

    /// What to write in place of a text after `dataset:`.
    private static func remedy(for text: String, recipes: RecipeBook) -> String {
        (try? recipes.recipe(named: text)) == nil
            ? "a mapping, such as {file: \(shown(text)), labels: {column: label}}; 'bakeoff init \(shown(text))' writes it"
            : "a mapping: {recipe: \(text)}"
    }

    private static func fileName(in keys: SettingsMapping) throws -> String {
        let files = try FileKeys.keys.readOwn(keys)
        if let file = try files.file?.strings().first { return (file as NSString).lastPathComponent }
        return try files.files?.mappingWithAnyKeys().entries.first?.value.strings().first ?? "dataset"
    }
}

/// A corpus with what a report says of it.
public struct LoadedDataset: Sendable {
    public let name: String
    public let corpus: Corpus
    public let summary: DatasetSummary

    /// What is worth knowing of how the rows were read and which were left out.
    var notices: [String] {
        corpus.notices
            + summary.dropped.sorted { $0.key < $1.key }.map {
                "\(counted($0.value, "row")) left out: \($0.key)"
            }
    }

    /// The same with what confusions cost.
    func with(costs: [[Double]]) -> LoadedDataset {
        let corpus = corpus.withCosts(costs)
        var summary = summary
        summary.labelSpace = corpus.labelSpace
        return LoadedDataset(name: name, corpus: corpus, summary: summary)
    }
}

extension DatasetReference {
    /// Reads the data files.
    /// - Throws: `ExperimentError.notFetched` or `.notInHubCache`, `HubError`, `SettingsError`, `CorpusError`.
    public func load(cache: URL) throws -> LoadedDataset {
        let place = try local(cache: cache)
        return try load(place.schema, from: place)
    }

    func load(_ given: DatasetSchema, from place: LocalDataset) throws -> LoadedDataset {
        var schema = given
        schema.sliceColumns = sliceColumns
        var labelers = DatasetReference.labelers
        var silver: String?
        if case .silver(let name, let isModel, _) = schema.labels?.source {
            silver = name
            if isModel {
                let model = try SavedModel(folder: URL(fileURLWithPath: name, relativeTo: base))
                labelers[name] = { (try model.targets(of: $0), model.labelSpace) }
                silver = "the saved model \(name) (\(model.model))"
            }
        }
        var corpus = try hubSource.advising(on: place) { () throws(CorpusError) in
            try loadCorpus(schema, labelers: labelers, cleaning: cleaning)
        }
        corpus.notices = place.notices + corpus.notices
        var summary = DatasetSummary(
            name: name, title: recipe?.title, source: recipe?.source ?? place.source,
            licence: recipe?.licence,
            sha256: corpus.fingerprint, rowCount: corpus.count,
            dropped: Dictionary(corpus.cleaning.dropped.map { ($0.step, $0.count) }, uniquingKeysWith: +),
            labelSpace: corpus.labelSpace, silverLabeler: silver)
        if !corpus.cleaning.changed.isEmpty {
            summary.changed = Dictionary(
                corpus.cleaning.changed.map { ($0.step, $0.count) }, uniquingKeysWith: +)
        }
        if !corpus.notices.isEmpty {
            // A report does not tell where on a machine the files lie.
            let paths = schema.files.all.map { ($0.path, ($0.path as NSString).lastPathComponent) }
            summary.notices = corpus.notices.map { notice in
                paths.reduce(notice) { $0.replacing($1.0, with: $1.1) }
            }
        }
        return LoadedDataset(name: name, corpus: corpus, summary: summary)
    }

    /// Where the files are on this machine, and how they are to be read.
    func local(cache: URL) throws -> LocalDataset {
        guard let hubSource else {
            return try LocalDataset(mapping, folder: dataFolder(cache: cache), hub: hub)
        }
        guard let stored = try hubSource.stored(in: hub) else {
            throw ExperimentError.notInHubCache(hubSource.spelling)
        }
        return try LocalDataset(stored, of: hubSource, mapping)
    }

    /// The path of the first file, before its columns are known.
    func firstFile() throws -> String {
        let files = try hubSource.map { source in
            guard let stored = try source.stored(in: hub) else {
                throw ExperimentError.notInHubCache(source.spelling)
            }
            return stored.splits.flatMap(\.paths).map {
                stored.snapshot.folder.appendingPathComponent($0).path
            }
        }
        return try files?.first ?? LocalDataset(
            mapping, folder: folder ?? URL(fileURLWithPath: "/"), hub: hub
        )
        .schema.files.all.first?.path ?? name
    }

    private func dataFolder(cache: URL) throws -> URL {
        if let folder { return folder }
        guard let recipe else { throw ExperimentError.notFetched(recipe: name, folder: cache.path) }
        return try recipe.verifiedFolder(cache: cache)
    }

    /// What `labels.from` may name.
    private static let labelers: [String: Labeler] = [
        "vader": { texts in
            let thresholds = PolarityThresholds()
            let classes = Vader().polarities(of: texts).map { thresholds.label(of: $0) }
            return (.classes(classes), sentiments)
        }
    ]

    private static let sentiments: LabelSpace = {
        do { return try LabelSpace(kind: .multiclass, names: PolarityThresholds.labels) } catch {
            preconditionFailure("three distinct names make a label space: \(error)")
        }
    }()
}
