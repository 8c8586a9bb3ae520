import SettingKeys

extension FoldPlan {
    /// Reads the `split:` of an experiment where it has `folds`; nil where it has none:
    ///
    ///     split: {folds: 5, validation: 0.15, stratify: labels, group-by: duplicates, seed: 42}
    ///
    /// `validation` is a share of the rows that are not in a fold; 0 for no validation part.
    public init?(setting: Setting) throws(SettingsError) {
        if case .scalar = setting.value { return nil }
        let keys = try SplitPlan.keys.read(setting)
        guard let folds = keys.folds else { return nil }
        for path: PartialKeyPath<SplitPlan.Keys> in [\.train, \.test] {
            try keys.forbid(
                [path], expected: "no '\(keys.keyName(path))' beside 'folds': each fold is tested on once")
        }
        if keys.official == true {
            try keys.forbid([\.official], expected: "no official parts beside 'folds', which deal all rows")
        }
        do throws(SplitError) {
            try self.init(
                count: folds, validation: keys.validation ?? FoldPlan.defaultValidation,
                stratify: keys.stratify, seed: keys.seed, groupBy: keys.groupBy)
        } catch {
            throw (keys.setting(\.validation) ?? setting).badValue(
                expected: "a share below 1, so that train has rows")
        }
    }
}
