import Features
import Labels
import Learners
import LinearAlgebra
import TestSupport
import Testing
import TextClassifiers

/// What must not change, or must change in a known way, whatever the numbers are.
@Suite struct MetamorphicTests {
    private let problem: LearnerProblem
    private let learners: [Learner] = [
        logistic { _ in }, logistic { $0.penalty = .l1 }, logistic { $0.multiClass = .multinomial },
        logistic { ($0.penalty, $0.multiClass) = (.l1, .multinomial) }, svm { _ in }, naiveBayes { _ in },
        naiveBayes { $0.variant = .complement },
    ]

    init() throws { problem = try LearnerProblem() }

    private func logits(
        _ learner: Learner, _ X: SparseMatrix, _ targets: Targets, _ space: LabelSpace
    ) throws -> Logits {
        try learner.fitted(X, targets, space).logits(problem.Z)
    }

    @Test func denseEqualsSparse() throws {
        var head = LogisticOptions.head
        head.tolerance = 1e-12
        // The flattest direction has a curvature of 1 / (C N), some 1e-3, and 60 of them add up; the worst seen is 3e-6.
        for space in [problem.spam, problem.emotions] {
            let targets = problem.targets(space)
            let dense = try LogisticRegression.fit(head, to: problem.X.dense(), targets, labelSpace: space)
            let sparse = try logistic { _ in }.fitted(problem.X, targets, space)
            #expect(largestDifference(dense.coefficients.values, sparse.coefficients.values) < 1e-5)
            #expect(largestDifference(dense.intercepts, sparse.intercepts) < 1e-5)
        }
    }

