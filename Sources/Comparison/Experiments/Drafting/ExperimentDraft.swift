import Corpora
import Foundation
import Lexicons
import LinearAlgebra
import SafeFiles
import SettingKeys
import Tables

/// An experiment file for a data file: how it is read, cleaned and split, and which contestants meet, each decision told.
///
/// What is written runs as it stands: the dataset has been loaded and split by the very keys. Where two readings of the
/// file are as likely, nothing is written, and the readings are told.
public struct ExperimentDraft: Sendable {
    /// The experiment's name, which its folders get.
    public let name: String
    public let yaml: String
    /// What was decided, a sentence each.
    public let decisions: [String]
    /// What the table suggests besides, such as a split by authors; a sentence or two each.
    public let suggestions: [String]

    /// - Parameters:
    ///   - data: The path of the data file, from `folder`.
    ///   - options: What is known of it.
    ///   - folder: Where the experiment file will stand, and what `data` starts from.
    ///   - file: The experiment file's name, which the experiment is called by; by default it is called by the data.
    /// - Throws: `Undecided`, `CorpusError`, `SettingsError`, `SplitError`.
    public init(of data: String, options: DatasetOptions = DatasetOptions(), folder: URL, file: String? = nil)
        throws
    {
        try self.init(of: DraftSource(data, folder: folder), options: options, file: file)
    }

    /// - Parameter source: The data; what is on the hub must be in its cache.
    public init(of source: DraftSource, options: DatasetOptions = DatasetOptions(), file: String? = nil)
        throws
    {
        let (data, folder) = (try source.surveyedPath(options), source.folder)
        let survey = try TableSurvey(data, folder: folder, options: options)
        let roles = try ColumnRoles(of: survey, path: source.spelling) { first, second in
            try ExperimentDraft.isSamePartition(first, second, data, survey.options, folder)
        }
        var reading = survey.options
        (reading.text, reading.label, reading.labelColumns) = (roles.text, roles.label, roles.labelColumns)
        reading.id = roles.id
        var draft = Draft(source: source, surveyed: data, options: reading)
        if let file { draft.name = Draft.name(of: (file as NSString).deletingPathExtension) }
        draft.decisions = survey.decisions + roles.decisions
        try draft.loadCorpus()
        try draft.decideCleaning()
        draft.decideGrouping(roles)
        try draft.decideSplit()
        draft.decideContestants()
        name = draft.name
        decisions = draft.decisions
        suggestions = draft.suggestions
        yaml = draft.yaml
    }

    /// Whether two columns divide the rows alike, as the numbers of classes and their names do.
    private static func isSamePartition(
        _ first: String, _ second: String, _ data: String, _ options: DatasetOptions, _ folder: URL
    ) throws -> Bool {
        let schema = try options.texts(in: data, folder: folder)
        var reader = try RecordReader(
            DataFile(path: data, folder: folder).source(), schema.format, encoding: schema.encoding)
        let wanted = [try reader.column(first), try reader.column(second)]
        var cells: [Cell] = []
        var (forward, backward): ([Cell: Cell], [Cell: Cell]) = ([:], [:])
        while try reader.read(wanted, into: &cells) != nil {
            let (a, b) = (cells[0], cells[1])
            if forward.updateValue(b, forKey: a) ?? b != b || backward.updateValue(a, forKey: b) ?? a != a {
                return false
            }
        }
        return true
    }
}

/// The draft while it is made.
private struct Draft {
    let source: DraftSource
    /// The file whose columns were looked at.
    let surveyed: String
    var options: DatasetOptions
    var decisions: [String] = []
    var corpus: Corpus?
    var dropsMissing = false
    /// Classes with fewer rows are left out.
    var minRowsPerClass: Int?
    var split: [(key: String, value: String)] = []
    /// Blocks of the file that are comments, for whoever wants them.
    var suggestions: [String] = []
    var hasVader = false
    var name: String

    init(source: DraftSource, surveyed: String, options: DatasetOptions) {
        (self.source, self.surveyed, self.options) = (source, surveyed, options)
        name = Draft.name(of: source.name)
    }

