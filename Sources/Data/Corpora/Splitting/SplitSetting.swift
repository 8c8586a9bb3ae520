import SettingKeys

/// What the `split:` of an experiment says: how rows are divided once, or how they are dealt into folds.
///
///     split: official
///     split: {official: true, validation: 0.1, seed: 42}       # carved from official train
///     split: {train: 0.7, validation: 0.15, test: 0.15, stratify: labels, seed: 42}
///     split: {folds: 5, repeats: 2, validation: 0.15, stratify: labels, group-by: duplicates, seed: 42}
///
/// Beside `folds`, `validation` is a share of the rows that are not in a fold; 0 for no validation part.
public struct SplitSetting: Sendable {
    /// Nil where rows are dealt into folds.
    public let plan: SplitPlan?
    /// Nil where rows are divided once.
    public let folds: FoldPlan?
    /// Whether it says that official parts are not to be kept.
    public let refusesOfficialParts: Bool

    public init(setting: Setting) throws(SettingsError) {
        if case .scalar(let text, _) = setting.value {
            guard text == "official" else {
                throw setting.badValue(
                    expected:
                        "'official' or shares, such as {train: 0.7, validation: 0.15, test: 0.15, seed: 42}, which deal rows at random"
                )
            }
            (plan, folds, refusesOfficialParts) = (.official, nil, false)
            return
        }
        let keys = try SplitPlan.keys.read(setting)
        refusesOfficialParts = keys.official == false
        folds = try keys.folds.map { (count) throws(SettingsError) in try FoldPlan(keys, count: count) }
        plan = try folds == nil ? SplitPlan(keys) : nil
    }
}
