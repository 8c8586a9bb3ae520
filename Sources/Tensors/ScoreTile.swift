import Foundation

/// The scores of a few rows by a few linear models, while `LinearPass` has them at hand.
///
/// A response turns scores into residuals in place and adds what the models lose on them.
/// Rows and models are numbered as in the whole pass. Valid during the response only.
public struct ScoreTile {
    public let rows: Range<Int>
    public let models: Range<Int>
    /// Shape: [rows, laneCount], row-major; lanes past the models are padding.
    let scores: UnsafeMutablePointer<Double>
    let laneCount: Int
    /// Shape: [laneCount].
    let losses: UnsafeMutablePointer<Double>

    @inline(__always)
    private func index(_ row: Int, _ model: Int) -> Int {
        precondition(rows.contains(row) && models.contains(model))
        return (row - rows.lowerBound) * laneCount + model - models.lowerBound
    }

    public subscript(row: Int, model: Int) -> Double {
        get { scores[index(row, model)] }
        nonmutating set { scores[index(row, model)] = newValue }
    }

    /// Adds to what `model` loses on the rows of this tile.
    public func addLoss(_ loss: Double, ofModel model: Int) {
        losses[index(rows.lowerBound, model)] += loss
    }

    /// Turns each score z into its sigmoid 1 / (1 + exp(-z)) times the model's weight, and adds
    /// Σ log(1 + exp(z)) times that weight to each model's loss.
    ///
    /// No overflow at any z. A sigmoid is within a few units in the last place; the sum within 2^-52 a row,
    /// because log(1 + e) is taken once of the product of all rows' (1 + e), each at most 2.
    public func applySigmoid(weights: [Double]) {
        precondition(weights.count == models.count)
        // Vectors of four at most: with eight, too little would stay in registers.
        for firstLane in stride(from: 0, to: models.count, by: 4) {
            if laneCount >= 4 {
                applySigmoid(SIMD4.self, firstLane: firstLane, weights)
            } else {
                applySigmoid(SIMD2.self, firstLane: firstLane, weights)
            }
        }
    }

    @inline(__always)
    private func applySigmoid<V: DoubleLanes>(_: V.Type, firstLane: Int, _ weights: [Double]) {
        let lanes = firstLane..<min(firstLane + V.scalarCount, models.count)
        var weight = V.zero
        for lane in lanes { weight[lane - firstLane] = weights[lane] }
        var product = V(repeating: 1)
        var linear = V.zero
        let one = V(repeating: 1)
        (scores + firstLane).withMemoryRebound(to: V.self, capacity: rows.count * laneCount / V.scalarCount) {
            vectors in
            for row in 0..<rows.count {
                let place = row * (laneCount / V.scalarCount)
                let z = vectors[place]
                let isNegative = z .< V.zero
                let positive = z.replacing(with: V.zero, where: isNegative)
                let e = Exponential.ofNonPositive(z - positive - positive)
                let q = e + 1
                product *= q
                linear += positive
                // 1 / (1 + exp(-z)) is 1/q for z >= 0, e/q below
                vectors[place] = weight * one.replacing(with: e, where: isNegative) / q
            }
        }
        for lane in lanes {
            losses[lane] += weights[lane] * (linear[lane - firstLane] + log(product[lane - firstLane]))
        }
    }

    /// 2 to this power is still a Double, so that the product above does not overflow.
    static let mostRows = 256
}
