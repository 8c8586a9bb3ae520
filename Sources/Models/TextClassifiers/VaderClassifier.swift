import Foundation
import Labels
import Learners
import Lexicons
import SafeFiles

/// VADER as a classifier of three sentiments. It learns nothing, so the train part is not looked at.
public struct VaderClassifier: TextClassifier {
    public let variant: Vader.Variant
    /// From which absolute compound score a text is positive or negative.
    public let threshold: Double
    /// Nil for the published one.
    public let lexicon: VaderLexicon?

    /// At 0, a text without any sentiment would be positive and negative.
    public static func isThreshold(_ number: Double) -> Bool { number > 0 && number <= 1 }

    /// - Precondition: The threshold is above 0 and at most 1.
    public init(
        variant: Vader.Variant = .upstream, threshold: Double = PolarityThresholds().positive,
        lexicon: VaderLexicon? = nil
    ) {
        precondition(VaderClassifier.isThreshold(threshold))
        self.variant = variant
        self.threshold = threshold
        self.lexicon = lexicon
    }

    public func check(_ labelSpace: LabelSpace) throws {
        _ = try VaderClassifier.sentiments(in: labelSpace)
    }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedVader {
        try FittedVader(self, labelSpace: task.labelSpace)
    }

    /// The label index of negative, neutral and positive.
    static func sentiments(in labelSpace: LabelSpace) throws(TextClassifierError) -> [Int] {
        let indices = labelSpace.indices
        let labels = PolarityThresholds.labels.compactMap { indices[$0] }
        guard labels.count == labelSpace.count, labelSpace.kind == .multiclass else {
            throw .unsuitableLabels(
                classifier: "vader", found: labelSpace.names,
                expected: "three classes, negative, neutral and positive")
        }
        return labels
    }
}

/// VADER with the place of each sentiment in the label space.
public struct FittedVader: FittedTextClassifier {
    public let classifier: VaderClassifier
    private let vader: Vader
    /// The label index of negative, neutral and positive.
    private let labels: [Int]
    private let labelCount: Int

    public let isProbabilistic = false

    init(_ classifier: VaderClassifier, labelSpace: LabelSpace) throws(TextClassifierError) {
        self.classifier = classifier
        labels = try VaderClassifier.sentiments(in: labelSpace)
        labelCount = labelSpace.count
        vader = Vader(variant: classifier.variant, lexicon: classifier.lexicon ?? .published)
    }

    public func probabilities(of texts: [String]) -> Probabilities {
        let thresholds = PolarityThresholds(negative: -classifier.threshold, positive: classifier.threshold)
        let classes = vader.polarities(of: texts).map { labels[thresholds.label(of: $0)] }
        return Probabilities(certainOf: .classes(classes), labelCount: labelCount)
    }

    public func explanation(of text: String) -> Explanation? { .lexicon(vader.trace(of: text)) }
}

extension FittedVader {
    /// What `vader.json` says.
    private struct Saved: Codable {
        var variant: Vader.Variant
        var threshold: Double
    }

    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("vader.json") }

    /// There only with a lexicon of the user's own.
    private static func lexiconFile(in folder: URL) -> URL { folder.appendingPathComponent("lexicon.txt") }

    public func save(to folder: URL) throws {
        let saved = Saved(variant: classifier.variant, threshold: classifier.threshold)
        try OutputFile.write(try ModelFile.encoded(saved), to: FittedVader.file(in: folder))
        if let lexicon = classifier.lexicon {
            try OutputFile.write(lexicon.text, to: FittedVader.lexiconFile(in: folder))
        }
    }

    public init(from folder: URL, labelSpace: LabelSpace) throws {
        let file = FittedVader.file(in: folder)
        let bytes = try InputFile(file).readToEnd()
        guard let saved = try? JSONDecoder().decode(Saved.self, from: Data(bytes)) else {
            throw TextClassifierError.notAModel(
                path: file.path, reason: "it does not hold variant and threshold")
        }
        guard VaderClassifier.isThreshold(saved.threshold) else {
            throw TextClassifierError.notAModel(
                path: file.path,
                reason: "threshold: found \(saved.threshold), expected a number above 0, of at most 1")
        }
        let own = FittedVader.lexiconFile(in: folder)
        let hasOwn = FileManager.default.fileExists(atPath: own.path)
        try self.init(
            VaderClassifier(
                variant: saved.variant, threshold: saved.threshold,
                lexicon: hasOwn ? try VaderLexicon(contentsOf: own) : nil),
            labelSpace: labelSpace)
    }
}
