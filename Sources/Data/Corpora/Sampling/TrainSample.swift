import SettingKeys

/// A sample of the train rows that contestants are fitted on: one of several at one point of a learning curve.
public struct TrainSample: Codable, Hashable, Sendable {
    /// What a size counts.
    public enum Unit: String, Codable, Sendable {
        case rows
        /// Rows of each label.
        case perClass = "per_class"
    }

    public let unit: Unit
    public let size: Int
    /// Which of the samples of this size it is, from 0. Samples of one number are nested: each holds the smaller ones.
    public let number: Int

    private enum CodingKeys: String, CodingKey {
        case unit, size
        case number = "repeat"
    }

    public init(_ unit: Unit, size: Int, number: Int) {
        (self.unit, self.size, self.number) = (unit, size, number)
    }
}

extension TrainSample: CustomStringConvertible {
    /// Such as `50 train rows, repeat 0`.
    public var description: String { "\(unit.words(size)), repeat \(number)" }
}

extension TrainSample.Unit {
    /// So many of them, in words.
    public func words(_ size: Int) -> String {
        switch self {
        case .rows: counted(size, "train row")
        case .perClass: counted(size, "train row") + " of each label"
        }
    }
}
