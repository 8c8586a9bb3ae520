import DeterministicWork
import TextTokenizers

/// How often each term occurs in each text of a corpus, every term still among them.
struct TermCounts: Sendable {
    let textCount: Int
    /// In how many texts each term occurs. Shape: [terms], in the order of the terms' code points.
    let textCounts: [Int]
    /// How often each term occurs in all; with `binary`, in how many texts. Shape: [terms], in the same order.
    let totals: [Int]

    private let table: TermTable
    /// The number in `table` of each term.
    private let order: [Int]
    private let blocks: [CountBlock]
    /// The number in `table` of each block's own terms.
    private let numbers: [[Int32]]

    /// How many texts are counted together: in few blocks, as their tables are joined one after another, but enough
    /// for several threads.
    private static func blockSize(of textCount: Int) -> Int {
        min(max(256, (textCount + 31) / 32), 16_384)
    }

    init(of texts: [String], analyzer: TextAnalyzer, binary: Bool) {
        let blockSize = TermCounts.blockSize(of: texts.count)
        let counted = parallelMap((texts.count + blockSize - 1) / blockSize, blockSize: 1) { block in
            TermCounts.count(
                texts[block * blockSize..<min(texts.count, (block + 1) * blockSize)], analyzer: analyzer)
        }
        var table = TermTable()
        numbers = counted.map { table.insert(all: $0.table) }
        blocks = counted.map(\.counts)
        textCount = texts.count
        order = table.sortedNumbers
        self.table = table

        var textCounts = [Int](repeating: 0, count: table.count)
        var totals = textCounts
        for (block, numbers) in zip(blocks, numbers) {
            for (term, count) in zip(block.terms, block.counts) {
                let number = Int(numbers[Int(term)])
                textCounts[number] += 1
                totals[number] += binary ? 1 : Int(count)
            }
        }
        self.textCounts = order.map { textCounts[$0] }
        self.totals = order.map { totals[$0] }
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

    /// The spelling of terms, by their place in the order.
    func spellings(of places: [Int]) -> [String] {
        places.map { table.term(order[$0]) }
    }

    /// The counts of some terms, by their ascending places in the order, whose columns they become.
    func selecting(_ places: [Int]) -> [CountBlock] {
        var columns = [Int32](repeating: -1, count: table.count)
        for (column, place) in places.enumerated() { columns[order[place]] = Int32(column) }
        return parallelMap(blocks.count, blockSize: 1) { [columns] block in
            blocks[block].renumbered(numbers[block].map { columns[Int($0)] })
        }
    }

    /// The counts of a vocabulary's terms in texts.
    static func blocks(of texts: [String], analyzer: TextAnalyzer, vocabulary: TermTable) -> [CountBlock] {
        let blockSize = blockSize(of: texts.count)
        return parallelMap((texts.count + blockSize - 1) / blockSize, blockSize: 1) { block in
            var counts = CountBlock()
            var buffer = TermBuffer()
            var occurrences: [Int32] = []
            for text in texts[block * blockSize..<min(texts.count, (block + 1) * blockSize)] {
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
