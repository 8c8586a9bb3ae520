import CKernels
import Foundation

/// The scores of a few rows by a few linear models, while a `FeaturePass` has them at hand.
///
/// A response turns scores into residuals in place and adds what the models lose on them.
/// Rows and models are numbered as in the whole pass. Valid during the response only.
package struct ScoreTile {
    package let rows: Range<Int>
    package let models: Range<Int>
    /// Shape: [rows, stride], row-major.
    let scores: UnsafeMutablePointer<Double>
    /// The number of models; of lanes, 2, 4 or 8, of which those past the models are padding.
    let stride: Int
    /// Shape: [stride].
    let losses: UnsafeMutablePointer<Double>
    /// Whether a row's scores fill the lanes of a vector, aligned to it.
    let hasLanes: Bool

    /// What each model loses on some rows, whose scores become residuals. Shape: [M].
    /// - Parameter scores: Those of all models. Shape: [rows, M], row-major.
    static func losses(
        of rows: Range<Int>, modelCount M: Int, scores: UnsafeMutablePointer<Double>,
        _ respond: (ScoreTile) -> Void
    ) -> [Double] {
        [Double](unsafeUninitializedCapacity: M) { losses, count in
            losses.initialize(repeating: 0)
            count = M
            guard let base = losses.baseAddress else { return }
            respond(
                ScoreTile(
                    rows: rows, models: 0..<M, scores: scores, stride: M, losses: base, hasLanes: false))
        }
    }

    @inline(__always)
    private func index(_ row: Int, _ model: Int) -> Int {
        precondition(rows.contains(row) && models.contains(model))
        return (row - rows.lowerBound) * stride + model - models.lowerBound
    }

    package subscript(row: Int, model: Int) -> Double {
        get { scores[index(row, model)] }
        nonmutating set { scores[index(row, model)] = newValue }
    }

    /// Adds to what `model` loses on the rows of this tile.
    package func addLoss(_ loss: Double, ofModel model: Int) {
        losses[index(rows.lowerBound, model)] += loss
    }

    /// Turns each score z into its sigmoid 1 / (1 + exp(-z)) times the model's weight, and adds
    /// Σ log(1 + exp(z)) times that weight to each model's loss.
    ///
    /// No overflow at any z. A sigmoid is within a few units in the last place; the sum within 2^-52 a row,
    /// because log(1 + e) is taken once of the product of all rows' (1 + e), each at most 2.
    package func applySigmoid(weights: [Double]) {
        precondition(hasLanes && weights.count == models.count)
        withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: 3) { vectors in
            vectors.initialize(repeating: .zero)
            vectors.withMemoryRebound(to: Double.self) { lanes in
                guard let weightLanes = lanes.baseAddress else { return }
                let (linear, product) = (weightLanes + 8, weightLanes + 16)
                for lane in weights.indices { weightLanes[lane] = weights[lane] }
                ck_sigmoid_rows(stride, rows.count, scores, weightLanes, linear, product)
                for lane in weights.indices {
                    losses[lane] += weights[lane] * (linear[lane] + log(product[lane]))
                }
            }
        }
    }

    /// Turns each score z into 2 weight v with v = max(0, 1 + z), and adds Σ weight v² to each model's loss: the squared
    /// hinge loss of rows that are all negative.
    package func applySquaredHinge(weights: [Double]) {
        precondition(hasLanes && weights.count == models.count)
        withUnsafeTemporaryAllocation(of: SIMD8<Double>.self, capacity: 2) { vectors in
            vectors.initialize(repeating: .zero)
            vectors.withMemoryRebound(to: Double.self) { lanes in
                guard let weightLanes = lanes.baseAddress else { return }
                let sums = weightLanes + 8
                for lane in weights.indices { weightLanes[lane] = weights[lane] }
                ck_hinge_rows(stride, rows.count, scores, weightLanes, sums)
                for lane in weights.indices { losses[lane] += sums[lane] }
            }
        }
    }

    /// 2 to this power is still a Double, so that the product above does not overflow; and a row of a tile has a number
    /// of eight bits.
    static let mostRows = 256
}
