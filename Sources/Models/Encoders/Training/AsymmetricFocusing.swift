/// How the asymmetric loss (Ridnik et al. 2021) takes weight from labels that are easy to decide: more from those that a row
/// does not have.
public struct AsymmetricFocusing: Equatable, Sendable {
    /// γ-, the power of the shifted probability of a label that the row does not have.
    public var gammaNegative = 4.0
    /// γ+, the power of the probability missing to 1 of a label that the row has.
    public var gammaPositive = 1.0
    /// m, the probability shift: a label that the row does not have and whose probability is at most m costs nothing. At
    /// least 0 and below 1; 0 for none.
    public var clip = 0.05

    public init() {}
}
