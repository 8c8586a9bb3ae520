/// McNemar's test, exact: whether two contestants are right on different rows equally often.
///
/// Two-sided binomial test of the rows that only one of them has right, at one half: 2 P(X <= min), at most 1.
package func mcNemar(onlyFirstRight: Int, onlySecondRight: Int) -> Double {
    let n = onlyFirstRight + onlySecondRight
    let least = min(onlyFirstRight, onlySecondRight)
    // C(n, least) / 2^n by alternating factors, so that nothing overflows and each step rounds once.
    var term = 1.0
    var halvings = n
    for i in 0..<least {
        term *= Double(n - i) / Double(i + 1)
        while term > 1 && halvings > 0 {
            term /= 2
            halvings -= 1
        }
    }
    term = Double(sign: .plus, exponent: -halvings, significand: term)
    var sum = 0.0
    for k in stride(from: least, through: 0, by: -1) {
        sum += term
        term *= Double(k) / Double(n - k + 1)
    }
    return min(1, 2 * sum)
}
