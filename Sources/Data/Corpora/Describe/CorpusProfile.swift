import Labels

/// What a person should know of a corpus before trusting a number made with it.
///
/// Texts are compared twice: as they are, and normalised (lower case, white space collapsed).
public struct CorpusProfile: Codable, Equatable, Sendable {
    public let rowCount: Int
    /// How many rows were left out because their text or label is missing.
    public let droppedRowCount: Int
    /// Which of the two they lack; nil where no row was left out.
    public let missingValues: MissingValues?
    public let fingerprint: String
    public let isSilver: Bool
    public let kind: LabelKind
    /// Rows of each part; empty where there are none.
    public let parts: [PartCount]
    /// In the order of the label space.
    public let labels: [LabelCount]
    /// Ascending by the number of labels; numbers that no row has are left out.
    public let labelsPerRow: [LabelsPerRow]
    /// White-space-separated words of a text.
    public let words: Distribution
    /// Unicode scalars of a text (Python's `len`).
    public let characters: Distribution
    /// Rows whose text and labels an earlier row has.
    public let duplicateRows: Int
    /// Rows whose text an earlier row has.
    public let duplicateTexts: Int
    /// Rows whose normalised text an earlier row has.
    public let duplicateNormalizedTexts: Int
    /// Normalised texts that occur with different labels.
    public let conflictingTexts: Int
    /// Rows with such a text.
    public let conflictingRows: Int
    /// For each two parts, rows of the later one whose normalised text the earlier one has.
    public let leaks: [Leak]
    /// Rows whose text is equal to an earlier one, or near it (see `TextGroups`).
    public let nearDuplicateTexts: Int
    /// Rows of validation and test that are near a train row and equal to none.
    public let nearLeaks: [Leak]
    /// Texts that were not compared with all that could be near them: counts of near texts are then at least what is said.
    /// Nil for none.
    public let cutTexts: Int?
    /// The pairs of labels that most rows carry both of; empty unless multilabel.
    public let pairs: [LabelPair]
    /// The first row of each label that has any.
    public private(set) var examples: [Example]
    /// What cleaning did before.
    public let cleaning: CleaningLog
    /// Lengths in a model's tokens, where one was named.
    public var tokens: TokenLengths?

    public struct LabelPair: Codable, Equatable, Sendable {
        public let first: String
        public let second: String
        public let rows: Int
    }

    public struct Example: Codable, Equatable, Sendable {
        public let label: String
        public let id: String
        /// Nil where texts are not to be told.
        public var text: String?
    }

    public struct PartCount: Codable, Equatable, Sendable {
        public let part: Part
        public let rows: Int
    }

    public struct LabelCount: Codable, Equatable, Sendable {
        public let name: String
        public let rows: Int
        /// Of all rows; shares of a multilabel corpus sum to the mean number of labels.
        public let share: Double
    }

    public struct LabelsPerRow: Codable, Equatable, Sendable {
        public let labels: Int
        public let rows: Int
    }

    public struct Leak: Codable, Equatable, Sendable {
        public let from: Part
        public let into: Part
        public let rows: Int
    }
}

extension CorpusProfile {
    /// - Parameters:
    ///   - rowParts: The part of each row, if not the official one.
    ///   - comparison: Of the texts and those parts, where it is made already.
    public init(
        _ corpus: Corpus, parts rowParts: [Part]? = nil, comparison: TextComparison? = nil
    ) {
        let rowParts = rowParts ?? corpus.officialParts
        let comparison = comparison ?? TextComparison(corpus.texts, parts: rowParts)
        rowCount = corpus.count
        droppedRowCount = corpus.droppedRowCount
        missingValues = corpus.droppedRowCount > 0 ? corpus.missingValues : nil
        fingerprint = corpus.fingerprint
        isSilver = corpus.isSilver
        kind = corpus.labelSpace.kind

        let counts = corpus.targets.labelCounts(labelCount: corpus.labelSpace.count)
        labels = zip(corpus.labelSpace.names, counts).map { name, rows in
            LabelCount(name: name, rows: rows, share: Double(rows) / Double(max(1, corpus.count)))
        }
        let rowLabels = (0..<corpus.count).map { corpus.targets.labels(ofRow: $0) }
        labelsPerRow = Dictionary(grouping: rowLabels, by: \.count)
            .map { LabelsPerRow(labels: $0.key, rows: $0.value.count) }
            .sorted { $0.labels < $1.labels }

        words = Distribution(comparison.normalized.map { $0.wordCount })
        characters = Distribution(corpus.texts.map(\.unicodeScalars.count))

        duplicateRows = corpus.count - Set(zip(corpus.texts, rowLabels).map(LabelledText.init)).count
        duplicateTexts = corpus.count - Set(corpus.texts).count
        let texts = comparison.equal.first
        let rowsByText = Dictionary(grouping: texts.indices) { texts[$0] }
        duplicateNormalizedTexts = corpus.count - rowsByText.count
        let conflicts = rowsByText.values.filter { rows in Set(rows.map { rowLabels[$0] }).count > 1 }
        conflictingTexts = conflicts.count
        conflictingRows = conflicts.reduce(0) { $0 + $1.count }

        nearDuplicateTexts = comparison.near.repeats.count
        cutTexts = comparison.cutTexts == 0 ? nil : comparison.cutTexts
        pairs = corpus.labelSpace.kind == .multilabel ? CorpusProfile.pairs(rowLabels, corpus.labelSpace) : []
        examples = CorpusProfile.examples(corpus, rowLabels)
        cleaning = corpus.cleaning

        guard let rowParts else {
            (parts, leaks, nearLeaks) = ([], [], [])
            return
        }
        let near = comparison.leaks.filter { $0.kind == .near }
        nearLeaks = [Part.validation, .test].filter(rowParts.contains).map { part in
            Leak(from: .train, into: part, rows: near.count { $0.part == part })
        }
        let rowsByPart = Dictionary(grouping: 0..<corpus.count) { rowParts[$0] }
        let present = Part.allCases.filter { rowsByPart[$0] != nil }
        parts = present.map { PartCount(part: $0, rows: rowsByPart[$0]?.count ?? 0) }
        let textsByPart = rowsByPart.mapValues { rows in Set(rows.map { texts[$0] }) }
        leaks = present.indices.flatMap { into in
            present[..<into].map { from in
                let known = textsByPart[from] ?? []
                let rows = rowsByPart[present[into]] ?? []
                return Leak(
                    from: from, into: present[into], rows: rows.count { known.contains(texts[$0]) })
            }
        }
    }
}

