import DeterministicWork
import LinearAlgebra
import TestSupport
import Testing

@Suite(.serialized) struct SparseTests {
    @Test func sparseEqualsDense() {
        for (rows, columns, K) in [(2003, 29, 11), (7, 53, 3), (1, 1, 1), (0, 5, 2), (3, 0, 2)] {
            let X = randomMatrix(rows, columns, density: 0.3, seed: 1)
            let sparse = SparseMatrix(X)
            #expect(sparse.dense() == X)
            let W = randomMatrix(columns, K, seed: 2)
            let R = randomMatrix(rows, K, seed: 3)
            // Sums of at most 2003 products of numbers below 1.
            #expect(largestDifference(sparse.times(W).values, naiveProduct(X, W).values) < 1e-13)
            #expect(
                largestDifference(sparse.transposedTimes(R).values, naiveProduct(X.transposed(), R).values)
                    < 1e-12
            )
        }
    }

    @Test func selectingRows() {
        let X = randomMatrix(13, 7, density: 0.4, seed: 4)
        let rows = [12, 0, 0, 5]
        let selected = SparseMatrix(X).selecting(rows).dense()
        for (new, old) in rows.enumerated() { #expect(selected.row(new).elementsEqual(X.row(old))) }
    }

    @Test func selectingManyRows() {
        let X = randomMatrix(500, 7, density: 0.4, seed: 4)
        let rows = (0..<7001).map { $0 * 389 % 500 }
        let selected = SparseMatrix(X).selecting(rows).dense()
        for (new, old) in rows.enumerated() { #expect(selected.row(new).elementsEqual(X.row(old))) }
        #expect(SparseMatrix(X).selecting([]).rowCount == 0)
    }

    @Test func rowsByValueCountKeepTheirOrder() {
        let X = SparseMatrix(randomMatrix(300, 9, density: 0.3, seed: 6))
        for range in [0..<300, 20..<211, 7..<8, 40..<40] {
            let expected = range.sorted { (X.valueCount(ofRow: $0), $0) < (X.valueCount(ofRow: $1), $1) }
            #expect(X.byValueCount(range) == expected)
        }
    }

    @Test(arguments: [(31, 50, 0.1), (5, 3, 1), (0, 4, 1), (3, 0, 1), (5003, 40, 0.2)])
    func columnsInTheOrderOfTheirFirstUse(rows: Int, columns: Int, density: Double) {
        let X = SparseMatrix(randomMatrix(rows, columns, density: density, seed: 5))
        let (moved, order) = X.columnsByFirstUse()
        #expect(order.sorted() == Array(0..<columns) && moved.rowOffsets == X.rowOffsets)
        let (before, after) = (X.dense(), moved.dense())
        for row in 0..<rows { #expect(order.map { before[row, $0] } == Array(after.row(row))) }
        var firsts: [Int] = []
        for column in X.columns where !firsts.contains(Int(column)) { firsts.append(Int(column)) }
        #expect(Array(order.prefix(firsts.count)) == firsts)
    }

    @Test func transposedProductsDoNotDependOnThreads() {
        let X = SparseMatrix(randomMatrix(3001, 17, density: 0.5, seed: 7))
        let R = randomMatrix(3001, 5, seed: 9)
        let threads = Threads.count
        defer { Threads.count = threads }
        Threads.count = 3
        let product = X.transposedTimes(R)
        Threads.count = 1
        #expect(X.transposedTimes(R) == product)
    }
}
