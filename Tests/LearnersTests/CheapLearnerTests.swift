import Features
import Foundation
import Labels
import Learners
import LinearAlgebra
import TestSupport
import Testing

private struct Expected: Decodable {
    struct Neighbors: Decodable {
        let kind: String
        let metric: String
        let weights: String
        let neighbors: Int
        let dense: Bool
        /// Rows for which it is open which of equally far ones vote.
        let tied: [Int]
        let probabilities: [[Double]]
    }

    struct LSA: Decodable {
        let singularValues: [Double]
        let vectors: [[Double]]
    }

    let knn: [Neighbors]
    let nbsvm: [String: [[Double]]]
    let lsa: LSA
}

/// Nearest neighbours, NB-SVM and latent semantic analysis against scikit-learn and the published code, see
/// Tests/Oracles/Learners/cheap.py.
@Suite struct CheapLearnerTests {
    private let problem: LearnerProblem
    private let expected: Expected

    init() throws {
        problem = try LearnerProblem()
        expected = try golden("cheap.json", as: Expected.self)
    }

    private func space(_ kind: String) -> LabelSpace {
        switch kind {
        case "binary": problem.spam
        case "multiclass": problem.sentiments
        default: problem.emotions
        }
    }

    /// The same dense features as the generator's.
    private func rotated(_ X: SparseMatrix) -> FeatureMatrix {
        var rotation = Matrix<Double>(rowCount: 60, columnCount: 11)
        for d in 0..<60 { for k in 0..<11 { rotation[d, k] = sin(Double(d) * 1.7 + Double(k) * 0.9 + 0.3) } }
        return FeatureMatrix(X.times(rotation))
    }

