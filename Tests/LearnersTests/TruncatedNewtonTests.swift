import Learners
import LinearAlgebra
import Testing

@Suite struct TruncatedNewtonTests {
    /// How much the valley below curves along each parameter.
    private static let curvatures = (0..<40).map { index -> Double in
        var curvature = 1e-3
        for _ in 0..<index { curvature *= 1.25 }
        return curvature
    }

    /// Σ c (x - 1)² / 2, by which one Newton step leads to the end.
    private func end(
        _ told: [Double], tolerance: Double = 1e-6, limit: Int = 100
    ) -> (search: TruncatedNewton, products: Int) {
        var search = TruncatedNewton(
            start: Array(repeating: 0, count: 40),
            options: .init(gradientTolerance: tolerance, maxIterations: limit))
        var products = 0
        while true {
            switch search.status {
            case .wantsGradient:
                let gradient = zip(Self.curvatures, search.point).map { $0 * ($1 - 1) }
                let value = zip(gradient, search.point).reduce(0) { $0 + 0.5 * $1.0 * ($1.1 - 1) }
                search.receive(value: value, gradient: gradient)
            case .wantsCurvatures: search.receive(curvatures: told)
            case .wantsProduct:
                products += 1
                search.receive(product: zip(Self.curvatures, search.vector).map { $0 * $1 })
            default: return (search, products)
            }
        }
    }

    @Test func curvaturesShortenTheWayAndDoNotChangeItsEnd() {
        let (plain, told) = (end(Array(repeating: 1, count: 40)), end(Self.curvatures))
        for run in [plain, told] {
            #expect(run.search.status == .gradientConverged && run.search.gradientNorm <= 1e-6)
            #expect(run.search.point.allSatisfy { abs($0 - 1) <= 1.01e-3 })
        }
        #expect(told.products <= 3 && plain.products > 10)
    }

    @Test(arguments: [0, -1, .infinity, .nan, .leastNonzeroMagnitude] as [Double])
    func curvaturesThatTellNothingAreLeftOut(_ curvature: Double) {
        let (plain, told) = (
            end(Array(repeating: 1, count: 40)), end([curvature] + Self.curvatures.dropFirst())
        )
        #expect(told.search.point == plain.search.point && told.products == plain.products)
    }

    @Test func stopsAtTheIterationLimit() {
        let search = end(Array(repeating: 1, count: 40), limit: 1).search
        #expect(search.status == .iterationLimit && search.iterations == 1 && !search.status.isConverged)
    }

    /// Where a step leads to no number, the last point that had one is kept.
    @Test func givesUpWhereTheFunctionEnds() {
        var search = TruncatedNewton(
            start: [0], options: .init(gradientTolerance: 1e-9, maxIterations: 9))
        search.receive(value: 1, gradient: [-1])
        search.receive(curvatures: [1])
        search.receive(product: [1])
        #expect(search.point == [1])
        search.receive(value: .infinity, gradient: [.nan])
        #expect(search.status == .lineSearchFailed && search.point == [0] && search.value == 1)
    }

    /// A function that does not curve along the gradient has no Newton step.
    @Test func givesUpWithoutCurvature() {
        var search = TruncatedNewton(
            start: [0, 0], options: .init(gradientTolerance: 1e-9, maxIterations: 9))
        search.receive(value: 1, gradient: [-1, 1])
        search.receive(curvatures: [1, 1])
        search.receive(product: [0, 0])
        #expect(search.status == .lineSearchFailed && search.point == [0, 0])
    }
}
