/// Two ways to measure agreement beyond what the frequencies of the labels alone would give, from a confusion matrix.
///
/// With C the K x K counts, N their sum, g and p the row and column sums.
package struct Agreement: Sendable {
    /// (N tr C - g.p) / sqrt((N^2 - g.g) (N^2 - p.p)); nil where gold or predictions are all of one label.
    package let matthewsCorrcoef: Double?
    /// 1 - (N - tr C) / (N - g.p / N); nil where gold and predictions are all of the same one label.
    package let cohenKappa: Double?

    package init(confusionMatrix C: [[Int]]) {
        let gold = C.map { $0.reduce(0, +) }
        let predicted = C.indices.map { label in C.reduce(0) { $0 + $1[label] } }
        let N = Double(gold.reduce(0, +))
        let right = Double(C.indices.reduce(0) { $0 + C[$1][$1] })
        func dot(_ a: [Int], _ b: [Int]) -> Double {
            zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
        }
        let (goldSpread, predictedSpread) = (N * N - dot(gold, gold), N * N - dot(predicted, predicted))
        let product = goldSpread * predictedSpread
        matthewsCorrcoef = product > 0 ? (N * right - dot(gold, predicted)) / product.squareRoot() : nil
        let wrongByChance = N * N - dot(gold, predicted)
        cohenKappa = wrongByChance > 0 ? 1 - N * (N - right) / wrongByChance : nil
    }
}
