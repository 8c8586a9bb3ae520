import SettingKeys

extension SplitPlan {
    /// The values of the keys of `split:`.
    package struct Keys: Sendable {
        package var official: Bool?
        var train: Double?
        var validation: Double?
        var test: Double?
        var stratify = Stratification.labels
        var seed = SplitPlan.defaultSeed
        var groupBy: Grouping?
        var folds: Int?
        var repeats: Int?
    }

    /// The keys of `split:`, where it is a mapping and not `official`.
    package static let keys = KeyTable(Keys()) {
        SettingKey(
            "official", \.official, .flag, absent: "false",
            "Whether rows keep the parts that the dataset came with; `validation` and `test` are then shares of the train rows, 0 by default, for parts that it lacks. `false` splits rows at random that have official parts."
        )
        SettingKey(
            "train", \.train, .share, absent: "\(SplitShares.usual[.train]) if no share is given, else 0",
            "The share of the train rows. The three shares sum to 1.")
        SettingKey(
            "validation", \.validation, .share,
            absent: "\(FoldPlan.defaultValidation) if no share is given, or with `folds`; else 0",
            "The share of the validation rows, on which settings and thresholds are chosen; with `folds`, a share of the rows outside the fold."
        )
        SettingKey(
            "test", \.test, .share, absent: "\(SplitShares.usual[.test]) if no share is given, else 0",
            "The share of the test rows.")
        SettingKey(
            "stratify", \.stratify, .choice,
            "What has the same distribution in all parts: the labels, the number of labels a row, or nothing."
        )
        SettingKey(
            "seed", \.seed, .seed, "The seed of the split; the contestants' seed is `seed`.")
        SettingKey(
            "group-by", \.groupBy, .choice, absent: "rows are dealt one by one",
            "Which rows are kept in one part: those of equal texts, of nearly equal texts, or of one value in the column `group`."
        )
        SettingKey(
            "folds", \.folds, .count(atLeast: 2), absent: "rows are split once",
            "The number of folds; each is the test part once."
        )
        SettingKey(
            "repeats", \.repeats, .count(in: 1...FoldPlan.maxRepeats), absent: "1",
            "How often the rows are dealt into `folds`, with `seed` and the seeds that follow it.")
    }

    /// What a `split:` without `folds` means.
    init(_ keys: ReadSettings<Keys>) throws(SettingsError) {
        let official = keys.official == true
        let (validation, test) = (keys.validation ?? 0, keys.test ?? 0)
        if official, validation + test == 0 {
            try keys.forbid([\.groupBy], expected: "no grouping of official parts, which stay as they are")
        }
        try keys.forbid(
            [\.repeats],
            expected: "no 'repeats' without 'folds'; 'bakeoff run --seeds N' repeats a run on one split")
        if official { try keys.forbid([\.train], expected: "no share of train beside 'official: true'") }
        do throws(SplitError) {
            if official {
                self = try .official(
                    carvingValidation: validation, test: test, stratify: keys.stratify,
                    seed: keys.seed, groupBy: keys.groupBy)
            } else {
                let shares: [PartialKeyPath<Keys>] = [\.train, \.validation, \.test]
                let isShared = shares.contains { keys.setting($0) != nil }
                self.init(
                    shares: isShared
                        ? try SplitShares(train: keys.train ?? 0, validation: validation, test: test)
                        : .usual,
                    stratify: keys.stratify, seed: keys.seed, groupBy: keys.groupBy)
            }
        } catch {
            throw .badValue(
                keys.mapping.setting.place, key: keys.mapping.setting.key,
                found: "shares of \(keys.train ?? 0), \(validation) and \(test)",
                expected: official
                    ? "at most 1 together"
                    : "train, validation and test that sum to 1, or none of them for \(SplitShares.usual); to take "
                        + "validation alone out of official train files: {official: true, validation: 0.1}")
        }
    }
}

extension ValueForm<Double> {
    /// A part of a whole.
    fileprivate static var share: ValueForm { .number("a share from 0 to 1") { (0...1).contains($0) } }
}
