import Foundation
import Labels

/// The focused loss of one label of one row, given its logit z, with p = σ(z), q = 1 - p and pₘ = max(p - m, 0):
///
///     of a label that the row has:       -w q^γ+ log p
///     of one that it does not have:      -pₘ^γ- log (1 - pₘ)
///
/// The binary focal loss (Lin et al. 2017) has γ+ = γ- and m = 0, the asymmetric one (Ridnik et al. 2021) w = 1. Where all
/// three are 0 it is the weighted binary cross-entropy. Slopes go through the focusing powers too. Both are finite at every
/// finite logit: logarithms are taken of sums that do not cancel, and no slope divides by a probability that may be 0.
struct FocusedCellLoss {
    /// w.
    var weight = 1.0
    /// γ+ and γ-.
    let gammaPositive, gammaNegative: Double
    /// m.
    let clip: Double

    init(gamma: Double, weight: Double) {
        (gammaPositive, gammaNegative, clip) = (gamma, gamma, 0)
        self.weight = weight
    }

    init(_ focusing: AsymmetricFocusing) {
        (gammaPositive, gammaNegative) = (focusing.gammaPositive, focusing.gammaNegative)
        clip = focusing.clip
    }

    /// The loss and its derivative by the logit.
    /// - Parameter isPresent: Whether the row has the label.
    func callAsFunction(_ z: Double, isPresent: Bool) -> (value: Double, slope: Double) {
        isPresent ? present(z) : clip == 0 ? absent(z) : shiftedAbsent(z)
    }

    /// -w q^γ log p, whose slope is -w q^γ (q - γ p log p).
    private func present(_ z: Double) -> (Double, Double) {
        let (p, q, loss) = (sigmoid(z), sigmoid(-z), softplus(-z))
        let focus = weight * pow(q, gammaPositive)
        return (focus * loss, -focus * (q + gammaPositive * p * loss))
    }

    /// -p^γ log q, whose slope is p^γ (p - γ q log q).
    private func absent(_ z: Double) -> (Double, Double) {
        let (p, q, loss) = (sigmoid(z), sigmoid(-z), softplus(z))
        let focus = pow(p, gammaNegative)
        return (focus * loss, focus * (p + gammaNegative * q * loss))
    }

    /// -pₘ^γ log (1 - pₘ), whose slope is p q pₘ^γ / (1 - pₘ) - γ p q pₘ^(γ - 1) log (1 - pₘ), and 0 where p is at most m.
    private func shiftedAbsent(_ z: Double) -> (Double, Double) {
        let (p, q) = (sigmoid(z), sigmoid(-z))
        let shifted = p - clip
        if shifted <= 0 { return (0, 0) }
        let loss = -log1p(-shifted)
        let focus = pow(shifted, gammaNegative)
        return (focus * loss, p * q * focus * (1 / (q + clip) + gammaNegative * loss / shifted))
    }
}
