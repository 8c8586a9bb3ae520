import Evaluation
import Foundation
import Testing

/// Tails and quantiles against SciPy.
@Suite struct DistributionTests {
    @Test func tailsEqualSciPys() throws {
        for problem in try ProtocolGolden.all.get().distributions {
            let t = StudentT(degreesOfFreedom: problem.df)
            #expect(agree(t.twoSidedTail(problem.t), problem.tTail, 1e-11), "t \(problem.t), \(problem.df)")
            #expect(agree(t.critical(level: problem.level), problem.tCritical, 1e-10))
            #expect(
                agree(
                    chiSquaredTail(problem.x, degreesOfFreedom: Double(problem.d1)), problem.chiTail, 1e-11))
            #expect(
                agree(fTail(problem.f, Double(problem.d1), Double(problem.d2)), problem.fTail, 1e-11),
                "F \(problem.f), \(problem.d1), \(problem.d2)")
            let range = StudentizedRange(count: problem.k)
            #expect(agree(range.tail(problem.q), problem.rangeTail, 1e-9), "\(problem.k), \(problem.q)")
            #expect(agree(range.critical(level: problem.level), problem.rangeCritical, 1e-12))
        }
    }

    /// What holds in closed form.
    @Test func closedForms() {
        for t in [0, 0.3, -1, 2.5, 40] {
            // One degree of freedom: Cauchy's distribution.
            let cauchy = 1 - 2 / Double.pi * atan(abs(t))
            #expect(agree(StudentT(degreesOfFreedom: 1).twoSidedTail(t), cauchy, 1e-13), "\(t)")
            let normal = StudentT(degreesOfFreedom: .infinity).twoSidedTail(t)
            #expect(agree(StudentT(degreesOfFreedom: 9e6).twoSidedTail(t), normal, 1e-7))
            // The range of two is the size of a normal variable with variance 2.
            let q = abs(t) * 2.0.squareRoot()
            #expect(agree(StudentizedRange(count: 2).tail(q), normal, 1e-13), "\(t)")
        }
        for x in [0, 0.1, 1, 7, 30] {
            // Two degrees of freedom: the exponential distribution.
            #expect(agree(chiSquaredTail(x, degreesOfFreedom: 2), exp(-x / 2), 1e-14), "\(x)")
            // F with one degree of freedom above is t squared.
            let t = StudentT(degreesOfFreedom: 7).twoSidedTail(x.squareRoot())
            #expect(agree(fTail(x, 1, 7), t, 1e-13), "\(x)")
        }
        #expect(StudentT(degreesOfFreedom: 3).twoSidedTail(.infinity) == 0)
    }
}
