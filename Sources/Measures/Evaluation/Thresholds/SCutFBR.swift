/// Scores of rows that were not trained on, and which of them carry the label.
public struct HeldOutScores: Equatable, Sendable {
    public let scores: [Double]
    public let isGold: [Bool]

    /// - Precondition: As many scores as marks, one at least; no score is NaN.
    public init(scores: [Double], isGold: [Bool]) {
        precondition(scores.count == isGold.count && !scores.isEmpty)
        self.scores = scores
        self.isGold = isGold
    }
}

/// A label's threshold by SCutFBR: the mean over folds of the threshold of the best F1 where that F1 is above the fallback, and
/// else of the highest score, so that a label of which too little is known is rarely given (Yang, "A study of thresholding
/// strategies for text categorization", SIGIR 2001; Fan and Lin, "A study on threshold selection for multi-label
/// classification", 2007).
///
/// The fallback is the one with the greatest sum of F1 on the rows that an outer cross-validation holds out. As in LibMultiLabel.
public struct SCutFBR: Equatable, Sendable {
    /// A part of the rows: scores of the folds within it, and of the rows outside by a model of all of it.
    public struct OuterFold: Sendable {
        public let folds: [HeldOutScores]
        public let held: HeldOutScores

        public init(folds: [HeldOutScores], held: HeldOutScores) {
            self.folds = folds
            self.held = held
        }
    }

    /// The fallbacks that are tried.
    public static let fallbacks = (1...8).map { Double($0) / 10 }

    /// The F1 that a fold's threshold must surpass.
    public let fallback: Double
    /// A row gets the label if its score is above.
    public let threshold: Double

    /// - Parameters:
    ///   - folds: Of all rows: scores by a model of the other folds.
    ///   - outer: The same within parts of the rows, which decide on the fallback.
    public init(folds: [HeldOutScores], outer: [OuterFold]) {
        var sums = Array(repeating: 0.0, count: SCutFBR.fallbacks.count)
        for fold in outer {
            let thresholds = SCutFBR.thresholds(fold.folds, fallbacks: SCutFBR.fallbacks)
            for (index, threshold) in thresholds.enumerated() {
                sums[index] += fold.held.f1(above: threshold)
            }
        }
        let top = sums.max() ?? 0
        // Of equals the greatest, but the least where no row is ever found.
        let best = top == 0 ? 0 : sums.lastIndex(of: top) ?? 0
        fallback = SCutFBR.fallbacks[best]
        threshold = SCutFBR.thresholds(folds, fallbacks: [fallback])[0]
    }

    /// The mean threshold of the folds, for each fallback. Folds with infinite scores, whose model learnt nothing, are left out;
    /// 0 where no other is left.
    private static func thresholds(_ folds: [HeldOutScores], fallbacks: [Double]) -> [Double] {
        let known = folds.filter { $0.scores.allSatisfy(\.isFinite) }
        let cuts = known.map { fold in
            let cut = fold.bestCut
            return (cut: cut, f1: fold.f1(above: cut), top: fold.scores.max() ?? 0)
        }
        return fallbacks.map { fallback in
            let sum = cuts.reduce(0) { $0 + ($1.f1 > fallback ? $1.cut : $1.top) }
            return cuts.isEmpty ? 0 : sum / Double(cuts.count)
        }
    }
}

extension HeldOutScores {
    /// F1 of the label if rows with higher scores get it; 0 where no row has it or gets it.
    func f1(above threshold: Double) -> Double {
        var counts = Counts()
        for (score, gold) in zip(scores, isGold) {
            let isPredicted = score > threshold
            if gold { counts.gold += 1 }
            if isPredicted { counts.predicted += 1 }
            if gold && isPredicted { counts.truePositives += 1 }
        }
        return counts.f1 ?? 0
    }

    /// The threshold of the best F1, halfway between two scores, of equally good ones the highest; 0 where none is better.
    ///
    /// Every row's place in the order of scores is a candidate, also between equal scores, as in LibMultiLabel: such a cut
    /// gives the label to none of the equals, and is then worth less than it seemed.
    fileprivate var bestCut: Double {
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        var counts = Counts()
        counts.gold = isGold.count { $0 }
        counts.predicted = scores.count
        counts.truePositives = counts.gold
        var best = (f1: counts.f1 ?? 0, cut: -1)
        for (place, row) in order.enumerated() {
            counts.predicted -= 1
            if isGold[row] { counts.truePositives -= 1 }
            if let f1 = counts.f1, f1 >= best.f1 { best = (f1, place) }
        }
        if best.f1 <= f1(above: 0) { return 0 }
        let (below, last) = (best.cut, order.count - 1)
        if below == -1 { return scores[order[0]].nextDown }
        if below == last { return scores[order[last]].nextUp }
        return (scores[order[below]] + scores[order[below + 1]]) / 2
    }
}
