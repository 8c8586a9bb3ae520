import Learners
import SettingKeys

extension LogisticOptions {
    /// The keys of `logistic:`, which are scikit-learn's options with `-` for `_`.
    static let keys = KeyTable(LogisticOptions()) {
        SettingKey("C", \.C, .positive, "The inverse of the penalty's strength: the smaller, the stronger.")
        SettingKey("penalty", \.penalty, .choice, "The norm of the coefficients that is penalized.")
        SettingKey("class-weight", \.weighting, .labelWeighting, LabelWeighting.meaning)
        SettingKey(
            "multi-class", \.multiClass, .choice,
            "Whether several classes are learnt one against the rest each, or together.")
        SettingKey("fit-intercept", \.fitIntercept, .flag, "Whether there is an intercept.")
        SettingKey("tol", \.tolerance, .positive, "The gradient at which the solver stops.")
        SettingKey("max-iter", \.maxIterations, .count(atLeast: 1), "The steps after which it gives up.")
    }

    fileprivate var weighting: LabelWeighting {
        get { LabelWeighting(rule: classWeight, byLabel: labelWeights) }
        set { (classWeight, labelWeights) = (newValue.rule, newValue.byLabel) }
    }
}

extension LinearSVMOptions {
    /// The keys of `svm:`, which are scikit-learn's options with `-` for `_`.
    static let keys = KeyTable(LinearSVMOptions()) {
        SettingKey("C", \.C, .positive, "The inverse of the penalty's strength: the smaller, the stronger.")
        SettingKey("class-weight", \.weighting, .labelWeighting, LabelWeighting.meaning)
        SettingKey("fit-intercept", \.fitIntercept, .flag, "Whether there is an intercept.")
        SettingKey(
            "intercept-scaling", \.interceptScaling, .positive,
            "The constant feature whose coefficient is the intercept; the larger, the less the intercept is penalized."
        )
        SettingKey("tol", \.tolerance, .positive, "The gradient at which the solver stops.")
        SettingKey("max-iter", \.maxIterations, .count(atLeast: 1), "The steps after which it gives up.")
    }

    fileprivate var weighting: LabelWeighting {
        get { LabelWeighting(rule: classWeight, byLabel: labelWeights) }
        set { (classWeight, labelWeights) = (newValue.rule, newValue.byLabel) }
    }
}

extension NaiveBayesOptions {
    /// The keys of `naive-bayes:`, which are scikit-learn's options with `-` for `_`.
    static let keys = KeyTable(NaiveBayesOptions()) {
        SettingKey(
            "variant", \.variant, .choice,
            "Whether a class is described by its own rows, or by those of all others.")
        SettingKey("alpha", \.alpha, .positive, "What is added to every count, so that none is 0.")
        SettingKey("fit-prior", \.fitPrior, .flag, "Whether classes have their shares of train as priors.")
        SettingKey("norm", \.norm, .flag, "Whether the weights of the complement variant are normalized.")
        SettingKey("class-weight", \.weighting, .labelWeighting, LabelWeighting.meaning)
    }

    fileprivate var weighting: LabelWeighting {
        get { LabelWeighting(rule: classWeight, byLabel: labelWeights) }
        set { (classWeight, labelWeights) = (newValue.rule, newValue.byLabel) }
    }
}

/// How much the rows of each label count: by a rule, or as it is said of single labels.
private struct LabelWeighting: Sendable {
    static let meaning =
        "How much rows count by their label: alike, each label the same in all, or by a weight for each label that is not to count 1."

    var rule: LogisticOptions.ClassWeight
    var byLabel: [String: Double]
}

extension ValueForm<LabelWeighting> {
    fileprivate static var labelWeighting: ValueForm {
        ValueForm("none, balanced, or a mapping {LABEL: weight, ...}", spell: { $0.rule.rawValue }) {
            (setting) throws(SettingsError) in
            guard case .mapping(let entries) = setting.value else {
                return LabelWeighting(rule: try setting.oneOf(), byLabel: [:])
            }
            var weights: [String: Double] = [:]
            for (label, weight) in entries { weights[label] = try weight.positiveDouble() }
            return LabelWeighting(rule: .none, byLabel: weights)
        }
    }
}
