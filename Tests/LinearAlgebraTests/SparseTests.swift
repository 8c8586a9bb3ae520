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
