import Compute
import Evaluation
import Labels
import LinearModels
import Settings
import Tensors

/// A contestant's `search:`: which settings of its learner to try, and the metric on validation that chooses.
struct LearnerSearch {
    /// One combination of values.
    struct Candidate {
        /// Such as `C 0.1, class-weight balanced`.
        let name: String
        let learner: TfidfClassifier.Learner
    }

    let selection: Selection
    let candidates: [Candidate]
    /// The keys that are searched.
    private let keys: [String]

    /// More combinations than this are taken for a mistake.
    private static let mostCandidates = 1_000

    /// Reads `{C: [0.1, 1, 10], metric: f1-macro}`: a list of values for each key of the learner.
    /// - Parameter base: The learner's own settings, in which the values are put.
    init(
        setting: Setting, base: SettingsMapping,
        learner: (SettingsMapping) throws -> TfidfClassifier.Learner
    ) throws {
        let mapping = try setting.mappingWithAnyKeys()
        selection = Selection(by: try mapping["metric"].map(LearnerSearch.metric) ?? .f1Macro)
        let lists = try mapping.removing(["metric"]).entries.map { ($0.key, try $0.value.list()) }
        keys = lists.map(\.0)
        if lists.isEmpty || lists.contains(where: { $0.1.isEmpty }) {
            throw setting.badValue(
                expected: "a list of values for one setting at least, such as C: [0.1, 1, 10]")
        }
        if lists.reduce(1.0, { $0 * Double($1.1.count) }) > Double(LearnerSearch.mostCandidates) {
            throw setting.badValue(expected: "at most \(LearnerSearch.mostCandidates) combinations")
        }
        var combinations: [(name: [String], settings: SettingsMapping)] = [([], base)]
        for (key, values) in lists {
            combinations = combinations.flatMap { combination in
                values.map {
                    (
                        combination.name + ["\(key) \($0.canonicalText)"],
                        combination.settings.replacing(key, with: $0)
                    )
                }
            }
        }
        candidates = try combinations.map {
            Candidate(name: $0.name.joined(separator: ", "), learner: try learner($0.settings))
        }
    }

    private static func metric(_ setting: Setting) throws -> MetricName {
        guard let metric = MetricName(name: try setting.string()) else {
            let names = MetricName.allCases.map(\.rawValue)
            let hint = nearest(to: try setting.string(), in: names).map { " (did you mean '\($0)'?)" } ?? ""
            throw setting.badValue(expected: "one of \(names.joined(separator: ", "))\(hint)")
        }
        return metric
    }

    var summary: String {
        "best of \(candidates.count) settings of \(keys.joined(separator: ", ")) by \(selection.name) on validation"
    }

    /// Fits every candidate to train and keeps the one that scores best on validation, the first of equals.
    /// - Parameter X: The vectors of the train texts.
    /// - Returns: The best, and a notice that says how all did.
    func best(
        _ vectorizer: TfidfVectorizer, _ X: SparseMatrix, _ targets: Targets, validation: Examples,
        labelSpace: LabelSpace
    ) throws -> (model: FittedTfidfClassifier, notice: String) {
        let Z = vectorizer.transform(validation.texts)
        let results = parallelMap(candidates.count, blockSize: 1) { index in
            Result { () throws(LinearModelError) in
                let classifier = TfidfClassifier(
                    tfidf: vectorizer.options, learner: candidates[index].learner)
                let model = try classifier.fit(X, targets, labelSpace: labelSpace, vectorizer: vectorizer)
                let score = selection.value(
                    of: model.classifier.probabilities(Z), gold: validation.targets, labelSpace: labelSpace)
                return (model: model, score: score)
            }
        }
        let fitted = try results.map { try $0.get() }
        let best = try selection.best(of: fitted.map(\.score))
        let list = zip(candidates, fitted).map { "\($0.name): \($1.score.map(fourDecimals) ?? "n/a")" }
        return (
            fitted[best].model,
            "chosen on validation by \(selection.name): \(candidates[best].name) (\(list.joined(separator: "; ")))"
        )
    }
}
