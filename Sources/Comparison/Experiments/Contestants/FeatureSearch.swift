import Evaluation
import Foundation
import Learners
import SettingKeys
import TextClassifiers

/// A contestant's `search:`: which settings of features and learner to try, and the metric on validation that chooses.
struct FeatureSearch: Sendable {
    let selection: Selection
    /// Each choice once.
    let features: [FeatureDescription]
    /// One for each combination of values; their featurizers have the places of `features`.
    let candidates: [SearchCandidate]
    /// The keys that are searched.
    private let keys: [String]

    /// More combinations than this are taken for a mistake.
    private static let maxCandidates = 1_000

    /// Reads `{C: [0.1, 1, 10], tfidf.max-features: [1000, 5000], metric: f1-macro}`: a list of values for each key.
    ///
    /// - Parameters:
    ///   - entry: The contestant's own settings, in which the values are put.
    ///   - folder: What relative paths start from.
    init(setting: Setting, entry: FeatureSettings, folder: URL) throws {
        let mapping = try setting.mappingWithAnyKeys()
        selection = Selection(by: try mapping["metric"].map(FeatureSearch.metric) ?? .f1Macro)
        let axes = try mapping.removing(["metric"]).entries.flatMap { try entry.axes(key: $0.key, $0.value) }
        let keys = axes.map(\.name)
        if axes.isEmpty || axes.contains(where: { $0.values.isEmpty }) {
            throw setting.badValue(
                expected: "a list of values for one setting at least, such as C: [0.1, 1, 10]")
        }
        if let twice = keys.indices.first(where: { keys[..<$0].contains(keys[$0]) }) {
            throw setting.badValue(expected: "each setting once, but '\(keys[twice])' is there twice")
        }
        for axis in axes { try requireDistinct(axis.values) }
        if axes.reduce(1.0, { $0 * Double($1.values.count) }) > Double(FeatureSearch.maxCandidates) {
            throw setting.badValue(expected: "at most \(FeatureSearch.maxCandidates) combinations")
        }
        var combinations: [(name: [String], settings: FeatureSettings)] = [([], entry)]
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
        var choices: [FeatureDescription] = []
        candidates = try combinations.map { name, settings in
            let description = try settings.readFeatures(folder: folder)
            let place = choices.firstIndex(of: description) ?? choices.count
            if place == choices.count { choices.append(description) }
            return SearchCandidate(
                name: name.joined(separator: ", "), featurizer: place, learner: try settings.readLearner())
        }
        features = choices
    }

    private static func metric(_ setting: Setting) throws -> MetricName {
        guard let metric = MetricName(name: try setting.string()) else {
            let names = MetricName.allCases.map(\.settingName)
            throw setting.badName(expected: "one of \(names.joined(separator: ", "))", near: names)
        }
        return metric
    }

    var summary: String {
        "best of \(candidates.count) settings of \(keys.joined(separator: ", ")) by \(selection.name) on validation"
    }

    /// These candidates over featurizers that are made of `features`, in the same order.
    func classifier<Features>(_ featurizers: [Features]) -> SearchedClassifier<Features> {
        SearchedClassifier(featurizers: featurizers, candidates: candidates, selection: selection)
    }
}
