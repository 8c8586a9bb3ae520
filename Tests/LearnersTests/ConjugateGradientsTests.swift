import Learners
import LinearAlgebra
import TestSupport
import Testing

@Suite struct ConjugateGradientsTests {
    /// A Aᵀ + 1, with a diagonal that grows.
    private func system(_ count: Int) -> Matrix<Double> {
        let A = randomMatrix(count, count, seed: 4)
        var H = naiveProduct(A, A.transposed())
        for i in 0..<count { H[i, i] += 1 + Double(i) }
        return H
    }

    private func times(_ H: Matrix<Double>, _ x: [Double]) -> [Double] {
        (0..<H.rowCount).map { dot(Array(H.row($0)), x) }
    }

    /// Of no more products than there are unknowns, but for rounding; the residual that it tells is the true one.
    @Test(arguments: [1, 2, 7, 8, 9, 40]) func solves(count: Int) {
        let H = system(count)
        let b = randomMatrix(1, count, seed: 6).values
        var search = ConjugateGradients(
            rightSide: b, preconditioner: (0..<count).map { 1 / H[$0, $0] })
        #expect(search.residualNorm == maxAbs(b) && search.solution.allSatisfy { $0 == 0 })
        var products = 0
        while search.residualNorm > 1e-10 && products < 2 * count + 2 {
            let isCurved = search.receive(product: times(H, search.vector))
            #expect(isCurved)
            products += 1
            let residual = sum(b, -1, times(H, search.solution))
            #expect(abs(search.residualNorm - maxAbs(residual)) <= 1e-12)
        }
        #expect(search.residualNorm <= 1e-10)
    }

    /// Where the function does not curve, there is no solution to go to.
    @Test(arguments: [0, -1, .nan] as [Double]) func stopsWithoutCurvature(curvature: Double) {
        var search = ConjugateGradients(rightSide: [1, 2], preconditioner: [1, 1])
        let isCurved = search.receive(product: search.vector.map { curvature * $0 })
        #expect(
            !isCurved && search.solution == [0, 0] && search.vector == [1, 2] && search.residualNorm == 2)
    }
}
