import LinearAlgebra

/// Rows among which nearest ones are looked for, sparse or dense, as a metric wants them.
struct NeighborRows: Sendable {
    enum Storage: Sendable {
        case sparse(SparseMatrix)
        case dense(Matrix<Double>)
    }

    /// As they were, whatever the metric: what is saved.
    let features: Storage
    let metric: NearestNeighborsOptions.Metric
    /// With the cosine, scaled to norm 1.
    private let scaled: Storage
    /// Of `scaled`: the sums of squares. Shape: [N].
    private let squares: [Double]
    /// Of sparse rows, by column.
    private let byColumn: SparseMatrix?

    init(_ X: FeatureMatrix, _ metric: NearestNeighborsOptions.Metric) {
        self.init(X.storedSparse.map { .sparse($0) } ?? .dense(X.dense), metric)
    }

    init(_ features: Storage, _ metric: NearestNeighborsOptions.Metric) {
        self.features = features
        self.metric = metric
        let scaled = metric == .cosine ? features.normalized : features
        self.scaled = scaled
        squares = scaled.squares
        if case .sparse(let X) = scaled { byColumn = X.transposed() } else { byColumn = nil }
    }

    /// N.
    var rowCount: Int { squares.count }

    /// D.
    var columnCount: Int {
        switch features {
        case .sparse(let X): X.columnCount
        case .dense(let X): X.columnCount
        }
    }

    /// The k rows that are nearest to each of some queries, nearest first.
    func nearest(_ k: Int, to queries: NeighborRows, _ range: Range<Int>) -> [[(row: Int, distance: Double)]]
    {
        range.map { query in
            var heap = NeighborHeap(k)
            for (row, distance) in distances(to: queries, query).enumerated() { heap.push(row, at: distance) }
            guard metric == .euclidean else { return heap.sorted }
            // Squares were compared.
            return heap.sorted.map { ($0.row, $0.distance.squareRoot()) }
        }
    }

    /// The distance of each row to a query; euclidean ones squared. Shape: [N].
    private func distances(to queries: NeighborRows, _ query: Int) -> [Double] {
        switch (scaled, queries.scaled) {
        case (.sparse(let X), .sparse(let Q)):
            let range = Q.rowOffsets[query]..<Q.rowOffsets[query + 1]
            if metric == .manhattan { return X.manhattanDistances(to: Q, range) }
            var products = [Double](repeating: 0, count: rowCount)
            if let byColumn {
                for i in range {
                    let (column, value) = (Int(Q.columns[i]), Q.values[i])
                    for j in byColumn.rowOffsets[column]..<byColumn.rowOffsets[column + 1] {
                        products[Int(byColumn.columns[j])] += value * byColumn.values[j]
                    }
                }
            }
            if metric == .cosine { return products.map { min(2, max(0, 1 - $0)) } }
            let square = queries.squares[query]
            return zip(products, squares).map { max(0, square - 2 * $0 + $1) }
        case (.dense(let X), .dense(let Q)):
            let distances = X.distances(to: Q.row(query), metric)
            return metric == .cosine ? distances.map { min(2, max(0, 1 - $0)) } : distances
        case (.sparse, .dense), (.dense, .sparse):
            preconditionFailure("queries are stored otherwise than the rows")
        }
    }
}

extension NeighborRows.Storage {
    /// The sum of each row's squares. Shape: [N].
    var squares: [Double] {
        switch self {
        case .sparse(let X):
            (0..<X.rowCount).map { row in
                X.values[X.rowOffsets[row]..<X.rowOffsets[row + 1]].reduce(0) { $0 + $1 * $1 }
            }
        case .dense(let X): (0..<X.rowCount).map { X.row($0).reduce(0) { $0 + $1 * $1 } }
        }
    }

    /// Each row divided by its euclidean norm; rows of zeros as they are.
    var normalized: NeighborRows.Storage {
        switch self {
        case .sparse(let X):
            let norms = squares.map { $0 == 0 ? 1 : $0.squareRoot() }
            var values = X.values
            for row in 0..<X.rowCount {
                for i in X.rowOffsets[row]..<X.rowOffsets[row + 1] { values[i] /= norms[row] }
            }
            return .sparse(X.withValues(values))
        case .dense(let X): return .dense(X.withNormalizedRows())
        }
    }
}

extension SparseMatrix {
    /// Σ |x - y| of each row and a query. Shape: [N].
    fileprivate func manhattanDistances(to Q: SparseMatrix, _ query: Range<Int>) -> [Double] {
        (0..<rowCount).map { row in
            var (i, j, sum) = (rowOffsets[row], query.lowerBound, 0.0)
            let end = rowOffsets[row + 1]
            while i < end || j < query.upperBound {
                let x = i < end ? columns[i] : .max
                let q = j < query.upperBound ? Q.columns[j] : .max
                if x == q {
                    sum += abs(Q.values[j] - values[i])
                    (i, j) = (i + 1, j + 1)
                } else if x < q {
                    sum += abs(values[i])
                    i += 1
                } else {
                    sum += abs(Q.values[j])
                    j += 1
                }
            }
            return sum
        }
    }
}

extension Matrix<Double> {
    /// Of each row and a query: Σ (x - y)², Σ |x - y|, or, for the cosine, Σ x y. Shape: [N].
    ///
    /// Each is the sum of eight partial sums, of every eighth column.
    fileprivate func distances(
        to query: ArraySlice<Double>, _ metric: NearestNeighborsOptions.Metric
    ) -> [Double] {
        query.withUnsafeBufferPointer { query in
            values.withUnsafeBufferPointer { values in
                (0..<rowCount).map { row in
                    let x = UnsafeBufferPointer(
                        rebasing: values[row * columnCount..<(row + 1) * columnCount])
                    switch metric {
                    case .euclidean:
                        return summed(x, query) {
                            ($0 - $1) * ($0 - $1)
                        } rest: {
                            ($0 - $1) * ($0 - $1)
                        }
                    case .manhattan:
                        return summed(x, query) {
                            let d = $0 - $1
                            return d.replacing(with: -d, where: d .< 0)
                        } rest: {
                            abs($0 - $1)
                        }
                    case .cosine:
                        return summed(x, query) {
                            $0 * $1
                        } rest: {
                            $0 * $1
                        }
                    }
                }
            }
        }
    }
}

/// The sum of a term of each pair.
@inline(__always)
private func summed(
    _ x: UnsafeBufferPointer<Double>, _ y: UnsafeBufferPointer<Double>,
    _ term: (SIMD8<Double>, SIMD8<Double>) -> SIMD8<Double>, rest: (Double, Double) -> Double
) -> Double {
    var sum = SIMD8<Double>.zero
    var i = 0
    while i + 8 <= x.count {
        var (a, b) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        for lane in 0..<8 { (a[lane], b[lane]) = (x[i + lane], y[i + lane]) }
        sum += term(a, b)
        i += 8
    }
    var total = sum.sum()
    while i < x.count {
        total += rest(x[i], y[i])
        i += 1
    }
    return total
}

extension FeatureMatrix {
    /// All values in double precision. Shape: [N, D].
    fileprivate var dense: Matrix<Double> {
        var out = Matrix<Double>(rowCount: rowCount, columnCount: columnCount)
        if columnCount == 0 { return out }
        out.values.withUnsafeMutableBufferPointer { values in
            guard let start = values.baseAddress else { return }
            for row in 0..<rowCount { copy(row: row, to: start + row * columnCount) }
        }
        return out
    }
}
