import CKernels
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
        withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: 3) { vectors in
            vectors.initialize(repeating: .zero)
            vectors.withMemoryRebound(to: Double.self) { lanes in
                guard let weightLanes = lanes.baseAddress else { return }
                let (linear, product) = (weightLanes + 8, weightLanes + 16)
                for lane in weights.indices { weightLanes[lane] = weights[lane] }
                ck_sigmoid_rows(laneCount, rows.count, scores, weightLanes, linear, product)
                for lane in weights.indices {
                    losses[lane] += weights[lane] * (linear[lane] + log(product[lane]))
                }
            }
        }
    }

    /// 2 to this power is still a Double, so that the product above does not overflow; and a row of a tile has a number
    /// of eight bits.
    static let mostRows = 256
}
