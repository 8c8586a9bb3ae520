import Foundation
import Labels
import Learners

/// A baseline that does not read the texts.
public struct DummyTextClassifier: TextClassifier {
    public var strategy: DummyClassifier.Strategy

    public init(_ strategy: DummyClassifier.Strategy = .mostFrequent) { self.strategy = strategy }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedDummy {
        FittedDummy(
            classifier: try DummyClassifier.fit(
                strategy, to: task.train.targets, labelSpace: task.labelSpace, seed: context.seed))
    }
}

/// A baseline that knows the labels of its train part.
public struct FittedDummy: FittedTextClassifier {
    public let classifier: DummyClassifier

    init(classifier: DummyClassifier) { self.classifier = classifier }

    public init(from folder: URL, labelSpace: LabelSpace) throws {
        classifier = try DummyClassifier(from: folder)
    }

    public func save(to folder: URL) throws { try classifier.save(to: folder) }

    public var isProbabilistic: Bool { classifier.strategy == .prior }

    /// What is predicted for every text, by name.
    public var summary: String? {
        guard let labels = classifier.constantLabels else { return nil }
        let names = labels.map { classifier.labelSpace.names[$0] }.joined(separator: ", ")
        if classifier.labelSpace.kind != .multilabel { return "always the most frequent label: \(names)" }
        return labels.isEmpty
            ? "never any label: none is in more than half of the train rows"
            : "always the labels that are in more than half of the train rows: \(names)"
    }

    public func probabilities(of texts: [String]) -> Probabilities {
        classifier.probabilities(rowCount: texts.count)
    }
}
