/// The value of the continued fraction a_1 / (b_1 + a_2 / (b_2 + ...)), by the modified Lentz algorithm (Thompson and
/// Barnett 1986).
///
/// - Parameter term: a_n and b_n for n from 1.
/// - Precondition: It converges within `maxTerms`.
func continuedFraction(_ term: (_ n: Int) -> (a: Double, b: Double)) -> Double {
    let tiny = 1e-300
    let maxTerms = 100_000
    func nonZero(_ value: Double) -> Double { value == 0 ? tiny : value }
    // value = C_1 D_1 C_2 D_2 ..., of numerators' and denominators' ratios.
    var (value, c, d) = (tiny, tiny, 0.0)
    for n in 1...maxTerms {
        let (a, b) = term(n)
        d = 1 / nonZero(b + a * d)
        c = nonZero(b + a / c)
        value *= c * d
        if abs(c * d - 1) < 0x1p-50 { return value }
    }
    preconditionFailure("the continued fraction does not converge")
}
