import DeterministicWork
import Foundation
import LinearAlgebra

/// Turns counts into TF-IDF values.
struct TermWeighting: Sendable {
    let options: TfidfOptions
    /// Shape: [D]. Not looked at unless `useIdf`.
    let idf: [Double]

    /// ln((n + 1) / (df + 1)) + 1 of each term, without the ones unless smooth.
    static func idf(textCounts: [Int], of textCount: Int, smooth: Bool) -> [Double] {
        let extra = smooth ? 1.0 : 0
        return textCounts.map { df in log((Double(textCount) + extra) / (Double(df) + extra)) + 1 }
    }

    /// The weighted rows of all blocks, one after another. Shape: [texts, D].
    func matrix(_ blocks: [CountBlock]) -> SparseMatrix {
        let values = parallelMap(blocks.count, blockSize: 1) { weighted(blocks[$0]) }
        var offsets = [0]
        var columns: [Int32] = []
        offsets.reserveCapacity(1 + blocks.reduce(0) { $0 + $1.ends.count })
        columns.reserveCapacity(blocks.reduce(0) { $0 + $1.terms.count })
        for block in blocks {
            let start = columns.count
            columns += block.terms
            for end in block.ends { offsets.append(start + end) }
        }
        return SparseMatrix(
            columnCount: idf.count, rowOffsets: offsets, columns: columns, values: Array(values.joined()))
    }

    private func weighted(_ block: CountBlock) -> [Double] {
        var values = block.counts.map { options.binary ? 1 : Double($0) }
        if options.sublinearTf { for i in values.indices { values[i] = log(values[i]) + 1 } }
        if options.useIdf { for i in values.indices { values[i] *= idf[Int(block.terms[i])] } }
        if options.norm == .none { return values }
        var start = 0
        for end in block.ends {
            let row = start..<end
            start = end
            let length =
                options.norm == .l1
                ? values[row].reduce(0) { $0 + abs($1) }
                : values[row].reduce(0) { $0 + $1 * $1 }.squareRoot()
            if length != 0 { for i in row { values[i] /= length } }
        }
        return values
    }
}
