import Learners
import SettingKeys

extension HeadOptions {
    /// The keys of `head:`.
    static let keys = KeyTable(HeadOptions()) {
        SettingKey(
            "solver", \.solver, .choice,
            "What fits the head: two exact solvers, which agree, or AdamW over some epochs, as notebooks have it."
        )
        SettingKey(
            "class-weight", \.classWeight, .choice,
            "Whether rows count alike, or each label the same in all.")
        SettingKey(
            "C", \.C, .positive,
            "Exact solvers: the inverse of the penalty's strength: the smaller, the stronger.")
        SettingKey("fit-intercept", \.fitIntercept, .flag, "Exact solvers: whether there is an intercept.")
        SettingKey("tol", \.tolerance, .positive, "Exact solvers: the gradient at which they stop.")
        SettingKey(
            "max-iter", \.maxIterations, .count(atLeast: 1),
            "Exact solvers: the steps after which they give up.")
        SettingKey("epochs", \.adamw.epochs, .count(atLeast: 1), "AdamW: how often it sees every row.")
        SettingKey("learning-rate", \.adamw.learningRate, .positive, "AdamW: the learning rate.")
        SettingKey("batch-size", \.adamw.batchSize, .count(atLeast: 1), "AdamW: the rows of a step.")
        SettingKey("weight-decay", \.adamw.weightDecay, .nonNegative, "AdamW: the decay of the weights.")
        SettingKey(
            "pos-weight", \.adamw.posWeight, .positiveWeight,
            "AdamW, several labels a row: how much the presence of a label counts.")
        SettingKey(
            "initialization", \.adamw.initialization, .choice, "AdamW: the weights that it begins with.")
    }

    private static var exactKeys: [PartialKeyPath<HeadOptions>] {
        [\.C, \.fitIntercept, \.tolerance, \.maxIterations]
    }
    private static var trainedKeys: [PartialKeyPath<HeadOptions>] {
        [
            \.adamw.epochs, \.adamw.learningRate, \.adamw.batchSize, \.adamw.weightDecay, \.adamw.posWeight,
            \.adamw.initialization,
        ]
    }

    /// Reads the `head:` of a contestant: the keys of the solver that it names.
    init(setting: Setting) throws(SettingsError) {
        let keys = try HeadOptions.keys.read(setting)
        self = keys.values
        for path in solver == .adamw ? HeadOptions.exactKeys : HeadOptions.trainedKeys {
            try keys.forbid([path], expected: "no '\(keys.keyName(path))' with solver \(solver.rawValue)")
        }
    }
}

extension ValueForm<HeadOptions> {
    static var head: ValueForm {
        ValueForm("a mapping", keys: { HeadOptions.keys.reference }) { (setting) throws(SettingsError) in
            try HeadOptions(setting: setting)
        }
    }
}

extension ValueForm<AdamWOptions.PosWeight> {
    fileprivate static var positiveWeight: ValueForm {
        ValueForm(
            "none, balanced or a number above 0",
            spell: {
                switch $0 {
                case .none: "none"
                case .balanced: "balanced"
                case .number(let number): "\(number)"
                }
            }
        ) { (setting) throws(SettingsError) in
            switch try setting.string() {
            case "none": .none
            case "balanced": .balanced
            default: .number(try setting.positiveDouble())
            }
        }
    }
}
