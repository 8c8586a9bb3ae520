import Encoders
import Labels
import SettingKeys
import TextClassifiers

/// The values of the keys of `training:`.
package struct TrainingKeys: Sendable {
    /// What needs no other key to be understood.
    var options = FineTuningOptions()
    var schedule = Schedule.linear
    var stepSize = 1
    // That of PyTorch's StepLR.
    var gamma = 0.1
    var greaterIsBetter: Bool?

    enum Schedule: String, CaseIterable {
        case constant, linear, cosine, step
    }

    /// Reads `training:`.
    /// - Parameter keys: `keys`, or `tableKeys`.
    package static func read(
        _ setting: Setting, _ keys: KeyTable<TrainingKeys> = keys
    ) throws(SettingsError) -> ReadSettings<TrainingKeys> {
        let given = try keys.read(setting)
        if given.schedule != .step {
            try given.forbid([\.stepSize, \.gamma]) {
                "no '\($0)' with schedule \(given.schedule.rawValue)"
            }
        }
        return given
    }

    /// What the keys say together.
    package var all: FineTuningOptions {
        var all = options
        all.training.schedule =
            switch schedule {
            case .constant: .constant
            case .linear: .linear
            case .cosine: .cosine
            case .step: .step(epochs: stepSize, factor: gamma)
            }
        return all
    }

    /// The keys that choose on validation.
    static var choosing: [PartialKeyPath<TrainingKeys>] {
        [\.options.bestBy, \.greaterIsBetter, \.options.training.patience, \.options.training.evaluation]
    }

    /// Throws for settings that this kind of labels has no use for.
    package static func check(
        _ labelSpace: LabelSpace, _ stated: ReadSettings<TrainingKeys>
    ) throws(SettingsError) {
        let isMultilabel = labelSpace.kind == .multilabel
        try stated.forbid(
            isMultilabel ? [\.options.classWeight, \.options.labelSmoothing] : [\.options.posWeight]
        ) {
            "no '\($0)' for \(labelSpace.kind.rawValue) labels; they have "
                + (isMultilabel ? "pos-weight" : "class-weight")
        }
    }

    /// The keys of a network's training.
    package static let keys = table(TrainingKeys())
    /// The keys of a training of static embeddings.
    package static let tableKeys = table(TrainingKeys(options: FineTunedStaticClassifier.defaultOptions))

    private static func table(_ defaults: TrainingKeys) -> KeyTable<TrainingKeys> {
        KeyTable(defaults) {
            SettingKey(
                "epochs", \.options.training.epochs, .count(atLeast: 1), "The number of epochs.")
            SettingKey(
                "batch-size", \.options.training.batchSize, .count(atLeast: 1),
                "The number of rows in a batch.")
            SettingKey(
                "gradient-accumulation", \.options.training.accumulation, .count(atLeast: 1),
                "The number of batches whose gradients are summed for one step.")
            SettingKey(
                "learning-rate", \.options.training.learningRate, .positive, "AdamW's peak learning rate.")
            SettingKey(
                "weight-decay", \.options.training.weightDecay, .nonNegative, "AdamW's weight decay.")
            SettingKey("schedule", \.schedule, .choice, "How the learning rate falls after the warm-up.")
            SettingKey(
                "step-size", \.stepSize, .count(atLeast: 1),
                "Schedule `step`: the number of epochs between two falls of the learning rate.")
            SettingKey(
                "gamma", \.gamma, .positive, "Schedule `step`: the factor of the learning rate at each fall.")
            SettingKey(
                "warmup", \.options.training.warmup, .warmup,
                "The steps in which the learning rate rises from 0: a share of all steps, or a number of them."
            )
            SettingKey(
                "max-grad-norm", \.options.training.maxGradientNorm, .nonNegative,
                "The gradient norm above which gradients are scaled down; 0 disables clipping.")
            SettingKey(
                "best-by", \.options.bestBy, .bestBy,
                "The metric by which the best checkpoint is chosen.")
            SettingKey(
                "greater-is-better", \.greaterIsBetter, .flag, absent: "as the metric has it",
                "Overrides the metric's own direction.")
            SettingKey(
                "early-stopping", \.options.training.patience, .count(atLeast: 1),
                absent: "training runs to its end",
                "The patience: training stops after so many evaluations without improvement.")
            SettingKey(
                "evaluate-every", \.options.training.evaluation, .evaluation,
                "When the model is scored on validation.")
            SettingKey(
                "freeze", \.options.training.freezing, .freezing, "The parts of the encoder that are frozen.")
            SettingKey(
                "precision", \.options.training.precision, .choice,
                "How linear layers multiply: in bf16 faster, and a little less exactly; the model stays in float32."
            )
            SettingKey(
                "dropout", \.options.training.dropout, .shareBelowOne, absent: "as the checkpoint says",
                "The dropout probability.")
            SettingKey(
                "shuffle", \.options.training.shuffles, .flag, "Whether rows are shuffled in each epoch.")
            SettingKey(
                "class-weight", \.options.classWeight, .choice,
                "One label a row: whether the loss of a row is weighted inversely to its label's frequency.")
            SettingKey(
                "pos-weight", \.options.posWeight, .positiveWeight,
                "Several labels a row: the weight of the positive rows of a label in the loss.")
            SettingKey(
                "label-smoothing", \.options.labelSmoothing, .shareBelowOne,
                "One label a row: the share of each target that is spread over all labels.")
            SettingKey(
                "log-every", \.options.training.logEvery, .count(atLeast: 1),
                "The number of steps between two lines of the log.")
            SettingKey(
                "mixing", \.options.training.mixing, .mixing,
                "Several tasks: whether batches alternate until the shortest task ends, or until the longest does, or each step has a batch of every task."
            )
            SettingKey(
                "task-weights", \.options.taskWeights, .taskWeights,
                "Several tasks: the weight of each task's loss.")
        }
    }
}

