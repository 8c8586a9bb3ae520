import Evaluation

/// Figures that somebody published, to stand beside ours with what makes them hard to compare.
public struct PublishedResult: Sendable {
    /// As in `report: {against: [...]}`.
    public let name: String
    /// The recipe of the dataset that it is about.
    public let dataset: String
    public let system: String
    public let source: String
    public let url: String
    /// How they trained and tested, as far as it may differ from here.
    public let conditions: [String]
    public let scores: [MetricName: Double]
    /// F1 of labels.
    public let perLabel: [String: Double]

    public static func named(_ name: String) -> PublishedResult? {
        all.first { $0.name == name }
    }
}
