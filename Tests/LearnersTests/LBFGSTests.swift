import Foundation
import Learners
import TestSupport
import Testing

/// What SciPy's L-BFGS-B did; see Tests/Oracles/Solvers/generate.py.
private struct Trace: Decodable {
    let function: String
    let size: Int
    let values: [Double]
    let iterations: Int
    let minimum: Double
}

private func rosenbrock(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    var (value, gradient) = (0.0, Array(repeating: 0.0, count: x.count))
    for i in 0..<x.count - 1 {
        let (a, b) = (x[i + 1] - x[i] * x[i], 1 - x[i])
        value += 100 * a * a + b * b
        gradient[i] += -400 * a * x[i] - 2 * b
        gradient[i + 1] += 200 * a
    }
    return (value, gradient)
}

private func quadratic(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    let c = x.indices.map { pow(10, Double($0) / 3) }
    let gradient = x.indices.map { c[$0] * (x[$0] - 1) }
    return (x.indices.reduce(0) { $0 + 0.5 * gradient[$1] * (x[$1] - 1) }, gradient)
}

private func quartic(_ x: [Double]) -> (value: Double, gradient: [Double]) {
    (
        x.reduce(0) { $0 + $1 * $1 * $1 * $1 - 3 * $1 * $1 + $1 },
        x.map { 4 * $0 * $0 * $0 - 6 * $0 + 1 }
    )
}

private let functions = ["rosenbrock": rosenbrock, "quadratic": quadratic, "quartic": quartic]

@Suite struct LBFGSTests {
    @Test func takesThePathOfSciPy() throws {
        let file = oracle("Solvers/lbfgs.json")
        let traces = try JSONDecoder().decode([Trace].self, from: Data(contentsOf: file))
        #expect(traces.count == 9)
        for trace in traces {
            let function = try #require(functions[trace.function])
            var values: [Double] = []
            let start = (0..<trace.size).map { $0.isMultiple(of: 2) ? -1.2 : 1 }
            let result = LBFGS.minimize(
                from: start, options: .init(gradientTolerance: 1e-8, maxIterations: 1000)
            ) { x in
                let result = function(x)
                values.append(result.value)
                return result
            }
            #expect(result.status.isConverged)
            // Rounding differs and is amplified along the path: the worst seen in the first 15 values is 1e-9.
            for (ours, theirs) in zip(values, trace.values) {
                #expect(abs(ours - theirs) <= 1e-7 * max(1, abs(theirs)), "\(trace.function) \(trace.size)")
            }
            #expect(abs(result.iterations - trace.iterations) <= 2, "\(trace.function) \(trace.size)")
            #expect(abs(result.value - trace.minimum) <= 1e-12 * max(1, abs(trace.minimum)))
        }
    }

    @Test func curvaturesReplaceTheSearchForThem() {
        let curvatures = (0..<40).map { pow(10, Double($0) / 10 - 3) }
        func valley(_ x: [Double]) -> (value: Double, gradient: [Double]) {
            let gradient = x.indices.map { curvatures[$0] * (x[$0] - 1) }
            return (x.indices.reduce(0) { $0 + 0.5 * gradient[$1] * (x[$1] - 1) }, gradient)
        }
        let options = LBFGS.Options(gradientTolerance: 1e-6, valueTolerance: 0, maxIterations: 1000)
        var searches = [
            LBFGS(start: Array(repeating: 0, count: 40), options: options),
            LBFGS(start: Array(repeating: 0, count: 40), options: options, curvatures: curvatures),
        ]
        for place in searches.indices {
            while searches[place].status == .running {
                let (value, gradient) = valley(searches[place].point)
                searches[place].receive(value: value, gradient: gradient)
            }
            #expect(searches[place].status == .gradientConverged)
            #expect(searches[place].point.allSatisfy { abs($0 - 1) <= 2e-3 })
        }
        #expect(searches[1].iterations <= 3)
        #expect(searches[0].iterations > 5 * searches[1].iterations)
    }

    @Test(arguments: [0, -1, .infinity, .nan, .leastNonzeroMagnitude] as [Double])
    func curvaturesThatTellNothingAreLeftOut(_ curvature: Double) {
        let options = LBFGS.Options(gradientTolerance: 1e-8, maxIterations: 1000)
        func end(_ curvatures: [Double]?) -> LBFGS {
            var search = LBFGS(start: [-1.2, 1], options: options, curvatures: curvatures)
            while search.status == .running {
                let (value, gradient) = rosenbrock(search.point)
                search.receive(value: value, gradient: gradient)
            }
            return search
        }
        let (plain, told) = (end(nil), end([1, curvature]))
        #expect(told.status.isConverged && told.point == plain.point && told.iterations == plain.iterations)
    }

    @Test func stopsAtTheIterationLimit() {
        let result = LBFGS.minimize(
            from: [-1.2, 1], options: .init(gradientTolerance: 1e-8, maxIterations: 7), rosenbrock)
        #expect(result.status == .iterationLimit)
        #expect(result.iterations == 7)
    }

    @Test func startingAtTheMinimumTakesNoStep() {
        let result = LBFGS.minimize(
            from: [1, 1, 1], options: .init(gradientTolerance: 1e-8, maxIterations: 7), rosenbrock)
        #expect(result.status == .gradientConverged)
        #expect(result.iterations == 0)
        #expect(result.point == [1, 1, 1])
    }

    @Test func anEndlessDescentOrNaNDoesNotTrap() {
        let options = LBFGS.Options(gradientTolerance: 1e-8, maxIterations: 100)
        let endless = LBFGS.minimize(from: [0, 0], options: options) { x in (-x[0] - x[1], [-1, -1]) }
        #expect(endless.status != .running)
        let broken = LBFGS.minimize(from: [1, 1], options: options) { x in
            x == [1, 1] ? (1, [1, 1]) : (.nan, [.nan, .nan])
        }
        #expect(broken.status == .lineSearchFailed)
        #expect(broken.point == [1, 1])
    }
}
