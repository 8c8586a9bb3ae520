import Features
import Labels
import Learners
import LinearAlgebra

/// A linear classifier of TF-IDF vectors.
public struct TfidfClassifier: Codable, Equatable, Sendable {
    /// What learns from the vectors.
    public enum Learner: Codable, Equatable, Sendable {
        case logistic(LogisticOptions)
        case svm(LinearSVMOptions)
        case naiveBayes(NaiveBayesOptions)

        /// Whether what it fits gives probabilities.
        public var isProbabilistic: Bool {
            switch self {
            case .logistic, .naiveBayes: true
            case .svm: false
            }
        }

        func fit(
            _ X: SparseMatrix, _ targets: Targets, _ labelSpace: LabelSpace
        ) throws(LinearModelError) -> LinearClassifier {
            switch self {
            case .logistic(let options):
                try LogisticRegression.fit(options, to: X, targets, labelSpace: labelSpace)
            case .svm(let options): try LinearSVM.fit(options, to: X, targets, labelSpace: labelSpace)
            case .naiveBayes(let options):
                try NaiveBayes.fit(options, to: X, targets, labelSpace: labelSpace)
            }
        }
    }

    public var tfidf: TfidfOptions
    public var learner: Learner

    /// By default logistic regression.
    public init(tfidf: TfidfOptions = .init(), learner: Learner = .logistic(.init())) {
        self.tfidf = tfidf
        self.learner = learner
    }

    /// Learns vocabulary, idf and coefficients from labelled texts.
    /// - Throws: `VocabularyError`, `LinearModelError`.
    public func fit(
        _ texts: [String], _ targets: Targets, labelSpace: LabelSpace
    ) throws -> FittedTfidfClassifier {
        if texts.count != targets.count {
            throw LinearModelError.rowCountsDiffer(texts: texts.count, targets: targets.count)
        }
        if texts.isEmpty { throw LinearModelError.noRows }
        let (vectorizer, X) = try TfidfVectorizer.fit(tfidf, to: texts)
        return try fit(X, targets, labelSpace: labelSpace, vectorizer: vectorizer)
    }

    /// The same from vectors that were made before.
    public func fit(
        _ X: SparseMatrix, _ targets: Targets, labelSpace: LabelSpace, vectorizer: TfidfVectorizer
    ) throws(LinearModelError) -> FittedTfidfClassifier {
        let classifier = try learner.fit(X, targets, labelSpace)
        let empty = X.emptyRowCount
        let notices = empty == 0 ? [] : [FitNotice.textsWithoutTerms(count: empty, of: X.rowCount)]
        return FittedTfidfClassifier(
            options: self, vectorizer: vectorizer, classifier: classifier,
            notices: notices + classifier.notices)
    }
}

/// A vectorizer and the classifier of its vectors.
public struct FittedTfidfClassifier: Sendable {
    public let options: TfidfClassifier
    public let vectorizer: TfidfVectorizer
    public let classifier: LinearClassifier
    /// What the user should know about the fit.
    public let notices: [FitNotice]

    public var labelSpace: LabelSpace { classifier.labelSpace }

    /// The probability of each of K labels. Shape: [texts, K].
    public func probabilities(of texts: [String]) -> Probabilities {
        classifier.probabilities(vectorizer.transform(texts))
    }
}

extension SparseMatrix {
    /// How many rows hold nothing.
    var emptyRowCount: Int {
        (0..<rowCount).reduce(0) { $0 + (rowOffsets[$1] == rowOffsets[$1 + 1] ? 1 : 0) }
    }
}