private struct FrozenLayersKey: Sendable {
    var layers = 0

    static let keys = KeyTable(FrozenLayersKey()) {
        SettingKey(
            "layers", \.layers, .count(atLeast: 0),
            "The number of layers that are frozen, counted from the embeddings on.")
    }
}

extension ValueForm<TrainingOptions.Warmup> {
    fileprivate static var warmup: ValueForm {
        ValueForm(
            "a share below 1, or an integer number of steps",
            spell: {
                switch $0 {
                case .share(let share): "\(share)"
                case .steps(let steps): "\(steps)"
                }
            }
        ) { (setting) throws(SettingsError) in
            let number = try setting.nonNegativeDouble()
            if number < 1 { return .share(number) }
            guard let steps = Int(exactly: number), steps <= Setting.maxCount else {
                throw setting.badValue(expected: "a share below 1, or an integer number of steps")
            }
            return .steps(steps)
        }
    }
}

extension ValueForm<TrainingOptions.Evaluation> {
    fileprivate static var evaluation: ValueForm {
        ValueForm(
            "epoch, or a number of steps",
            spell: {
                switch $0 {
                case .everyEpoch: "epoch"
                case .every(let steps): "\(steps)"
                }
            }
        ) { (setting) throws(SettingsError) in
            if try setting.string() == "epoch" { return .everyEpoch }
            guard let steps = try? setting.int(atLeast: 1) else {
                throw setting.badValue(expected: "'epoch', or a number of steps")
            }
            return .every(steps: steps)
        }
    }
}

extension ValueForm<Freezing> {
    fileprivate static var freezing: ValueForm {
        ValueForm(
            "none, embeddings, encoder, or a mapping", keys: { FrozenLayersKey.keys.reference },
            spell: { $0 == .nothing ? "none" : nil }
        ) { (setting) throws(SettingsError) in
            if case .mapping = setting.value {
                return .layers(try FrozenLayersKey.keys.read(setting).layers)
            }
            return switch try? setting.string() {
            case "none": .nothing
            case "embeddings": .embeddings
            case "encoder": .encoder
            default: throw setting.badValue(expected: "none, embeddings, encoder or {layers: N}")
            }
        }
    }
}

extension ValueForm<TrainingOptions.Mixing> {
    private static var spellings: [(name: String, mixing: TrainingOptions.Mixing)] {
        [("alternate", .alternateShortest), ("alternate-cycle", .alternateCycling), ("joint", .joint)]
    }

    fileprivate static var mixing: ValueForm {
        let names = "one of \(spellings.map(\.name).joined(separator: ", "))"
        return ValueForm(names, spell: { mixing in spellings.first { $0.mixing == mixing }?.name }) {
            (setting) throws(SettingsError) in
            let name = try setting.string()
            guard let spelling = spellings.first(where: { $0.name == name }) else {
                throw setting.badName(expected: names, near: spellings.map(\.name))
            }
            return spelling.mixing
        }
    }
}

extension ValueForm<[String: Double]> {
    fileprivate static var taskWeights: ValueForm {
        ValueForm("a mapping {TASK: number above 0, ...}", spell: { $0.isEmpty ? "1 for each" : nil }) {
            (setting) throws(SettingsError) in
            var weights: [String: Double] = [:]
            for (task, weight) in try setting.mappingWithAnyKeys().entries {
                weights[task] = try weight.positiveDouble()
            }
            return weights
        }
    }
}

extension ValueForm<Double> {
    fileprivate static var shareBelowOne: ValueForm {
        .number("a number of at least 0 and below 1") { (0..<1).contains($0) }
    }
}
