import Evaluation
import Foundation
import Labels
import Learners
import LinearAlgebra
import TestSupport
import Testing

private struct Expected: Decodable {
    let learner: String
    let order: [Int]?
    let method: String
    let scores: [[Double]]
    let probabilities: [[Double]]
}

/// Classifier chains against scikit-learn's, see Tests/Oracles/Learners/chains.py, and thresholds by SCutFBR.
@Suite struct MultilabelLearnerTests {
    private let problem: LearnerProblem
    private var targets: Targets { problem.targets(problem.emotions) }

    init() throws { problem = try LearnerProblem() }

    private func fitted(
        _ learner: Learner, sparse: Bool = true, _ targets: Targets? = nil
    ) throws -> FittedLearner {
        try learner.fit(
            sparse ? FeatureMatrix(problem.X) : FeatureMatrix(problem.X.dense()), targets ?? self.targets,
            labelSpace: problem.emotions, seed: 3)
    }

    private func chain(_ learner: Learner, _ change: (inout ClassifierChainOptions) -> Void) -> Learner {
        var options = ClassifierChainOptions()
        change(&options)
        return .chain(learner, options)
    }

    @Test func chainsAreThoseOfScikitLearn() throws {
        let expected = try golden("chains.json", as: [Expected].self)
        #expect(expected.count == 6)
        for item in expected {
            let base = item.learner == "svm" ? svm { $0.C = 2 } : logistic { $0.C = 2 }
            let learner = chain(base) {
                $0.order = item.order.map { .given($0.map { problem.emotions.names[$0] }) } ?? .labels
                $0.chainMethod = item.method == "predict" ? .predict : .predictProbabilities
            }
            for sparse in [true, false] {
                let model = try fitted(learner, sparse: sparse)
                #expect(model.isProbabilistic == (item.learner == "logistic"))
                #expect(model.featureCount == 60 && model.parameterCount == 7 * 61 + 21)
                let found = model.probabilities(FeatureMatrix(problem.Z))
                // Both stop within 1e-10 of a zero gradient.
                #expect(largestDifference(found.values, item.probabilities.flatMap(\.self)) < 1e-6)
                guard case .chain(let chain) = model else {
                    Issue.record("a chain")
                    continue
                }
                #expect(chain.order == item.order ?? Array(0..<7))
                let scores = chain.logits(FeatureMatrix(problem.Z)).values
                #expect(largestDifference(scores, item.scores.flatMap(\.self)) < 1e-5)
            }
        }
    }

    /// Its first label is learnt as without a chain, the last one otherwise.
    @Test func theFirstLabelIsLearntAlone() throws {
        let alone = try fitted(logistic { _ in }).probabilities(FeatureMatrix(problem.Z))
        let chained = try fitted(
            chain(logistic { _ in }) {
                $0.order = .given(["sadness", "disgust", "fear", "joy", "anger", "surprise", "neutral"])
            }
        )
        .probabilities(FeatureMatrix(problem.Z))
        func column(_ p: Probabilities, _ label: Int) -> [Double] { (0..<p.rowCount).map { p[$0, label] } }
        #expect(largestDifference(column(alone, 4), column(chained, 4)) < 1e-7)
        #expect(largestDifference(column(alone, 6), column(chained, 6)) > 1e-3)
    }

    @Test func randomOrdersFollowTheSeed() throws {
        func order(_ seed: UInt64) throws -> [Int] {
            let learner = chain(naiveBayes { _ in }) { $0.order = .random }
            let model = try learner.fit(
                FeatureMatrix(problem.X), targets, labelSpace: problem.emotions, seed: seed)
            guard case .chain(let chain) = model else { return [] }
            return chain.order
        }
        #expect(try order(1) == order(1) && order(1).sorted() == Array(0..<7))
        #expect(try order(1) != order(2))
    }

    /// A label that no row carries is never predicted, and does not disturb those after it.
    @Test(arguments: [false, true]) func constantLabels(thresholds: Bool) throws {
        guard case .sets(var sets) = targets else { return }
        for row in 0..<sets.rowCount { (sets[row, 0], sets[row, 2]) = (false, true) }
        let base = logistic { _ in }
        let model = try fitted(
            thresholds ? .thresholded(base, SCutFBROptions()) : chain(base) { _ in }, .sets(sets))
        let p = model.probabilities(FeatureMatrix(problem.Z))
        for row in 0..<p.rowCount {
            #expect(p[row, 0] == 0 && p[row, 2] == 1 && p[row, 3].isFinite && p[row, 3] > 0)
        }
        #expect(model.notices.contains(.constantLabel("anger", isAlwaysPresent: false)))
    }

    /// The third label and the last have a C of their own; Tests/Oracles/Learners/chains.py.
    @Test func labelsHaveTheirOwnC() throws {
        let expected = try golden("label-c.json", as: [String: [[Double]]].self)
        #expect(expected.keys.sorted() == ["l1", "logistic", "svm"])
        let own = ["fear": 20, "neutral": 0.1]
        for (name, scores) in expected {
            let learners =
                name == "svm"
                ? [svm { ($0.C, $0.labelC) = (0.5, own) }]
                : [LogisticOptions.Solver.lbfgs, .newtonCholesky].map { solver in
                    logistic {
                        ($0.C, $0.labelC, $0.solver) = (0.5, own, solver)
                        if name == "l1" { $0.penalty = .l1 }
                    }
                }
            for learner in learners {
                let found = try #require(try fitted(learner).linear).logits(FeatureMatrix(problem.Z))
                #expect(largestDifference(found.values, scores.flatMap(\.self)) < 1e-5, "\(name)")
            }
        }
        // In a chain as without one: the first label of it has no other to read.
        let chained = try fitted(chain(logistic { ($0.C, $0.labelC) = (0.5, ["anger": 20]) }) { _ in })
        let plain = try fitted(logistic { $0.C = 20 })
        let Z = FeatureMatrix(problem.Z)
        let (a, b) = (chained.probabilities(Z), plain.probabilities(Z))
        #expect((0..<a.rowCount).allSatisfy { abs(a[$0, 0] - b[$0, 0]) < 1e-7 })
    }

