import SettingKeys

extension FoldPlan {
    /// What a `split:` with `folds` means.
    init(_ keys: ReadSettings<SplitPlan.Keys>, count: Int) throws(SettingsError) {
        try keys.forbid([\.train, \.test]) { "no '\($0)' beside 'folds': each fold is tested on once" }
        if keys.official == true {
            try keys.forbid([\.official], expected: "no official parts beside 'folds', which deal all rows")
        }
        do throws(SplitError) {
            try self.init(
                count: count, repeats: keys.repeats ?? 1,
                validation: keys.validation ?? FoldPlan.defaultValidation,
                stratify: keys.stratify, seed: keys.seed, groupBy: keys.groupBy)
        } catch {
            throw (keys.setting(\.validation) ?? keys.mapping.setting).badValue(
                expected: "a share below 1, so that train has rows")
        }
    }
}
