import Features
import Foundation
import Labels
import Learners
import LinearAlgebra
import TestSupport
import Testing
import TextClassifiers

private struct Expected: Decodable {
    let probabilities: [[Double]]
    let coefficients: [[Double]]
    let intercepts: [Double]
}

/// The front-desk messages as 60 TF-IDF columns, and what learns from them.
struct LearnerProblem {
    let corpus: FrontDesk
    let X: SparseMatrix
    let Z: SparseMatrix
    let spam: LabelSpace
    let sentiments: LabelSpace
    let emotions: LabelSpace

    init() throws {
        corpus = try FrontDesk()
        var options = TfidfOptions()
        options.maxFeatures = 60
        let (vectorizer, X) = try TfidfVectorizer.fit(options, to: corpus.train.map(\.text))
        self.X = X
        Z = vectorizer.transform(corpus.test.enumerated().filter { $0.offset % 5 == 0 }.map(\.element.text))
        spam = try LabelSpace(kind: .binary, names: FrontDesk.spam)
        sentiments = try LabelSpace(kind: .multiclass, names: FrontDesk.sentiments)
        emotions = try LabelSpace(kind: .multilabel, names: FrontDesk.emotions)
    }

    func targets(_ space: LabelSpace) -> Targets {
        switch space.kind {
        case .binary: FrontDesk.spamTargets(corpus.train)
        case .multiclass: FrontDesk.sentimentTargets(corpus.train)
        case .multilabel: FrontDesk.emotionTargets(corpus.train)
        }
    }
}

func logistic(_ change: (inout LogisticOptions) -> Void) -> Learner {
    var options = LogisticOptions()
    options.tolerance = 1e-10
    change(&options)
    return .logistic(options)
}

func svm(_ change: (inout LinearSVMOptions) -> Void) -> Learner {
    var options = LinearSVMOptions()
    options.tolerance = 1e-10
    change(&options)
    return .svm(options)
}

func naiveBayes(_ change: (inout NaiveBayesOptions) -> Void) -> Learner {
    var options = NaiveBayesOptions()
    change(&options)
    return .naiveBayes(options)
}

extension Learner {
    /// Fits to vectors that came from elsewhere.
    func fitted(_ X: SparseMatrix, _ targets: Targets, _ space: LabelSpace) throws -> LinearClassifier {
        try #require(fit(FeatureMatrix(X), targets, labelSpace: space, seed: 0).linear)
    }
}

@Suite struct LearnerTests {
    let problem: LearnerProblem

    init() throws { problem = try LearnerProblem() }

    /// - Parameter unique: Whether the optimum is one point, so that coefficients can be compared.
    private func expectAgreement(
        _ name: String, _ learner: Learner, _ space: LabelSpace, unique: Bool = true,
        in file: String = "learners.json"
    ) throws {
        let expected = try #require(try golden(file, as: [String: Expected].self)[name])
        let model = try learner.fitted(problem.X, problem.targets(space), space)
        #expect(model.notices.isEmpty, "\(name): \(model.notices)")
        // Both stop within 1e-10 of a zero gradient; the flattest direction has a curvature of some 1e-3.
        let probabilities = model.probabilities(problem.Z).values
        #expect(largestDifference(probabilities, expected.probabilities.flatMap { $0 }) < 1e-6, "\(name)")
        if !expected.coefficients.isEmpty && unique {
            let coefficients = expected.coefficients.flatMap { $0 }
            #expect(largestDifference(model.coefficients.values, coefficients) < 1e-5, "\(name)")
            #expect(largestDifference(model.intercepts, expected.intercepts) < 1e-5, "\(name)")
        }
    }

    @Test func lassoAgreesWithScikitLearn() throws {
        try expectAgreement("l1-binary", logistic { ($0.penalty, $0.C) = (.l1, 2) }, problem.spam)
        try expectAgreement("l1-ovr", logistic { $0.penalty = .l1 }, problem.sentiments)
        // A softmax's intercepts may all move together.
        try expectAgreement(
            "l1-multinomial",
            logistic {
                $0.penalty = .l1
                $0.multiClass = .multinomial
                $0.C = 3
            }, problem.sentiments, unique: false)
        try expectAgreement(
            "l1-balanced",
            logistic {
                $0.penalty = .l1
                $0.classWeight = .balanced
            }, problem.spam)
        try expectAgreement(
            "l1-liblinear",
            logistic {
                $0.penalty = .l1
                $0.fitIntercept = false
            }, problem.spam)
    }

