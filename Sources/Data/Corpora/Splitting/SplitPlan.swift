/// How a corpus is split: by shares, by the parts it came with, or with one of several folds as its test part.
public struct SplitPlan: Codable, Equatable, Sendable {
    /// Whether rows keep the parts that the corpus came with.
    public let official: Bool
    /// Of all rows, with `official` of the official train rows, with `fold` of the rows of the other folds: how many go to
    /// each part.
    public let shares: SplitShares
    public let stratify: Stratification
    public let seed: UInt64
    /// What is never divided between parts; nil for single rows.
    public let groupBy: Grouping?

    /// The fold that is the test part; nil where rows are split once.
    public let fold: Fold?

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
        self.init(official: false, shares: shares, stratify: stratify, seed: seed, groupBy: groupBy)
    }

    /// One fold of a plan as the test part.
    /// - Parameter seed: Of the dealing that the fold is of.
    init(fold: Fold, of plan: FoldPlan, seed: UInt64) {
        self.init(
            official: false, shares: plan.shares, stratify: plan.stratify, seed: seed,
            groupBy: plan.groupBy, fold: fold)
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
        official: Bool, shares: SplitShares, stratify: Stratification, seed: UInt64, groupBy: Grouping?,
        fold: Fold? = nil
    ) {
        self.fold = fold
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
            ("fold", fold.map { "\($0)" } ?? "none", new.fold.map { "\($0)" } ?? "none"),
        ]
        return pairs.filter { $1 != $2 }.map { "\($0): stored \($1), now \($2)" }
    }
}

extension SplitPlan: CustomStringConvertible {
    /// As a report tells it, such as `0.7/0.15/0.15, stratified by labels, seed 42`.
    public var description: String {
        if let fold, let folds { return "\(fold), \(folds.dealing("its"))" }
        let dealing = SplitPlan.dealing(stratify, groupBy)
        if !official { return "\(shares), \(dealing), seed \(seed)" }
        if shares == .allTrain { return "official" }
        return "official, with \(shares) of its train rows, \(dealing), seed \(seed)"
    }

    /// What is alike in all parts, in words.
    static func dealing(_ stratify: Stratification, _ groupBy: Grouping?) -> String {
        (stratify == .none ? "not stratified" : "stratified by \(stratify.rawValue)")
            + (groupBy.map { ", grouped by \($0.rawValue)" } ?? "")
    }
}
