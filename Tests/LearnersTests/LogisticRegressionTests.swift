import DeterministicWork
import Features
import Labels
import Learners
import LinearAlgebra
import TestSupport
import Testing
import TextClassifiers

private struct Expected: Decodable {
    let coefficients: [[Double]]
    let intercepts: [Double]
    let probabilities: [[Double]]
}

@Suite(.serialized) struct LogisticRegressionTests {
    let corpus: FrontDesk
    let X: SparseMatrix
    let Z: SparseMatrix
    let spamSpace: LabelSpace
    let sentimentSpace: LabelSpace
    let emotionSpace: LabelSpace

    init() throws {
        corpus = try FrontDesk()
        var options = TfidfOptions()
        options.maxFeatures = 120
        let (vectorizer, X) = try TfidfVectorizer.fit(options, to: corpus.train.map(\.text))
        self.X = X
        Z = vectorizer.transform(corpus.test.enumerated().filter { $0.offset % 5 == 0 }.map(\.element.text))
        spamSpace = try LabelSpace(kind: .binary, names: FrontDesk.spam)
        sentimentSpace = try LabelSpace(kind: .multiclass, names: FrontDesk.sentiments)
        emotionSpace = try LabelSpace(kind: .multilabel, names: FrontDesk.emotions)
    }

    private func options(
        _ multiClass: LogisticOptions.MultiClass = .ovr, balanced: Bool = false, tolerance: Double = 1e-4,
        C: Double = 1
    ) -> LogisticOptions {
        var options = LogisticOptions()
        options.multiClass = multiClass
        options.classWeight = balanced ? .balanced : .none
        options.tolerance = tolerance
        options.C = C
        return options
    }

