/// Labels by how many rows of train carry them, with the bounds of Liu et al., "Large-scale long-tailed recognition in an open
/// world" (CVPR 2019).
public enum LabelBand: String, Codable, Sendable, CaseIterable {
    /// More than 100 rows.
    case head
    /// 20 to 100 rows.
    case middle
    /// Fewer than 20 rows.
    case tail

    /// The train rows of a label in the middle.
    public static let middleRows = 20...100

    public init(trainRows: Int) {
        let middle = LabelBand.middleRows
        self = middle.contains(trainRows) ? .middle : trainRows > middle.upperBound ? .head : .tail
    }
}

/// Macro F1 of the labels of one band.
public struct BandScore: Equatable, Sendable {
    public let band: LabelBand
    public let labelCount: Int
    /// The mean over the band's labels of 2 TP / (2 TP + FP + FN), in which 0 / 0 counts as 0; nil where it is 0 / 0 for all of
    /// them, or the band is empty.
    public let f1Macro: Double?
    /// How many labels were counted as 0 for that.
    public let undefined: Int
}

extension Scorecard {
    /// Macro F1 of head, middle and tail.
    /// - Parameter trainCounts: How many rows of train carry each label. Shape: [K].
    public func bands(trainCounts: [Int]) -> [BandScore] {
        precondition(trainCounts.count == perLabel.count)
        return LabelBand.allCases.map { band in
            let own = zip(trainCounts, perLabel).filter { LabelBand(trainRows: $0.0) == band }
            let average = Average(own.map(\.1.f1))
            return BandScore(
                band: band, labelCount: own.count, f1Macro: average.value, undefined: average.undefined)
        }
    }
}
