/// How a corpus is split: by shares, or by the parts it came with.
public struct SplitPlan: Codable, Equatable, Sendable {
    /// Whether rows keep the parts that the corpus came with.
    public let official: Bool
    /// Of all rows, or with `official` of the official train rows: how many go to each part.
    public let shares: SplitShares
    public let stratify: Stratification
    public let seed: UInt64
    /// What is never divided between parts; nil for single rows.
    public let groupBy: Grouping?

    /// What should be alike in all parts.
    public enum Stratification: String, Codable, CaseIterable, Sendable {
        /// The share of each label.
        case labels
        /// The share of rows with no label, with one, with two, ...
        case labelCount = "label-count"
        /// Nothing: rows are dealt at random.
        case none
    }

    /// The seed of a plan that names none.
    public static let defaultSeed: UInt64 = 42

    /// A new split.
    public init(
        shares: SplitShares, stratify: Stratification = .labels, seed: UInt64 = SplitPlan.defaultSeed,
        groupBy: Grouping? = nil
    ) {
        official = false
        self.shares = shares
        self.stratify = stratify
        self.seed = seed
        self.groupBy = groupBy
    }

    /// For who has no wish: 70 / 15 / 15, stratified by labels.
    public static let usual = SplitPlan(shares: .usual)

    /// The official parts as they are.
    public static let official = SplitPlan(
        official: true, shares: .allTrain, stratify: .labels, seed: SplitPlan.defaultSeed, groupBy: nil)

    /// The official parts, and those that they lack carved from the official train rows.
    ///
    /// - Parameters:
    ///   - validation: The share of the official train rows that becomes validation.
    ///   - test: The share of the official train rows that becomes test.
    /// - Throws: `SplitError.badShares` when a share is negative or they exceed 1 together.
    public static func official(
        carvingValidation validation: Double, test: Double = 0,
        stratify: Stratification = .labels, seed: UInt64 = SplitPlan.defaultSeed, groupBy: Grouping? = nil
    ) throws(SplitError) -> SplitPlan {
        let shares = try SplitShares(validation: validation, test: test)
        // Where nothing is dealt, seed and stratification make no difference between plans.
        if shares.parts == [.train] { return .official }
        return SplitPlan(
            official: true, shares: shares, stratify: stratify, seed: seed, groupBy: groupBy)
    }

    private init(
        official: Bool, shares: SplitShares, stratify: Stratification, seed: UInt64, groupBy: Grouping?
    ) {
        self.official = official
        self.shares = shares
        self.stratify = stratify
        self.seed = seed
        self.groupBy = groupBy
    }
}

extension SplitPlan {
    /// What is different in `new`, in words.
    func differences(now new: SplitPlan) -> [String] {
        let pairs = [
            ("official", "\(official)", "\(new.official)"),
            ("shares", shares.description, new.shares.description),
            ("stratify", stratify.rawValue, new.stratify.rawValue),
            ("seed", "\(seed)", "\(new.seed)"),
            ("group-by", groupBy?.rawValue ?? "none", new.groupBy?.rawValue ?? "none"),
        ]
        return pairs.filter { $1 != $2 }.map { "\($0): stored \($1), now \($2)" }
    }
}

extension SplitPlan: CustomStringConvertible {
    /// As a report tells it, such as `0.7/0.15/0.15, stratified by labels, seed 42`.
    public var description: String {
        var dealing = stratify == .none ? "not stratified" : "stratified by \(stratify.rawValue)"
        if let groupBy { dealing += ", grouped by \(groupBy.rawValue)" }
        if !official { return "\(shares), \(dealing), seed \(seed)" }
        if shares == .allTrain { return "official" }
        return "official, with \(shares) of its train rows, \(dealing), seed \(seed)"
    }
}
