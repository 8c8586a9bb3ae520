import Encoders
import Labels
import SettingKeys

/// The `training:` of a contestant.
struct TrainingSettings: Sendable {
    /// How much each class, or the presence of each label, counts in the loss.
    enum Weighting: Equatable, Sendable {
        case none
        /// From the train part: for classes N / (K n), as scikit-learn has it; for the presence of a label the rows
        /// without it / those with it.
        case balanced
        /// The same for every label.
        case number(Double)
    }

    static let keys = [
        "epochs", "batch-size", "gradient-accumulation", "learning-rate", "weight-decay", "schedule",
        "step-size",
        "gamma", "warmup", "max-grad-norm", "best-by", "greater-is-better", "early-stopping",
        "evaluate-every", "freeze",
        "dropout", "shuffle", "class-weight", "pos-weight", "label-smoothing", "log-every", "mixing",
        "task-weights",
    ]

    /// The keys that choose on validation.
    static let choosingKeys = ["best-by", "greater-is-better", "early-stopping", "evaluate-every"]

    var options = TrainingOptions()
    var classWeight = Weighting.none
    var posWeight = Weighting.none
    var labelSmoothing = 0.0
    var bestBy: BestBy = .usual
    /// Of each task's loss, by name; 1 if absent.
    var taskWeights: [String: Double] = [:]

    init() {}

    init(setting: Setting) throws {
        let mapping = try setting.mapping(known: TrainingSettings.keys)
        options.epochs = try mapping["epochs"]?.int(atLeast: 1) ?? options.epochs
        options.batchSize = try mapping["batch-size"]?.int(atLeast: 1) ?? options.batchSize
        options.accumulation = try mapping["gradient-accumulation"]?.int(atLeast: 1) ?? options.accumulation
        options.learningRate = try mapping["learning-rate"]?.positiveDouble() ?? options.learningRate
        options.weightDecay = try mapping["weight-decay"]?.nonNegativeDouble() ?? options.weightDecay
        options.schedule = try TrainingSettings.schedule(mapping)
        options.warmup = try mapping["warmup"].map { try TrainingSettings.warmup($0) } ?? options.warmup
        options.maxGradientNorm = try mapping["max-grad-norm"]?.nonNegativeDouble() ?? options.maxGradientNorm
        options.patience = try mapping["early-stopping"]?.int(atLeast: 1)
        options.evaluation =
            try mapping["evaluate-every"].map { try TrainingSettings.evaluation($0) } ?? .everyEpoch
        options.freezing = try mapping["freeze"].map { try TrainingSettings.freezing($0) } ?? .nothing
        options.dropout = try mapping["dropout"]?.share()
        options.shuffles = try mapping["shuffle"]?.bool() ?? true
        options.logEvery = try mapping["log-every"]?.int(atLeast: 1) ?? options.logEvery
        options.mixing = try mapping["mixing"].map { try TrainingSettings.mixing($0) } ?? options.mixing
        classWeight =
            try mapping["class-weight"].map { try Weighting(setting: $0, allowingNumbers: false) } ?? .none
        posWeight =
            try mapping["pos-weight"].map { try Weighting(setting: $0, allowingNumbers: true) } ?? .none
        labelSmoothing = try mapping["label-smoothing"]?.share() ?? 0
        bestBy = try BestBy(mapping["best-by"], greaterIsBetter: mapping["greater-is-better"])
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

    // MARK: Loss

    /// The loss of a task, with weights from its train part.
    func loss(_ labelSpace: LabelSpace, _ targets: Targets) -> ClassificationLoss {
        let K = labelSpace.count
        let counts = targets.labelCounts(labelCount: K).map { Double($0) }
        let N = Double(targets.count)
        if labelSpace.kind == .multilabel {
            let weights: [Double] =
                switch posWeight {
                case .none: Array(repeating: 1, count: K)
                case .balanced: counts.map { $0 > 0 ? (N - $0) / $0 : 1 }
                case .number(let weight): Array(repeating: weight, count: K)
                }
            return .binaryCrossEntropy(positiveWeights: weights)
        }
        let weights =
            classWeight == .balanced
            ? counts.map { $0 > 0 ? N / (Double(K) * $0) : 1 } : Array(repeating: 1, count: K)
        return .crossEntropy(classWeights: weights, smoothing: labelSmoothing)
    }

    /// Throws for settings that this kind of labels has no use for.
    func check(_ labelSpace: LabelSpace, _ setting: Setting?) throws {
        let isMultilabel = labelSpace.kind == .multilabel
        let useless = isMultilabel ? ["class-weight", "label-smoothing"] : ["pos-weight"]
        guard let mapping = try setting?.mapping(known: TrainingSettings.keys) else { return }
        for key in useless {
            if let given = mapping[key] {
                throw given.badValue(
                    expected: "no '\(key)' for \(labelSpace.kind.rawValue) labels"
                        + (isMultilabel ? "; they have pos-weight" : "; they have class-weight"))
            }
        }
    }

    /// In words, for a report.
    var summary: String {
        var words = [
            "\(options.epochs) epochs", "batches of \(options.batchSize * options.accumulation)",
            "learning rate \(options.learningRate)", "weight decay \(options.weightDecay)",
        ]
        switch options.schedule {
        case .constant: words.append("constant")
        case .linear: words.append("linear decay")
        case .cosine: words.append("cosine decay")
        case .step(let epochs, let factor): words.append("times \(factor) every \(epochs) epochs")
        }
        switch options.warmup {
        case .share(let share) where share > 0: words.append("warm-up \(share)")
        case .steps(let steps) where steps > 0: words.append("warm-up \(steps) steps")
        default: break
        }
        if classWeight == .balanced { words.append("balanced class weights") }
        switch posWeight {
        case .none: break
        case .balanced: words.append("balanced positive weights")
        case .number(let weight): words.append("positive weight \(weight)")
        }
        if labelSmoothing > 0 { words.append("label smoothing \(labelSmoothing)") }
        switch options.freezing {
        case .nothing: break
        case .embeddings: words.append("embeddings frozen")
        case .layers(let count): words.append("embeddings and \(count) layers frozen")
        case .encoder: words.append("encoder frozen")
        }
        return words.joined(separator: ", ")
    }
}

extension TrainingSettings.Weighting {
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