    @Test func chainsAreReadBack() throws {
        let folder = try TemporaryFolder()
        let learner = chain(logistic { _ in }) {
            ($0.order, $0.chainMethod) = (.random, .predictProbabilities)
        }
        let model = try fitted(learner)
        try model.save(to: folder.url)
        let read = try FittedLearner(from: folder.url)
        let Z = FeatureMatrix(problem.Z)
        #expect(read.probabilities(Z) == model.probabilities(Z) && read.labelSpace == problem.emotions)
        #expect(read.notices == model.notices && read.featureCount == model.featureCount)
        // No number of a damaged file is trusted.
        let text = try String(contentsOf: folder.file("model.json"), encoding: .utf8)
        for (old, new) in [
            ("\"featureCount\" : 60", "\"featureCount\" : 61"),
            ("\"featureCount\" : 60", "\"featureCount\" : -1"),
            ("\"isProbabilistic\" : true", "\"isProbabilistic\" : false"),
        ] {
            #expect(text.contains(old))
            try folder.write(text.replacing(old, with: new), to: "model.json")
            #expect(throws: LinearModelError.self) { try FittedLearner(from: folder.url) }
        }
    }

    /// The definition, step by step: with one threshold a label, decided by scores of a model without thresholds.
    @Test(arguments: [true, false]) func thresholdsMoveIntercepts(isProbabilistic: Bool) throws {
        let base = isProbabilistic ? logistic { _ in } : svm { _ in }
        let plain = try #require(try fitted(base).linear)
        let moved = try #require(try fitted(.thresholded(base, SCutFBROptions())).linear)
        #expect(moved.coefficients == plain.coefficients && moved.isProbabilistic == isProbabilistic)
        let thresholds = zip(plain.intercepts, moved.intercepts).map(-)
        #expect(thresholds.allSatisfy(\.isFinite) && Set(thresholds).count > 1)
        // These labels are rare, and thresholds below 0 find more of them.
        let Z = FeatureMatrix(problem.X)
        func scores(_ model: LinearClassifier) -> Scorecard {
            Scorecard(
                gold: targets, predicted: model.probabilities(Z).decisions(kind: .multilabel),
                labelSpace: problem.emotions)
        }
        let (before, after) = (try #require(scores(plain)[.f1Macro]), try #require(scores(moved)[.f1Macro]))
        #expect(after > before)
        // The same at any number of threads and again, another with other folds.
        #expect(try fitted(.thresholded(base, SCutFBROptions())).linear?.intercepts == moved.intercepts)
        let other = try Learner.thresholded(base, SCutFBROptions()).fit(
            FeatureMatrix(problem.X), targets, labelSpace: problem.emotions, seed: 4)
        #expect(other.linear?.intercepts != moved.intercepts)
    }

    @Test func whatDoesNotGoTogetherIsRefused() throws {
        let X = FeatureMatrix(problem.X)
        func fit(_ learner: Learner, _ space: LabelSpace) throws {
            _ = try learner.fit(X, problem.targets(space), labelSpace: space, seed: 0)
        }
        let base = logistic { _ in }
        for learner in [chain(base) { _ in }, .thresholded(base, SCutFBROptions())] {
            #expect(throws: LinearModelError.self) { try fit(learner, problem.sentiments) }
        }
        for learner in [
            chain(.neighbors(.init())) { _ in }, .thresholded(.neighbors(.init()), SCutFBROptions()),
            .thresholded(chain(base) { _ in }, SCutFBROptions()),
        ] {
            #expect(throws: LinearModelError.self) { try fit(learner, problem.emotions) }
        }
        #expect(throws: LinearModelError.noProbabilities("a classifier chain with predict-proba")) {
            try fit(chain(svm { _ in }) { $0.chainMethod = .predictProbabilities }, problem.emotions)
        }
        for order in [["anger"], Array(problem.emotions.names.dropLast()) + ["anger"], []] {
            #expect(throws: LinearModelError.badChain(problem.emotions.names)) {
                try fit(chain(base) { $0.order = .given(order) }, problem.emotions)
            }
        }
        let few = [0, 1, 2, 3]
        #expect(throws: LinearModelError.tooFewRows(wanted: 5, rows: 4, for: "SCutFBR")) {
            try Learner.thresholded(base, SCutFBROptions()).fit(
                FeatureMatrix(problem.X.selecting(few)), targets.selecting(few),
                labelSpace: problem.emotions, seed: 0)
        }
        #expect(throws: LinearModelError.tooFewRows(wanted: 5, rows: 4, for: "SCutFBR")) {
            try Learner.thresholded(base, SCutFBROptions()).check(rowCount: 4)
        }
        try Learner.thresholded(base, SCutFBROptions()).check(rowCount: 5)
    }
}
