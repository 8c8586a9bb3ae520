import Learners
import SettingKeys

/// The learners that an entry may name, each by the key of its settings.
package enum LearnerKind: String, CaseIterable {
    case logistic, svm
    case naiveBayes = "naive-bayes"
    case naiveBayesSVM = "nb-svm"
    case neighbors = "knn"
    /// Logistic regression with the defaults of a head on an encoder's vectors.
    case head

    /// Those that `learner:` may name.
    static let named: [LearnerKind] = [.logistic, .svm, .naiveBayes, .naiveBayesSVM, .neighbors]

    /// What may stand under the key.
    var keys: KeyReference {
        isLinear ? KeyReference(ownKeys.entries + LabelSetKeys.keys.reference.entries) : ownKeys
    }

    private var ownKeys: KeyReference {
        switch self {
        case .logistic: LogisticOptions.keys.reference
        case .head: LogisticOptions.headKeys.reference
        case .svm: LinearSVMOptions.keys.reference
        case .naiveBayes: NaiveBayesOptions.keys.reference
        case .naiveBayesSVM: NaiveBayesSVMOptions.keys.reference
        case .neighbors: NearestNeighborsOptions.keys.reference
        }
    }

    private var isLinear: Bool {
        switch self {
        case .logistic, .svm, .naiveBayes, .naiveBayesSVM, .head: true
        case .neighbors: false
        }
    }

    /// Whether it takes features that are not below 0 alone.
    var needsCounts: Bool {
        switch self {
        case .naiveBayes, .naiveBayesSVM: true
        case .logistic, .svm, .neighbors, .head: false
        }
    }

    package func learner(_ settings: SettingsMapping) throws(SettingsError) -> Learner {
        try keys.check(settings)
        let base = try ownLearner(settings)
        return isLinear ? try LabelSetKeys.learner(base, settings) : base
    }

    /// Reads the keys of the learner itself.
    private func ownLearner(_ settings: SettingsMapping) throws(SettingsError) -> Learner {
        switch self {
        case .logistic: .logistic(try LogisticOptions.read(settings, LogisticOptions.keys))
        case .head: .logistic(try LogisticOptions.read(settings, LogisticOptions.headKeys))
        case .svm: .svm(try LinearSVMOptions.keys.readOwn(settings).values)
        case .naiveBayes: .naiveBayes(try NaiveBayesOptions.keys.readOwn(settings).values)
        case .naiveBayesSVM: .naiveBayesSVM(try NaiveBayesSVMOptions.keys.readOwn(settings).values)
        case .neighbors: .neighbors(try NearestNeighborsOptions.keys.readOwn(settings).values)
        }
    }
}

extension LogisticOptions {
    /// The keys of `logistic:`, which are scikit-learn's options with `-` for `_`, and of a layer trained by AdamW.
    static let keys = table(LogisticOptions())
    /// The keys of `head:`.
    static let headKeys = table(.head)

    private static func table(_ defaults: LogisticOptions) -> KeyTable<LogisticOptions> {
        KeyTable(defaults) {
            SettingKey(
                "solver", \.solver, .choice,
                "How it is fitted: by an exact solver (lbfgs and newton-cholesky agree), or by AdamW for a fixed number of epochs. newton-cholesky is for an encoder's vectors and for few terms."
            )
            SettingKey("class-weight", \.weighting, .labelWeighting, LabelWeighting.meaning)
            SettingKey(
                "C", \.C, .positive,
                "Exact solvers: the inverse of the regularization strength.")
            SettingKey("label-C", \.labelC, .labelNumbers, "Exact solvers: \(LabelNumbers.meaningOfC)")
            SettingKey(
                "penalty", \.penalty, .choice,
                "Exact solvers: the norm of the coefficients that is penalized; l1 has a solver of its own.")
            SettingKey(
                "multi-class", \.multiClass, .choice,
                "Exact solvers: one-vs-rest, or one multinomial (softmax) model.")
            SettingKey(
                "fit-intercept", \.fitIntercept, .flag, "Exact solvers: whether an intercept is fitted.")
            SettingKey(
                "tol", \.tolerance, .positive, "Exact solvers: the stopping tolerance on the gradient.")
            SettingKey(
                "max-iter", \.maxIterations, .count(atLeast: 1),
                "Exact solvers: the max number of iterations.")
            SettingKey("epochs", \.adamw.epochs, .count(atLeast: 1), "AdamW: the number of epochs.")
            SettingKey("learning-rate", \.adamw.learningRate, .positive, "AdamW: the learning rate.")
            SettingKey(
                "batch-size", \.adamw.batchSize, .count(atLeast: 1), "AdamW: the number of rows in a batch.")
            SettingKey("weight-decay", \.adamw.weightDecay, .nonNegative, "AdamW: the weight decay.")
            SettingKey(
                "pos-weight", \.adamw.posWeight, .positiveWeight,
                "AdamW, several labels a row: the weight of the positive rows of a label.")
            SettingKey(
                "initialization", \.adamw.initialization, .choice, "AdamW: the initial weights.")
        }
    }