extension CorpusProfile {
    /// What is to be known of the counts of near texts where the search was cut.
    public var cutNotice: String? { cutTexts.map { nearSearchNotice(cutTexts: $0) } }

    /// The same without anybody's texts: examples have their ids alone.
    public var withoutTexts: CorpusProfile {
        var profile = self
        for index in profile.examples.indices { profile.examples[index].text = nil }
        return profile
    }

    /// How many pairs are told.
    private static let pairCount = 10

    /// The pairs of labels that most rows have together; of equals those of the first labels.
    ///
    /// No pair is more frequent than its rarer label, so most labels need not be looked at: a row of thousands of labels has
    /// millions of pairs.
    private static func pairs(_ rowLabels: [[Int]], _ space: LabelSpace) -> [LabelPair] {
        var rowsByLabel: [[Int]] = Array(repeating: [], count: space.count)
        for (row, labels) in rowLabels.enumerated() {
            for label in labels { rowsByLabel[label].append(row) }
        }
        var best: [(rows: Int, first: Int, second: Int)] = []
        var together = [Int](repeating: 0, count: space.count)
        for first in 0..<space.count {
            // Of equals the earlier ones stay.
            if best.count == pairCount, let worst = best.last, rowsByLabel[first].count <= worst.rows {
                continue
            }
            var seconds: [Int] = []
            for row in rowsByLabel[first] {
                for second in rowLabels[row] where second > first {
                    if together[second] == 0 { seconds.append(second) }
                    together[second] += 1
                }
            }
            for second in seconds {
                let pair = (rows: together[second], first: first, second: second)
                together[second] = 0
                if best.count == pairCount, let worst = best.last, precedes(worst, pair) { continue }
                best.insert(pair, at: best.firstIndex { precedes(pair, $0) } ?? best.count)
                if best.count > pairCount { best.removeLast() }
            }
        }
        return best.map {
            LabelPair(first: space.names[$0.first], second: space.names[$0.second], rows: $0.rows)
        }
    }

    private static func precedes(
        _ a: (rows: Int, first: Int, second: Int), _ b: (rows: Int, first: Int, second: Int)
    ) -> Bool {
        (b.rows, a.first, a.second) < (a.rows, b.first, b.second)
    }

    private static func examples(_ corpus: Corpus, _ rowLabels: [[Int]]) -> [Example] {
        var firstRows: [Int?] = Array(repeating: nil, count: corpus.labelSpace.count)
        for (row, labels) in rowLabels.enumerated() {
            for label in labels where firstRows[label] == nil { firstRows[label] = row }
        }
        return zip(corpus.labelSpace.names, firstRows).compactMap { name, row in
            row.map { Example(label: name, id: corpus.ids[$0], text: corpus.texts[$0]) }
        }
    }
}

/// A text with its labels, to be compared as one.
private struct LabelledText: Hashable {
    let text: String
    let labels: [Int]
}

/// What is to be known of the counts of near texts where the search for them was cut.
/// - Parameter consequence: What follows from that.
public func nearSearchNotice(
    cutTexts: Int, consequence: String = "counts of near texts are at least those given"
) -> String {
    "\(cutTexts) texts have more than \(NearTextIndex.maxCandidates) others that could be near them, and were compared "
        + "with that many each: \(consequence)"
}
