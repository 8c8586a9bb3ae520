import Foundation
import Labels

extension ClassificationLoss {
    /// The least loss on some rows of a prediction that is the same for all of them: what a model reaches that learns how
    /// frequent labels are, and nothing of the texts.
    ///
    /// 0 where all rows are of one class, or each label is in all rows or in none. Exact but for rounding for
    /// cross-entropy of one class a row; to ten digits or so for the other losses, by bisection and golden sections.
    package func bestConstant(_ targets: Targets) -> Double {
        switch (self, targets) {
        case (.crossEntropy(let weights, let smoothing), .classes(let classes)):
            let own = ownShares(targets, weights)
            let spread = smoothing * Double(classes.count) / Double(weights.count)
            let shares = zip(own, weights).map { (1 - smoothing) * $0 + spread * $1 }
            let sum = shares.reduce(0, +)
            let entropy = shares.reduce(0) { $1 > 0 ? $0 - $1 * log($1 / sum) : $0 }
            return entropy / own.reduce(0, +)
        case (.focal(let weights, let gamma), .classes):
            return bestConstantFocal(ownShares(targets, weights), gamma: gamma)
        case (.binaryCrossEntropy(let weights), .sets(let sets)):
            return bestConstantCells(sets) { FocusedCellLoss(gamma: 0, weight: weights[$0]) }
        case (.binaryFocal(let weights, let gamma), .sets(let sets)):
            return bestConstantCells(sets) { FocusedCellLoss(gamma: gamma, weight: weights[$0]) }
        case (.asymmetric(let focusing), .sets(let sets)):
            return bestConstantCells(sets) { _ in FocusedCellLoss(focusing) }
        case (.crossEntropy, .sets), (.focal, .sets), (.binaryCrossEntropy, .classes),
            (.binaryFocal, .classes), (.asymmetric, .classes):
            preconditionFailure("a loss of another kind of labels")
        }
    }

    /// The weights of the rows of each class together. Shape: [K].
    private func ownShares(_ targets: Targets, _ weights: [Double]) -> [Double] {
        zip(targets.labelCounts(labelCount: weights.count), weights).map { Double($0) * $1 }
    }

    /// The least Σₖ -a[k] (1 - p[k])^γ log p[k] / Σₖ a[k] where Σₖ p[k] = 1.
    ///
    /// Each term is convex in p[k], so that at the least sum all have one slope, -λ. The p[k] of a slope fall with λ: it is
    /// bisected until they sum up to 1.
    private func bestConstantFocal(_ shares: [Double], gamma: Double) -> Double {
        let shares = shares.filter { $0 > 0 }
        if shares.count < 2 { return 0 }
        func steepness(_ p: Double) -> Double {
            pow(1 - p, gamma) / p - (gamma == 0 ? 0 : gamma * pow(1 - p, gamma - 1) * log(p))
        }
        func probabilities(_ lambda: Double) -> [Double] {
            shares.map { share in
                let logit = bisected(-40, 40) { share * steepness(sigmoid($0)) > lambda }
                return sigmoid(logit)
            }
        }
        let exponent = bisected(-40, 40) { probabilities(exp($0)).reduce(0, +) > 1 }
        let p = probabilities(exp(exponent))
        let loss = zip(shares, p).reduce(0) { $0 - $1.0 * pow(1 - $1.1, gamma) * log($1.1) }
        return loss / shares.reduce(0, +)
    }

    /// Where a condition ends that holds from `low` on.
    private func bisected(_ low: Double, _ high: Double, _ holds: (Double) -> Bool) -> Double {
        var (low, high) = (low, high)
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if holds(middle) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The mean over all cells of the least loss of each label, of one logit for all rows: the least on a grid, and from
    /// there by golden sections, since a shifted loss need not have one valley.
    private func bestConstantCells(_ sets: IndicatorMatrix, _ cell: (_ label: Int) -> FocusedCellLoss)
        -> Double
    {
        let N = sets.rowCount
        var sum = 0.0
        for (label, count) in sets.columnCounts.enumerated() where count > 0 && count < N {
            let (loss, present, absent) = (cell(label), Double(count), Double(N - count))
            func total(_ z: Double) -> Double {
                present * loss(z, isPresent: true).value + absent * loss(z, isPresent: false).value
            }
            let step = 0.25
            let grid = stride(from: -30, through: 30, by: step).map { (z: $0, total: total($0)) }
            let start = grid.reduce(grid[0]) { $1.total < $0.total ? $1 : $0 }
            sum += min(start.total, goldenMinimum(start.z - step, start.z + step, total))
        }
        return sum / Double(N * sets.labelCount)
    }

    /// The least value between two places, by golden sections.
    private func goldenMinimum(_ low: Double, _ high: Double, _ value: (Double) -> Double) -> Double {
        let ratio = (5.0.squareRoot() - 1) / 2
        var (low, high) = (low, high)
        for _ in 0..<40 {
            let (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
            if value(a) < value(b) { high = b } else { low = a }
        }
        return value((low + high) / 2)
    }
}
