/// How well one label was predicted, over all N rows.
public struct LabelScore: Equatable, Sendable {
    /// The label's name.
    public let label: String
    /// TP / (TP + FP); nil (JSON `null`) if the label was never predicted.
    public let precision: Double?
    /// TP / (TP + FN); nil if the label has no gold rows.
    public let recall: Double?
    /// 2 TP / (2 TP + FP + FN); nil only if the label was never predicted and has no gold rows.
    public let f1: Double?
    /// Gold rows of the label, TP + FN.
    public let support: Int
    /// Rows for which the label was predicted, TP + FP.
    public let predicted: Int
    /// What the label's probabilities are worth; nil where labels were decided without any.
    public let fromProbabilities: LabelProbabilityScore?

    package init(label: String, counts: Counts, fromProbabilities: LabelProbabilityScore? = nil) {
        self.fromProbabilities = fromProbabilities
        self.label = label
        precision = counts.precision
        recall = counts.recall
        f1 = counts.f1
        support = counts.gold
        predicted = counts.predicted
    }
}

extension LabelScore: Codable {
    private enum CodingKeys: String, CodingKey {
        case label, precision, recall, f1, support, predicted
    }

    /// Written out because the synthesized one drops the keys of undefined values.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: CodingKeys.self)
        try object.encode(label, forKey: .label)
        try object.encode(precision, forKey: .precision)
        try object.encode(recall, forKey: .recall)
        try object.encode(f1, forKey: .f1)
        try object.encode(support, forKey: .support)
        try object.encode(predicted, forKey: .predicted)
        try fromProbabilities?.encode(to: encoder)
    }

    public init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: CodingKeys.self)
        label = try object.decode(String.self, forKey: .label)
        precision = try object.decode(Double?.self, forKey: .precision)
        recall = try object.decode(Double?.self, forKey: .recall)
        f1 = try object.decode(Double?.self, forKey: .f1)
        support = try object.decode(Int.self, forKey: .support)
        predicted = try object.decode(Int.self, forKey: .predicted)
        fromProbabilities = try LabelProbabilityScore(ifPresentIn: decoder)
    }
}