    private static var exactKeys: [PartialKeyPath<LogisticOptions>] {
        [\.C, \.labelC, \.penalty, \.multiClass, \.fitIntercept, \.tolerance, \.maxIterations]
    }
    private static var trainedKeys: [PartialKeyPath<LogisticOptions>] {
        [
            \.adamw.epochs, \.adamw.learningRate, \.adamw.batchSize, \.adamw.weightDecay, \.adamw.posWeight,
            \.adamw.initialization,
        ]
    }

    /// Reads the keys of the solver that they name.
    fileprivate static func read(
        _ settings: SettingsMapping, _ table: KeyTable<LogisticOptions>
    ) throws(SettingsError) -> LogisticOptions {
        let keys = try table.readOwn(settings)
        try keys.forbid(keys.solver == .adamw ? exactKeys : trainedKeys) {
            "no '\($0)' with solver \(keys.solver.rawValue)"
        }
        if keys.penalty == .l1 {
            try keys.forbid([\.solver], expected: "no 'solver' with penalty l1, which has its own")
        }
        return keys.values
    }
}

extension LinearSVMOptions {
    /// The keys of `svm:`, which are scikit-learn's options with `-` for `_`.
    static let keys = KeyTable(LinearSVMOptions()) {
        SettingKey("C", \.C, .positive, "The inverse of the regularization strength.")
        SettingKey("label-C", \.labelC, .labelNumbers, LabelNumbers.meaningOfC)
        SettingKey("class-weight", \.weighting, .labelWeighting, LabelWeighting.meaning)
        SettingKey("fit-intercept", \.fitIntercept, .flag, "Whether an intercept is fitted.")
        SettingKey(
            "intercept-scaling", \.interceptScaling, .positive,
            "The constant feature whose coefficient is the intercept; the larger, the less the intercept is penalized."
        )
        SettingKey("tol", \.tolerance, .positive, "The stopping tolerance on the gradient.")
        SettingKey("max-iter", \.maxIterations, .count(atLeast: 1), "The max number of iterations.")
    }
}

extension NaiveBayesOptions {
    /// The keys of `naive-bayes:`, which are scikit-learn's options with `-` for `_`.
    static let keys = KeyTable(NaiveBayesOptions()) {
        SettingKey(
            "variant", \.variant, .choice,
            "Multinomial or complement naive Bayes.")
        SettingKey("alpha", \.alpha, .positive, "The additive (Laplace) smoothing.")
        SettingKey(
            "fit-prior", \.fitPrior, .flag,
            "Whether class priors are learnt from train; otherwise they are uniform.")
        SettingKey("norm", \.norm, .flag, "Whether the weights of the complement variant are normalized.")
        SettingKey("class-weight", \.weighting, .labelWeighting, LabelWeighting.meaning)
    }
}