    @Test func supportVectorMachinesAgreeWithScikitLearn() throws {
        try expectAgreement("svm-binary", svm { _ in }, problem.spam)
        try expectAgreement("svm-ovr", svm { ($0.C, $0.interceptScaling) = (0.3, 5) }, problem.sentiments)
        try expectAgreement("svm-multilabel", svm { $0.classWeight = .balanced }, problem.emotions)
        try expectAgreement("svm-weights", svm { $0.labelWeights = ["spam": 4] }, problem.spam)
    }

    @Test func naiveBayesAgreesWithScikitLearn() throws {
        try expectAgreement("nb-multiclass", naiveBayes { _ in }, problem.sentiments)
        try expectAgreement(
            "nb-multilabel", naiveBayes { ($0.alpha, $0.fitPrior) = (0.2, false) }, problem.emotions)
        try expectAgreement("nb-binary", naiveBayes { $0.alpha = 0.5 }, problem.spam)
        try expectAgreement(
            "complement-multiclass", naiveBayes { $0.variant = .complement }, problem.sentiments)
        try expectAgreement(
            "complement-norm",
            naiveBayes {
                $0.variant = .complement
                $0.alpha = 0.3
                $0.norm = true
            }, problem.sentiments)
    }

    /// scikit-learn's `fit(sample_weight=compute_sample_weight(weights, y))`.
    @Test func weightedNaiveBayesAgreesWithScikitLearn() throws {
        let sentiments = problem.sentiments
        let weights = ["negative": 1, "neutral": 3, "positive": 0.25]
        let cases: [(String, Learner, LabelSpace)] = [
            ("binary-balanced", naiveBayes { ($0.alpha, $0.classWeight) = (0.5, .balanced) }, problem.spam),
            ("binary-weights", naiveBayes { $0.labelWeights = ["ham": 0.5, "spam": 7] }, problem.spam),
            ("multiclass-balanced", naiveBayes { $0.classWeight = .balanced }, sentiments),
            (
                "multiclass-weights", naiveBayes { ($0.fitPrior, $0.labelWeights) = (false, weights) },
                sentiments
            ),
            (
                "complement-balanced", naiveBayes { ($0.variant, $0.classWeight) = (.complement, .balanced) },
                sentiments
            ),
            (
                "complement-norm-weights",
                naiveBayes {
                    ($0.variant, $0.norm) = (.complement, true)
                    $0.labelWeights = weights
                }, sentiments
            ),
            (
                "multilabel-balanced", naiveBayes { ($0.alpha, $0.classWeight) = (0.2, .balanced) },
                problem.emotions
            ),
        ]
        for (name, learner, space) in cases {
            try expectAgreement(name, learner, space, in: "weighted-bayes.json")
        }
    }

    @Test func aLassoIsSparseAndSaysHowItEnded() throws {
        let model = try logistic { ($0.penalty, $0.C) = (.l1, 0.3) }
            .fitted(problem.X, problem.targets(problem.spam), problem.spam)
        let zeros = model.coefficients.values.count { $0 == 0 }
        #expect(zeros > 20 && zeros < 60)
        #expect(model.log.count == 1)
        #expect(model.log[0].isConverged && model.log[0].gradientNorm <= 1e-10)
        #expect(model.log[0].label == "spam" && model.log[0].objective > 0)
        let stopped = try logistic { ($0.penalty, $0.maxIterations) = (.l1, 1) }
            .fitted(problem.X, problem.targets(problem.spam), problem.spam)
        #expect(stopped.notices == [.notConverged(label: "spam", iterations: 1)])
    }

    @Test(arguments: [0.3, 3, 30])
    func aLassoGoesOnWhereRoundingHidesItsProgress(_ C: Double) throws {
        let model = try logistic { ($0.penalty, $0.C, $0.tolerance) = (.l1, C, 1e-15) }
            .fitted(problem.X, problem.targets(problem.spam), problem.spam)
        // The objective itself is the same to the last digit some three steps before.
        #expect(model.log[0].gradientNorm <= 1e-15 && model.log[0].iterations < 20)
    }

    @Test func decisionsAreNoProbabilities() throws {
        let model = try svm { _ in }.fitted(problem.X, problem.targets(problem.emotions), problem.emotions)
        #expect(!model.isProbabilistic)
        let logits = model.logits(problem.Z).values
        #expect(model.probabilities(problem.Z).values == logits.map { $0 > 0 ? 1 : 0 })
    }
}
