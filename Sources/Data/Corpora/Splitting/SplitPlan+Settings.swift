import SettingKeys

extension SplitPlan {
    /// The keys of `split:`.
    public static let keys = [
        "official", "train", "validation", "test", "stratify", "seed", "group-by", "folds",
    ]

    /// Reads the `split:` of an experiment:
    ///
    ///     split: official
    ///     split: {official: true, validation: 0.1, seed: 42}       # carved from official train
    ///     split: {train: 0.7, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
    ///
    /// For `folds:` see `FoldPlan`.
    ///
    /// An absent share is 0, or the usual one where none is given; `official: false` deals rows anew that have official
    /// parts; `stratify` is `labels`, `label-count` or `none`; `group-by` is `duplicates`,
    /// `near-duplicates` or `group`.
    public init(setting: Setting) throws(SettingsError) {
        if case .scalar("official", _) = setting.value {
            self = .official
            return
        }
        if case .scalar = setting.value {
            throw setting.badValue(
                expected:
                    "'official' or shares, such as {train: 0.7, validation: 0.15, test: 0.15, seed: 42}, which deal rows at random"
            )
        }
        let mapping = try setting.mapping(known: SplitPlan.keys)
        let official = try mapping["official"]?.bool() ?? false
        let train = try mapping["train"]?.share()
        let validation = try mapping["validation"]?.share() ?? 0
        let test = try mapping["test"]?.share() ?? 0
        let stratify = try mapping["stratify"]?.oneOf(Stratification.self) ?? .labels
        let seed = try mapping["seed"]?.seed() ?? SplitPlan.defaultSeed
        let groupBy = try mapping["group-by"]?.oneOf(Grouping.self)
        if let grouping = mapping["group-by"], official, validation + test == 0 {
            throw grouping.badValue(expected: "no grouping of official parts, which stay as they are")
        }
        do {
            if official {
                if let train = mapping["train"] {
                    throw train.badValue(expected: "no share of train beside 'official: true'")
                }
                self = try .official(
                    carvingValidation: validation, test: test, stratify: stratify, seed: seed,
                    groupBy: groupBy)
            } else {
                let isShared = ["train", "validation", "test"].contains { mapping[$0] != nil }
                let shares =
                    isShared
                    ? try SplitShares(train: train ?? 0, validation: validation, test: test) : .usual
                self.init(shares: shares, stratify: stratify, seed: seed, groupBy: groupBy)
            }
        } catch let error as SettingsError {
            throw error
        } catch {
            throw .badValue(
                setting.place, key: setting.key,
                found: "shares of \(train ?? 0), \(validation) and \(test)",
                expected: official
                    ? "at most 1 together"
                    : "train, validation and test that sum to 1, or none of them for \(SplitShares.usual); to take "
                        + "validation alone out of official train files: {official: true, validation: 0.1}")
        }
    }
}

extension Setting {
    func share() throws(SettingsError) -> Double {
        let share = try double()
        guard (0...1).contains(share) else { throw badValue(expected: "a share from 0 to 1") }
        return share
    }
}
