import CKernels
import LinearAlgebra

/// The solution x of H x = b for a positive definite H, by preconditioned conjugate gradients (Hestenes and Stiefel 1952).
///
/// The caller multiplies: give the product of `vector` with H to `receive`, until `residualNorm` is small enough.
package struct ConjugateGradients: Sendable {
    package private(set) var solution: [Double]
    /// What is to be multiplied by H.
    package private(set) var vector: [Double]
    /// The largest component of b - H x.
    package private(set) var residualNorm: Double

    /// The inverse of a diagonal matrix that is near H.
    private let preconditioner: [Double]
    private var residual: [Double]
    /// residual · preconditioner residual.
    private var square: Double

    /// - Parameters:
    ///   - rightSide: b.
    ///   - preconditioner: The inverse of a diagonal matrix that is near H. Shape: that of b.
    package init(rightSide: [Double], preconditioner: [Double]) {
        precondition(rightSide.count == preconditioner.count)
        self.preconditioner = preconditioner
        solution = Array(repeating: 0, count: rightSide.count)
        residual = rightSide
        residualNorm = maxAbs(rightSide)
        vector = product(preconditioner, residual)
        square = dot(residual, vector)
    }

    /// Takes the product of `vector` with H.
    /// - Returns: False, with nothing changed, where H does not curve upwards along `vector`.
    package mutating func receive(product image: [Double]) -> Bool {
        precondition(image.count == vector.count)
        let length = square / dot(vector, image)
        guard length > 0 && length.isFinite else { return false }
        let before = square
        move(by: length, image)
        turn(by: square / before)
        return true
    }

    /// x += length vector, residual -= length image, and what is asked of the residual, in one pass.
    private mutating func move(by length: Double, _ image: [Double]) {
        var (largest, squares) = (SIMD8<Double>.zero, SIMD8<Double>.zero)
        withUnsafeMutableBytes(of: &largest) { largest in
            withUnsafeMutableBytes(of: &squares) { squares in
                ck_conjugate_move(
                    length, vector, image, preconditioner, &solution, &residual, vector.count,
                    largest.assumingMemoryBound(to: Double.self).baseAddress,
                    squares.assumingMemoryBound(to: Double.self).baseAddress)
            }
        }
        residualNorm = largest.max()
        square = squares.sum()
    }

    /// vector = preconditioner residual + share vector.
    private mutating func turn(by share: Double) {
        ck_conjugate_turn(share, preconditioner, residual, &vector, vector.count)
    }
}
