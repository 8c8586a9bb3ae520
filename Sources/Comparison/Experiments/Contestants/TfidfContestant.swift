import Features
import Foundation
import Labels
import LinearAlgebra
import Results
import SafeFiles
import SettingKeys
import TextClassifiers

/// A family of linear classifiers of TF-IDF vectors: one says what learns, the rest is here.
protocol TfidfContestant: Contestant {
    /// The key of the learner's own settings.
    static var learnerKey: String { get }
    /// What may stand under it.
    static var learnerKeys: KeyReference { get }
    static func learner(_ settings: SettingsMapping) throws -> TfidfClassifier.Learner

    var entry: TfidfEntry { get }
    init(entry: TfidfEntry)
}

/// What such a contestant's entry says.
struct TfidfEntry {
    /// As it is without a search.
    var classifier: TfidfClassifier
    /// Nil where nothing is chosen on validation.
    var search: LearnerSearch?

    func summary(termCount: Int? = nil) -> String {
        let (tfidf, learner) = (classifier.tfidf.summary(termCount: termCount), classifier.learner.summary)
        guard let search else { return "\(tfidf), \(learner)" }
        return search.isOfLearnerAlone
            ? "\(tfidf), \(search.summary); else \(learner)" : "\(search.summary); else \(tfidf), \(learner)"
    }
}

extension TfidfEntry: TextClassifier {
    func check(_ tasks: [TrainingTask]) throws {
        guard let search else { return }
        for task in tasks {
            guard let validation = task.validation else { throw TextClassifierError.noValidation }
            try search.selection.check(gold: validation.targets, labelSpace: task.labelSpace)
        }
    }

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedTfidf {
        var fitted = try fitted(task)
        fitted.summary = summary(termCount: fitted.model.vectorizer.vocabulary.count)
        let log = try fitted.model.classifier.log.flatMap { try StableJSON.line($0) }
        if let file = context.log, !log.isEmpty { try OutputFile.write(log, to: file) }
        return fitted
    }

    private func fitted(_ task: TrainingTask) throws -> FittedTfidf {
        let (texts, targets) = (task.train.texts, task.train.targets)
        guard let search else {
            return FittedTfidf(
                model: try classifier.fit(texts, targets, labelSpace: task.labelSpace))
        }
        guard let validation = task.validation else {
            throw TextClassifierError.noValidation
        }
        let (best, notice) = try search.best(
            texts, targets, validation: validation, labelSpace: task.labelSpace)
        return FittedTfidf(model: best, searchNotice: notice)
    }
}

extension TfidfContestant {
    static var settingKeys: KeyReference { TfidfSettings.keys(learnerKey, learnerKeys).reference }

    init(settings: SettingsMapping, folder: URL) throws {
        let keys = try TfidfSettings.keys(Self.learnerKey, Self.learnerKeys).readOwn(settings)
        let own = try TfidfSettings(keys, learnerKey: Self.learnerKey, learnerKeys: Self.learnerKeys.names)
        let classifier = { (settings: TfidfSettings) in
            TfidfClassifier(
                tfidf: try TfidfOptions(setting: settings.tfidf.setting, folder: folder),
                learner: try Self.learner(settings.learner))
        }
        self.init(
            entry: TfidfEntry(
                classifier: try classifier(own),
                search: try keys.search.map {
                    try LearnerSearch(setting: $0, entry: own, classifier: classifier)
                }))
    }

    var summary: String { entry.summary() }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { entry }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        let learners = [entry.classifier.learner] + (entry.search?.candidates.map(\.classifier.learner) ?? [])
        for label in learners.flatMap(\.weightedLabels) where !labelSpace.names.contains(label) {
            throw ExperimentError.unsuitableLabels(
                contestant: "class-weight of \(Self.model)", found: labelSpace.names,
                expected: "'\(label)' among them")
        }
        guard let search = entry.search, case .metric(let metric) = search.selection.criterion else { return }
        if !metric.applies(to: labelSpace) {
            throw ExperimentError.unsuitableLabels(
                contestant: "search of \(Self.model) by \(metric.rawValue)", found: labelSpace.names,
                expected: "labels that have this metric; \(labelSpace.kind.rawValue) ones do not")
        }
        if metric.needsProbabilities, learners.contains(where: { !$0.isProbabilistic }) {
            throw ExperimentError.noProbabilities(model: Self.model, metric: metric.rawValue)
        }
    }

    /// The settings name a stop list's file, not what is in it.
    func fingerprint(_ resources: ContestantResources) -> String {
        let views = [entry.classifier.tfidf] + (entry.search?.candidates.map(\.classifier.tfidf) ?? [])
        let lists = views.compactMap { view -> String? in
            guard case .list(let words) = view.stopWords else { return nil }
            return words.joined(separator: "\n")
        }
        guard let first = lists.first else { return "" }
        let others = lists.dropFirst().filter { $0 != first }
        return Fingerprint.sha256(of: Data(([first] + others).joined(separator: "\n\n").utf8))
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedTfidf(from: folder, labelSpace: labelSpace)
    }
}

/// A fitted linear classifier of TF-IDF vectors.
struct FittedTfidf: FittedTextClassifier {
    let model: FittedTfidfClassifier
    /// What a search found.
    var searchNotice: String?
    /// With the number of terms that there were.
    var summary: String?

    var isProbabilistic: Bool { model.classifier.isProbabilistic }
    var parameterCount: Int? {
        let (coefficients, intercepts) = (model.classifier.coefficients, model.classifier.intercepts)
        return coefficients.rowCount * coefficients.columnCount + intercepts.count
    }
    var notices: [String] {
        [searchNotice, stopWordNotice].compactMap(\.self) + model.notices.map(\.description)
    }

    private var stopWordNotice: String? {
        let parts = model.vectorizer.options.unlistedPartsOfStopWords
        guard !parts.isEmpty else { return nil }
        let shown = parts.prefix(10).joined(separator: ", ") + (parts.count > 10 ? ", ..." : "")
        return
            "words of the stop list are taken apart as texts are, into \(shown), which are not in it: such words stay; add "
            + "these to the list"
    }

    func probabilities(of texts: [String]) -> Probabilities {
        model.probabilities(of: texts)
    }

    func save(to folder: URL) throws {
        try model.save(to: folder)
    }

    func explanation(of text: String) -> Explanation? { .terms(model.contributions(to: text)) }
    func topTerms(_ count: Int) -> [TopTerms]? { model.topTerms(count) }
}

extension FittedTfidf {
    init(from folder: URL, labelSpace: LabelSpace) throws {
        self.init(model: try FittedTfidfClassifier(from: folder))
    }
}
