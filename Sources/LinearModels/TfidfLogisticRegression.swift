import Labels
import Tensors

/// The classical baseline: TF-IDF and logistic regression.
public struct TfidfLogisticRegression: Codable, Equatable, Sendable {
    public var tfidf: TfidfOptions
    public var logistic: LogisticOptions

    public init(tfidf: TfidfOptions = .init(), logistic: LogisticOptions = .init()) {
        self.tfidf = tfidf
        self.logistic = logistic
    }

    /// Learns vocabulary, idf and coefficients from labelled texts.
    public func fit(
        _ texts: [String], _ targets: Targets, labelSpace: LabelSpace
    ) throws(LinearModelError) -> FittedTfidfLogisticRegression {
        if texts.count != targets.count {
            throw .rowCountsDiffer(texts: texts.count, targets: targets.count)
        }
        if texts.isEmpty { throw .noRows }
        let (vectorizer, X) = try TfidfVectorizer.fit(tfidf, to: texts)
        let classifier = try LogisticRegression.fit(logistic, to: X, targets, labelSpace: labelSpace)
        return FittedTfidfLogisticRegression(
            options: self, vectorizer: vectorizer, classifier: classifier)
    }
}

/// A vectorizer and the classifier of its vectors.
public struct FittedTfidfLogisticRegression: Sendable {
    public let options: TfidfLogisticRegression
    public let vectorizer: TfidfVectorizer
    public let classifier: LogisticRegression

    public var labelSpace: LabelSpace { classifier.labelSpace }
    /// What the user should know about the fit.
    public var notices: [FitNotice] { classifier.notices }

    /// The probability of each of K labels. Shape: [texts, K].
    public func probabilities(of texts: [String]) -> Probabilities {
        classifier.probabilities(vectorizer.transform(texts))
    }
}
