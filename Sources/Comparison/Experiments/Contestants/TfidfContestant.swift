import SettingKeys

/// A family that is TF-IDF with a learner of one kind: it says which.
protocol TfidfContestant: FeatureContestant {
    static var learner: LearnerKind { get }
}

extension TfidfContestant {
    static var settingKeys: KeyReference { ShorthandKeys.keys(learner).reference }

    static func settings(_ entry: SettingsMapping) throws -> FeatureSettings {
        try ShorthandKeys.settings(entry, learner)
    }
}

/// The keys of TF-IDF with a learner of one kind.
private struct ShorthandKeys: Sendable {
    var tfidf: Setting?
    var learner: Setting?
    var search = SearchKey()

    static func keys(_ learner: LearnerKind) -> KeyTable<ShorthandKeys> {
        KeyTable(ShorthandKeys()) {
            SettingKey(
                FeatureKind.tfidf.rawValue, \.tfidf, .later("a mapping", keys: { FeatureKind.tfidf.keys }),
                absent: nil, "The options of TF-IDF.")
            SettingKey(
                learner.rawValue, \.learner, .later("a mapping", keys: { learner.keys }), absent: nil,
                "The options of the learner.")
            SearchKey.keys.lifted(to: \.search)
        }
    }

    static func settings(_ entry: SettingsMapping, _ learner: LearnerKind) throws -> FeatureSettings {
        let keys = try Self.keys(learner).readOwn(entry)
        let empty = try entry.setting.emptyMapping()
        return FeatureSettings(
            .tfidf, (FeatureKind.tfidf.rawValue, try keys.tfidf?.mappingWithAnyKeys() ?? empty), learner,
            (learner.rawValue, try keys.learner?.mappingWithAnyKeys() ?? empty))
    }
}

/// `model: tfidf-logreg`: TF-IDF and logistic regression, with scikit-learn's options under its names (`_` is `-`).
struct TfidfLogisticContestant: TfidfContestant {
    static let model = "tfidf-logreg"
    static let otherNames = [
        "tfidf", "tf-idf", "tfidf-lr", "lr", "logreg", "logistic", "logistic-regression",
        "LogisticRegression",
        "tfidf-logistic", "bag-of-words", "linear",
    ]
    static let purpose = "TF-IDF and logistic regression, with scikit-learn's numbers."
    static let learner = LearnerKind.logistic

    let entry: FeatureEntry
}

/// `model: linear-svm`: TF-IDF and a linear support vector machine.
struct LinearSVMContestant: TfidfContestant {
    static let model = "linear-svm"
    static let otherNames = [
        "svm", "svc", "LinearSVC", "tfidf-svm", "tfidf-svc",
    ]
    static let purpose = "TF-IDF and a linear support vector machine."
    static let learner = LearnerKind.svm

    let entry: FeatureEntry
}

/// `model: naive-bayes`: TF-IDF and naive Bayes; for counts, `tfidf: {use-idf: false, norm: none}`.
struct NaiveBayesContestant: TfidfContestant {
    static let model = "naive-bayes"
    static let otherNames = [
        "nb", "bayes", "MultinomialNB", "ComplementNB", "tfidf-nb", "tfidf-naive-bayes",
    ]
    static let purpose = "TF-IDF and naive Bayes; for counts, `tfidf: {use-idf: false, norm: none}`."
    static let learner = LearnerKind.naiveBayes

    let entry: FeatureEntry
}
