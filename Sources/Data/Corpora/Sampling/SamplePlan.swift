import DeterministicWork
import Labels
import SettingKeys

/// The samples of the train rows that a learning curve is fitted on: of which sizes, and how many of each.
///
/// Samples of one number, of whichever size, are nested. They depend on the seed and the train rows alone, so that further
/// sizes and repeats leave those that were there as they are, where sizes count rows.
public struct SamplePlan: Codable, Equatable, Sendable {
    public let unit: TrainSample.Unit
    /// Ascending; the whole train part is not among them.
    public let sizes: [Int]
    /// Whether the whole train part is the last point.
    public let includesAll: Bool
    /// The samples of each size.
    public let repeats: Int

    private enum CodingKeys: String, CodingKey {
        case unit, sizes, repeats
        case includesAll = "includes_all"
    }

    public static let defaultRepeats = 5
    public static let maxRepeats = 1000

    /// - Parameter sizes: In any order, each once.
    public init(_ unit: TrainSample.Unit, sizes: [Int], includesAll: Bool, repeats: Int = defaultRepeats) {
        precondition(!sizes.isEmpty && sizes.allSatisfy { $0 > 0 } && Set(sizes).count == sizes.count)
        precondition((1...Self.maxRepeats).contains(repeats))
        self.unit = unit
        self.sizes = sizes.sorted()
        self.includesAll = includesAll
        self.repeats = repeats
    }

    /// All samples, by size and then by number.
    public var samples: [TrainSample] {
        sizes.flatMap { size in (0..<repeats).map { TrainSample(unit, size: size, number: $0) } }
    }

    /// The sample that stands for the run where there is more than a curve to tell, such as in the ranking: nil for the whole
    /// train part, else the first of the largest size.
    public var headline: TrainSample? {
        includesAll ? nil : sizes.last.map { TrainSample(unit, size: $0, number: 0) }
    }

    /// All samples but that one.
    public var others: [TrainSample] { samples.filter { $0 != headline } }

    /// Draws the samples of one number.
    ///
    /// Where sizes count rows, a sample is the beginning of one stratified order (`stratifiedOrder`). Rows of each label are
    /// taken at random; of sets of labels, the rarest label is served first, and a row counts for all of its labels (as in
    /// Yang and Katiyar, "Simple and effective few-shot named entity recognition", EMNLP 2020), so that a label may have more.
    ///
    /// - Parameter targets: Of the N train rows.
    /// - Returns: Rows among these of each of `sizes`, each list the beginning of the next.
    /// - Throws: `SampleError` where train has too few.
    public func draw(
        _ number: Int, of targets: Targets, labels: LabelSpace, seed: UInt64
    ) throws(SampleError) -> [[Int]] {
        try check(targets, labels)
        var random = RandomStream(seed: seed, for: .trainSample(number: number))
        switch unit {
        case .rows:
            let order = stratifiedOrder(
                targets, labelCount: labels.count, count: sizes.last ?? 0, random: &random)
            return sizes.map { Array(order.prefix($0)) }
        case .perClass:
            return rowsOfEachLabel(targets, labelCount: labels.count, sizes: sizes, random: &random)
        }
    }

    private func check(_ targets: Targets, _ labels: LabelSpace) throws(SampleError) {
        switch unit {
        case .rows:
            if let size = sizes.first(where: { $0 >= targets.count }) {
                throw .tooManyRows(size: size, train: targets.count)
            }
        case .perClass:
            let counts = targets.labelCounts(labelCount: labels.count)
            let occurring = zip(labels.names, counts).filter { $0.1 > 0 }
            // What the rarest label has, all have.
            if let (name, count) = occurring.min(by: { $0.1 < $1.1 }),
                let size = sizes.first(where: { $0 > count })
            {
                throw .tooFewOfLabel(label: name, size: size, train: count)
            }
        }
    }

    /// What is worth knowing about samples of rows with these labels; nil for nothing.
    public func notice(labels: LabelSpace) -> String? {
        guard unit == .rows else { return nil }
        let small = sizes.filter { $0 < labels.count }
        guard let largest = small.last else { return nil }
        let rows = small.dropLast().map { "\($0), " }.joined() + counted(largest, "train row")
        return
            "samples of \(rows) cannot have a row of each of "
            + "the \(labels.count) labels; the most frequent have one"
    }
}

/// Why samples cannot be drawn from a train part.
public enum SampleError: Error, Equatable, Sendable {
    case tooManyRows(size: Int, train: Int)
    case tooFewOfLabel(label: String, size: Int, train: Int)
}

extension SampleError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .tooManyRows(let size, let train):
            "learning-curve, sizes: found \(size), expected fewer than the \(counted(train, "train row")); the whole train part is 'all'"
        case .tooFewOfLabel(let label, let size, let train):
            "learning-curve, per-class: found \(size), but train has \(counted(train, "row")) of '\(label)'"
        }
    }
}
