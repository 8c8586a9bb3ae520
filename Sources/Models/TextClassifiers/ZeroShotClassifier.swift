import Encoders
import Labels
import Learners
import LinearAlgebra

/// Labels by how similar a text is to a description of each, as an encoder sees both. It learns nothing, so the train part is
/// not looked at.
///
/// The similarity is the cosine of the two vectors. Where a row has one label, the probabilities are the softmax of `scale`
/// times the cosines; where it may have several, each is the sigmoid of `scale` times what the cosine is above `threshold`.
public struct ZeroShotClassifier: TextClassifier {
    /// Its vectors have L2 norm 1.
    public let featurizer: EncoderFeaturizer
    /// The text that stands for each label; a label that is not here stands for itself, in the template.
    public var descriptions: [String: String]
    /// What a label's name is put in, in the place of `{}`.
    public var template = ZeroShotClassifier.defaultTemplate
    public var scale = ZeroShotClassifier.defaultScale
    /// The cosine from which a label of several is assigned.
    public var threshold = ZeroShotClassifier.defaultThreshold

    public static let defaultTemplate = "{}"
    /// Cosines of sentence encoders differ by tenths.
    public static let defaultScale = 20.0
    public static let defaultThreshold = 0.3

    /// - Precondition: The featurizer normalizes.
    public init(_ featurizer: EncoderFeaturizer, descriptions: [String: String] = [:]) {
        precondition(featurizer.options.normalize, "cosines need vectors of norm 1")
        self.featurizer = featurizer
        self.descriptions = descriptions
    }

    public func check(_ labelSpace: LabelSpace) throws {
        try ZeroShotClassifier.check(descriptions: descriptions, labelSpace)
    }

    /// Throws for the description of a label that is none.
    package static func check(
        descriptions: [String: String], _ labelSpace: LabelSpace
    ) throws(TextClassifierError) {
        for label in descriptions.keys.sorted() where !labelSpace.names.contains(label) {
            throw .unsuitableLabels(
                classifier: "descriptions", found: labelSpace.names, expected: "'\(label)' among them")
        }
    }

    /// The text that stands for a label.
    public func description(of label: String) -> String {
        descriptions[label] ?? template.replacing("{}", with: label)
    }

    public func fit(
        _ task: TrainingTask, _ context: FitContext
    ) throws -> FittedFeatureClassifier<EncoderFeaturizer> {
        let texts = task.labelSpace.names.map { description(of: $0) }
        let (featurizer, D) = try featurizer.fit(texts, context)
        let isMultilabel = task.labelSpace.kind == .multilabel
        let values = D.nonZeros.dense().values.map { $0 * scale }
        let classifier = LinearClassifier(
            labelSpace: task.labelSpace, scheme: isMultilabel ? .oneVsRest : .multinomial,
            coefficients: Matrix(rowCount: D.rowCount, columnCount: D.columnCount, values: values),
            intercepts: texts.map { _ in isMultilabel ? -scale * threshold : 0 })
        return FittedFeatureClassifier(featurizer: featurizer, classifier: .linear(classifier))
    }
}
