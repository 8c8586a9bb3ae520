import Learners
import SettingKeys

/// The keys that each linear learner has besides its own, for rows with several labels.
struct LabelSetKeys: Sendable {
    /// From which score on a label is given.
    enum Thresholds: String, CaseIterable {
        case none, scutfbr
    }

    var chain: ClassifierChainOptions.Order?
    var chainMethod = ClassifierChainOptions().chainMethod
    var thresholds = Thresholds.none
    var folds = SCutFBROptions().folds

    static let keys = KeyTable(LabelSetKeys()) {
        SettingKey(
            "chain", \.chain, .chain,
            "Several labels a row: a classifier chain, in which each label reads the features and the labels before it; the order of the label space, a random one, or a list of all labels."
        )
        SettingKey(
            "chain-method", \.chainMethod, .choice,
            "What a label of the chain reads of earlier ones: whether they are predicted, or their probabilities."
        )
        SettingKey(
            "thresholds", \.thresholds, .choice,
            "Several labels a row: scutfbr gives each label a threshold that is chosen by cross-validation on train, and a high one to a label of which too little is known."
        )
        SettingKey(
            "threshold-folds", \.folds, .count(atLeast: 2),
            "scutfbr: the folds of the cross-validation; the learner is fitted F² + 2 F + 1 times for F folds."
        )
    }

    /// The learner that a mapping with these keys, among others, makes of a linear one.
    static func learner(_ base: Learner, _ settings: SettingsMapping) throws(SettingsError) -> Learner {
        let keys = try keys.readOwn(settings)
        if keys.thresholds == .none {
            try keys.forbid([\.folds], expected: "no 'threshold-folds' without thresholds scutfbr")
        }
        guard let order = keys.chain else {
            try keys.forbid([\.chainMethod], expected: "no 'chain-method' without a chain")
            if keys.thresholds == .none { return base }
            var options = SCutFBROptions()
            options.folds = keys.folds
            return .thresholded(base, options)
        }
        if keys.thresholds != .none, let given = keys.setting(\.thresholds) {
            throw given.badValue(expected: "none with a chain, whose labels depend on those before them")
        }
        if keys.chainMethod == .predictProbabilities, !base.isProbabilistic,
            let given = keys.setting(\.chainMethod)
        {
            throw given.badValue(expected: "predict, as this learner has no probabilities")
        }
        var options = ClassifierChainOptions()
        (options.order, options.chainMethod) = (order, keys.chainMethod)
        return .chain(base, options)
    }
}

extension ValueForm<ClassifierChainOptions.Order?> {
    /// Nil for none.
    fileprivate static var chain: ValueForm {
        let form = "none, labels, random, or a list of all labels"
        return ValueForm(form, spell: { _ in "none" }) { (setting) throws(SettingsError) in
            if case .list = setting.value {
                return .given(try setting.strings())
            }
            switch try setting.string() {
            case "none": return nil
            case "labels": return .labels
            case "random": return .random
            default: throw setting.badValue(expected: form)
            }
        }
    }
}
