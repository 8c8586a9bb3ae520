import Labels

/// N texts with their labels, as read from the files of a dataset.
public struct Corpus: Equatable, Sendable {
    /// Unique. Shape: [N].
    public let ids: [String]
    /// None empty. Shape: [N].
    public let texts: [String]
    /// N rows.
    public let targets: Targets
    public let labelSpace: LabelSpace
    /// Which part each row came in, where the dataset has official parts. Shape: [N].
    public let officialParts: [Part]?
    /// The SHA-256 of the bytes of the data files, one after another (train, validation, test; or as listed), and of
    /// nothing else: neither the schema nor a file of label names counts. The same for a selection of the rows.
    public let fingerprint: String
    /// Whether the labels were made by a labeler and not by people.
    public let isSilver: Bool
    /// Where labels are silver: those that people gave each row, ascending; nil for a row that nobody labelled. Nil where
    /// there are none at all. Shape: [N].
    public let gold: [[Int]?]?
    /// How many rows were left out because their text or label is missing.
    public let missingValues: MissingValues
    public var droppedRowCount: Int { missingValues.rows }
    /// What belongs together in a split, such as an author, where the dataset names a column for it. Shape: [N].
    public let groups: [String]?
    /// The values of the columns that a report tells scores by, by name; empty where a row has none. Shape of each: [N].
    public package(set) var sliceValues: [String: [String]] = [:]
    /// What several raters said of each row, where the dataset tells. Shape: [N].
    public internal(set) var ratings: Ratings?
    /// Who made each row, where rows are ratings and the rows of one group one text's.
    public internal(set) var rowRaters: RowRaters?
    /// What cleaning did to the rows.
    public internal(set) var cleaning: CleaningLog
    /// How the dataset came by its labels.
    public internal(set) var labelOrigins = LabelOrigins()
    /// What is worth knowing about how the files were read but no error.
    public package(set) var notices: [String] = []

    /// N.
    public var count: Int { texts.count }

    /// - Precondition: As many ids, targets and parts as texts.
    public init(
        ids: [String], texts: [String], targets: Targets, labelSpace: LabelSpace,
        officialParts: [Part]? = nil,
        fingerprint: String, isSilver: Bool = false, gold: [[Int]?]? = nil,
        missingValues: MissingValues = MissingValues(),
        groups: [String]? = nil, cleaning: CleaningLog = CleaningLog(), notices: [String] = []
    ) {
        precondition(ids.count == texts.count && targets.count == texts.count)
        precondition(officialParts.map { $0.count == texts.count } ?? true)
        precondition(gold.map { $0.count == texts.count } ?? true)
        precondition(groups.map { $0.count == texts.count } ?? true)
        self.ids = ids
        self.texts = texts
        self.targets = targets
        self.labelSpace = labelSpace
        self.officialParts = officialParts
        self.fingerprint = fingerprint
        self.isSilver = isSilver
        self.gold = gold
        self.missingValues = missingValues
        self.groups = groups
        self.cleaning = cleaning
        self.notices = notices
    }

    /// The rows with the given indices, in the given order.
    public func selecting(_ rows: [Int]) -> Corpus {
        relabelled(
            rows, targets: targets.selecting(rows), labelSpace: labelSpace,
            gold: gold.map { gold in rows.map { gold[$0] } })
    }

    /// The same with what it costs to predict a label in place of the gold one. Shape: [K][K], a row for each gold label.
    public func withCosts(_ costs: [[Double]]) -> Corpus {
        var space = labelSpace
        space.costs = costs
        return relabelled(Array(texts.indices), targets: targets, labelSpace: space, gold: gold)
    }

    /// The rows with the given indices and other labels, which are given for these rows.
    func relabelled(
        _ rows: [Int], targets: Targets, labelSpace: LabelSpace, gold: [[Int]?]?
    ) -> Corpus {
        var selected = Corpus(
            ids: rows.map { ids[$0] }, texts: rows.map { texts[$0] }, targets: targets,
            labelSpace: labelSpace, officialParts: officialParts.map { parts in rows.map { parts[$0] } },
            fingerprint: fingerprint, isSilver: isSilver, gold: gold,
            missingValues: missingValues,
            groups: groups.map { groups in rows.map { groups[$0] } }, cleaning: cleaning)
        selected.sliceValues = sliceValues.mapValues { values in rows.map { values[$0] } }
        selected.ratings = ratings?.selecting(rows)
        selected.rowRaters = rowRaters?.selecting(rows)
        selected.labelOrigins = labelOrigins
        selected.notices = notices
        return selected
    }
}
