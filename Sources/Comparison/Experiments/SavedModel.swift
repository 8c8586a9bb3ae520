import Foundation
import Labels
import LinearAlgebra
import Results
import TextClassifiers

/// A fitted contestant read back from the folder that a run left, ready to predict.
public struct SavedModel: Sendable {
    /// The contestant's; of a folder that no run left, the folder's name.
    public internal(set) var id: String
    public let labelSpace: LabelSpace
    /// Its family, the `model:` of an experiment file.
    package let model: String
    /// Shape: [K] for multilabel tasks.
    let thresholds: [Double]?
    private(set) var fitted: any FittedTextClassifier
    private let folder: URL

    /// Reads what a run left, or a classifier that `transformers` saved.
    /// - Parameters:
    ///   - families: The families whose models can be read.
    ///   - precision: Of the weights of its encoder; by default as the run had it, and float32 of a fine-tuned one.
    /// - Throws: `ExperimentError.notAModel` when the folder holds no model of a known family, and `.noEncoderOf` for a
    ///   precision of a model without an encoder.
    public init(folder: URL, families: FamilyRegistry = .standard, precision: Precision? = nil) throws {
        self.folder = folder
        guard let record = ContestantRecord(readingFrom: folder) else {
            guard FileManager.default.fileExists(atPath: folder.appendingPathComponent("config.json").path)
            else { throw SavedModels.noModel(in: folder) }
            id = folder.standardizedFileURL.lastPathComponent
            labelSpace = try ClassifierFolder(folder).labelSpace()
            model = FineTunedContestant.model
            thresholds = nil
            fitted = try SavedModel.predicting(
                FittedFineTunedClassifier(from: folder, labelSpace: labelSpace), in: precision, folder)
            return
        }
        guard let family = families.family(named: record.results.model) else {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason: "unknown model '\(record.results.model)', expected one of "
                    + families.models.joined(separator: ", "))
        }
        if let count = record.results.thresholds?.count, count != record.labelSpace.count {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason: "contestant.json has \(count) thresholds for \(record.labelSpace.count) labels")
        }
        id = record.results.id
        labelSpace = record.labelSpace
        model = record.results.model
        thresholds = record.results.thresholds
        fitted = try SavedModel.predicting(
            family.load(from: folder, labelSpace: record.labelSpace, families: families), in: precision,
            folder)
    }

    /// The same with the weights of its encoder in another precision; nil for a model without an encoder.
    func predicting(in precision: Precision) throws -> SavedModel? {
        guard let reduced = try fitted.predicting(in: precision) else { return nil }
        var model = self
        model.fitted = reduced
        return model
    }

    private static func predicting(
        _ fitted: any FittedTextClassifier, in precision: Precision?, _ folder: URL
    ) throws -> any FittedTextClassifier {
        guard let precision else { return fitted }
        guard let same = try fitted.predicting(in: precision) else {
            throw ExperimentError.noEncoderOf(model: folder.path, precision)
        }
        return same
    }

    /// Whether a folder holds what is read as a model: what a run left, or what `transformers` saved.
    package static func isThere(_ folder: URL) -> Bool {
        [RunLayout.contestantRecordName, "config.json"].contains {
            FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path)
        }
    }

    /// From which probability on it gives each label; nil where it gives the most probable one.
    package var labelThresholds: [Double]? {
        switch labelSpace.kind {
        case .multiclass: nil
        case .binary:
            // Of two labels the first is given where the second's probability is too small.
            decisionThresholds[1] == 0.5 ? nil : [1 - decisionThresholds[1], decisionThresholds[1]]
        case .multilabel: decisionThresholds
        }
    }

    private var decisionThresholds: [Double] {
        thresholds ?? Array(repeating: 0.5, count: labelSpace.count)
    }

    /// Whether its probabilities are more than its decisions.
    package var isProbabilistic: Bool { fitted.isProbabilistic }

    /// Whether it decides by what a text says, as all do but dummies.
    package var readsTexts: Bool { model != DummyContestant.model }

    /// What a user should know of the model's files.
    public var notices: [String] { (fitted as? FittedFineTunedClassifier)?.notices ?? [] }

    /// The labels that the model decides on for each text.
    func targets(of texts: [String]) throws -> Targets {
        decisions(try probabilities(of: texts))
    }

    /// What probabilities decide, rounded as a run stores them, so that the same text gets the same labels from both.
    private func decisions(_ probabilities: Probabilities) -> Targets {
        let stored = Probabilities(
            labelCount: probabilities.labelCount, values: probabilities.values.map { Double(Float($0)) })
        return stored.decisions(kind: labelSpace.kind, thresholds: decisionThresholds)
    }

    /// Probabilities of each text, checked: a damaged model gives others. Shape: [texts, K].
    /// - Parameter firstRow: The number of the first text among all, from 0.
    func checkedProbabilities(of texts: [String], firstRow: Int) throws -> Probabilities {
        let probabilities = try fitted.probabilities(of: texts)
        if let bad = probabilities.values.firstIndex(where: { !$0.isFinite }) {
            throw ExperimentError.notFinite(
                model: folder.path, row: firstRow + bad / max(1, probabilities.labelCount) + 1)
        }
        guard probabilities.labelCount == labelSpace.count, probabilities.values.allSatisfy((0...1).contains)
        else {
            throw ExperimentError.notAModel(
                path: folder.path,
                reason: "it does not give a probability from 0 to 1 for each of \(labelSpace.count) labels")
        }
        return probabilities
    }

    /// The labels that the model decides on for each text, with the probabilities of all.
    /// - Parameter progress: Told how many texts are done, of how many.
    public func predict(
        _ texts: [String], progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> [TextPrediction] {
        let probabilities = try probabilities(of: texts, progress: progress)
        let decided = decisions(probabilities)
        return texts.indices.map { row in
            TextPrediction(
                predicted: decided.labels(ofRow: row).map { labelSpace.names[$0] },
                probabilities: labelSpace.names.indices.map {
                    .init(label: labelSpace.names[$0], probability: probabilities[row, $0])
                })
        }
    }
}

/// The labels of one text.
public struct TextPrediction: Sendable {
    /// A label with its probability.
    public struct Entry: Sendable {
        public let label: String
        public let probability: Double

        public init(label: String, probability: Double) {
            self.label = label
            self.probability = probability
        }
    }

    /// The labels decided on, in the order of the label space.
    public let predicted: [String]
    /// One entry for each label, in the order of the label space.
    public let probabilities: [Entry]

    public init(predicted: [String], probabilities: [Entry]) {
        self.predicted = predicted
        self.probabilities = probabilities
    }

    /// The `count` most probable labels, most probable first; equals in the order of the label space.
    public func top(_ count: Int) -> [Entry] {
        let ranked = probabilities.enumerated().sorted {
            ($0.element.probability, -$0.offset) > ($1.element.probability, -$1.offset)
        }
        return ranked.prefix(count).map(\.element)
    }
}
