import Compute

/// The texts of a corpus compared with each other: which are equal, which are near, and which ones train shares with the
/// other parts.
///
/// All of this is found in one go, since making texts comparable takes most of the time.
public struct TextComparison: Sendable {
    /// Each text in lower case with white space collapsed. Shape: [N].
    let normalized: [NormalizedText]
    /// Groups of equal normalised texts.
    public let equal: TextGroups
    /// Groups of near texts. Being near is carried on: if b is near a and c near b, all three are one group.
    public let near: TextGroups
    /// The rows of validation and test whose text train has, in the order of rows; none where parts are not known.
    ///
    /// A model that remembers such a text knows its labels, so scores on these rows tell nothing of new texts.
    public let leaks: [Leak]

    /// - Parameter parts: The part of each row. Shape: [N].
    public init(_ texts: [String], parts: [Part]? = nil) {
        precondition(parts.map { $0.count == texts.count } ?? true)
        let normalized = parallelMap(texts.count, blockSize: 256) { NormalizedText(texts[$0]) }
        let equal = TextGroups(names: normalized.map(\.text))
        // From here on a text is the number of a group of equal ones.
        let (groups, textOfRow) = equal.numbered
        let shingles = parallelMap(groups.count, blockSize: 256) {
            TextShingles(normalized[groups[$0]].text)
        }
        var forest = GroupForest(count: groups.count)
        var trainRows = TrainRows(parts ?? [], textOfRow: textOfRow, textCount: groups.count)
        var index = NearTextIndex(capacity: groups.count)
        for text in groups.indices {
            for match in index.matches(shingles[text]) {
                forest.join(match, text)
                trainRows.meet(match, text)
            }
            index.insert(shingles[text])
        }
        self.normalized = normalized
        self.equal = equal
        near = TextGroups(first: textOfRow.map { groups[forest.root(of: $0)] })
        leaks = (parts ?? []).enumerated().compactMap { row, part in
            trainRows.leak(row: row, part: part, text: textOfRow[row])
        }
    }
}

/// A forest over texts whose roots are the first of their groups.
private struct GroupForest {
    private var parent: [Int]

    init(count: Int) { parent = Array(0..<count) }

    func root(of text: Int) -> Int {
        var text = text
        while parent[text] != text { text = parent[text] }
        return text
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (a, b) = (root(of: one), root(of: other))
        parent[max(a, b)] = min(a, b)
    }
}

/// The first train row that has each text, and the first that has one near it.
private struct TrainRows {
    private var equal: [Int?]
    private var near: [Int?]

    init(_ parts: [Part], textOfRow: [Int], textCount: Int) {
        equal = Array(repeating: nil, count: textCount)
        near = equal
        for (row, part) in parts.enumerated() where part == .train && equal[textOfRow[row]] == nil {
            equal[textOfRow[row]] = row
        }
    }

    /// Takes note of two texts that are near each other.
    mutating func meet(_ one: Int, _ other: Int) {
        near[one] = [near[one], equal[other]].compactMap(\.self).min()
        near[other] = [near[other], equal[one]].compactMap(\.self).min()
    }

    func leak(row: Int, part: Part, text: Int) -> Leak? {
        if part == .train { return nil }
        if let trainRow = equal[text] { return Leak(row: row, part: part, kind: .equal, trainRow: trainRow) }
        return near[text].map { Leak(row: row, part: part, kind: .near, trainRow: $0) }
    }
}
