import DeterministicWork

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
    /// The rows of validation and test whose text train has, in the order of rows; of folds those of each one's test rows
    /// alone, and none where parts are not known.
    ///
    /// A model that remembers such a text knows its labels, so scores on these rows tell nothing of new texts.
    public let leaks: [Leak]

    /// Texts that more others may be near than each was compared with: near texts are then at least those that are told.
    public let cutTexts: Int

    /// - Parameters:
    ///   - parts: The part of each row. Shape: [N].
    ///   - progress: Told how many of how many texts are done.
    public init(
        _ texts: [String], parts: [Part]? = nil, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        self.init(texts, splits: parts.map { [$0] } ?? [], told: Part.allCases, progress: progress)
    }

    /// The texts of a corpus that is split several times, once for each fold; leaks are those of each fold's test rows.
    ///
    /// - Parameters:
    ///   - folds: The part of each row in each fold's split. Shape: [folds][N].
    ///   - progress: Told how many of how many texts are done.
    public init(
        _ texts: [String], folds: [[Part]], progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) {
        self.init(texts, splits: folds, told: [.test], progress: progress)
    }

    /// - Parameter told: The parts whose leaks are told.
    private init(
        _ texts: [String], splits: [[Part]], told: [Part], progress: (_ done: Int, _ of: Int) -> Void
    ) {
        precondition(splits.allSatisfy { $0.count == texts.count })
        let normalized = parallelMap(texts.count, blockSize: 256) { NormalizedText(texts[$0]) }
        let equal = TextGroups(names: normalized.map(\.text))
        // From here on a text is the number of a group of equal ones.
        let (groups, textOfRow) = equal.numbered
        var shingles: [TextShingles] = []
        shingles.reserveCapacity(groups.count)
        for start in stride(from: 0, to: groups.count, by: TextComparison.chunkSize) {
            let chunk = groups[start..<min(groups.count, start + TextComparison.chunkSize)]
            shingles += parallelMap(chunk.count, blockSize: 256) {
                TextShingles(normalized[chunk[start + $0]].text)
            }
            progress(shingles.count / 2, groups.count)
        }
        let index = NearTextIndex(shingles)
        var forest = GroupForest(count: groups.count)
        var isCut = Array(repeating: false, count: groups.count)
        for text in groups.indices {
            if text % TextComparison.chunkSize == 0 { progress((groups.count + text) / 2, groups.count) }
            let candidates = index.candidatesBefore(text)
            isCut[text] = candidates.isCut
            for other in candidates.numbers.map({ Int($0) }).sorted()
            where forest.root(of: other) != forest.root(of: text) && index.areNear(other, text) {
                forest.join(other, text)
            }
        }
        let trainRows = splits.map { TrainRows($0, textOfRow: textOfRow, shingles: shingles) }
        cutTexts = isCut.indices.count { text in isCut[text] || trainRows.contains { $0.isCut[text] } }
        progress(groups.count, groups.count)
        self.normalized = normalized
        self.equal = equal
        let roots = groups.indices.map { groups[forest.root(of: $0)] }
        near = TextGroups(
            first: textOfRow.map { roots[$0] }, cutTexts: isCut.count { $0 })
        leaks = texts.indices.flatMap { row in
            zip(splits, trainRows).compactMap { parts, trainRows in
                told.contains(parts[row])
                    ? trainRows.leak(row: row, part: parts[row], text: textOfRow[row]) : nil
            }
        }
    }

    /// Texts between two reports of progress.
    private static let chunkSize = 8192
}

/// A forest over texts whose roots are the first of their groups.
private struct GroupForest {
    private var parent: [Int]

    init(count: Int) { parent = Array(0..<count) }

    /// Halves the way on the way, so that no tree grows deep.
    mutating func root(of text: Int) -> Int {
        var text = text
        while parent[text] != text {
            parent[text] = parent[parent[text]]
            text = parent[text]
        }
        return text
    }

    mutating func join(_ one: Int, _ other: Int) {
        let (a, b) = (root(of: one), root(of: other))
        parent[max(a, b)] = min(a, b)
    }
}

/// The first train row that has each text, and, of texts that none has, the first that has one near it.
private struct TrainRows {
    private var equal: [Int?]
    private var near: [Int?]
    /// Texts that were not compared with all that could be near them. Shape: [texts].
    private(set) var isCut: [Bool]

    init(_ parts: [Part], textOfRow: [Int], shingles: [TextShingles]) {
        equal = Array(repeating: nil, count: shingles.count)
        for (row, part) in parts.enumerated() where part == .train && equal[textOfRow[row]] == nil {
            equal[textOfRow[row]] = row
        }
        let equal = equal
        if equal.allSatisfy({ $0 == nil }) || equal.allSatisfy({ $0 != nil }) {
            near = equal.map { _ in nil }
            isCut = equal.map { _ in false }
            return
        }
        let index = NearTextIndex(shingles, isMember: equal.map { $0 != nil })
        let found = parallelMap(shingles.count, blockSize: 256) { text -> (row: Int?, isCut: Bool) in
            if equal[text] != nil { return (nil, false) }
            let candidates = index.candidates(of: text)
            let rows = candidates.numbers.compactMap { number in
                equal[Int(number)].map { (row: $0, text: Int(number)) }
            }.sorted { $0.row < $1.row }
            return (rows.first { index.areNear($0.text, text) }?.row, candidates.isCut)
        }
        near = found.map(\.row)
        isCut = found.map(\.isCut)
    }

    func leak(row: Int, part: Part, text: Int) -> Leak? {
        if part == .train { return nil }
        if let trainRow = equal[text] { return Leak(row: row, part: part, kind: .equal, trainRow: trainRow) }
        return near[text].map { Leak(row: row, part: part, kind: .near, trainRow: $0) }
    }
}
