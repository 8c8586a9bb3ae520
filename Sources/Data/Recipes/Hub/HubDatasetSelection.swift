import Foundation
import Tables

/// Which files of a dataset's repository are the splits of one of its configurations.
///
/// They are found as `datasets` finds them: by the `configs` of the README, else by their names. Where files have several
/// forms, Parquet is taken, else the form that most have. The Parquet that the hub makes of every dataset lies in
/// `CONFIGURATION/SPLIT/0000.parquet`.
package struct HubDatasetSelection: Equatable, Sendable {
    package let configuration: String
    /// In order; each has a file at least.
    package let splits: [HubDataset.Split]
    /// The splits that there should be; nil where nobody says.
    package let declared: [String]?
    /// What stands between the fields of a CSV file, where the README says so.
    package let delimiter: String?
    package let features: [DatasetCard.Feature]

    /// The names of the splits, those included of which no file is here.
    package var names: [String] {
        let found = splits.map(\.name)
        return found + (declared ?? []).filter { !found.contains($0) }
    }

    /// Those of some splits of which not all files are here.
    package func incomplete(of wanted: [String]) -> [String] {
        wanted.filter { name in
            guard let split = splits.first(where: { $0.name == name }) else { return true }
            return !HubShards.areComplete(split.paths)
        }
    }

    /// - Parameters:
    ///   - paths: Of all files of the repository.
    ///   - asked: The configuration that is wanted; nil for the default one.
    package init(
        _ paths: [String], card: DatasetCard, of repository: HubName, configuration asked: String?
    ) throws(HubDatasetProblem) {
        let data = paths.filter { DataFormat(endingOf: $0) != nil }
        if card.configurations.isEmpty {
            let program = "\(repository.repository.split(separator: "/").last ?? "").py"
            if paths.contains(program) {
                throw .program(program, isElsewhere: repository.revision == nil)
            }
            if let converted = HubDatasetSelection.converted(data) {
                try self.init(converted, card: card, configuration: asked)
            } else {
                try self.init(named: data, of: paths, card: card, configuration: asked)
            }
        } else {
            try self.init(listed: data, of: paths, card: card, configuration: asked)
        }
    }

    private init(
        configuration: String, _ found: [(name: String, paths: [String])], card: DatasetCard,
        delimiter: String? = nil
    ) {
        self.configuration = configuration
        splits = found.map { HubDataset.Split(name: $0.name, paths: $0.paths) }
        declared = card.splits(of: configuration)
        self.delimiter = delimiter
        features = card.features(of: configuration)
    }

    // MARK: By the README

    private init(
        listed data: [String], of paths: [String], card: DatasetCard, configuration asked: String?
    ) throws(HubDatasetProblem) {
        let all = card.configurations
        let known = all.map(\.name)
        let byDefault =
            all.count == 1
            ? all[0] : all.first { $0.isDefault } ?? all.first { $0.name == DatasetCard.defaultConfiguration }
        guard let own = asked.map({ asked in all.first { $0.name == asked } }) ?? byDefault else {
            throw .noConfiguration(asked: asked, known: known)
        }
        let folder = own.folder ?? ""
        guard let patterns = own.splits else {
            let found = HubSplitPatterns.splits(of: data, in: folder)
            self.init(
                configuration: own.name, try HubDatasetSelection.ofOneForm(found, of: paths, own.name),
                card: card,
                delimiter: try own.delimiter(for: found))
            return
        }
        var found: [(name: String, paths: [String])] = []
        for split in patterns {
            found.append((split.name, HubSplitPatterns.matches(split.patterns, in: folder, of: data)))
        }
        if let empty = found.firstIndex(where: \.paths.isEmpty), found.allSatisfy(\.paths.isEmpty) {
            throw .noFiles(split: found[empty].name, patterns: patterns[empty].patterns)
        }
        self.init(
            configuration: own.name,
            try HubDatasetSelection.ofOneForm(found.filter { !$0.paths.isEmpty }, of: paths, own.name),
            card: card,
            delimiter: try own.delimiter(for: found))
    }

    // MARK: By names

    private init(
        named data: [String], of paths: [String], card: DatasetCard, configuration asked: String?
    ) throws(HubDatasetProblem) {
        if data.isEmpty {
            throw .noData(configuration: asked, endings: HubDatasetSelection.endings(of: paths))
        }
        let name = asked ?? DatasetCard.defaultConfiguration
        let folders = Set(
            data.compactMap { path in
                path.firstIndex(of: "/").map { String(path[..<$0]) }
            })
        guard name == DatasetCard.defaultConfiguration || folders.contains(name) else {
            throw .noConfiguration(
                asked: asked,
                known: [DatasetCard.defaultConfiguration] + folders.sorted().filter { $0 != "data" })
        }
        let folder = folders.contains(name) ? name : ""
        let found = HubSplitPatterns.splits(of: data, in: folder)
        self.init(
            configuration: name, try HubDatasetSelection.ofOneForm(found, of: paths, asked), card: card)
    }

    // MARK: As the hub converts

    /// The files by configuration and split, where all data files lie as the hub lays them.
    private static func converted(_ data: [String]) -> [(
        name: String, splits: [(name: String, paths: [String])]
    )]? {
        var all: [(name: String, splits: [(name: String, paths: [String])])] = []
        for path in data.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard let match = path.wholeMatch(of: /([^\/]+)\/([^\/]+)\/\d{4,}\.parquet/) else { return nil }
            let (name, split) = (String(match.1), String(match.2))
            if all.last?.name != name { all.append((name, [])) }
            let place = all.count - 1
            if all[place].splits.last?.name != split { all[place].splits.append((split, [])) }
            all[place].splits[all[place].splits.count - 1].paths.append(path)
        }
        return all.isEmpty ? nil : all
    }

    private init(
        _ converted: [(name: String, splits: [(name: String, paths: [String])])], card: DatasetCard,
        configuration asked: String?
    ) throws(HubDatasetProblem) {
        let byDefault =
            converted.count == 1
            ? converted[0] : converted.first { $0.name == DatasetCard.defaultConfiguration }
        guard let own = asked.map({ asked in converted.first { $0.name == asked } }) ?? byDefault else {
            throw .noConfiguration(asked: asked, known: converted.map(\.name))
        }
        self.init(configuration: own.name, own.splits, card: card)
    }

    // MARK: Forms

    /// What the names of some files end in, for errors.
    private static func endings(of paths: [String]) -> [String] {
        let endings = paths.compactMap { path in
            path.split(separator: "/").last.flatMap { name in
                name.lastIndex(of: ".").map { String(name[$0...]) }
            }
        }
        return Set(endings).sorted().prefix(12).map(\.self)
    }

    /// Only the files of one form: Parquet if there are such, else what most are.
    private static func ofOneForm(
        _ splits: [(name: String, paths: [String])], of paths: [String], _ configuration: String?
    ) throws(HubDatasetProblem) -> [(name: String, paths: [String])] {
        func form(_ path: String) -> DataFormat? { DataFormat(endingOf: path) }
        let forms = splits.flatMap(\.paths).compactMap(form)
        let order: [DataFormat] = [.parquet, .jsonLines, .table(.csv), .table(.tsv)]
        let counts = order.map { wanted in forms.count { $0 == wanted } }
        guard let most = counts.max(), most > 0, let first = counts.firstIndex(of: most) else {
            throw .noData(configuration: configuration, endings: endings(of: paths))
        }
        let chosen = counts[0] > 0 ? .parquet : order[first]
        return splits.map { ($0.name, $0.paths.filter { form($0) == chosen }) }.filter { !$0.1.isEmpty }
    }
}

