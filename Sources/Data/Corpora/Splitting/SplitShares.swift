/// The shares of rows that go to train, validation and test, in whole billionths that sum to one.
///
/// Whole numbers make every comparison of a splitting algorithm exact, so that ties are ties on every machine.
public struct SplitShares: Equatable, Sendable {
    /// Billionths for each part, in the order of `Part.allCases`. Shape: [3].
    package let billionths: [Int]

    package static let unit = 1_000_000_000

    /// What people commonly take.
    static let usual = SplitShares(billionths: [700_000_000, 150_000_000, 150_000_000])
    static let allTrain = SplitShares(billionths: [unit, 0, 0])

    private init(billionths: [Int]) {
        self.billionths = billionths
    }

    /// - Throws: `SplitError.badShares` when a share is negative or the sum is off 1 by more than 1e-9.
    public init(train: Double, validation: Double, test: Double) throws(SplitError) {
        let shares = [train, validation, test]
        guard shares.allSatisfy({ (0...1).contains($0) }) else {
            throw .badShares(train: train, validation: validation, test: test)
        }
        var billionths = shares.map { Int(($0 * Double(SplitShares.unit)).rounded()) }
        let rest = SplitShares.unit - billionths.reduce(0, +)
        guard abs(rest) <= 1 else { throw .badShares(train: train, validation: validation, test: test) }
        // Thirds written with nine digits leave a billionth over; the largest share takes it.
        let largest = billionths.indices.max { billionths[$0] < billionths[$1] } ?? 0
        billionths[largest] += rest
        self.billionths = billionths
    }

    /// Train is what the others leave.
    public init(validation: Double, test: Double) throws(SplitError) {
        // A difference of two shares can fall a rounding error below zero.
        let train = 1 - (validation + test)
        try self.init(train: abs(train) < 1e-12 ? 0 : train, validation: validation, test: test)
    }

    /// The share of `part`, in 0...1.
    public subscript(part: Part) -> Double {
        Double(billionths(of: part)) / Double(SplitShares.unit)
    }

    private func billionths(of part: Part) -> Int {
        switch part {
        case .train: billionths[0]
        case .validation: billionths[1]
        case .test: billionths[2]
        }
    }

    /// The parts that get any rows.
    public var parts: [Part] {
        Part.allCases.filter { billionths(of: $0) > 0 }
    }

    /// The share of each of `parts`, in billionths.
    package var weights: [Int] {
        billionths.filter { $0 > 0 }
    }
}

/// Stored as `{"test": 0.15, "train": 0.7, "validation": 0.15}`.
extension SplitShares: Codable {
    private enum CodingKeys: String, CodingKey { case train, validation, test }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            train: values.decode(Double.self, forKey: .train),
            validation: values.decode(Double.self, forKey: .validation),
            test: values.decode(Double.self, forKey: .test))
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(self[.train], forKey: .train)
        try values.encode(self[.validation], forKey: .validation)
        try values.encode(self[.test], forKey: .test)
    }
}

extension SplitShares: CustomStringConvertible {
    /// Such as `0.7/0.15/0.15`.
    public var description: String {
        Part.allCases.map { "\(self[$0])" }.joined(separator: "/")
    }
}
