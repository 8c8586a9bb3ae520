import Foundation

/// ln |Gamma(x)|, without the global sign that C's `lgamma` writes from any thread.
func logGamma(_ x: Double) -> Double {
    var sign: Int32 = 0
    return lgamma_r(x, &sign)
}
