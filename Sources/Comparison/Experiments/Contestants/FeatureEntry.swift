import Encoders
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

    private var learners: [Learner] { [learner] + (search?.candidates.map(\.learner) ?? []) }
    private var choices: [FeatureDescription] { [features] + (search?.features ?? []) }

    // MARK: Words

    var summary: String {
        switch features {
        case .tfidf(let options): summary(options.summary())
        case .encoder(let encoder): summary(encoder.summary)
        }
    }

    /// - Parameter features: The features in a few words.
    private func summary(_ features: String) -> String {
        let learner = isHead ? headSummary : learner.summary
        guard let search else { return "\(features), \(learner)" }
        return search.features.count == 1
            ? "\(features), \(search.summary); else \(learner)"
            : "\(search.summary); else \(features), \(learner)"
    }

    private var headSummary: String {
        guard case .logistic(let options) = learner else { return learner.summary }
        let parts: [String?] =
            options.solver == .adamw
            ? [
                "linear head by AdamW", "\(options.adamw.epochs) epochs",
                "learning rate \(options.adamw.learningRate)",
            ]
            : [
                "exact logistic regression", options.multiClass == .ovr ? "one-vs-rest" : nil,
                options.penalty == .l1 ? "L1 penalty" : nil, "C \(options.C)",
            ]
        return (parts + [learner.weightsSummary]).compactMap(\.self).joined(separator: ", ")
    }

    // MARK: Checks

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        for learner in learners { try learner.check(labelSpace) }
        try search?.selection.check(learners, labelSpace)
        for case .encoder(let encoder) in choices {
            let inspection = try EncoderInspection(folder: encoderFolder(encoder, resources).root)
            if let isStatic = encoder.isStatic { try inspection.require(isStatic: isStatic) }
            try inspection.check(pooling: encoder.pooling)
            try inspection.check(precision: encoder.precision)
        }
    }

    func check(_ tasks: [TrainingTask]) throws { try search?.selection.check(tasks) }

    /// The settings name a stop list's file and an encoder, not what is in them.
    func fingerprint(_ resources: ContestantResources) throws -> String {
        var digests: [String] = []
        if learners.contains(where: \.isTrainedByAdamW) { digests.append(FeatureEntry.trainedLayer) }
        for case .encoder(let encoder) in choices.prefix(1) {
            digests.append(try encoderFolder(encoder, resources).fingerprint(cache: resources.cache))
        }
        let precisions = choices.compactMap { choice -> String? in
            if case .encoder(let encoder) = choice { encoder.precision.fingerprint } else { nil }
        }
        digests += Set(precisions).subtracting([""]).sorted()
        var lists: [String] = []
        for case .tfidf(let options) in choices {
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

    private func encoderFolder(
        _ encoder: EncoderDescription, _ resources: ContestantResources
    ) throws -> EncoderFolder {
        try EncoderFolder(named: encoder.name, relativeTo: folder, cache: resources.cache)
    }

    // MARK: The classifier

    func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
        switch features {
        case .tfidf(let options):
            let featurizers = (search?.features ?? []).compactMap { choice -> TfidfOptions? in
                if case .tfidf(let options) = choice { options } else { nil }
            }
            return classifier(options, featurizers) {
                summary($0.options.summary(termCount: $0.featureCount))
            }
        case .encoder(let encoder):
            // One encoder for all choices of a precision, whose name none of them changes.
            let place = try encoderFolder(encoder, resources)
            let text = try TextEncoder(folder: place.root, precision: encoder.precision)
            var texts = [encoder.precision: text]
            let featurizers = try (search?.features ?? []).compactMap { choice -> EncoderFeaturizer? in
                guard case .encoder(let encoder) = choice else { return nil }
                let text =
                    try texts[encoder.precision]
                    ?? TextEncoder(folder: place.root, precision: encoder.precision)
                texts[encoder.precision] = text
                return try featurizer(encoder, place, text, resources)
            }
            let positions = text.encoder.maxTokens
            return classifier(try featurizer(encoder, place, text, resources), featurizers) {
                var told = $0.options
                if told.maxLength == positions { told.maxLength = nil }
                return summary(encoder.summary(told, $0.encoder.precision, isStatic: text.isStatic))
            }
        }
    }

    private func featurizer(
        _ encoder: EncoderDescription, _ place: EncoderFolder, _ text: TextEncoder,
        _ resources: ContestantResources
    ) throws -> EncoderFeaturizer {
        let view = text.options(
            pooling: encoder.pooling, normalize: encoder.normalize, maxLength: encoder.maxLength,
            prefix: encoder.prefix)
        // To look up a vector that is kept takes longer than to add up those of a table.
        let store: MeteredFeatures? =
            text.isStatic
            ? nil
            : MeteredFeatures(
                store: try FeatureStore(
                    encoder: place, view: view, precision: text.precision, cache: resources.cache),
                meter: resources.keptWork)
        return EncoderFeaturizer(
            text, view, folder: place.root,
            name: place.lastingName,
            store: store,
            notices: place.notices
                + [
                    lengthNotice(stated: encoder.maxLength, positions: text.encoder.maxTokens ?? .max)
                ].compactMap(\.self))
    }

    private func classifier<Features: Featurizer>(
        _ featurizer: Features, _ searched: [Features],
        summary: @escaping @Sendable (Features.Fitted) -> String
    ) -> any TextClassifier {
        guard let search else {
            return Summarized(base: FeatureClassifier(featurizer, learner), summary: summary)
        }
        return Summarized(base: search.classifier(searched), summary: summary)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
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
        if case .logistic(let options) = self { options.solver == .adamw } else { false }
    }
}

/// A classifier whose summary is told in the contestant's words.
private struct Summarized<Base: TextClassifier, Features: FittedFeaturizer>: TextClassifier
where Base.Fitted == FittedFeatureClassifier<Features> {
    let base: Base
    let summary: @Sendable (Features) -> String

    func check(_ labelSpace: LabelSpace) throws { try base.check(labelSpace) }
    func check(_ tasks: [TrainingTask]) throws { try base.check(tasks) }

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> Base.Fitted {
        var fitted = try base.fit(task, context)
        fitted.summary = summary(fitted.featurizer)
        return fitted
    }
}

/// A store that tells a meter of what it did not have to compute.
private struct MeteredFeatures: VectorStore {
    let store: FeatureStore
    let meter: KeptWorkMeter

    func vectors(
        of texts: [String], computing compute: ([String], _ done: Int, _ of: Int) throws -> [Float]
    ) throws -> [Float] {
        let (vectors, kept) = try store.vectors(of: texts, computing: compute)
        if let kept { meter.add(kept) }
        return vectors
    }
}