    @Test func neighborsVoteAsInScikitLearn() throws {
        #expect(expected.knn.count == 36)
        for item in expected.knn {
            var options = NearestNeighborsOptions()
            options.neighbors = item.neighbors
            options.metric = try #require(.init(rawValue: item.metric))
            options.weights = try #require(.init(rawValue: item.weights))
            let (X, Z) =
                item.dense
                ? (rotated(problem.X), rotated(problem.Z))
                : (FeatureMatrix(problem.X), FeatureMatrix(problem.Z))
            let space = space(item.kind)
            let model = try NearestNeighbors.fit(
                options, to: X, problem.targets(space), labelSpace: space)
            let p = model.probabilities(Z)
            // Sparse rows at the same manhattan distance are taken as scikit-learn's heap takes them. For the others NumPy
            // decides ties, and products of dense rows have their last bits, otherwise on every processor.
            let isOpen = item.dense || item.metric != "manhattan"
            #expect(!isOpen || item.tied.count < item.probabilities.count / 2)
            for (row, wanted) in item.probabilities.enumerated() where !isOpen || !item.tied.contains(row) {
                let own = (0..<space.count).map { p[row, $0] }
                // scikit-learn's dense distance of equal rows is some 1e-8 instead of 0, which weights by distance feel.
                let tolerance = item.dense && item.weights == "distance" ? 1e-6 : 1e-9
                #expect(
                    largestDifference(own, wanted) < tolerance,
                    "\(item.kind) \(item.metric) \(item.weights) dense \(item.dense) row \(row)")
            }
        }
    }

    /// All by hand: every distance, sorted, and the vote of the first k.
    @Test(arguments: NearestNeighborsOptions.Metric.allCases)
    func neighborsAreThoseOfANaiveSearch(metric: NearestNeighborsOptions.Metric) throws {
        var options = NearestNeighborsOptions()
        (options.metric, options.weights) = (metric, .distance)
        let (X, Z) = (rotated(problem.X), rotated(problem.Z))
        let model = try NearestNeighbors.fit(
            options, to: X, problem.targets(problem.spam), labelSpace: problem.spam)
        let p = model.probabilities(Z)
        let (x, z) = (X.nonZeros.dense(), Z.nonZeros.dense())
        func distance(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Double {
            let pairs = zip(a, b)
            switch metric {
            case .euclidean: return pairs.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
            case .manhattan: return pairs.reduce(0) { $0 + abs($1.0 - $1.1) }
            case .cosine:
                func norm(_ v: ArraySlice<Double>) -> Double { v.reduce(0) { $0 + $1 * $1 }.squareRoot() }
                let scale = norm(a) * norm(b)
                return 1 - (scale == 0 ? 0 : pairs.reduce(0) { $0 + $1.0 * $1.1 } / scale)
            }
        }
        var compared = 0
        for row in 0..<z.rowCount {
            let all = (0..<x.rowCount).map { (distance(x.row($0), z.row(row)), $0) }.sorted { $0 < $1 }
            if all[5].0 - all[4].0 < 1e-9 || all[0].0 < 1e-6 { continue }
            let near = all.prefix(5)
            let spam = near.filter { FrontDesk.spam[1] == problem.corpus.train[$0.1].spam }
            let share = spam.reduce(0) { $0 + 1 / $1.0 } / near.reduce(0) { $0 + 1 / $1.0 }
            #expect(abs(p[row, 1] - share) < 1e-9)
            compared += 1
        }
        #expect(compared > z.rowCount / 2)
    }

    /// Equal rows at the same distance: earlier ones vote, and one at distance 0 alone.
    @Test func tiesAndEqualRows() throws {
        let space = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
        let X = Matrix<Double>(rowCount: 5, columnCount: 1, values: [1, 1, 1, 4, 0])
        var options = NearestNeighborsOptions()
        options.neighbors = 2
        for stored in [FeatureMatrix(X), FeatureMatrix(SparseMatrix(X))] {
            func shares(_ value: Double) throws -> [Double] {
                let Z = Matrix<Double>(rowCount: 1, columnCount: 1, values: [value])
                return try NearestNeighbors.fit(
                    options, to: stored, .classes([2, 1, 0, 0, 1]), labelSpace: space
                ).probabilities(
                    stored.storedSparse == nil ? FeatureMatrix(Z) : FeatureMatrix(SparseMatrix(Z))
                )
                .values
            }
            options.weights = .uniform
            #expect(try shares(1.1) == [0, 0.5, 0.5])
            options.weights = .distance
            #expect(try shares(4) == [1, 0, 0])
            let half = try shares(3)
            #expect(abs(half[0] - 2.0 / 3) < 1e-15 && abs(half[2] - 1.0 / 3) < 1e-15)
        }
    }

    @Test func fewerRowsThanNeighborsAreRefused() throws {
        let X = FeatureMatrix(Matrix<Double>(rowCount: 2, columnCount: 1, values: [1, 2]))
        #expect(throws: LinearModelError.tooFewNeighbors(wanted: 5, rows: 2)) {
            try Learner.neighbors(.init()).fit(X, .classes([0, 1]), labelSpace: problem.spam, seed: 0)
        }
        #expect(throws: LinearModelError.tooFewNeighbors(wanted: 5, rows: 4)) {
            try Learner.neighbors(.init()).check(rowCount: 4)
        }
        try Learner.neighbors(.init()).check(rowCount: 5)
        try Learner.svm(.init()).check(rowCount: 0)
    }

    @Test(arguments: [false, true]) func neighborsAreReadBack(isDense: Bool) throws {
        let X = isDense ? rotated(problem.X) : FeatureMatrix(problem.X)
        let Z = isDense ? rotated(problem.Z) : FeatureMatrix(problem.Z)
        let folder = try TemporaryFolder()
        for space in [problem.spam, problem.emotions] {
            let model = try Learner.neighbors(.init()).fit(
                X, problem.targets(space), labelSpace: space, seed: 0)
            try model.save(to: folder.url)
            let read = try FittedLearner(from: folder.url)
            #expect(read.probabilities(Z) == model.probabilities(Z) && read.labelSpace == space)
        }
        // No number of a damaged file is trusted.
        let file = folder.file("model.json")
        let text = try String(contentsOf: file, encoding: .utf8)
        for (old, new) in [
            ("\"neighbors\" : 5", "\"neighbors\" : 5000"), ("\"neighbors\" : 5", "\"neighbors\" : 0"),
            ("\"featureCount\" : \(X.columnCount)", "\"featureCount\" : 3"),
        ] {
            #expect(text.contains(old))
            try folder.write(text.replacing(old, with: new), to: "model.json")
            #expect(throws: LinearModelError.self) { try FittedLearner(from: folder.url) }
        }
    }

    @Test func naiveBayesSVMIsThePublishedOne() throws {
        func coefficients(_ space: LabelSpace, _ change: (inout NaiveBayesSVMOptions) -> Void) throws
            -> [Double]
        {
            var options = NaiveBayesSVMOptions()
            options.tolerance = 1e-10
            change(&options)
            let model = try Learner.naiveBayesSVM(options).fitted(problem.X, problem.targets(space), space)
            #expect(model.intercepts.allSatisfy { $0 == 0 })
            #expect(model.isProbabilistic == (options.loss == .logistic))
            return model.coefficients.values
        }
        let cases: [(String, [Double])] = [
            ("binary", try coefficients(problem.spam) { _ in }),
            (
                "ovr",
                try coefficients(problem.sentiments) { ($0.alpha, $0.beta, $0.C) = (0.5, 0.6, 0.3) }
            ),
            (
                "logistic",
                try coefficients(problem.emotions) { ($0.loss, $0.beta, $0.C) = (.logistic, 1, 2) }
            ),
        ]
        for (name, own) in cases {
            let wanted = try #require(expected.nbsvm[name]).flatMap { $0 }
            // Both stop within 1e-10 of a zero gradient.
            #expect(largestDifference(own, wanted) < 1e-6, "\(name)")
        }
    }

    @Test func naiveBayesSVMRefusesNegativeFeatures() {
        let X = FeatureMatrix(Matrix<Double>(rowCount: 2, columnCount: 1, values: [1, -2]))
        #expect(throws: LinearModelError.negativeFeature(row: 1, column: 0)) {
            try Learner.naiveBayesSVM(.init()).fit(X, .classes([0, 1]), labelSpace: problem.spam, seed: 0)
        }
    }

    @Test func latentSemanticsAgreesWithScikitLearn() throws {
        var options = LSAOptions()
        options.components = 40
        let (semantics, matrix) = try LatentSemantics.fit(options, to: problem.corpus.train.map(\.text))
        let (s, wanted) = (semantics.singularValues, expected.lsa.singularValues)
        for (own, wanted) in zip(s, wanted) { #expect(abs(own - wanted) < 1e-9 * wanted) }
        let vectors = semantics.transform(problem.corpus.test.prefix(5).map(\.text))
        // The gaps between singular values decide how well vectors are defined.
        #expect(largestDifference(vectors.values, expected.lsa.vectors.flatMap { $0 }) < 1e-6)
        // Texts of train have the singular values as norms of their columns.
        for k in [0, 7, 39] {
            let square = (0..<matrix.rowCount).reduce(0) { $0 + matrix[$1, k] * matrix[$1, k] }
            #expect(abs(square.squareRoot() - s[k]) < 1e-9)
        }
        options.normalize = true
        let normalized = try LatentSemantics.fit(options, to: problem.corpus.train.map(\.text)).matrix
        let norm = normalized.row(3).reduce(0) { $0 + $1 * $1 }
        #expect(abs(norm - 1) < 1e-12)
    }

    /// Equal singular values, fewer rows than components, and rank below both.
    @Test func degenerateMatricesHaveTheirSingularValues() throws {
        func values(_ rows: [[Double]], _ k: Int) -> TruncatedSVD {
            TruncatedSVD(
                SparseMatrix(
                    Matrix(rowCount: rows.count, columnCount: rows[0].count, values: rows.flatMap { $0 })),
                components: k)
        }
        // Three texts without a common word, twice each: √2 thrice.
        let blocks = values(
            [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]], 4)
        let root = Double(2).squareRoot()
        #expect(largestDifference(blocks.singularValues, [root, root, root, 0]) < 1e-12)
        #expect(blocks.components.row(3).allSatisfy { $0 == 0 })
        // More columns than rows.
        let wide = values([[3, 0, 0, 4, 0], [0, 0, 5, 0, 12]], 9)
        #expect(largestDifference(wide.singularValues, [13, 5]) < 1e-12)
        #expect(
            largestDifference(wide.components.values, [0, 0, 5.0 / 13, 0, 12.0 / 13, 0.6, 0, 0, 0.8, 0])
                < 1e-12)
        let zero = values([[0, 0], [0, 0]], 1)
        #expect(zero.singularValues == [0] && zero.components.values == [0, 0])
    }
}
