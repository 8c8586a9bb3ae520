import Encoders
import Labels
import SettingKeys
import TextClassifiers

/// The values of the keys of `training:`.
package struct TrainingKeys: Sendable {
    /// What needs no other key to be understood.
    var options = FineTuningOptions()
    var loss = LossKeys()
    var schedule = Schedule.linear
    var stepSize = 1
    // That of PyTorch's StepLR.
    var gamma = 0.1
    var greaterIsBetter: Bool?
    /// What the other keys' defaults are those of.
    var recipe: FineTuningRecipe?

    enum Schedule: String, CaseIterable {
        case constant, linear, cosine, step
    }

    /// Reads `training:`.
    /// - Parameter keys: `keys`, or `tableKeys`.
    package static func read(
        _ setting: Setting, _ keys: KeyTable<TrainingKeys> = keys
    ) throws(SettingsError) -> ReadSettings<TrainingKeys> {
        var given = try keys.read(setting)
        if let recipe = given.recipe {
            given = try table(TrainingKeys(options: recipe.options)).read(setting)
        }
        if given.schedule != .step {
            try given.forbid([\.stepSize, \.gamma]) {
                "no '\($0)' with schedule \(given.schedule.rawValue)"
            }
        }
        try LossKeys.check(given.part(\.loss, of: LossKeys.keys))
        if given.loss.kind == .focal && given.options.labelSmoothing > 0 {
            try given.forbid([\.options.labelSmoothing]) {
                "no '\($0)' with loss focal, which is not defined for targets between classes"
            }
        }
        if given.loss.kind == .asymmetric && given.options.posWeight != .none {
            try given.forbid([\.options.posWeight]) {
                "no '\($0)' with loss asymmetric, whose gamma-negative and gamma-positive weigh labels"
            }
        }
        if given.options.training.lowRank != nil {
            try given.forbid([\.options.training.freezing]) {
                "no '\($0)' with lora, which freezes all of the encoder but what it adds"
            }
            if given.options.reinitializedLayers > 0 {
                try given.forbid([\.options.reinitializedLayers, \.recipe]) { _ in
                    "no layers drawn anew with lora, which would leave them random; set reinitialize-layers to 0"
                }
            }
        }
        return given
    }

    /// What the keys say together.
    package var all: FineTuningOptions {
        var all = options
        all.lossFunction = loss.function
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
        try LossKeys.check(labelSpace.kind, stated.part(\.loss, of: LossKeys.keys))
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
                "recipe", \.recipe, .choice, absent: "the defaults of this table",
                "A named set of defaults for these keys, each of which may still be set: `few-sample` for some hundred rows or fewer."
            )
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
                "layer-decay", \.options.training.layerDecay, .layerDecay,
                "What the learning rate is multiplied by from a layer to the next lower one; the head has the whole rate."
            )
            SettingKey(
                "reinitialize-layers", \.options.reinitializedLayers, .count(atLeast: 0),
                "The number of top layers of the encoder whose weights are drawn anew, with the pooler's.")
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
                "lora", \.options.training.lowRank, .lowRank, absent: "the encoder is trained whole",
                "LoRA: matrices of the encoder's layers are changed by products of low rank; all else of the encoder stays as it is."
            )
            SettingKey(
                "precision", \.options.training.precision, .choice,
                "How linear layers multiply: in bf16 faster, and a little less exactly; the model stays in float32."
            )
            SettingKey(
                "dropout", \.options.training.dropout, .shareBelowOne, absent: "as the checkpoint says",
                "The dropout probability.")
            SettingKey(
                "shuffle", \.options.training.shuffles, .flag, "Whether rows are shuffled in each epoch.")
            LossKeys.keys.lifted(to: \.loss)
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
