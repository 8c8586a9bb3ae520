import DeterministicWork
import TextTokenizers

/// How often each term occurs in each text of a corpus, every term still among them.
struct TermCounts: Sendable {
    let textCount: Int
    /// In how many texts each term occurs. Shape: [terms], in the order of the terms' code points.
    let textCounts: [Int]
    /// How often each term occurs in all; with `binary`, in how many texts. Shape: [terms], in the same order.
    let totals: [Int]

    let table: TermTable
    /// The number in `table` of each term.
    let order: [Int]
    /// Their terms are places in the order.
    let blocks: [CountBlock]

    /// How many texts are counted together: in few blocks, as their tables are joined one after another, but enough
    /// for several threads.
    private static func blockSize(of textCount: Int) -> Int {
        min(max(256, (textCount + 31) / 32), 16_384)
    }

    /// Counts what is in some texts.
    init(of texts: [String], analyzer: TextAnalyzer, binary: Bool) {
        let counted = TermCounts.inBlocks(texts) { TermCounts.count($0, analyzer: analyzer) }
        var table = TermTable()
        let numbers = counted.map { table.insert(all: $0.table) }
        let order = table.sortedNumbers
        var places = [Int32](repeating: 0, count: table.count)
        for (place, number) in order.enumerated() { places[number] = Int32(place) }
        let blocks = parallelMap(counted.count, blockSize: 1) { [places] block in
            counted[block].counts.renumbered(numbers[block].map { places[Int($0)] })
        }
        self.init(blocks, table, order, binary: binary)
    }

    /// - Parameters:
    ///   - blocks: Of terms that are places in the order, each of which some text has.
    ///   - order: The number in `table` of each term, in the order of their code points.
    init(_ blocks: [CountBlock], _ table: TermTable, _ order: [Int], binary: Bool) {
        var textCounts = [Int](repeating: 0, count: order.count)
        var totals = textCounts
        for block in blocks {
            for (term, count) in zip(block.terms, block.counts) {
                textCounts[Int(term)] += 1
                totals[Int(term)] += binary ? 1 : Int(count)
            }
        }
        textCount = blocks.reduce(0) { $0 + $1.ends.count }
        (self.textCounts, self.totals) = (textCounts, totals)
        (self.blocks, self.table, self.order) = (blocks, table, order)
    }

    /// `transform` of each block of texts in a row.
    static func inBlocks<T: Sendable, Text: Sendable>(
        _ texts: [Text], _ transform: @Sendable (ArraySlice<Text>) -> T
    ) -> [T] {
        let blockSize = blockSize(of: texts.count)
        return parallelMap((texts.count + blockSize - 1) / blockSize, blockSize: 1) { block in
            transform(texts[block * blockSize..<min(texts.count, (block + 1) * blockSize)])
        }
    }

    private static func count(
        _ texts: ArraySlice<String>, analyzer: TextAnalyzer
    ) -> (table: TermTable, counts: CountBlock) {
        var table = TermTable()
        var counts = CountBlock()
        var buffer = TermBuffer()
        var occurrences: [Int32] = []
        for text in texts {
            analyzer.analyze(text, into: &buffer)
            occurrences.removeAll(keepingCapacity: true)
            for term in buffer.terms { occurrences.append(Int32(table.insert(buffer.bytes, term))) }
            counts.append(&occurrences)
        }
        return (table, counts)
    }

    /// The spelling of terms, by their places in the order.
    func spellings(of places: [Int]) -> [String] { places.map { table.term(order[$0]) } }

    /// The counts of some terms, by their ascending places in the order, whose columns they become.
    func selecting(_ places: [Int]) -> [CountBlock] {
        if places.count == order.count { return blocks }
        var columns = [Int32](repeating: -1, count: order.count)
        for (column, place) in places.enumerated() { columns[place] = Int32(column) }
        return parallelMap(blocks.count, blockSize: 1) { [columns] in blocks[$0].renumbered(columns) }
    }

    /// The counts of a vocabulary's terms in texts.
    static func blocks(of texts: [String], analyzer: TextAnalyzer, vocabulary: TermTable) -> [CountBlock] {
        inBlocks(texts) { texts in
            var counts = CountBlock()
            var buffer = TermBuffer()
            var occurrences: [Int32] = []
            for text in texts {
                analyzer.analyze(text, into: &buffer)
                occurrences.removeAll(keepingCapacity: true)
                for term in buffer.terms {
                    if let number = vocabulary.number(of: buffer.bytes, term) {
                        occurrences.append(Int32(number))
                    }
                }
                counts.append(&occurrences)
            }
            return counts
        }
    }
}
