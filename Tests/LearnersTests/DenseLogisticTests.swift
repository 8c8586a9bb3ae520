import DeterministicWork
import Labels
import Learners
import LinearAlgebra
import TestSupport
import Testing

private struct Expected: Decodable {
    let coefficients: [[Double]]
    let intercepts: [Double]
}

private typealias Problem = HeadProblem

@Suite(.serialized) struct DenseLogisticTests {
    private func options(
        _ solver: LogisticOptions.Solver = .newtonCholesky, C: Double = 1, balanced: Bool = false,
        intercept: Bool = true, tolerance: Double = 1e-12
    ) -> LogisticOptions {
        var options = LogisticOptions.head
        options.solver = solver
        options.C = C
        options.classWeight = balanced ? .balanced : .none
        options.fitIntercept = intercept
        options.tolerance = tolerance
        return options
    }

    private func expectAgreement(
        _ name: String, _ options: LogisticOptions, _ targets: Targets, _ space: LabelSpace,
        within bound: Double
    ) throws {
        let expected = try #require(try golden("heads/exact.json", as: [String: Expected].self)[name])
        let head = try LogisticRegression.fit(options, to: Problem.floats, targets, labelSpace: space)
        #expect(head.notices.isEmpty, "\(name)")
        let coefficients = largestDifference(head.coefficients.values, expected.coefficients.flatMap { $0 })
        let intercepts = largestDifference(head.intercepts, expected.intercepts)
        #expect(coefficients < bound && intercepts < bound, "\(name): \(coefficients), \(intercepts)")
    }

    @Test func newtonAgreesWithScikitLearn() throws {
        let binary = Targets.classes(Problem.binary)
        let classes = Targets.classes(Problem.classes)
        let sets = Targets.sets(Problem.sets)
        let (two, three, five) = (
            try Problem.binarySpace(), try Problem.classSpace(), try Problem.setSpace()
        )
        // Both are at the optimum as far as a gradient of 1e-12 can tell; the largest difference seen is 7e-10, of the
        // intercept of a rare label.
        let bound = 5e-9
        try expectAgreement("binary", options(), binary, two, within: bound)
        try expectAgreement("binary-balanced", options(C: 10, balanced: true), binary, two, within: bound)
        try expectAgreement(
            "binary-without-intercept", options(C: 0.1, intercept: false), binary, two, within: bound)
        try expectAgreement("multinomial", options(), classes, three, within: bound)
        try expectAgreement(
            "multinomial-balanced", options(C: 0.3, balanced: true), classes, three, within: bound)
        try expectAgreement(
            "multinomial-without-intercept", options(intercept: false), classes, three, within: bound)
        try expectAgreement("multilabel", options(), sets, five, within: bound)
        try expectAgreement("multilabel-balanced", options(C: 3, balanced: true), sets, five, within: bound)
    }

    @Test func lbfgsAgreesWithScikitLearn() throws {
        // At a loose tolerance: the path is the same.
        let loose = options(.lbfgs, tolerance: 1e-4)
        try expectAgreement(
            "binary-lbfgs", loose, .classes(Problem.binary), Problem.binarySpace(), within: 1e-8)
        try expectAgreement(
            "multinomial-lbfgs", loose, .classes(Problem.classes), Problem.classSpace(), within: 1e-8)
    }

