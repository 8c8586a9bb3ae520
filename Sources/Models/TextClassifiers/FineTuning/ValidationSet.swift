import Encoders
import Evaluation
import Labels

/// The validation part of a task, ready to be scored after each epoch.
struct ValidationSet: Sendable {
    private let name: String?
    private let labelSpace: LabelSpace
    private let sequences: [[Int32]]
    private let targets: Targets
    private let loss: ClassificationLoss

    /// Nil if the task has no validation part.
    /// - Parameter sequences: The tokens of texts.
    init?(_ task: TrainingTask, loss: ClassificationLoss, sequences: ([String]) -> [[Int32]]) {
        guard let validation = task.validation else { return nil }
        name = task.name
        labelSpace = task.labelSpace
        self.sequences = sequences(validation.texts)
        targets = validation.targets
        self.loss = loss
    }

    /// The metrics of all tasks, and the mean score of those that decide: undefined if one of them is.
    static func score<Encoder>(
        _ sets: [ValidationSet?], _ model: HeadedEncoder<Encoder>, _ bestBy: BestBy
    ) throws -> TrainingScore {
        var metrics: [(name: String, value: Double)] = []
        var deciding: [Double?] = []
        for (task, set) in sets.enumerated() {
            guard let set else { continue }
            let logits = try model.logits(ofSequences: set.sequences, task: task)
            let probabilities = logits.probabilities(set.labelSpace.kind)
            let card = Scorecard(
                gold: set.targets, predicted: probabilities.decisions(kind: set.labelSpace.kind),
                labelSpace: set.labelSpace)
            let loss = set.loss.value(logits, set.targets)
            func add(_ name: String, _ value: Double?) {
                metrics.append((set.name.map { "\($0)/\(name)" } ?? name, value ?? .nan))
            }
            add("loss", loss)
            for metric in shown { if let value = card[metric] { add(metric.rawValue, value) } }
            guard let selection = bestBy.selection(of: set.name, set.labelSpace.kind) else { continue }
            let value = selection.value(
                of: probabilities, gold: set.targets, labelSpace: set.labelSpace, loss: loss)
            if case .metric(let metric) = selection.criterion, !shown.contains(metric) {
                add(metric.rawValue, value)
            }
            deciding.append(value.map(selection.score))
        }
        let scores = deciding.compactMap(\.self)
        let isDefined = !scores.isEmpty && scores.count == deciding.count
        return TrainingScore(
            metrics: metrics, value: isDefined ? scores.reduce(0, +) / Double(scores.count) : nil)
    }

    /// What every evaluation logs besides the loss and what decides.
    private static let shown: [MetricName] = [.accuracy, .f1Micro, .f1Macro]
}

extension Logits {
    /// By softmax where one class is right, by sigmoid where labels are independent.
    func probabilities(_ kind: LabelKind) -> Probabilities {
        kind == .multilabel ? sigmoid() : softmax()
    }
}
