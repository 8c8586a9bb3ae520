import Encoders
import Evaluation
import Features
import Foundation
import Labels
import Learners
import SafeFiles
import SettingKeys
import TextClassifiers

/// What the entry of a contestant says that is features and a learner.
struct FeatureEntry: Sendable {
    private let features: FeatureDescription
    private let learner: Learner
    /// Nil where nothing is chosen on validation.
    private let search: FeatureSearch?
    /// Whether the learner is told as a head is.
    private let isHead: Bool
    /// What the path of an encoder starts from.
    private let folder: URL

    init(_ settings: FeatureSettings, search: Setting?, folder: URL) throws {
        features = try settings.readFeatures(folder: folder)
        learner = try settings.readLearner()
        self.search = try search.map { try FeatureSearch(setting: $0, entry: settings, folder: folder) }
        isHead = settings.learnerKind == .head
        self.folder = folder
    }

    /// Nil where a search decides.
    var givesProbabilities: Bool? {
        let given = Set(learners.map(\.isProbabilistic))
        return given.count == 1 ? given.first : nil
    }

    private var learners: [Learner] { [learner] + (search?.candidates.map(\.learner) ?? []) }
    private var choices: [FeatureDescription] { [features] + (search?.features ?? []) }

    // MARK: Words

    var summary: String {
        switch features {
        case .tfidf(let options): summary(options.summary())
        case .lsa(let options): summary(options.summary())
        case .encoder(let encoder): summary(encoder.summary)
        }
    }

    /// - Parameters:
    ///   - features: The features in a few words.
    ///   - labelSpace: Nil where it is not known.
    private func summary(_ features: String, _ labelSpace: LabelSpace? = nil) -> String {
        let learner = isHead ? FeatureEntry.headSummary(learner) : learner.summary(of: labelSpace)
        guard let search else { return "\(features), \(learner)" }
        return search.features.count == 1
            ? "\(features), \(search.summary); else \(learner)"
            : "\(search.summary); else \(features), \(learner)"
    }

    private static func headSummary(_ head: Learner) -> String {
        let options: LogisticOptions
        switch head {
        case .logistic(let own): options = own
        case .chain(let base, let chain): return chain.summary(of: headSummary(base))
        case .thresholded(let base, let thresholds): return thresholds.summary(of: headSummary(base))
        case .svm, .naiveBayes, .naiveBayesSVM, .neighbors: return head.summary
        }
        let parts: [String?] =
            options.solver == .adamw
            ? [
                "linear head by AdamW", counted(options.adamw.epochs, "epoch"),
                "learning rate \(options.adamw.learningRate)",
            ]
            : [
                "exact logistic regression", options.multiClass == .ovr ? "one-vs-rest" : nil,
                options.penalty == .l1 ? "L1 penalty" : nil, "C \(options.C)",
            ]
        return (parts + [head.labelsSummary]).compactMap(\.self).joined(separator: ", ")
    }

