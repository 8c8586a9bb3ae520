import CKernels
import DeterministicWork

/// Which elements a layer drops in one step of training: a pure function of seed, step, site, row and column, so the
/// backward pass finds the same ones without storing them, at any number of threads.
///
/// The random numbers are Philox4x32-10's, as `ck_dropout_rows` says, in the domain of `RandomPurpose.dropout`. With probability p an element becomes 0, otherwise
/// it is divided by 1 - p, as PyTorch does; p is rounded to a multiple of 2⁻³².
public struct Dropout: Sendable {
    private static let domainShift = Int(RandomPurpose.domainShift)
    /// What stands above the row in the counter's word.
    private static let domain = UInt32(RandomPurpose.dropout.domain) << RandomPurpose.domainShift

    private let key: (UInt32, UInt32)
    private let step: UInt32
    private let site: UInt32
    private let threshold: UInt32
    private let scale: Float

    /// - Parameters:
    ///   - probability: At least 0 and below 1.
    ///   - site: The layer's place in the model.
    /// - Returns: Nil if nothing is dropped.
    public init?(probability: Double, seed: UInt64, step: UInt32, site: UInt32) {
        precondition(probability >= 0 && probability < 1)
        if probability == 0 { return nil }
        key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
        self.step = step
        self.site = site
        threshold = UInt32((probability * 0x1p32).rounded(.down))
        scale = Float(1 / (1 - probability))
    }

    /// Drops elements of x, or of the gradient of what forward made of it.
    /// - Parameters:
    ///   - x: Shape: [rows, columns].
    ///   - firstRow: The number of the first row within the site; the others follow `rowStep` apart, all below 2^24.
    public func apply(_ x: FloatRows, firstRow: Int, rowStep: Int = 1) {
        precondition(firstRow >= 0 && firstRow + (x.rows - 1) * rowStep < 1 << Dropout.domainShift)
        withUnsafeBytes(of: key) { key in
            ck_dropout_rows(
                x.pointer, x.rows, x.columns, x.stride, threshold, scale,
                key.baseAddress?.assumingMemoryBound(to: UInt32.self), step, site,
                UInt32(truncatingIfNeeded: firstRow) | Dropout.domain, UInt32(truncatingIfNeeded: rowStep))
        }
    }
}