    /// Every solver, penalty and weight gives the same model of dense features as of the same features stored sparsely.
    @Test func storageDoesNotMatter() throws {
        let learners = [
            logistic { ($0.solver, $0.labelWeights) = (.newtonCholesky, ["spam": 3]) },
            logistic { $0.labelWeights = ["spam": 3] },
            logistic { ($0.penalty, $0.labelWeights) = (.l1, ["spam": 3]) },
            logistic { ($0.solver, $0.labelWeights) = (.adamw, ["spam": 3]) },
            svm { $0.classWeight = .balanced }, naiveBayes { $0.classWeight = .balanced },
        ]
        for learner in learners {
            for space in [problem.spam, problem.sentiments] {
                if space == problem.sentiments && !learner.labelWeights.isEmpty { continue }
                let targets = problem.targets(space)
                let sparse = try learner.fitted(problem.X, targets, space)
                let dense = try #require(
                    learner.fit(
                        FeatureMatrix(problem.X.dense()), targets, labelSpace: space, seed: 0
                    ).linear)
                #expect(largestDifference(dense.coefficients.values, sparse.coefficients.values) < 1e-5)
                let (p, q) = (sparse.probabilities(problem.Z), dense.probabilities(problem.Z.dense()))
                #expect(largestDifference(p.values, q.values) < 1e-6)
            }
        }
    }

    /// Both exact solvers find the optimum of the weighted problem.
    @Test func solversAgree() throws {
        for change in [{ (_: inout LogisticOptions) in }, { $0.multiClass = .multinomial }] {
            let targets = problem.targets(problem.sentiments)
            let models = try [LogisticOptions.Solver.lbfgs, .newtonCholesky].map { solver in
                try logistic {
                    ($0.solver, $0.labelWeights) = (solver, ["negative": 2])
                    change(&$0)
                }.fitted(problem.X, targets, problem.sentiments)
            }
            let logits = models.map { $0.probabilities(problem.Z).values }
            #expect(largestDifference(logits[0], logits[1]) < 1e-6)
            #expect(models.allSatisfy { $0.log.allSatisfy(\.isConverged) && !$0.log.isEmpty })
        }
    }

    @Test func newtonRefusesMoreTermsThanItCanHold() throws {
        let wide = SparseMatrix(
            columnCount: LogisticOptions.maxNewtonParameters, rowOffsets: [0, 1, 2], columns: [0, 1],
            values: [1, 1])
        #expect(throws: LinearModelError.tooManyColumns(2_500, most: 2_499)) {
            try logistic { $0.solver = .newtonCholesky }.fitted(wide, .classes([0, 1]), problem.spam)
        }
    }

    @Test func naiveBayesRefusesFeaturesBelowZero() throws {
        let X = FeatureMatrix(Matrix<Double>(rowCount: 2, columnCount: 2, values: [1, 0, 0, -1]))
        #expect(throws: LinearModelError.negativeFeature(row: 1, column: 1)) {
            try naiveBayes { _ in }.fit(X, .classes([0, 1]), labelSpace: problem.spam, seed: 0)
        }
    }

    @Test func permutedRowsGiveTheSameModel() throws {
        let order = (0..<problem.X.rowCount).map { ($0 * 397 + 11) % problem.X.rowCount }
        for learner in learners {
            for space in [problem.spam, problem.sentiments] {
                let targets = problem.targets(space)
                let model = try logits(learner, problem.X, targets, space)
                let other = try logits(
                    learner, problem.X.selecting(order), targets.selecting(order), space)
                #expect(largestDifference(model.values, other.values) < 1e-5)
            }
        }
    }

    @Test func permutedLabelsPermuteTheModel() throws {
        let order = [2, 0, 1]
        guard case .classes(let classes) = problem.targets(problem.sentiments) else { return }
        let permuted = Targets.classes(classes.map { order.firstIndex(of: $0) ?? -1 })
        let space = try LabelSpace(
            kind: .multiclass, names: order.map { problem.sentiments.names[$0] })
        for learner in learners {
            let model = try learner.fitted(problem.X, .classes(classes), problem.sentiments)
            let other = try learner.fitted(problem.X, permuted, space)
            let (p, q) = (model.probabilities(problem.Z), other.probabilities(problem.Z))
            for row in 0..<p.rowCount {
                for (new, old) in order.enumerated() { #expect(abs(q[row, new] - p[row, old]) < 1e-6) }
            }
        }
    }

    @Test func rowsTwiceEqualAWeightOfTwo() throws {
        guard case .classes(let classes) = problem.targets(problem.spam) else { return }
        let rows = Array(classes.indices) + classes.indices.filter { classes[$0] == 1 }
        let twice = (X: problem.X.selecting(rows), targets: problem.targets(problem.spam).selecting(rows))
        let pairs = [
            (logistic { _ in }, logistic { $0.labelWeights = ["spam": 2] }),
            (logistic { $0.penalty = .l1 }, logistic { ($0.penalty, $0.labelWeights) = (.l1, ["spam": 2]) }),
            (svm { _ in }, svm { $0.labelWeights = ["spam": 2] }),
        ]
        for (plain, weighted) in pairs {
            let model = try logits(plain, twice.X, twice.targets, problem.spam)
            let other = try logits(weighted, problem.X, problem.targets(problem.spam), problem.spam)
            #expect(largestDifference(model.values, other.values) < 1e-5)
            let unweighted = try logits(plain, problem.X, problem.targets(problem.spam), problem.spam)
            #expect(largestDifference(model.values, unweighted.values) > 1e-2)
        }
    }

    /// Features s times as large with a penalty that allows for it give coefficients 1/s as large.
    @Test func scaling() throws {
        let s = 3.0
        let X = problem.X
        let scaled = SparseMatrix(
            columnCount: X.columnCount, rowOffsets: X.rowOffsets, columns: X.columns,
            values: X.values.map { s * $0 })
        let pairs = [
            (logistic { _ in }, logistic { $0.C = 1 / (s * s) }),
            (logistic { $0.penalty = .l1 }, logistic { ($0.penalty, $0.C) = (.l1, 1 / s) }),
            (
                svm { $0.fitIntercept = false },
                svm { ($0.fitIntercept, $0.C) = (false, 1 / (s * s)) }
            ),
            (naiveBayes { _ in }, naiveBayes { $0.alpha = s }),
        ]
        for (index, (plain, adapted)) in pairs.enumerated() {
            let model = try plain.fitted(X, problem.targets(problem.spam), problem.spam)
            let other = try adapted.fitted(scaled, problem.targets(problem.spam), problem.spam)
            // Naive Bayes looks at shares, which scaling leaves as they are.
            let factor = index == 3 ? 1 : s
            #expect(
                largestDifference(model.coefficients.values, other.coefficients.values.map { factor * $0 })
                    < 1e-5)
        }
    }

    @Test func labelsThatCannotBeLearnt() throws {
        let N = problem.X.rowCount
        let many = try LabelSpace(kind: .multilabel, names: ["always", "never", "some"])
        let sets = Targets.sets(
            IndicatorMatrix(labelCount: 3, rows: (0..<N).map { $0 % 3 == 0 ? [0, 2] : [0] }))
        for learner in learners {
            let model = try learner.fitted(problem.X, sets, many)
            #expect(
                model.notices == [
                    .constantLabel("always", isAlwaysPresent: true),
                    .constantLabel("never", isAlwaysPresent: false),
                ])
            let p = model.probabilities(problem.Z)
            #expect(p[0, 0] == 1 && p[0, 1] == 0)

            let single = try learner.fitted(
                problem.X, .classes(Array(repeating: 1, count: N)), problem.sentiments)
            #expect(single.probabilities(problem.Z).values.prefix(3) == [0, 1, 0])
            #expect(!single.notices.isEmpty)
        }
    }

    @Test func textsWithoutTerms() throws {
        let texts = problem.corpus.train.map(\.text)
        var classifier = TfidfClassifier()
        classifier.featurizer.maxFeatures = 30
        let targets = problem.targets(problem.spam)
        let model = try classifier.fit(texts, targets, labelSpace: problem.spam)
        guard case .textsWithoutTerms(let count, of: texts.count)? = model.classifier.notices.first else {
            Issue.record("expected a notice, found \(model.notices)")
            return
        }
        #expect(count > 0)
        // They are predicted alike, from the bias alone.
        let p = model.probabilities(of: ["", "zzz", "  "])
        #expect(p[0, 1] == p[1, 1] && p[1, 1] == p[2, 1] && p[0, 1] > 0 && p[0, 1] < 1)
        #expect(throws: VocabularyError.noTerms(textCount: 2)) {
            try TfidfClassifier().fit(["", " "], .classes([0, 1]), labelSpace: problem.spam)
        }
    }

    @Test func contributionsAddUp() throws {
        for learner in learners {
            let classifier = TfidfClassifier(learner: learner)
            let model = try classifier.fit(
                problem.corpus.train.map(\.text), problem.targets(problem.sentiments),
                labelSpace: problem.sentiments)
            let text = problem.corpus.test[0].text
            guard case .terms(let labels)? = try model.explanation(of: text) else {
                Issue.record("no terms")
                continue
            }
            #expect(labels.map(\.label) == FrontDesk.sentiments)
            let logits = try #require(model.classifier.linear).logits(model.featurizer.transform([text]))
                .values
            for (label, logit) in zip(labels, logits) {
                #expect(
                    label.terms.map { abs($0.contribution) }
                        == label.terms.map { abs($0.contribution) }.sorted(by: >))
                let sum = label.terms.reduce(label.bias) { $0 + $1.contribution }
                #expect(abs(sum - label.score) < 1e-9)
                // Differences between classes are kept, whatever is subtracted from all.
                #expect(abs((label.score - labels[0].score) - (logit - logits[0])) < 1e-9)
            }
            let top = try #require(model.topTerms(5))
            #expect(top.count == 3 && top.allSatisfy { $0.terms.count == 5 })
        }
    }
}
