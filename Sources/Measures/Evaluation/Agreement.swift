/// Two ways to measure agreement beyond what the frequencies of the labels alone would give, from a confusion matrix.
///
/// With C the K x K counts, N their sum, g and p the row and column sums.
package struct Agreement: Sendable {
    /// 1 - sum w C / sum w E with E = g p^T / N; nil where the chance of it is 0, such as where gold and predictions are all
    /// of the same one label.
    /// - Parameter weight: w, of a gold and a predicted label; 0 where they are the same.
    package static func weightedKappa(
        _ C: [[Int]], weight: (_ gold: Int, _ predicted: Int) -> Double
    ) -> Double? {
        let gold = C.map { $0.reduce(0, +) }
        let predicted = C.indices.map { label in C.reduce(0) { $0 + $1[label] } }
        var observed = 0.0
        for i in C.indices { for j in C.indices { observed += weight(i, j) * Double(C[i][j]) } }
        return weightedKappa(observed: observed, gold: gold, predicted: predicted, weight: weight)
    }

    /// The same from the sum of w C and the margins.
    static func weightedKappa(
        observed: Double, gold: [Int], predicted: [Int], weight: (_ gold: Int, _ predicted: Int) -> Double
    ) -> Double? {
        let N = Double(gold.reduce(0, +))
        var expected = 0.0
        for i in gold.indices {
            for j in predicted.indices { expected += weight(i, j) * Double(gold[i]) * Double(predicted[j]) }
        }
        return expected > 0 ? 1 - observed * N / expected : nil
    }

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
