import DeterministicWork
import Foundation
import Learners
import LinearAlgebra
import Testing

/// Newton's method on Σ log cosh(aᵀx - b) + λ ‖x‖² / 2, whose curvature changes much along the way.
@Suite struct NewtonSearchTests {
    private static let rows = 53
    private static let size = 7
    private static let penalty = 0.01
    private let a: [[Double]]
    private let b: [Double]

    init() {
        var random = RandomStream(seed: 5)
        a = (0..<Self.rows).map { _ in (0..<Self.size).map { _ in 4 * random.nextUniform() - 2 } }
        b = (0..<Self.rows).map { _ in 20 * random.nextUniform() - 10 }
    }

    private func margins(_ x: [Double]) -> [Double] {
        zip(a, b).map { row, b in zip(row, x).reduce(-b) { $0 + $1.0 * $1.1 } }
    }

    private func value(_ x: [Double]) -> Double {
        margins(x).reduce(0) { $0 + abs($1) + log1p(exp(-2 * abs($1))) - log(2) }
            + Self.penalty / 2 * x.reduce(0) { $0 + $1 * $1 }
    }

    private func gradient(_ x: [Double]) -> [Double] {
        let slopes = margins(x).map(tanh)
        return x.indices.map { i in
            zip(a, slopes).reduce(Self.penalty * x[i]) { $0 + $1.0[i] * $1.1 }
        }
    }

    private func hessian(_ x: [Double]) -> Matrix<Double> {
        let curvatures = margins(x).map { 1 - tanh($0) * tanh($0) }
        var out = Matrix<Double>(rowCount: Self.size, columnCount: Self.size)
        for i in 0..<Self.size {
            out[i, i] = Self.penalty
            for j in 0..<Self.size {
                for (row, curvature) in zip(a, curvatures) { out[i, j] += curvature * row[i] * row[j] }
            }
        }
        return out
    }

    /// Minimises from zero; also tells how many Hessians it took.
    private func search(_ start: Matrix<Double>, tolerance: Double) -> (NewtonSearch, hessians: Int) {
        var search = NewtonSearch(
            start: Array(repeating: 0, count: Self.size), hessian: start,
            options: .init(gradientTolerance: tolerance, decrementTolerance: tolerance, maxIterations: 500))
        var hessians = 0
        while true {
            switch search.status {
            case .wantsGradient:
                search.receive(value: value(search.point), gradient: gradient(search.point))
            case .wantsHessian:
                hessians += 1
                search.receive(hessian: hessian(search.point))
            default: return (search, hessians)
            }
        }
    }

    @Test func findsTheMinimumFromAnyGuessOfTheHessian() {
        var identity = Matrix<Double>(rowCount: Self.size, columnCount: Self.size)
        for i in 0..<Self.size { identity[i, i] = 1 }
        let (exact, _) = search(hessian(Array(repeating: 0, count: Self.size)), tolerance: 1e-12)
        #expect(exact.status == .converged)
        #expect(gradient(exact.point).allSatisfy { abs($0) <= 1e-12 })
        for factor in [1e-3, 1, 1e3] {
            var guess = identity
            for i in 0..<Self.size { guess[i, i] = factor }
            let (found, _) = search(guess, tolerance: 1e-12)
            #expect(found.status == .converged)
            for (x, y) in zip(found.point, exact.point) { #expect(abs(x - y) < 1e-10) }
        }
    }

    /// The steps correct the first Hessian so well that hardly another is asked for.
    @Test func needsFewHessians() {
        let (found, hessians) = search(hessian(Array(repeating: 0, count: Self.size)), tolerance: 1e-6)
        #expect(found.status == .converged)
        #expect(hessians <= 2, "\(hessians)")
        #expect(found.iterations <= 60, "\(found.iterations)")
    }

    @Test func saysWhenAHessianIsOfNoUse() {
        var singular = Matrix<Double>(rowCount: Self.size, columnCount: Self.size)
        singular[0, 0] = 1
        var search = NewtonSearch(
            start: Array(repeating: 1, count: Self.size), hessian: singular,
            options: .init(gradientTolerance: 1e-9, decrementTolerance: 1e-9, maxIterations: 9))
        search.receive(value: value(search.point), gradient: gradient(search.point))
        #expect(search.status == .wantsHessian)
        search.receive(hessian: singular)
        #expect(search.status == .stuck && search.point == Array(repeating: 1, count: Self.size))
    }
}
