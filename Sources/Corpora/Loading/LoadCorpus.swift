import Labels

/// Makes labels from texts: one row of targets for each text.
public typealias Labeler = @Sendable (_ texts: [String]) -> (targets: Targets, labelSpace: LabelSpace)

/// Reads a dataset whole: texts, ids and labels.
///
/// - Parameters:
///   - labelers: What `labels.from` may name.
///   - missing: What happens to rows without text or label.
/// - Throws: The first thing that is wrong, with its file and line. Labels outside the label space are found last.
public func loadCorpus(
    _ schema: DatasetSchema, labelers: [String: Labeler] = [:], missing: MissingRows = .refused
) throws(CorpusError) -> Corpus {
    guard let labels = schema.labels else { throw .noLabels }
    var loader = RowLoader(schema, missing: missing, labels: try labels.collector())
    if case .silver(let name) = labels.source {
        guard let labeler = labelers[name] else { throw .unknownLabeler(name, known: labelers.keys.sorted()) }
        try loader.read()
        return Corpus(loader.table, labeled: labeler(loader.table.texts), isSilver: true)
    }
    try loader.read()
    guard let collected = try loader.labels?.finish(file: loader.firstFile) else { throw .noLabels }
    return Corpus(loader.table, labeled: collected, isSilver: false)
}

/// Reads the texts and ids of a dataset, and nothing of its labels.
public func loadTexts(
    _ schema: DatasetSchema, missing: MissingRows = .refused
) throws(CorpusError) -> TextTable {
    var loader = RowLoader(schema, missing: missing, labels: nil)
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
            droppedRowCount: table.droppedRowCount)
    }
}
