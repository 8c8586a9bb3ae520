import Corpora

/// The sample of the train rows that contestants were fitted on.
public struct SampleSummary: Codable, Equatable, Sendable {
    public var sample: TrainSample
    public var rowCount: Int
    /// Its rows that carry each label, in the order of the label space.
    public var labelCounts: [Int]

    private enum CodingKeys: String, CodingKey {
        case sample
        case rowCount = "row_count"
        case labelCounts = "label_counts"
    }

    public init(sample: TrainSample, rowCount: Int, labelCounts: [Int]) {
        (self.sample, self.rowCount, self.labelCounts) = (sample, rowCount, labelCounts)
    }
}
