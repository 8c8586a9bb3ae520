import Encoders
import Labels
import SettingKeys
import TextClassifiers

extension FineTuningOptions {
    /// The keys of `training:`.
    static let trainingKeys = [
        "epochs", "batch-size", "gradient-accumulation", "learning-rate", "weight-decay", "schedule",
        "step-size",
        "gamma", "warmup", "max-grad-norm", "best-by", "greater-is-better", "early-stopping",
        "evaluate-every", "freeze",
        "dropout", "shuffle", "class-weight", "pos-weight", "label-smoothing", "log-every", "mixing",
        "task-weights",
    ]

    /// The keys that choose on validation.
    static let choosingKeys = ["best-by", "greater-is-better", "early-stopping", "evaluate-every"]

    /// Reads the keys of a contestant.
    init(settings: SettingsMapping) throws {
        self.init()
        pooling = try settings["pooling"]?.oneOf() ?? pooling
        maxLength = try settings["max-length"]?.int(atLeast: 2)
        if let setting = settings["training"] { try read(setting) }
    }

    private mutating func read(_ setting: Setting) throws {
        let mapping = try setting.mapping(known: FineTuningOptions.trainingKeys)
        training.epochs = try mapping["epochs"]?.int(atLeast: 1) ?? training.epochs
        training.batchSize = try mapping["batch-size"]?.int(atLeast: 1) ?? training.batchSize
        training.accumulation = try mapping["gradient-accumulation"]?.int(atLeast: 1) ?? training.accumulation
        training.learningRate = try mapping["learning-rate"]?.positiveDouble() ?? training.learningRate
        training.weightDecay = try mapping["weight-decay"]?.nonNegativeDouble() ?? training.weightDecay
        training.schedule = try FineTuningOptions.schedule(mapping)
        training.warmup = try mapping["warmup"].map { try FineTuningOptions.warmup($0) } ?? training.warmup
        training.maxGradientNorm =
            try mapping["max-grad-norm"]?.nonNegativeDouble() ?? training.maxGradientNorm
        training.patience = try mapping["early-stopping"]?.int(atLeast: 1)
        training.evaluation =
            try mapping["evaluate-every"].map { try FineTuningOptions.evaluation($0) } ?? .everyEpoch
        training.freezing = try mapping["freeze"].map { try FineTuningOptions.freezing($0) } ?? .nothing
        training.dropout = try mapping["dropout"]?.share()
        training.shuffles = try mapping["shuffle"]?.bool() ?? true
        training.logEvery = try mapping["log-every"]?.int(atLeast: 1) ?? training.logEvery
        training.mixing = try mapping["mixing"].map { try FineTuningOptions.mixing($0) } ?? training.mixing
        classWeight =
            try mapping["class-weight"].map { try Weighting(setting: $0, allowingNumbers: false) } ?? .none
        posWeight =
            try mapping["pos-weight"].map { try Weighting(setting: $0, allowingNumbers: true) } ?? .none
        labelSmoothing = try mapping["label-smoothing"]?.share() ?? 0
        bestBy = try BestBy(mapping["best-by"])
        _ = try mapping["greater-is-better"]?.bool()
        if let weights = try mapping["task-weights"]?.mappingWithAnyKeys() {
            for (key, value) in weights.entries { taskWeights[key] = try value.positiveDouble() }
        }
    }

    // MARK: Parts

    private static func schedule(_ mapping: SettingsMapping) throws -> LearningRateSchedule.Shape {
        let name = try mapping["schedule"]?.string() ?? "linear"
        if name != "step" {
            for key in ["step-size", "gamma"] {
                if let given = mapping[key] {
                    throw given.badValue(expected: "no '\(key)' with schedule \(name)")
                }
            }
        }
        switch name {
        case "constant": return .constant
        case "linear": return .linear
        case "cosine": return .cosine
        case "step":
            // PyTorch's StepLR: gamma is 0.1 unless said.
            return .step(
                epochs: try mapping["step-size"]?.int(atLeast: 1) ?? 1,
                factor: try mapping["gamma"]?.positiveDouble() ?? 0.1)
        default:
            throw mapping["schedule"]?.badValue(expected: "one of constant, linear, cosine, step")
                ?? mapping.setting.badValue(expected: "a schedule")
        }
    }

    /// Below 1 a share of all steps, else a number of steps.
    private static func warmup(_ setting: Setting) throws -> TrainingOptions.Warmup {
        let number = try setting.nonNegativeDouble()
        if number < 1 { return .share(number) }
        guard let steps = Int(exactly: number), steps <= Setting.maxCount else {
            throw setting.badValue(expected: "a share below 1, or a whole number of steps")
        }
        return .steps(steps)
    }

    private static func evaluation(_ setting: Setting) throws -> TrainingOptions.Evaluation {
        if try setting.string() == "epoch" { return .everyEpoch }
        guard let steps = try? setting.int(atLeast: 1) else {
            throw setting.badValue(expected: "'epoch', or a number of steps")
        }
        return .every(steps: steps)
    }

    /// `embeddings`, `encoder`, or `{layers: N}`.
    private static func freezing(_ setting: Setting) throws -> Freezing {
        if let layers = try? setting.mapping(known: ["layers"])["layers"] {
            return .layers(try layers.int(atLeast: 0))
        }
        switch try? setting.string() {
        case "none": return .nothing
        case "embeddings": return .embeddings
        case "encoder": return .encoder
        default: throw setting.badValue(expected: "none, embeddings, encoder or {layers: N}")
        }
    }

    private static func mixing(_ setting: Setting) throws -> TrainingOptions.Mixing {
        switch try setting.string() {
        case "alternate": .alternateShortest
        case "alternate-cycle": .alternateCycling
        case "joint": .joint
        default: throw setting.badValue(expected: "one of alternate, alternate-cycle, joint")
        }
    }

    /// Throws for settings that this kind of labels has no use for.
    static func check(_ labelSpace: LabelSpace, training setting: Setting?) throws {
        let isMultilabel = labelSpace.kind == .multilabel
        let useless = isMultilabel ? ["class-weight", "label-smoothing"] : ["pos-weight"]
        guard let mapping = try setting?.mapping(known: trainingKeys) else { return }
        for key in useless {
            if let given = mapping[key] {
                throw given.badValue(
                    expected: "no '\(key)' for \(labelSpace.kind.rawValue) labels"
                        + (isMultilabel ? "; they have pos-weight" : "; they have class-weight"))
            }
        }
    }
}

extension FineTuningOptions.Weighting {
    fileprivate init(setting: Setting, allowingNumbers: Bool) throws {
        switch try setting.string() {
        case "none": self = .none
        case "balanced": self = .balanced
        default:
            guard allowingNumbers, let number = try? setting.positiveDouble() else {
                throw setting.badValue(
                    expected: allowingNumbers ? "none, balanced or a number above 0" : "none or balanced")
            }
            self = .number(number)
        }
    }
}

extension Setting {
    /// A number of at least 0 and below 1.
    fileprivate func share() throws -> Double {
        let number = try double()
        guard (0..<1).contains(number) else { throw badValue(expected: "a number of at least 0 and below 1") }
        return number
    }
}