extension NaiveBayesSVMOptions {
    /// The keys of `nb-svm:`; the defaults are the paper's.
    static let keys = KeyTable(NaiveBayesSVMOptions()) {
        SettingKey(
            "loss", \.loss, .choice,
            "What is minimised on the scaled features: a linear SVM's loss, which has no probabilities, or logistic regression's."
        )
        SettingKey("alpha", \.alpha, .positive, "What is added to each term's count in each class.")
        SettingKey(
            "beta", \.beta, .number("a number from 0 to 1", where: { (0...1).contains($0) }),
            "The share of the fitted coefficients; the rest is their mean size, which leaves naive Bayes.")
        SettingKey("C", \.C, .positive, "The inverse of the regularization strength.")
        SettingKey("label-C", \.labelC, .labelNumbers, LabelNumbers.meaningOfC)
        SettingKey("fit-intercept", \.fitIntercept, .flag, "Whether an intercept is fitted.")
        SettingKey("class-weight", \.weighting, .labelWeighting, LabelWeighting.meaning)
        SettingKey("tol", \.tolerance, .positive, "The stopping tolerance on the gradient.")
        SettingKey("max-iter", \.maxIterations, .count(atLeast: 1), "The max number of iterations.")
    }
}

extension NearestNeighborsOptions {
    /// The keys of `knn:`; `weights` and `metric` are scikit-learn's.
    static let keys = KeyTable(NearestNeighborsOptions()) {
        SettingKey("neighbors", \.neighbors, .count(atLeast: 1), "How many rows of train vote.")
        SettingKey(
            "weights", \.weights, .choice,
            "What a vote counts: 1, or 1 / distance, where rows at distance 0 count alone.")
        SettingKey("metric", \.metric, .choice, "How far two rows are apart.")
    }
}

/// Options by which rows count by their labels.
private protocol WeighsLabels {
    var classWeight: ClassWeight { get set }
    var labelWeights: [String: Double] { get set }
}

extension LogisticOptions: WeighsLabels {}
extension LinearSVMOptions: WeighsLabels {}
extension NaiveBayesOptions: WeighsLabels {}
extension NaiveBayesSVMOptions: WeighsLabels {}

extension WeighsLabels {
    fileprivate var weighting: LabelWeighting {
        get { LabelWeighting(rule: classWeight, byLabel: labelWeights) }
        set { (classWeight, labelWeights) = (newValue.rule, newValue.byLabel) }
    }
}

/// How much the rows of each label count: by a rule, or as it is said of single labels.
private struct LabelWeighting: Sendable {
    static let meaning =
        "The weight of the rows of each label: 1, inverse to the label's frequency, or as listed; labels not listed have 1."

    var rule: ClassWeight
    var byLabel: [String: Double]
}

/// A number above 0 for each of some labels.
private enum LabelNumbers {
    static let meaningOfC = "C of single labels, where each is fitted by itself; labels not listed have C."

    static func read(_ setting: Setting) throws(SettingsError) -> [String: Double] {
        var numbers: [String: Double] = [:]
        for (label, number) in try setting.mappingWithAnyKeys().entries {
            numbers[label] = try number.positiveDouble()
        }
        return numbers
    }
}

extension ValueForm<[String: Double]> {
    fileprivate static var labelNumbers: ValueForm {
        ValueForm("a mapping {LABEL: number, ...}", spell: { _ in "none" }) {
            (setting) throws(SettingsError) in try LabelNumbers.read(setting)
        }
    }
}

extension ValueForm<LabelWeighting> {
    fileprivate static var labelWeighting: ValueForm {
        ValueForm("none, balanced, or a mapping {LABEL: weight, ...}", spell: { $0.rule.rawValue }) {
            (setting) throws(SettingsError) in
            guard case .mapping = setting.value else {
                return LabelWeighting(rule: try setting.oneOf(), byLabel: [:])
            }
            return LabelWeighting(rule: .none, byLabel: try LabelNumbers.read(setting))
        }
    }
}

extension ValueForm<PosWeight> {
    static var positiveWeight: ValueForm {
        let form = "none, balanced or a number above 0"
        return ValueForm(
            form,
            spell: {
                switch $0 {
                case .none: "none"
                case .balanced: "balanced"
                case .number(let number): "\(number)"
                }
            }
        ) { (setting) throws(SettingsError) in
            switch try setting.string() {
            case "none": return .none
            case "balanced": return .balanced
            default:
                guard let number = try? setting.positiveDouble() else {
                    throw setting.badValue(expected: form)
                }
                return .number(number)
            }
        }
    }
}
