import Tensors

/// Which terms of a corpus become columns: the bounds on document frequency, then the most frequent ones.
struct TermSelection {
    let options: TfidfOptions

    init(_ options: TfidfOptions) { self.options = options }

    /// The columns to keep, ascending.
    func columns(of corpus: TermCounts) throws(LinearModelError) -> [Int] {
        if corpus.terms.isEmpty { throw .noTerms(textCount: corpus.counts.rowCount) }
        let textCount = corpus.counts.rowCount
        let least = options.minDf.count(of: textCount)
        let most = options.maxDf.count(of: textCount)
        if most < least { throw .documentFrequenciesCross(least: least, most: most) }
        let kept = corpus.counts.columnOccupancy.indices(where: { least <= Double($0) && Double($0) <= most })
        if kept.isEmpty { throw .noTermsAfterPruning(termCount: corpus.terms.count) }
        guard let limit = options.maxFeatures, limit < kept.count else { return kept }
        if limit < 1 { throw .noTermsAfterPruning(termCount: corpus.terms.count) }
        let frequencies = corpus.counts.columnSums
        let first = NumPyOrder.first(limit, ascending: kept.map { -Int(frequencies[$0]) })
        return first.map { kept[$0] }.sorted()
    }
}

extension SparseMatrix {
    /// In how many rows each column has a value. Shape: [columnCount].
    var columnOccupancy: [Int] {
        var counts = Array(repeating: 0, count: columnCount)
        for column in columns { counts[Int(column)] += 1 }
        return counts
    }

    /// Shape: [columnCount].
    var columnSums: [Double] {
        var sums = [Double](repeating: 0, count: columnCount)
        for (column, value) in zip(columns, values) { sums[Int(column)] += value }
        return sums
    }

    /// The given columns, which must ascend.
    func selectingColumns(_ kept: [Int]) -> SparseMatrix {
        var newColumn = [Int32](repeating: -1, count: columnCount)
        for (new, old) in kept.enumerated() { newColumn[old] = Int32(new) }
        var offsets = [0]
        var newColumns: [Int32] = []
        var newValues: [Double] = []
        for row in 0..<rowCount {
            for i in rowOffsets[row]..<rowOffsets[row + 1] where newColumn[Int(columns[i])] >= 0 {
                newColumns.append(newColumn[Int(columns[i])])
                newValues.append(values[i])
            }
            offsets.append(newValues.count)
        }
        return SparseMatrix(
            columnCount: kept.count, rowOffsets: offsets, columns: newColumns, values: newValues)
    }
}

extension Array {
    /// The indices of the elements that satisfy `predicate`, ascending.
    fileprivate func indices(where predicate: (Element) -> Bool) -> [Int] {
        indices.filter { predicate(self[$0]) }
    }
}
