import Labels

/// Makes labels from texts: one row of targets for each text.
public typealias Labeler = @Sendable (_ texts: [String]) -> (targets: Targets, labelSpace: LabelSpace)

/// Reads a dataset whole: texts, ids and labels.
///
/// - Parameters:
///   - labelers: What `labels.from` may name.
///   - missing: What happens to rows without text or label, unless `cleaning` says.
///   - cleaning: What is done to the rows besides.
/// - Throws: The first thing that is wrong, with its file and line. Labels outside the label space are found last.
public func loadCorpus(
    _ schema: DatasetSchema, labelers: [String: Labeler] = [:], missing: MissingRows = .refused,
    cleaning: Cleaning = Cleaning()
) throws(CorpusError) -> Corpus {
    guard let labels = schema.labels else { throw .noLabels }
    var rowwise = cleaning
    if missing == .dropped { rowwise.missing = .dropped }
    var loader = RowLoader(
        schema, cleaning: rowwise, labels: try labels.collector(without: cleaning.droppedColumns))
    if case .silver(let name) = labels.source {
        guard let labeler = labelers[name] else { throw .unknownLabeler(name, known: labelers.keys.sorted()) }
        try loader.read()
        return try Corpus(loader.table, labeled: labeler(loader.table.texts), isSilver: true).cleaned(
            by: rowwise)
    }
    try loader.read()
    guard let collected = try loader.labels?.finish(file: loader.firstFile) else { throw .noLabels }
    return try Corpus(loader.table, labeled: collected, isSilver: false).cleaned(by: rowwise)
}

/// Reads the texts and ids of a dataset, and nothing of its labels.
public func loadTexts(
    _ schema: DatasetSchema, missing: MissingRows = .refused
) throws(CorpusError) -> TextTable {
    var cleaning = Cleaning()
    cleaning.missing = missing
    var loader = RowLoader(schema, cleaning: cleaning, labels: nil)
    try loader.read()
    return loader.table
}

extension Corpus {
    fileprivate init(
        _ table: TextTable, labeled: (targets: Targets, labelSpace: LabelSpace), isSilver: Bool
    ) {
        self.init(
            ids: table.ids, texts: table.texts, targets: labeled.targets, labelSpace: labeled.labelSpace,
            officialParts: table.officialParts, fingerprint: table.fingerprint, isSilver: isSilver,
            droppedRowCount: table.droppedRowCount, groups: table.groups, cleaning: table.cleaning)
    }
}
