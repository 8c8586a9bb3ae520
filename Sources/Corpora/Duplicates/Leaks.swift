import Compute

/// A row of test or validation whose text a train row has, or nearly has.
public struct Leak: Equatable, Sendable {
    public enum Kind: String, CaseIterable, Codable, Sendable {
        /// Equal in lower case with white space collapsed.
        case equal
        /// Sharing at least 0.8 of their runs of five characters.
        case near
    }

    /// Of the corpus.
    public let row: Int
    public let part: Part
    public let kind: Kind
    /// The first train row that has the text.
    public let trainRow: Int

    public init(row: Int, part: Part, kind: Kind, trainRow: Int) {
        self.row = row
        self.part = part
        self.kind = kind
        self.trainRow = trainRow
    }
}

/// The rows of validation and test whose text train has, in the order of rows.
///
/// A model that remembers such a text knows its labels, so scores on these rows tell nothing of new texts.
public func leaks(texts: [String], parts: [Part]) -> [Leak] {
    precondition(texts.count == parts.count)
    let normalized = parallelMap(texts.count, blockSize: 256) { NormalizedText(texts[$0]).text }
    var trainRows: [String: Int] = [:]
    var distinct: [Int] = []
    for row in texts.indices where parts[row] == .train && trainRows[normalized[row]] == nil {
        trainRows[normalized[row]] = row
        distinct.append(row)
    }
    let others = texts.indices.filter { parts[$0] != .train }
    if distinct.isEmpty || others.isEmpty { return [] }

    var index = NearTextIndex()
    NearTextIndex.shingles(of: distinct.map { normalized[$0] }).forEach { index.insert($0) }
    let shingles = NearTextIndex.shingles(of: others.map { normalized[$0] })
    return zip(others, shingles).compactMap { row, shingles in
        if let trainRow = trainRows[normalized[row]] {
            return Leak(row: row, part: parts[row], kind: .equal, trainRow: trainRow)
        }
        return index.matches(shingles).first.map {
            Leak(row: row, part: parts[row], kind: .near, trainRow: distinct[$0])
        }
    }
}
