import SettingKeys

extension FoldPlan {
    /// Reads the `split:` of an experiment where it has `folds`; nil where it has none:
    ///
    ///     split: {folds: 5, validation: 0.15, stratify: labels, group-by: duplicates, seed: 42}
    ///
    /// `validation` is a share of the rows that are not in a fold; 0 for no validation part.
    public init?(setting: Setting) throws(SettingsError) {
        if case .scalar = setting.value { return nil }
        let mapping = try setting.mapping(known: SplitPlan.keys)
        guard let folds = mapping["folds"] else { return nil }
        for key in ["train", "test"] {
            if let share = mapping[key] {
                throw share.badValue(expected: "no '\(key)' beside 'folds': each fold is tested on once")
            }
        }
        if let official = mapping["official"], try official.bool() {
            throw official.badValue(expected: "no official parts beside 'folds', which deal all rows")
        }
        let validation = mapping["validation"]
        do {
            try self.init(
                count: try folds.int(atLeast: 2),
                validation: try validation?.share() ?? FoldPlan.defaultValidation,
                stratify: try mapping["stratify"]?.oneOf(SplitPlan.Stratification.self) ?? .labels,
                seed: try mapping["seed"]?.seed() ?? SplitPlan.defaultSeed,
                groupBy: try mapping["group-by"]?.oneOf(SplitPlan.Grouping.self))
        } catch let error as SettingsError {
            throw error
        } catch {
            throw (validation ?? setting).badValue(expected: "a share below 1, so that train has rows")
        }
    }
}
