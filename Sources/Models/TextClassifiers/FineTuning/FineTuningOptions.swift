import Encoders
import Labels
import Learners
import SettingKeys

/// How a pretrained encoder is trained whole, with a head for each task.
public struct FineTuningOptions: Equatable, Sendable {
    /// What the head reads.
    public var pooling = Pooling.pooler
    /// The longest text in tokens, [CLS] and [SEP] among them; nil for 128, or what the tokenizer allows if that is less.
    public var maxLength: Int?
    /// What is put before every text; nil for what the encoder's folder names as its default prompt, empty for nothing.
    public var prefix: String?
    /// Its seed is the context's.
    public var training = TrainingOptions()
    /// The top layers of the encoder whose weights are drawn anew, and with them the pooler's; 0 for none, the pooler neither.
    public var reinitializedLayers = 0
    /// What training minimises.
    public var lossFunction = LossFunction.crossEntropy
    /// Of the classes of binary and multiclass labels.
    public var classWeight = ClassWeight.none
    /// Of the presence of multilabel's labels.
    public var posWeight = PosWeight.none
    /// The part of a row's target that is spread over all classes.
    public var labelSmoothing = 0.0
    public var bestBy = BestBy()
    /// The weight of each task's loss in joint mixing, by name; 1 if absent.
    public var taskWeights: [String: Double] = [:]
    /// Whether one encoder learns all tasks; else each has one of its own.
    public var sharesTasks = true

    public init() {}

    /// The longest text in tokens where nothing is said: that of most notebooks.
    package static let defaultMaxLength = 128

    /// The loss of a task, with weights from its train part.
    package func loss(_ labelSpace: LabelSpace, _ targets: Targets) -> ClassificationLoss {
        let counts = targets.labelCounts(labelCount: labelSpace.count)
        if labelSpace.kind == .multilabel {
            let weights = posWeight.weights(ofCounts: counts, rowCount: targets.count)
            return switch lossFunction {
            case .crossEntropy: .binaryCrossEntropy(positiveWeights: weights)
            case .focal(let gamma): .binaryFocal(positiveWeights: weights, gamma: gamma)
            case .asymmetric(let focusing): .asymmetric(focusing)
            }
        }
        let weights = classWeight.weights(ofCounts: counts)
        return switch lossFunction {
        case .crossEntropy: .crossEntropy(classWeights: weights, smoothing: labelSmoothing)
        case .focal(let gamma): .focal(classWeights: weights, gamma: gamma)
        case .asymmetric: preconditionFailure("the asymmetric loss is one of sets of labels, as check says")
        }
    }

    /// Throws for options that this kind of labels has no use for.
    func check(_ labelSpace: LabelSpace) throws(TextClassifierError) {
        let useless: String? =
            if let useless = lossFunction.useless(self, labelSpace.kind) {
                useless
            } else if labelSpace.kind == .multilabel {
                classWeight != .none ? "classWeight" : labelSmoothing > 0 ? "labelSmoothing" : nil
            } else {
                posWeight != .none ? "posWeight" : nil
            }
        if let useless { throw .uselessOption(useless, kind: labelSpace.kind) }
    }

    /// - Throws: `SelectionError` where validation cannot tell which model is best.
    func check(_ tasks: [TrainingTask]) throws {
        for task in tasks {
            guard let validation = task.validation else { continue }
            try bestBy.selection(of: task.name, task.labelSpace.kind)?.check(
                gold: validation.targets, labelSpace: task.labelSpace)
        }
    }
}

extension FineTuningOptions {
    /// In words, for a report.
    /// - Parameters:
    ///   - encoder: As the user names it.
    ///   - maxLength: What it became.
    ///   - prefix: What it became.
    package func summary(encoder: String, maxLength: Int? = nil, prefix: String? = nil) -> String {
        let head = pooling == .pooler ? "" : ", head on \(pooling.rawValue) pooling"
        let length = maxLength ?? self.maxLength ?? FineTuningOptions.defaultMaxLength
        return summary(
            "\(encoder), fine-tuned\(head)\(prefixWords(prefix ?? self.prefix)), at most \(length) tokens")
    }

    /// Of static embeddings, in words.
    /// - Parameters:
    ///   - name: As the user names them.
    ///   - maxLength: What it became.
    ///   - prefix: What it became.
    package func tableSummary(name: String, maxLength: Int?, prefix: String?) -> String {
        let length = maxLength.map { ", at most \($0) tokens" } ?? ""
        return summary("\(name), static embeddings with a trained table\(prefixWords(prefix))\(length)")
    }

    /// - Parameter model: What is trained, in words.
    private func summary(_ model: String) -> String {
        let summary = "\(model), \(trainingSummary)"
        if !sharesTasks { return summary }
        return switch training.mixing {
        case .alternateShortest: "\(summary), tasks in turn until the shortest ends"
        case .alternateCycling: "\(summary), tasks in turn until the longest ends"
        case .joint: "\(summary), all tasks in every step"
        }
    }

    private var trainingSummary: String {
        var words = [
            counted(training.epochs, "epoch"), "batches of \(training.batchSize * training.accumulation)",
            "learning rate \(training.learningRate)", "weight decay \(training.weightDecay)",
        ]
        switch training.schedule {
        case .constant: words.append("constant")
        case .linear: words.append("linear decay")
        case .cosine: words.append("cosine decay")
        case .step(let epochs, let factor): words.append("times \(factor) every \(counted(epochs, "epoch"))")
        }
        switch training.warmup {
        case .share(let share): if share > 0 { words.append("warm-up \(share)") }
        case .steps(let steps): if steps > 0 { words.append("warm-up \(steps) steps") }
        }
        switch training.precision {
        case .f32: break
        case .bf16: words.append("products in bf16")
        }
        if training.layerDecay != 1 { words.append("layer-wise decay \(training.layerDecay)") }
        if reinitializedLayers > 0 { words.append("top \(reinitializedLayers) layers drawn anew") }
        if let lora = training.lowRank {
            let alpha = Int(exactly: lora.alpha).map { "\($0)" } ?? "\(lora.alpha)"
            words.append(
                "LoRA of rank \(lora.rank), alpha \(alpha), in \(lora.targets.joined(separator: " and "))")
        }
        if let loss = lossFunction.summary { words.append(loss) }
        if classWeight == .balanced { words.append("balanced class weights") }
        switch posWeight {
        case .none: break
        case .balanced: words.append("balanced positive weights")
        case .number(let weight): words.append("positive weight \(weight)")
        }
        if labelSmoothing > 0 { words.append("label smoothing \(labelSmoothing)") }
        switch training.freezing {
        case .nothing: break
        case .embeddings: words.append("embeddings frozen")
        case .layers(let count): words.append("embeddings and \(count) layers frozen")
        case .encoder: words.append("encoder frozen")
        }
        return words.joined(separator: ", ")
    }
}

/// A prefix in words, for a summary; nothing where there is none.
package func prefixWords(_ prefix: String?) -> String {
    guard let prefix, !prefix.isEmpty else { return "" }
    return ", '\(prefix)' before each text"
}