    /// Where a gradient of 1e-4 is allowed, coefficients are closer than that.
    @Test func aLooseToleranceIsStillAccurate() throws {
        let expected = try #require(
            try golden("heads/exact.json", as: [String: Expected].self)["multilabel"])
        let head = try LogisticRegression.fit(
            options(tolerance: 1e-4), to: Problem.X, .sets(Problem.sets), labelSpace: Problem.setSpace())
        #expect(largestDifference(head.coefficients.values, expected.coefficients.flatMap { $0 }) < 2e-3)
    }

    @Test func singlePrecisionFeaturesAreTakenAsTheyAre() throws {
        let targets = Targets.classes(Problem.classes)
        let space = try Problem.classSpace()
        let double = try LogisticRegression.fit(options(), to: Problem.X, targets, labelSpace: space)
        let single = try LogisticRegression.fit(options(), to: Problem.floats, targets, labelSpace: space)
        #expect(double.coefficients == single.coefficients)
        #expect(double.probabilities(Problem.X) == single.probabilities(Problem.floats))
    }

    @Test(arguments: LogisticOptions.Solver.allCases) func threadsDoNotMatter(solver: LogisticOptions.Solver)
        throws
    {
        // Enough rows for several blocks.
        let rows = (0..<1_523).map { $0 * 7 % Problem.N }
        let X = Matrix<Float>(
            rowCount: rows.count, columnCount: Problem.H, values: rows.flatMap { Problem.floats.row($0) })
        let threads = Threads.count
        defer { Threads.count = threads }
        let heads = try [1, 2].map { count in
            Threads.count = count
            return (
                try LogisticRegression.fit(
                    options(solver, tolerance: 1e-6), to: X, Targets.sets(Problem.sets).selecting(rows),
                    labelSpace: Problem.setSpace()),
                try LogisticRegression.fit(
                    options(solver, tolerance: 1e-6), to: X, Targets.classes(Problem.classes).selecting(rows),
                    labelSpace: Problem.classSpace())
            )
        }
        #expect(heads[0].0.coefficients == heads[1].0.coefficients)
        #expect(heads[0].0.intercepts == heads[1].0.intercepts)
        #expect(heads[0].1.coefficients == heads[1].1.coefficients)
        #expect(heads[0].1.probabilities(X) == heads[1].1.probabilities(X))
    }

    @Test func permutedRowsGiveTheSameHead() throws {
        let order = (0..<Problem.N).map { ($0 * 97 + 11) % Problem.N }
        let X = Matrix<Double>(
            rowCount: Problem.N, columnCount: Problem.H, values: order.flatMap { Problem.X.row($0) })
        let space = try Problem.classSpace()
        let head = try LogisticRegression.fit(
            options(), to: Problem.X, .classes(Problem.classes), labelSpace: space)
        let other = try LogisticRegression.fit(
            options(), to: X, .classes(order.map { Problem.classes[$0] }), labelSpace: space)
        #expect(largestDifference(head.coefficients.values, other.coefficients.values) < 1e-10)
    }

    @Test func rowsTwiceEqualHalfThePenalty() throws {
        let twice = (0..<2 * Problem.N).map { $0 % Problem.N }
        let X = Matrix<Double>(
            rowCount: twice.count, columnCount: Problem.H, values: twice.flatMap { Problem.X.row($0) })
        let space = try Problem.binarySpace()
        let head = try LogisticRegression.fit(
            options(C: 2), to: Problem.X, .classes(Problem.binary), labelSpace: space)
        let other = try LogisticRegression.fit(
            options(), to: X, .classes(twice.map { Problem.binary[$0] }), labelSpace: space)
        #expect(largestDifference(head.coefficients.values, other.coefficients.values) < 1e-10)
        #expect(largestDifference(head.intercepts, other.intercepts) < 1e-10)
    }

    @Test func labelsDoNotDependOnEachOther() throws {
        let all = try LogisticRegression.fit(
            options(), to: Problem.X, .sets(Problem.sets), labelSpace: Problem.setSpace())
        let one = try LogisticRegression.fit(
            options(), to: Problem.X, .classes(Problem.binary), labelSpace: Problem.binarySpace())
        #expect(largestDifference(Array(all.coefficients.row(1)), one.coefficients.values) < 1e-10)
        let pair = one.probabilities(Problem.X)
        #expect((0..<Problem.N).allSatisfy { pair[$0, 0] + pair[$0, 1] == 1 })
    }

    /// A softmax over so many classes that its Hessian would be too large takes L-BFGS, to the same optimum.
    @Test func manyClassesTakeLBFGS() throws {
        let K = LogisticOptions.maxNewtonParameters / (Problem.H + 1) + 1
        let labels = (0..<Problem.N).map { $0 % K }
        let space = try LabelSpace(kind: .multiclass, names: (0..<K).map { "class \($0)" })
        var newton = options(C: 0.01, tolerance: 1e-9)
        newton.maxIterations = 1000
        var lbfgs = newton
        lbfgs.solver = .lbfgs
        let head = try LogisticRegression.fit(newton, to: Problem.X, .classes(labels), labelSpace: space)
        let other = try LogisticRegression.fit(lbfgs, to: Problem.X, .classes(labels), labelSpace: space)
        #expect(head.notices.isEmpty && head.coefficients == other.coefficients)
    }

    /// Two equal columns and next to no penalty: the Hessian is singular in double precision.
    @Test func aSingularHessianFallsBackToLBFGS() throws {
        let X = Matrix<Double>(
            rowCount: Problem.N, columnCount: 2,
            values: (0..<Problem.N).flatMap { [Problem.X[$0, 0], Problem.X[$0, 0]] })
        let head = try LogisticRegression.fit(
            options(C: 1e30, tolerance: 1e-6), to: X, .classes(Problem.binary),
            labelSpace: Problem.binarySpace())
        #expect(head.notices.isEmpty)
        #expect(abs(head.coefficients[0, 0] - head.coefficients[0, 1]) < 1e-9)
    }

    @Test func constantLabels() throws {
        let space = try LabelSpace(kind: .multilabel, names: ["always", "never", "some"])
        let sets = IndicatorMatrix(
            labelCount: 3, rows: (0..<Problem.N).map { Problem.binary[$0] == 1 ? [0, 2] : [0] })
        let head = try LogisticRegression.fit(options(), to: Problem.X, .sets(sets), labelSpace: space)
        #expect(
            head.notices == [
                .constantLabel("always", isAlwaysPresent: true),
                .constantLabel("never", isAlwaysPresent: false),
            ])
        let probabilities = head.probabilities(Problem.X)
        for row in 0..<Problem.N {
            #expect(probabilities[row, 0] == 1 && probabilities[row, 1] == 0)
            #expect(probabilities[row, 2] > 0 && probabilities[row, 2] < 1)
        }

        let zeros = Targets.classes(Array(repeating: 0, count: Problem.N))
        let no = try LogisticRegression.fit(
            options(), to: Problem.X, zeros, labelSpace: Problem.binarySpace())
        #expect(no.probabilities(Problem.X)[0, 0] == 1 && no.notices.count == 2)

        let two = Targets.classes(Problem.binary.map { $0 * 2 })
        let head2 = try LogisticRegression.fit(
            options(), to: Problem.X, two, labelSpace: Problem.classSpace())
        #expect(head2.notices == [.constantLabel("b", isAlwaysPresent: false)])
        #expect(head2.probabilities(Problem.X)[0, 1] == 0)

        let one = try LogisticRegression.fit(
            options(), to: Problem.X, zeros, labelSpace: Problem.classSpace())
        #expect(one.probabilities(Problem.X)[7, 0] == 1 && one.notices.count == 2)
    }

    @Test func stoppingEarlyIsNoticed() throws {
        var options = options()
        options.maxIterations = 2
        let head = try LogisticRegression.fit(
            options, to: Problem.X, .classes(Problem.binary), labelSpace: Problem.binarySpace())
        #expect(head.notices == [.notConverged(label: "yes", iterations: 2)])
    }

    @Test func badInputIsRefused() throws {
        let space = try Problem.binarySpace()
        #expect(throws: LinearModelError.rowCountsDiffer(texts: Problem.N, targets: 1)) {
            try LogisticRegression.fit(options(), to: Problem.X, .classes([0]), labelSpace: space)
        }
        #expect(throws: LinearModelError.noRows) {
            try LogisticRegression.fit(
                options(), to: Matrix<Float>(rowCount: 0, columnCount: 3), .classes([]), labelSpace: space)
        }
        var X = Problem.floats
        X[17, 5] = .nan
        #expect(throws: LinearModelError.nonFiniteFeature(row: 17, column: 5)) {
            try LogisticRegression.fit(options(), to: X, .classes(Problem.binary), labelSpace: space)
        }
    }
}
