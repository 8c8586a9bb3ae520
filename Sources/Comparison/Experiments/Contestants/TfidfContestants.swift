import Foundation
import Learners
import SettingKeys
import TextClassifiers

/// `model: tfidf-logreg`: TF-IDF and logistic regression, with scikit-learn's options under its names (`_` is `-`).
struct TfidfLogisticContestant: TfidfContestant {
    static let model = "tfidf-logreg"
    static let otherNames = [
        "tfidf", "tf-idf", "tfidf-lr", "lr", "logreg", "logistic", "logistic-regression",
        "LogisticRegression",
        "tfidf-logistic", "bag-of-words", "linear",
    ]
    static let learnerKey = "logistic"
    static let purpose = "TF-IDF and logistic regression, with scikit-learn's numbers."
    static var learnerKeys: KeyReference { LogisticOptions.keys.reference }

    let entry: TfidfEntry

    static func learner(_ settings: SettingsMapping) throws -> TfidfClassifier.Learner {
        .logistic(try LogisticOptions.keys.read(settings).values)
    }
}

/// `model: linear-svm`: TF-IDF and a linear support vector machine.
struct LinearSVMContestant: TfidfContestant {
    static let model = "linear-svm"
    static let otherNames = [
        "svm", "svc", "LinearSVC", "tfidf-svm", "tfidf-svc",
    ]
    static let learnerKey = "svm"
    static let purpose = "TF-IDF and a linear support vector machine."
    static var learnerKeys: KeyReference { LinearSVMOptions.keys.reference }

    let entry: TfidfEntry

    static func learner(_ settings: SettingsMapping) throws -> TfidfClassifier.Learner {
        .svm(try LinearSVMOptions.keys.read(settings).values)
    }
}

/// `model: naive-bayes`: TF-IDF and naive Bayes; for counts, `tfidf: {use-idf: false, norm: none}`.
struct NaiveBayesContestant: TfidfContestant {
    static let model = "naive-bayes"
    static let otherNames = [
        "nb", "bayes", "MultinomialNB", "ComplementNB", "tfidf-nb", "tfidf-naive-bayes",
    ]
    static let learnerKey = "naive-bayes"
    static let purpose = "TF-IDF and naive Bayes; for counts, `tfidf: {use-idf: false, norm: none}`."
    static var learnerKeys: KeyReference { NaiveBayesOptions.keys.reference }

    let entry: TfidfEntry

    static func learner(_ settings: SettingsMapping) throws -> TfidfClassifier.Learner {
        .naiveBayes(try NaiveBayesOptions.keys.read(settings).values)
    }
}

extension TfidfClassifier.Learner {
    /// In a few words, for a report.
    var summary: String {
        let parts: [String?]
        switch self {
        case .logistic(let options):
            parts = [
                "\(options.multiClass == .ovr ? "one-vs-rest" : "multinomial") logistic regression",
                options.penalty == .l1 ? "L1 penalty" : nil, "C \(options.C)",
                Self.weights(options.classWeight, options.labelWeights),
            ]
        case .svm(let options):
            parts = [
                "linear SVM", "C \(options.C)", Self.weights(options.classWeight, options.labelWeights),
            ]
        case .naiveBayes(let options):
            parts = [
                "\(options.variant.rawValue) naive Bayes", "alpha \(options.alpha)",
                Self.weights(options.classWeight, options.labelWeights),
            ]
        }
        return parts.compactMap(\.self).joined(separator: ", ")
    }

    private static func weights(
        _ classWeight: LogisticOptions.ClassWeight, _ labelWeights: [String: Double]
    ) -> String? {
        if !labelWeights.isEmpty {
            let sorted = labelWeights.sorted { $0.key < $1.key }
            return "weights " + sorted.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        return classWeight == .none ? nil : "\(classWeight.rawValue) class weights"
    }

    /// The labels that have weights of their own.
    var weightedLabels: [String] {
        switch self {
        case .logistic(let options): options.labelWeights.keys.sorted()
        case .svm(let options): options.labelWeights.keys.sorted()
        case .naiveBayes(let options): options.labelWeights.keys.sorted()
        }
    }
}
