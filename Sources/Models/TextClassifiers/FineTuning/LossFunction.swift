import Encoders
import Labels

/// The loss that fine-tuning minimises, before the labels' weights are known.
public enum LossFunction: Equatable, Sendable {
    /// By softmax where one class is right, by sigmoid where labels are independent.
    case crossEntropy
    /// The focal loss (Lin et al. 2017), by softmax or by sigmoid.
    case focal(gamma: Double)
    /// The asymmetric loss (Ridnik et al. 2021), by sigmoid.
    case asymmetric(AsymmetricFocusing)

    /// γ of the focal loss where nothing is said: that of Lin et al.
    public static let defaultFocalGamma = 2.0

    /// What cannot be used for such labels: this loss, or an option beside it; nil if all can.
    func useless(_ options: FineTuningOptions, _ kind: LabelKind) -> String? {
        switch self {
        case .crossEntropy: nil
        case .focal: options.labelSmoothing > 0 ? "labelSmoothing with the focal loss" : nil
        case .asymmetric:
            kind != .multilabel
                ? "the asymmetric loss"
                : options.posWeight != .none ? "posWeight with the asymmetric loss" : nil
        }
    }

    /// In words, for a report; nil for cross-entropy.
    var summary: String? {
        switch self {
        case .crossEntropy: nil
        case .focal(let gamma): "focal loss (gamma \(gamma))"
        case .asymmetric(let focusing):
            "asymmetric loss (gamma \(focusing.gammaNegative) and \(focusing.gammaPositive), clip \(focusing.clip))"
        }
    }
}