    // MARK: Checks

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        for learner in learners { try learner.check(labelSpace) }
        try search?.selection.check(learners, labelSpace)
        for case .encoder(let encoder) in choices {
            try self.encoder(encoder).check(resources)
        }
    }

    /// Throws if a search by this metric could not score what it decides.
    func check(_ selection: Selection, _ labelSpace: LabelSpace) throws {
        try selection.check(learners, labelSpace)
    }

    func check(_ tasks: [TrainingTask]) throws {
        try search?.selection.check(tasks)
        for learner in search?.candidates.map(\.learner) ?? [learner] { try learner.check(tasks) }
    }

    /// The settings name a stop list's file and an encoder, not what is in them.
    func fingerprint(_ resources: ContestantResources) throws -> String {
        var digests: [String] = []
        if learners.contains(where: \.isTrainedByAdamW) { digests.append(FeatureEntry.trainedLayer) }
        for case .encoder(let encoder) in choices.prefix(1) {
            digests.append(try self.encoder(encoder).fingerprint(resources))
        }
        let precisions = choices.compactMap { choice -> String? in
            if case .encoder(let encoder) = choice { encoder.precision.fingerprint } else { nil }
        }
        digests += Set(precisions).subtracting([""]).sorted()
        var lists: [String] = []
        for options in choices.compactMap(\.tfidf) {
            if case .list(let words) = options.stopWords { lists.append(words.joined(separator: "\n")) }
        }
        if let first = lists.first {
            let others = lists.dropFirst().filter { $0 != first }
            digests.append(Fingerprint.sha256(of: Data(([first] + others).joined(separator: "\n\n").utf8)))
        }
        return digests.joined(separator: " ")
    }

    /// Changes whenever the same experiment and seed would train a layer to other weights. 2: each purpose of random
    /// numbers has its own.
    private static let trainedLayer = "head by AdamW 2"

    private func encoder(_ description: EncoderDescription) -> FeatureEncoder {
        FeatureEncoder(description: description, folder: folder)
    }

    // MARK: The classifier

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        switch features {
        case .tfidf(let options):
            let featurizers = (search?.features ?? []).compactMap { choice -> TfidfOptions? in
                if case .tfidf(let options) = choice { options } else { nil }
            }
            return classifier(shared(options, resources), featurizers.map { shared($0, resources) }) {
                summary($0.base.options.summary(termCount: $0.featureCount), $1)
            }
        case .lsa(let options):
            let featurizers = (search?.features ?? []).compactMap { choice -> LSAOptions? in
                if case .lsa(let options) = choice { options } else { nil }
            }
            return classifier(shared(options, resources), featurizers.map { shared($0, resources) }) {
                summary($0.summary ?? options.summary(), $1)
            }
        case .encoder(let encoder):
            // One encoder for all choices of a precision, whose name none of them changes.
            let place = try self.encoder(encoder).place(resources)
            let text = try TextEncoder(folder: place.root, precision: encoder.precision)
            var texts = [encoder.precision: text]
            let featurizers = try (search?.features ?? []).compactMap { choice -> EncoderFeaturizer? in
                guard case .encoder(let encoder) = choice else { return nil }
                let text =
                    try texts[encoder.precision]
                    ?? TextEncoder(folder: place.root, precision: encoder.precision)
                texts[encoder.precision] = text
                return try self.encoder(encoder).featurizer(place, text, resources)
            }
            let positions = text.encoder.maxTokens
            return classifier(
                try self.encoder(encoder).featurizer(place, text, resources), featurizers
            ) {
                var told = $0.options
                if told.maxLength == positions { told.maxLength = nil }
                return summary(encoder.summary(told, $0.encoder.precision, isStatic: text.isStatic), $1)
            }
        }
    }

    private func shared<Base>(
        _ featurizer: Base, _ resources: ContestantResources
    ) -> SharedFeaturizer<Base> {
        SharedFeaturizer(base: featurizer, memory: resources.memory?.features, meter: resources.keptWork)
    }

    private func classifier<Features: Featurizer>(
        _ featurizer: Features, _ searched: [Features],
        summary: @escaping @Sendable (Features.Fitted, LabelSpace) -> String
    ) -> any TextClassifier {
        guard let search else {
            return Summarized(base: FeatureClassifier(featurizer, learner), summary: summary)
        }
        return Summarized(base: search.classifier(searched), summary: summary)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        if LatentSemantics.isSaved(in: folder) {
            return try FittedFeatureClassifier<LatentSemantics>(from: folder, labelSpace: labelSpace)
        }
        guard EncoderFeaturizer.isSaved(in: folder) else {
            return try FittedTfidfClassifier(from: folder, labelSpace: labelSpace)
        }
        let featurizer = try EncoderFeaturizer(from: folder) {
            try EncoderFolder(named: $0, relativeTo: folder).root
        }
        return try FittedFeatureClassifier(featurizer: featurizer, from: folder)
    }
}

extension Learner {
    fileprivate var isTrainedByAdamW: Bool {
        switch self {
        case .logistic(let options): options.solver == .adamw
        case .chain(let learner, _), .thresholded(let learner, _): learner.isTrainedByAdamW
        case .svm, .naiveBayes, .naiveBayesSVM, .neighbors: false
        }
    }
}

/// A classifier whose summary is told in the contestant's words.
private struct Summarized<Base: TextClassifier, Features: FittedFeaturizer>: TextClassifier
where Base.Fitted == FittedFeatureClassifier<Features> {
    let base: Base
    let summary: @Sendable (Features, LabelSpace) -> String

    func check(_ labelSpace: LabelSpace) throws { try base.check(labelSpace) }
    func check(_ tasks: [TrainingTask]) throws { try base.check(tasks) }

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> Base.Fitted {
        var fitted = try base.fit(task, context)
        fitted.summary = summary(fitted.featurizer, task.labelSpace)
        return fitted
    }
}
