import Encoders

/// What is told of a training whose loss is still that of a prediction which knows no text: fine-tuning on few rows fails so
/// with some seeds (Mosbach et al. 2021).
package struct PlateauNotice {
    package let text: String

    /// The share of the best constant prediction's loss that the train loss must be below.
    package static let margin = 0.95

    /// Nil for a training that left the plateau.
    /// - Parameter lastLoss: The train loss in the last epoch; nil where the task had no step in it.
    package init?(_ task: ClassificationTask, lastLoss: Double?) {
        guard let lastLoss else { return nil }
        let constant = task.loss.bestConstant(task.targets)
        guard constant > 0, lastLoss >= PlateauNotice.margin * constant else { return nil }
        let name = task.name.map { "task \($0): " } ?? ""
        text =
            "\(name)training did not leave the plateau: the train loss of the last epoch is \(fourDecimals(lastLoss)), expected "
            + "below \(fourDecimals(PlateauNotice.margin * constant)), which is \(PlateauNotice.margin) times that of the best "
            + "constant prediction; try another seed, more epochs, or a smaller learning rate with a warm-up"
    }
}
