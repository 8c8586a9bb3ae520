import Compute
import Tensors
import Tokenizers

/// How often each term occurs in each text of a corpus.
struct TermCounts {
    /// All terms in the order of their code points, which is that of their UTF-8 bytes and of Python's `sorted`.
    let terms: [String]
    /// Shape: [texts, terms].
    let counts: SparseMatrix

    private static let blockSize = 1024

    /// Counts every term.
    init(of texts: [String], analyzer: WordAnalyzer) {
        // Each block numbers its own terms; then the tables are joined and the numbers translated.
        let blockCount = (texts.count + TermCounts.blockSize - 1) / TermCounts.blockSize
        let blocks = parallelMap(blockCount, blockSize: 1) { block in
            var table = TermTable()
            let rows = TermCounts.range(ofBlock: block, of: texts).map {
                analyzer.numbers(in: texts[$0], adding: &table)
            }
            return (table: table, rows: rows)
        }
        var all = TermTable()
        let translations = blocks.map { block in
            (0..<block.table.count).map { number in
                let bytes = Array(block.table.bytes(of: number))
                return all.insert(bytes, 0..<bytes.count)
            }
        }
        let table = all
        let sorted = (0..<table.count).sorted {
            table.bytes(of: $0).lexicographicallyPrecedes(table.bytes(of: $1))
        }
        var columns = Array(repeating: 0, count: table.count)
        for (column, number) in sorted.enumerated() { columns[number] = column }
        terms = sorted.map(table.term)
        let columnOfNumber = columns
        let rows = parallelMap(blockCount, blockSize: 1) { block in
            blocks[block].rows.map { numbers in
                CountedRow(numbers.map { columnOfNumber[translations[block][$0]] })
            }
        }
        counts = TermCounts.matrix(rows.flatMap { $0 }, columnCount: terms.count)
    }

    /// Counts the terms of a vocabulary. Shape: [texts, terms].
    static func matrix(of texts: [String], analyzer: WordAnalyzer, vocabulary: TermTable) -> SparseMatrix {
        let rows = parallelMap(texts.count, blockSize: blockSize) { text in
            CountedRow(analyzer.numbers(in: texts[text], of: vocabulary))
        }
        return matrix(rows, columnCount: vocabulary.count)
    }

    private static func range(ofBlock block: Int, of texts: [String]) -> Range<Int> {
        block * blockSize..<min(texts.count, (block + 1) * blockSize)
    }

    private static func matrix(_ rows: [CountedRow], columnCount: Int) -> SparseMatrix {
        var offsets = [0]
        var columns: [Int32] = []
        var values: [Double] = []
        for row in rows {
            columns += row.columns
            values += row.counts
            offsets.append(columns.count)
        }
        return SparseMatrix(columnCount: columnCount, rowOffsets: offsets, columns: columns, values: values)
    }
}

/// The terms of one text, ascending, and how often each occurs.
private struct CountedRow: Sendable {
    var columns: [Int32] = []
    var counts: [Double] = []

    init(_ occurrences: [Int]) {
        for column in occurrences.sorted() {
            if columns.last == Int32(column) {
                counts[counts.count - 1] += 1
            } else {
                columns.append(Int32(column))
                counts.append(1)
            }
        }
    }
}
