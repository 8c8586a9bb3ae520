import DeterministicWork
import Evaluation
import Features
import Labels
import Learners
import LinearAlgebra
import SettingKeys
import TextClassifiers

/// A contestant's `search:`: which settings of TF-IDF and of its learner to try, and the metric on validation that
/// chooses.
struct LearnerSearch {
    /// One combination of values.
    struct Candidate {
        /// Such as `max-features 5000, C 0.1`.
        let name: String
        let classifier: TfidfClassifier
    }

    let selection: Selection
    let candidates: [Candidate]
    /// The keys that are searched.
    private let keys: [String]

    /// Whether all candidates see the same vectors.
    var isOfLearnerAlone: Bool {
        candidates.allSatisfy { $0.classifier.tfidf == candidates[0].classifier.tfidf }
    }

    /// More combinations than this are taken for a mistake.
    private static let mostCandidates = 1_000

    /// Reads `{C: [0.1, 1, 10], tfidf.max-features: [1000, 5000], metric: f1-macro}`: a list of values for each key.
    ///
    /// - Parameters:
    ///   - entry: The contestant's own settings, in which the values are put.
    ///   - classifier: Makes a classifier of such settings.
    init(
        setting: Setting, entry: TfidfSettings,
        classifier: (TfidfSettings) throws -> TfidfClassifier
    ) throws {
        let mapping = try setting.mappingWithAnyKeys()
        selection = Selection(by: try mapping["metric"].map(LearnerSearch.metric) ?? .f1Macro)
        let axes = try mapping.removing(["metric"]).entries.flatMap { try entry.axes(key: $0.key, $0.value) }
        let keys = axes.map(\.name)
        if axes.isEmpty || axes.contains(where: { $0.values.isEmpty }) {
            throw setting.badValue(
                expected: "a list of values for one setting at least, such as C: [0.1, 1, 10]")
        }
        if let twice = keys.indices.first(where: { keys[..<$0].contains(keys[$0]) }) {
            throw setting.badValue(expected: "each setting once, but '\(keys[twice])' is there twice")
        }
        if axes.reduce(1.0, { $0 * Double($1.values.count) }) > Double(LearnerSearch.mostCandidates) {
            throw setting.badValue(expected: "at most \(LearnerSearch.mostCandidates) combinations")
        }
        var combinations: [(name: [String], settings: TfidfSettings)] = [([], entry)]
        for axis in axes {
            combinations = combinations.flatMap { combination in
                axis.values.map {
                    (
                        combination.name + ["\(axis.name) \($0.canonicalText)"],
                        combination.settings.replacing(axis, with: $0)
                    )
                }
            }
        }
        self.keys = keys
        candidates = try combinations.map {
            Candidate(name: $0.name.joined(separator: ", "), classifier: try classifier($0.settings))
        }
    }

    private static func metric(_ setting: Setting) throws -> MetricName {
        guard let metric = MetricName(name: try setting.string()) else {
            let names = MetricName.allCases.map(\.rawValue)
            throw setting.badName(expected: "one of \(names.joined(separator: ", "))", near: names)
        }
        return metric
    }

    var summary: String {
        "best of \(candidates.count) settings of \(keys.joined(separator: ", ")) by \(selection.name) on validation"
    }

    /// Fits every candidate to train and keeps the one that scores best on validation, the first of equals.
    /// - Returns: The best, and a notice that says how all did.
    func best(
        _ texts: [String], _ targets: Targets, validation: Examples, labelSpace: LabelSpace
    ) throws -> (model: FittedTfidfClassifier, notice: String) {
        let views = try views(of: texts, validation.texts)
        let results = parallelMap(candidates.count, blockSize: 1) { index in
            Result { () throws(LinearModelError) in
                let (classifier, view) = (candidates[index].classifier, views.all[views.ofCandidate[index]])
                let model = try classifier.fit(
                    view.X, targets, labelSpace: labelSpace, vectorizer: view.vectorizer)
                let score = selection.value(
                    of: model.classifier.probabilities(view.Z), gold: validation.targets,
                    labelSpace: labelSpace)
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

    /// Texts as one choice of TF-IDF settings sees them.
    private struct View {
        let vectorizer: TfidfVectorizer
        /// Train. Shape: [N, D].
        let X: SparseMatrix
        /// Validation.
        let Z: SparseMatrix
    }

    /// One for each choice of TF-IDF settings, which candidates share, and the number of each candidate's.
    private func views(
        of train: [String], _ validation: [String]
    ) throws -> (all: [View], ofCandidate: [Int]) {
        var choices: [TfidfOptions] = []
        let ofCandidate = candidates.map { candidate in
            if let known = choices.firstIndex(of: candidate.classifier.tfidf) { return known }
            choices.append(candidate.classifier.tfidf)
            return choices.count - 1
        }
        let all = try choices.map { options in
            let (vectorizer, X) = try TfidfVectorizer.fit(options, to: train)
            return View(vectorizer: vectorizer, X: X, Z: vectorizer.transform(validation))
        }
        return (all, ofCandidate)
    }
}