extension DatasetCard.Configuration {
    /// Keys of a reader of `datasets` that change what its rows are, by the form that it reads.
    private static let tableOptions: Set = [
        "header", "names", "column_names", "index_col", "usecols", "prefix", "mangle_dupe_cols", "engine",
        "converters",
        "true_values", "false_values", "skipinitialspace", "skiprows", "nrows", "na_values",
        "keep_default_na", "na_filter",
        "thousands", "decimal", "lineterminator", "quotechar", "quoting", "escapechar", "comment", "encoding",
        "dialect",
        "skipfooter", "doublequote", "on_bad_lines",
    ]
    private static let objectOptions: Set = ["encoding", "field", "use_threads", "block_size", "chunksize"]
    private static let parquetOptions: Set = ["filters"]

    /// What stands between the fields of CSV files; nil where nothing is said.
    /// - Throws: `HubDatasetProblem.option` for what is not done.
    fileprivate func delimiter(for splits: [(name: String, paths: [String])]) throws(HubDatasetProblem)
        -> String?
    {
        guard let path = splits.first(where: { !$0.paths.isEmpty })?.paths.first else { return nil }
        let refused: Set<String> =
            switch DataFormat(endingOf: path) {
            case .table: Self.tableOptions
            case .jsonLines: Self.objectOptions
            case .parquet, nil: Self.parquetOptions
            }
        if let key = options.keys.filter(refused.contains).min() {
            throw .option(configuration: name, key: key)
        }
        if case .table? = DataFormat(endingOf: path) { return options["sep"] ?? options["delimiter"] }
        return nil
    }
}
