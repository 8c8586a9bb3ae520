/// The exponential function of several lanes at once, for arguments that are not positive.
enum Exponential {
    /// Added to a Double below 2^51 it rounds it to a whole number, which then stands in the lowest bits.
    static let rounder = 0x1.8p52
    /// ln 2 in two parts; the first ends in zeros, so that its product with an exponent is exact (fdlibm's `e_exp.c`).
    static let ln2 = (high: 0x1.62e42feep-1, low: 0x1.a39ef35793c76p-33)
    static let log2e = 1.4426950408889634
    /// Below this the result would be subnormal; it is taken for this.
    static let lowest = -708.0
    /// exp(x) for x <= 0, within 2 units in the last place; exp(-708) below that.
    @inline(__always)
    static func ofNonPositive<V: DoubleLanes>(_ x: V) -> V {
        let x = x.replacing(with: V(repeating: lowest), where: x .< V(repeating: lowest))
        // x = k ln 2 + r, exp x = 2^k exp r
        let shifted = x * log2e + rounder
        let k = shifted - rounder
        let r = x - k * ln2.high - k * ln2.low
        // The Taylor series of degree 13, whose remainder is below 2^-57 for |r| <= ln 2 / 2; by Estrin's scheme, as the
        // lanes would wait for each step of Horner's.
        let r2 = r * r
        let r4 = r2 * r2
        let p01 = line(r, 1, 1)
        let p23 = line(r, 1 / 2, 1 / 6)
        let p45 = line(r, 1 / 24, 1 / 120)
        let p67 = line(r, 1 / 720, 1 / 5040)
        let p89 = line(r, 1 / 40_320, 1 / 362_880)
        let pAB = line(r, 1 / 3_628_800, 1 / 39_916_800)
        let pCD = line(r, 1 / 479_001_600, 1 / 6_227_020_800)
        let low: V = (p01 + r2 * p23) + r4 * (p45 + r2 * p67)
        let high: V = (p89 + r2 * pAB) + r4 * pCD
        let p: V = low + (r4 * r4) * high
        return p * V.powerOfTwo(shifted)
    }

    @inline(__always)
    private static func line<V: DoubleLanes>(_ r: V, _ constant: Double, _ slope: Double) -> V {
        r * slope + constant
    }
}