    private func expectAgreement(
        _ name: String, _ options: LogisticOptions, _ targets: Targets, _ space: LabelSpace
    ) throws {
        let expected = try #require(try golden("logistic.json", as: [String: Expected].self)[name])
        let model = try LogisticRegression.fit(options, to: X, targets, labelSpace: space)
        #expect(model.notices.isEmpty)
        // The solver's path is scikit-learn's, so the models agree far better than the tolerance of the gradient;
        // the worst seen is 6e-10, of the balanced multinomial one.
        #expect(
            largestDifference(model.coefficients.values, expected.coefficients.flatMap { $0 }) < 1e-8,
            "\(name)")
        #expect(largestDifference(model.intercepts, expected.intercepts) < 1e-8, "\(name)")
        let probabilities = model.probabilities(Z)
        #expect(
            largestDifference(probabilities.values, expected.probabilities.flatMap { $0 }) < 1e-8, "\(name)")
        if space.kind != .multilabel {
            for row in 0..<probabilities.rowCount {
                #expect(abs((0..<space.count).reduce(0) { $0 + probabilities[row, $1] } - 1) < 1e-15)
            }
        }
    }

    @Test func agreesWithScikitLearn() throws {
        let spam = FrontDesk.spamTargets(corpus.train)
        let sentiments = FrontDesk.sentimentTargets(corpus.train)
        let emotions = FrontDesk.emotionTargets(corpus.train)
        var withoutIntercept = options()
        withoutIntercept.fitIntercept = false
        try expectAgreement("binary", options(), spam, spamSpace)
        try expectAgreement("binary-balanced", options(balanced: true, C: 5), spam, spamSpace)
        try expectAgreement("binary-without-intercept", withoutIntercept, spam, spamSpace)
        try expectAgreement("ovr", options(), sentiments, sentimentSpace)
        try expectAgreement("multinomial", options(.multinomial), sentiments, sentimentSpace)
        try expectAgreement(
            "multinomial-balanced", options(.multinomial, balanced: true, tolerance: 1e-8), sentiments,
            sentimentSpace)
        try expectAgreement("multilabel", options(), emotions, emotionSpace)
        try expectAgreement("multilabel-balanced", options(balanced: true), emotions, emotionSpace)
        try expectAgreement("multilabel-tight", options(tolerance: 1e-10), emotions, emotionSpace)
    }

    @Test func threadsDoNotMatter() throws {
        let emotions = FrontDesk.emotionTargets(corpus.train)
        let threads = Threads.count
        defer { Threads.count = threads }
        Threads.count = 1
        let one = try LogisticRegression.fit(options(), to: X, emotions, labelSpace: emotionSpace)
        Threads.count = 4
        let four = try LogisticRegression.fit(options(), to: X, emotions, labelSpace: emotionSpace)
        #expect(one.coefficients == four.coefficients && one.intercepts == four.intercepts)
    }

    @Test func permutedLabelsPermuteTheModel() throws {
        let order = [4, 0, 6, 1, 5, 2, 3]
        let emotions = FrontDesk.emotionTargets(corpus.train)
        let permuted = Targets.sets(
            IndicatorMatrix(
                labelCount: 7,
                rows: (0..<emotions.count).map { row in
                    emotions.labels(ofRow: row).compactMap(order.firstIndex)
                }))
        let model = try LogisticRegression.fit(options(), to: X, emotions, labelSpace: emotionSpace)
        let other = try LogisticRegression.fit(
            options(), to: X, permuted,
            labelSpace: LabelSpace(kind: .multilabel, names: order.map { FrontDesk.emotions[$0] }))
        // A label's bits do not depend on the others.
        for (new, old) in order.enumerated() {
            #expect(other.coefficients.row(new).elementsEqual(model.coefficients.row(old)))
            #expect(other.intercepts[new] == model.intercepts[old])
        }
    }

    @Test func permutedRowsGiveTheSameModel() throws {
        let spam = FrontDesk.spamTargets(corpus.train)
        let order = (0..<X.rowCount).map { ($0 * 397 + 11) % X.rowCount }
        let tight = options(tolerance: 1e-9)
        let model = try LogisticRegression.fit(tight, to: X, spam, labelSpace: spamSpace)
        let other = try LogisticRegression.fit(
            tight, to: X.selecting(order), spam.selecting(order), labelSpace: spamSpace)
        // The optimum is within tolerance / (smallest curvature 1 / (C N)) of both: 1e-9 x 900.
        #expect(largestDifference(model.coefficients.values, other.coefficients.values) < 1e-6)
    }

    @Test func rowsTwiceEqualHalfThePenalty() throws {
        let spam = FrontDesk.spamTargets(corpus.train)
        let twice = Array(0..<X.rowCount) + Array(0..<X.rowCount)
        let model = try LogisticRegression.fit(
            options(tolerance: 1e-9, C: 2), to: X, spam, labelSpace: spamSpace)
        let other = try LogisticRegression.fit(
            options(tolerance: 1e-9), to: X.selecting(twice), spam.selecting(twice), labelSpace: spamSpace)
        #expect(largestDifference(model.coefficients.values, other.coefficients.values) < 1e-6)
    }

    @Test func constantLabels() throws {
        let space = try LabelSpace(kind: .multilabel, names: ["always", "never", "some"])
        let targets = Targets.sets(
            IndicatorMatrix(labelCount: 3, rows: (0..<X.rowCount).map { $0 % 3 == 0 ? [0, 2] : [0] }))
        let model = try LogisticRegression.fit(options(), to: X, targets, labelSpace: space)
        #expect(
            model.notices == [
                .constantLabel("always", isAlwaysPresent: true),
                .constantLabel("never", isAlwaysPresent: false),
            ])
        let probabilities = model.probabilities(Z)
        for row in 0..<probabilities.rowCount {
            #expect(probabilities[row, 0] == 1 && probabilities[row, 1] == 0)
            #expect(probabilities[row, 2] > 0 && probabilities[row, 2] < 1)
        }

        let allHam = Targets.classes(Array(repeating: 0, count: X.rowCount))
        let ham = try LogisticRegression.fit(options(), to: X, allHam, labelSpace: spamSpace)
        #expect(ham.probabilities(Z)[0, 0] == 1)
        #expect(ham.notices.count == 2)

        for scheme in [LogisticOptions.MultiClass.ovr, .multinomial] {
            let two = Targets.classes((0..<X.rowCount).map { $0 % 2 * 2 })
            let model = try LogisticRegression.fit(options(scheme), to: X, two, labelSpace: sentimentSpace)
            #expect(model.notices == [.constantLabel("neutral", isAlwaysPresent: false)])
            #expect(model.probabilities(Z)[0, 1] == 0)
        }
    }

    @Test func stoppingEarlyIsNoticed() throws {
        var options = options()
        options.maxIterations = 3
        let spam = FrontDesk.spamTargets(corpus.train)
        let model = try LogisticRegression.fit(options, to: X, spam, labelSpace: spamSpace)
        #expect(model.notices == [.notConverged(label: "spam", iterations: 3)])
    }

    @Test func rowsMustMatch() throws {
        #expect(throws: LinearModelError.rowCountsDiffer(texts: X.rowCount, targets: 1)) {
            try LogisticRegression.fit(options(), to: X, .classes([0]), labelSpace: spamSpace)
        }
        #expect(throws: LinearModelError.noRows) {
            try TfidfClassifier().fit([], .classes([]), labelSpace: spamSpace)
        }
    }
}
