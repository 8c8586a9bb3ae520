import Compute

/// Which rows have the same text, or nearly the same.
public struct TextGroups: Equatable, Sendable {
    /// The group of each row: the number of the first row that belongs to it. Shape: [N].
    public let first: [Int]

    /// Groups of equal normalised texts: lower case, white space collapsed.
    public init(equal texts: [String]) {
        self.init(normalized: texts.map { NormalizedText($0).text })
    }

    /// Groups of near texts. Being near is carried on: if b is near a and c near b, all three are one group.
    public init(near texts: [String]) {
        let normalized = parallelMap(texts.count, blockSize: 256) { NormalizedText(texts[$0]).text }
        let equal = TextGroups(normalized: normalized)
        let distinct = equal.first.indices.filter { equal.first[$0] == $0 }
        let shingles = NearTextIndex.shingles(of: distinct.map { normalized[$0] })

        var index = NearTextIndex()
        // A forest over the distinct texts whose roots are the first of their groups.
        var parent = Array(distinct.indices)
        func root(_ text: Int) -> Int {
            var text = text
            while parent[text] != text { text = parent[text] }
            return text
        }
        for text in distinct.indices {
            for match in index.matches(shingles[text]) {
                let (a, b) = (root(match), root(text))
                parent[max(a, b)] = min(a, b)
            }
            index.insert(shingles[text])
        }
        var groupOfRow: [Int: Int] = [:]
        for (text, row) in distinct.enumerated() { groupOfRow[row] = distinct[root(text)] }
        first = equal.first.map { groupOfRow[$0] ?? $0 }
    }

    /// Groups of equal names, such as those of a column.
    init(names: [String]) {
        self.init(normalized: names)
    }

    private init(normalized: [String]) {
        var rows: [String: Int] = [:]
        first = normalized.enumerated().map { row, text in
            if let first = rows[text] { return first }
            rows[text] = row
            return row
        }
    }

    /// Rows that are not the first of their group.
    public var repeats: [Int] { first.indices.filter { first[$0] != $0 } }
}