    /// The file's name without its endings, of letters, digits, `-`, `_` and `.` alone.
    static func name(of data: String) -> String {
        var stem = URL(fileURLWithPath: data).lastPathComponent
        while let dot = stem.lastIndex(of: "."), dot != stem.startIndex,
            DataFormat.isNamed(by: "a\(stem[dot...])")
                || ["gz", "bz2", "xz", "zst", "zip"].contains(stem[stem.index(after: dot)...])
        {
            stem = String(stem[..<dot])
        }
        let safe = String(
            stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) ? $0 : "-" }.prefix(
                60))
        let trimmed = String(safe.drop { $0 == "." || $0 == "-" })
        return trimmed.isEmpty ? "experiment" : trimmed
    }

    // MARK: The data

    private func load(_ missing: MissingRows) throws -> Corpus {
        var cleaning = Cleaning()
        cleaning.missing = missing
        return try source.reference(options, cleaning: cleaning).load(cache: CacheFolder.url).corpus
    }

    mutating func loadCorpus() throws {
        decideLabelLists()
        let loaded = try load(.dropped)
        corpus = loaded
        dropsMissing = loaded.droppedRowCount > 0
        if dropsMissing {
            decisions.append(
                "\(loaded.droppedRowCount) rows are left out, since they lack something: \(loaded.missingValues)."
            )
        }
        let space = loaded.labelSpace
        let counts = loaded.targets.labelCounts(labelCount: space.count)
        let shares = zip(space.names, counts).sorted { $0.1 > $1.1 }.prefix(12).map { "\($0) \($1)" }
        decisions.append(
            "\(loaded.count) rows, \(space.count) labels (\(space.kind.rawValue)): \(shares.joined(separator: ", "))"
                + (space.count > 12 ? ", ..." : "") + ".")
        decisions += loaded.notices.map { "\($0.prefix(1).uppercased())\($0.dropFirst())." }
    }

    /// Whether cells of the label column hold several labels, and what joins them: what does so again and again, of pieces
    /// that meet in other company too.
    private mutating func decideLabelLists() {
        guard let label = options.label, options.separator == nil, options.kind == nil,
            let cells = try? labelCells(label)
        else { return }
        for mark in [";", "|", ",", "/"] {
            let joined = cells.filter { $0.key.contains(mark) && !$0.key.hasPrefix("[") }
            let rows = joined.reduce(0) { $0 + $1.value }
            guard rows * 20 >= cells.values.reduce(0, +), joined.count >= 2 else { continue }
            var cellsOfPiece: [String: Int] = [:]
            for cell in cells.keys {
                for piece in Set(cell.split(separator: mark).map { $0.trimmingCharacters(in: .whitespaces) })
                {
                    cellsOfPiece[piece, default: 0] += 1
                }
            }
            let pieces = joined.keys.flatMap {
                $0.split(separator: mark).map { $0.trimmingCharacters(in: .whitespaces) }
            }
            guard pieces.allSatisfy({ !$0.isEmpty && $0.split(separator: " ").count <= 4 }),
                pieces.count(where: { cellsOfPiece[$0] ?? 0 > 1 }) * 2 > pieces.count
            else { continue }
            options.separator = mark
            decisions.append(
                "A row may have several labels, joined by '\(mark)': \(rows) rows do, and the pieces stand in other cells too."
            )
            return
        }
    }

    private func labelCells(_ label: String) throws -> [String: Int] {
        let schema = try options.texts(in: surveyed, folder: source.folder)
        var reader = try RecordReader(
            DataFile(path: surveyed, folder: source.folder).source(), schema.format, encoding: schema.encoding
        )
        let wanted = [try reader.column(label)]
        var cells: [Cell] = []
        var counts: [String: Int] = [:]
        while try reader.read(wanted, into: &cells) != nil {
            if case .text(let text) = cells[0] { counts[text, default: 0] += 1 }
            if counts.count > ColumnSurvey.valueLimit { return [:] }
        }
        return counts
    }

    // MARK: Cleaning and split

    mutating func decideCleaning() throws {
        guard let corpus, case .classes(let classes) = corpus.targets else { return }
        let counts = corpus.targets.labelCounts(labelCount: corpus.labelSpace.count)
        let rare = corpus.labelSpace.names.indices.filter { counts[$0] < Draft.leastRows }
        if rare.isEmpty { return }
        let names = listed(rare.map { corpus.labelSpace.names[$0] })
        let left = corpus.labelSpace.count - rare.count
        let rows = classes.count { counts[$0] < Draft.leastRows }
        guard left >= 2 else {
            throw Undecided(
                file: source.spelling,
                question:
                    "\(rare.count) of \(corpus.labelSpace.count) classes have fewer than \(Draft.leastRows) rows (\(names)), too few "
                    + "to be in train, validation and test; the labels are probably another column, or there are too few rows",
                readings: [])
        }
        minRowsPerClass = Draft.leastRows
        decisions.append(
            "\(rare.count == 1 ? "The class" : "The classes") \(names) \(rare.count == 1 ? "has" : "have") fewer than "
                + "\(Draft.leastRows) rows, too few to be in train, validation and test: \(rows == 1 ? "this row is" : "these \(rows) rows are") "
                + "left out. 'rare-classes: other' makes one class of all such instead.")
        let keys = try Setting(yaml: "{\(rareClasses(Draft.leastRows))}", file: "clean")
        self.corpus = try corpus.cleaned(by: Cleaning(setting: keys))
    }

    private func rareClasses(_ leastRows: Int) -> String {
        "min-rows-per-class: \(leastRows), rare-classes: drop"
    }

    /// A row in each part.
    private static let leastRows = 3

    mutating func decideGrouping(_ roles: ColumnRoles) {
        guard let corpus else { return }
        // Rows that have parts keep them.
        if corpus.officialParts != nil { return }
        let repeats = TextGroups(equal: corpus.texts).repeats.count
        if options.group != nil {
            split.append(("group-by", "group"))
        } else if repeats > 0 {
            split.append(("group-by", "duplicates"))
            decisions.append(
                "\(repeats) rows repeat an earlier text (in any case and spacing): rows of one text stay in one part, so that none "
                    + "is learnt and tested. 'clean: {drop-duplicates: true}' would leave them out.")
        }
        if let group = roles.group {
            suggestions.append(
                "Column '\(group.name)' has \(group.distinct) values in \(group.filled) rows. If rows of one value are alike, such as "
                    + "those of one author, keep each in one part: 'columns: {group: \(DraftText.value(group.name))}' in the dataset and "
                    + "'group-by: group' in the split. A random split tells how well rows of known values are labelled."
            )
        }
        if let dates = roles.dates {
            suggestions.append(
                "Column '\(dates.name)' holds dates. If the model will label what comes later, test it on what came later: write the "
                    + "rows of the last weeks to a file of their own, and name both: 'files: {train: ..., test: ...}' and 'split: "
                    + "official'.")
        }
        if let parts = roles.parts {
            suggestions.append(
                "Column '\(parts.name)' names parts. To use them, write each part to a file of its own, and name them: 'files: "
                    + "{train: ..., test: ...}' and 'split: official'. Here all rows are split anew.")
        }
    }

    mutating func decideSplit() throws {
        guard let corpus else { return }
        if let parts = corpus.officialParts { return try decideOfficialSplit(parts, of: corpus) }
        let grouping = split.first { $0.key == "group-by" }.flatMap { SplitPlan.Grouping(rawValue: $0.value) }
        var failure: SplitError?
        for (train, validation, test) in [(0.70, 0.15, 0.15), (0.70, 0.0, 0.30)] {
            do throws(SplitError) {
                let plan = SplitPlan(
                    shares: try SplitShares(train: train, validation: validation, test: test),
                    groupBy: grouping)
                _ = try plan.split(
                    corpus.targets, labels: corpus.labelSpace, groups: try plan.groups(of: corpus))
                var keys: [(key: String, value: String)] = [("train", String(format: "%.2f", train))]
                if validation > 0 { keys.append(("validation", String(format: "%.2f", validation))) }
                keys.append(("test", String(format: "%.2f", test)))
                split = keys + [(key: "stratify", value: "labels"), (key: "seed", value: "42")] + split
                if validation == 0 {
                    decisions.append(
                        "There are too few rows for a validation part: 70% are learnt, 30% are tested.")
                }
                return
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// Rows keep the parts that they came with; what is missing is taken from train.
    private mutating func decideOfficialSplit(_ parts: [Part], of corpus: Corpus) throws(SplitError) {
        split = [("official", "true")]
        var shares: [Part: Double] = [:]
        for part in [Part.validation, .test] where !parts.contains(part) {
            shares[part] = 0.15
            split.append((part.rawValue, "0.15"))
            decisions.append(
                "The dataset has no \(part.rawValue) part: 15% of its train rows become one.")
        }
        decisions.append("Rows keep the parts that the dataset came with.")
        let plan = try SplitPlan.official(
            carvingValidation: shares[.validation] ?? 0, test: shares[.test] ?? 0, stratify: .labels,
            seed: SplitPlan.defaultSeed)
        _ = try plan.split(corpus.targets, labels: corpus.labelSpace, official: parts)
    }

    mutating func decideContestants() {
        guard let corpus else { return }
        let space = corpus.labelSpace
        let sentiments = Set(PolarityThresholds.labels)
        if space.kind == .multiclass, Set(space.names) == sentiments {
            hasVader = true
            decisions.append(
                "The labels are negative, neutral and positive: VADER, a lexicon that learns nothing, takes part."
            )
        } else if Set(space.names.map { $0.lowercased() }).isSubset(
            of: sentiments.union(["neg", "pos", "neu"]))
        {
            suggestions.append(
                "The labels are sentiments. VADER, a lexicon that learns nothing, can take part where they are called negative, neutral "
                    + "and positive, all three: '- {id: vader, model: vader}'.")
        }
    }

    // MARK: The file

    var yaml: String {
        var text = DraftText.comment(
            "Written by `bakeoff init \(source.spelling)`. What was decided, to be changed where it is wrong:"
        )
        for decision in decisions { text += DraftText.comment("- " + decision) }
        text += "name: \(DraftText.value(name))\n"
        text += "dataset:\n" + dataset
        var cleaning: [String] = []
        if dropsMissing { cleaning.append("drop-missing: true") }
        if let minRowsPerClass {
            cleaning.append(rareClasses(minRowsPerClass))
        }
        if !cleaning.isEmpty { text += "clean: {\(cleaning.joined(separator: ", "))}\n" }
        text += "split: {" + split.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}\n"
        for suggestion in suggestions { text += DraftText.comment(suggestion) }
        text += "contestants:\n"
        text += DraftText.comment("What is to be beaten: always the most frequent labels.", indent: "  ")
        text += "  - {id: majority, model: dummy}\n"
        if hasVader { text += "  - {id: vader, model: vader}\n" }
        text += DraftText.comment("Words and how telling they are, and a linear model.", indent: "  ")
        text +=
            "  - id: tfidf-lr\n    model: tfidf-logreg\n    tfidf: {max-features: 5000}\n    logistic: {C: 1.0}\n"
        text += DraftText.comment(
            "A small encoder, frozen, with a linear head. Get it by `bakeoff fetch all-MiniLM-L6-v2` (91 MB), and uncomment the line:",
            indent: "  ")
        text += "  # - {id: frozen, model: frozen-encoder, encoder: all-MiniLM-L6-v2, pooling: mean}\n"
        return text
    }

    /// The keys of the dataset, as the options have them.
    private var dataset: String {
        var lines = source.lines
        if let format = options.format { lines.append("format: \(format)") }
        if let delimiter = options.delimiter {
            lines.append(
                "delimiter: \(DraftText.value(delimiter == "\\t" || delimiter == "tab" ? "\t" : delimiter))")
        }
        if let quoting = options.quoting { lines.append("quoting: \(quoting)") }
        if let encoding = options.encoding { lines.append("encoding: \(encoding)") }
        if !options.hasHeader { lines.append("header: false") }
        var columns = [
            "text: "
                + (options.text.count == 1 ? DraftText.value(options.text[0]) : DraftText.list(options.text))
        ]
        if let id = options.id { columns.append("id: \(DraftText.value(id))") }
        if let group = options.group { columns.append("group: \(DraftText.value(group))") }
        lines.append("columns: {\(columns.joined(separator: ", "))}")
        if options.text.count > 1 {
            lines.append(
                "text-separator: \(DraftText.value(options.textSeparator ?? TextColumns.defaultSeparator))")
        }
        var labels: [String] = []
        if let kind = options.kind { labels.append("kind: \(kind)") }
        if let label = options.label { labels.append("column: \(DraftText.value(label))") }
        if !options.labelColumns.isEmpty { labels.append("columns: \(DraftText.list(options.labelColumns))") }
        if let separator = options.separator { labels.append("separator: \(DraftText.value(separator))") }
        if !options.labelNames.isEmpty { labels.append("names: \(DraftText.list(options.labelNames))") }
        lines.append("labels: {\(labels.joined(separator: ", "))}")
        return lines.map { "  \($0)\n" }.joined()
    }
}
