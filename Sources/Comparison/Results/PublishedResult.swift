import Evaluation

/// Figures that somebody published, to stand beside ours with what makes them hard to compare.
public struct PublishedResult: Sendable {
    /// As in `report: {against: [...]}`.
    public let name: String
    /// The recipe of the dataset that it is about, or the name by which the dataset is known.
    public let dataset: String
    /// How many labels it was scored on, where that tells whether it compares.
    public var labelCount: Int?
    public let system: String
    public let source: String
    /// Nil where it was passed on without an address.
    public var url: String?
    /// How they trained and tested, as far as it may differ from here.
    public let conditions: [String]
    public let scores: [MetricName: Double]
    /// F1 of labels.
    public var perLabel: [String: Double] = [:]

    public static func named(_ name: String) -> PublishedResult? {
        all.first { $0.name == name }
    }
}
