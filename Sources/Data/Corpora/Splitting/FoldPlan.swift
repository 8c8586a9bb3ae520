import DeterministicWork
import Labels

/// How rows are dealt into folds, once or several times: each fold is the test part of one split, and the other folds of its
/// dealing are its train part.
public struct FoldPlan: Equatable, Sendable {
    /// How many folds each dealing has, at least 2.
    public let count: Int
    /// How often the rows are dealt, at least once.
    public let repeats: Int
    /// Of each split's train rows: how many of them become validation.
    public let shares: SplitShares
    public let stratify: SplitPlan.Stratification
    /// Of the first dealing; those that follow have the seeds that follow.
    public let seed: UInt64
    /// What is never divided between folds; nil for single rows.
    public let groupBy: SplitPlan.Grouping?

    /// The share of each split's train rows that becomes validation where none is named.
    public static let defaultValidation = 0.15

    /// How often rows are dealt at most.
    package static let maxRepeats = 1000

    /// - Parameter validation: A share of each split's train rows; 0 for no validation part.
    /// - Throws: `SplitError.badShares` for one that is negative or leaves no train row.
    public init(
        count: Int, repeats: Int = 1, validation: Double = FoldPlan.defaultValidation,
        stratify: SplitPlan.Stratification = .labels, seed: UInt64 = SplitPlan.defaultSeed,
        groupBy: SplitPlan.Grouping? = nil
    ) throws(SplitError) {
        precondition((1...Self.maxRepeats).contains(repeats))
        shares = try SplitShares(validation: validation, test: 0)
        if !shares.parts.contains(.train) {
            throw .badShares(train: 0, validation: validation, test: 0)
        }
        (self.count, self.repeats, self.stratify, self.seed, self.groupBy) =
            (count, repeats, stratify, seed, groupBy)
    }

    fileprivate init(_ split: SplitPlan, count: Int) {
        (self.count, repeats, shares, stratify, seed, groupBy) =
            (count, 1, split.shares, split.stratify, split.seed, split.groupBy)
    }

    /// How many splits there are: one a fold of each dealing.
    ///
    /// - Precondition: `check` found the folds to be no more than the rows.
    public var splitCount: Int { count * repeats }

    /// The split whose test part is one of the folds.
    /// - Parameter index: From 0; those of the second dealing follow those of the first.
    public func plan(ofFold index: Int) -> SplitPlan {
        precondition(index >= 0 && index / count < repeats)
        return SplitPlan(
            fold: Fold(index: index % count, count: count), of: self, seed: seed &+ UInt64(index / count))
    }

    /// - Throws: `SplitError.badFolds` when there are less than 2 folds or more than rows.
    public func check(rows: Int) throws(SplitError) {
        guard count >= 2, count <= rows else { throw .badFolds(folds: count, rows: rows) }
    }

    /// Divides rows into the first dealing's folds of about N / k rows, every label with about the same share in each.
    ///
    /// Classes are stratified to within one row of each fold's share; sets of labels iteratively.
    ///
    /// - Parameters:
    ///   - targets: What each of N rows is labelled.
    ///   - labelCount: K, the number of labels.
    ///   - groups: The group of each row, where they are dealt by groups.
    /// - Returns: The fold of each row, from 0. Shape: [N].
    /// - Throws: `SplitError.badFolds` when there are less than 2 folds or more than rows, `.tooFewGroups` when a fold is
    ///   left without rows.
    public func folds(
        of targets: Targets, labelCount: Int, groups: [Int]? = nil
    ) throws(SplitError) -> [Int] {
        try check(rows: targets.count)
        let folds = dealt(
            targets, labelCount: labelCount, stratify: stratify, weights: Array(repeating: 1, count: count),
            groups: groups, random: RandomStream(seed: seed, for: .folds))
        if Set(folds).count < count {
            throw .tooFewGroups(label: nil, rows: folds.count, groups: Set(groups ?? folds).count)
        }
        return folds
    }
}

extension SplitPlan {
    /// The plan of the folds of which one is the test part; nil where rows are split once.
    var folds: FoldPlan? { fold.map { FoldPlan(self, count: $0.count) } }
}

extension FoldPlan: CustomStringConvertible {
    /// As a report tells it, such as `5 folds, 0.15 of each one's train rows for validation, stratified by labels, seed 42`.
    public var description: String {
        (repeats > 1 ? "\(repeats) times " : "") + "\(count) folds, \(dealing("each one's"))"
            + (repeats > 1 ? " and those that follow" : "")
    }

    /// How rows are dealt, in words.
    /// - Parameter whose: Whose train rows validation is taken from.
    func dealing(_ whose: String) -> String {
        let carved =
            shares[.validation] > 0 ? "\(shares[.validation]) of \(whose) train rows for validation, " : ""
        return carved + "\(SplitPlan.dealing(stratify, groupBy)), seed \(seed)"
    }
}

/// One of several folds.
public struct Fold: Codable, Equatable, Sendable {
    /// From 0.
    public let index: Int
    public let count: Int

    public init(index: Int, count: Int) {
        self.index = index
        self.count = count
    }
}

extension Fold: CustomStringConvertible {
    /// Such as `fold 0 (of 5)`.
    public var description: String { "fold \(index) (of \(count))" }
}
