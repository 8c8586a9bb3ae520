import Foundation
import Labels
import Learners
import SettingKeys

/// `model: dummy`: a baseline that does not read the texts.
struct DummyContestant: Contestant {
    static let model = "dummy"
    static let otherNames = [
        "majority", "most-frequent", "baseline", "random", "prior", "stratified", "DummyClassifier",
    ]
    static let settingKeys = ["strategy"]

    let strategy: DummyClassifier.Strategy

    init(settings: SettingsMapping, folder: URL) throws {
        let wanted = settings["strategy"]
        // Also as scikit-learn calls it.
        let isMostFrequent = ["most-frequent", "most_frequent"].contains(try? wanted?.string())
        strategy = isMostFrequent ? .mostFrequent : try wanted?.oneOf() ?? .mostFrequent
    }

    var summary: String {
        switch strategy {
        case .mostFrequent: "always the most frequent label"
        case .prior: "each label with its share of the train rows"
        case .stratified: "labels drawn by their shares of the train rows"
        }
    }

    func fit(_ task: TrainingTask) throws -> any FittedContestant {
        let classifier = try DummyClassifier.fit(
            strategy, to: task.train.targets, labelSpace: task.labelSpace, seed: task.seed)
        return FittedDummy(classifier: classifier)
    }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
        FittedDummy(classifier: try DummyClassifier(from: folder))
    }
}

struct FittedDummy: FittedContestant {
    let classifier: DummyClassifier

    var isProbabilistic: Bool { classifier.strategy == .prior }
    let notices: [String] = []

    /// What is predicted for every text, by name.
    var summary: String? {
        guard let labels = classifier.constantLabels else { return nil }
        let names = labels.map { classifier.labelSpace.names[$0] }.joined(separator: ", ")
        if classifier.labelSpace.kind != .multilabel { return "always the most frequent label: \(names)" }
        return labels.isEmpty
            ? "never any label: none is in more than half of the train rows"
            : "always the labels that are in more than half of the train rows: \(names)"
    }

    func probabilities(of texts: [String]) -> Probabilities {
        classifier.probabilities(rowCount: texts.count)
    }

    func save(to folder: URL) throws {
        try classifier.save(to: folder)
    }
}
