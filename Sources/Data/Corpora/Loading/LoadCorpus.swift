import Labels

/// Makes labels from texts: one row of targets for each text.
public typealias Labeler =
    @Sendable (_ texts: [String]) throws -> (targets: Targets, labelSpace: LabelSpace)

/// Reads a dataset whole: texts, ids and labels.
///
/// - Parameters:
///   - labelers: What `labels.from` may name; a saved model is named by its folder.
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
    let loader = RowLoader(
        schema, cleaning: rowwise, labels: try labels.collector(without: cleaning.droppedColumns))
    if case .silver(let name, _, let gold) = labels.source {
        guard let labeler = labelers[name] else { throw .unknownLabeler(name, known: labelers.keys.sorted()) }
        return try loadSilver(schema, rowwise, by: labeler, named: name, gold: gold).cleaned(by: rowwise)
    }
    try loader.read()
    guard let collected = try loader.labels?.finish(file: loader.firstFile) else { throw .noLabels }
    var corpus = Corpus(loader.table, schema, labeled: collected)
    corpus.ratings = try labels.raters.map { (raters) throws(CorpusError) in
        try raters.ratings(of: loader.table)
    }
    if let column = labels.raterColumn, let raters = loader.table.raters, let texts = loader.table.groups {
        corpus.rowRaters = RowRaters(minVotes: column.minVotes, raters: raters, texts: texts)
    }
    return try corpus.cleaned(by: rowwise)
}

private func loadSilver(
    _ schema: DatasetSchema, _ cleaning: Cleaning, by labeler: Labeler, named name: String, gold: LabelSchema?
) throws(CorpusError) -> Corpus {
    let collector = try gold?.collector().map(GoldLabels.init)
    let loader = RowLoader(schema, cleaning: cleaning, labels: collector)
    try loader.read()
    let silver: CollectedLabels
    do {
        let made = try labeler(loader.table.texts)
        silver = CollectedLabels(targets: made.targets, labelSpace: made.labelSpace)
    } catch {
        throw .labelerFailed(name, reason: "\(error)")
    }
    let collected = try (loader.labels as? GoldLabels)?.labels(
        in: silver.labelSpace, ids: loader.table.ids, file: loader.firstFile)
    return Corpus(loader.table, schema, labeled: silver, isSilver: true, gold: collected)
}

extension Corpus {
    fileprivate init(
        _ table: TextTable, _ schema: DatasetSchema, labeled: CollectedLabels, isSilver: Bool = false,
        gold: [[Int]?]? = nil
    ) {
        self.init(
            ids: table.ids, texts: table.texts, targets: labeled.targets, labelSpace: labeled.labelSpace,
            officialParts: table.officialParts, fingerprint: table.fingerprint, isSilver: isSilver,
            gold: gold,
            missingValues: table.missingValues, groups: table.groups, cleaning: table.cleaning)
        labelOrigins = labeled.origins
        sliceValues = Dictionary(
            zip(schema.sliceColumns, table.sliceValues), uniquingKeysWith: { first, _ in first })
        notices = table.notices + labeled.notices
    }
}
