import Files
import Foundation
import Labels
import LinearModels
import Results
import Settings
import Tokenizers

/// A family of linear classifiers of TF-IDF vectors: one says what learns, the rest is here.
protocol TfidfContestant: Contestant {
    /// The key of the learner's own settings.
    static var learnerKey: String { get }
    static func learner(_ settings: SettingsMapping) throws -> TfidfClassifier.Learner

    var entry: TfidfEntry { get }
    init(entry: TfidfEntry)
}

/// What such a contestant's entry says.
struct TfidfEntry {
    var tfidf: TfidfOptions
    var learner: TfidfClassifier.Learner
    /// Nil where nothing is chosen on validation.
    var search: LearnerSearch?

    func summary(termCount: Int? = nil) -> String {
        let learner = search.map { "\($0.summary); else \(self.learner.summary)" } ?? self.learner.summary
        return "\(tfidf.summary(termCount: termCount)), \(learner)"
    }
}

extension TfidfContestant {
    static var settingKeys: [String] { ["tfidf", learnerKey, "search"] }

    init(settings: SettingsMapping, folder: URL) throws {
        let own = try settings[learnerKey: Self.learnerKey]
        self.init(
            entry: TfidfEntry(
                tfidf: try settings["tfidf"].map { try TfidfOptions(setting: $0, folder: folder) }
                    ?? TfidfOptions(),
                learner: try Self.learner(own),
                search: try settings["search"].map {
                    try LearnerSearch(setting: $0, base: own, learner: Self.learner)
                }))
    }

    var summary: String { entry.summary() }

    func check(_ labelSpace: LabelSpace, cache: URL) throws {
        let learners = [entry.learner] + (entry.search?.candidates.map(\.learner) ?? [])
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

    func check(_ tasks: [TrainingTask]) throws {
        guard let search = entry.search else { return }
        for task in tasks {
            guard let validation = task.validation else { throw ExperimentError.emptyPart("validation") }
            try search.selection.check(gold: validation.targets, labelSpace: task.labelSpace)
        }
    }

    /// The settings name a stop list's file, not what is in it.
    func fingerprint(cache: URL) throws -> String {
        guard case .list(let words) = entry.tfidf.stopWords else { return "" }
        return Fingerprint.sha256(of: Data(words.joined(separator: "\n").utf8))
    }

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        var fitted = try fitted(task)
        fitted.summary = entry.summary(termCount: fitted.model.vectorizer.vocabulary.count)
        let log = try fitted.model.classifier.log.flatMap { try StableJSON.line($0) }
        if !log.isEmpty { try OutputFile.write(log, to: task.log) }
        return fitted
    }

    private func fitted(_ task: TrainingTask) throws -> FittedTfidf {
        let (texts, targets) = (task.train.texts, task.train.targets)
        guard let search = entry.search else {
            let classifier = TfidfClassifier(tfidf: entry.tfidf, learner: entry.learner)
            return FittedTfidf(model: try classifier.fit(texts, targets, labelSpace: task.labelSpace))
        }
        guard let validation = task.validation else {
            throw ExperimentError.emptyPart("validation")
        }
        let (vectorizer, X) = try TfidfVectorizer.fit(entry.tfidf, to: texts)
        let (best, notice) = try search.best(
            vectorizer, X, targets, validation: validation, labelSpace: task.labelSpace)
        return FittedTfidf(model: best, searchNotice: notice)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        FittedTfidf(model: try FittedTfidfClassifier(from: folder))
    }
}

extension SettingsMapping {
    /// The mapping under a learner's key; an empty one in its place where there is none.
    fileprivate subscript(learnerKey key: String) -> SettingsMapping {
        get throws {
            try self[key]?.mappingWithAnyKeys() ?? removing(entries.map(\.key))
        }
    }
}

/// A fitted linear classifier of TF-IDF vectors.
struct FittedTfidf: FittedContestant {
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
}
