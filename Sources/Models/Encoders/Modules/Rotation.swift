import Foundation
import LinearAlgebra

/// Rotary positions (Su et al. 2021) of the tokens of a block: element i of the first half of a head's vector and element i
/// of its second half are turned in their plane by position / base^(2i / D).
///
/// Frequencies and angles are rounded to single precision, as `transformers` rounds them.
public struct Rotation: Sendable {
    /// D / 2.
    private let half: Int
    /// Shape: [positions, D / 2].
    private let cosines, sines: [Float]
    /// The place of each token in its sequence. Shape: [T].
    private let positions: [Int]

    /// - Precondition: `headWidth` is even.
    public init(base: Double, headWidth: Int, spans: [SequenceSpan]) {
        precondition(headWidth > 0 && headWidth.isMultiple(of: 2))
        half = headWidth / 2
        positions = spans.flatMap { 0..<$0.tokens.count }
        let frequencies = (0..<half).map { i -> Float in
            1 / Float(pow(base, Double(Float(2 * i) / Float(headWidth))))
        }
        let longest = spans.lazy.map(\.tokens.count).max() ?? 0
        let angles = (0..<longest).flatMap { position in frequencies.map { Double(Float(position) * $0) } }
        cosines = angles.map { Float(cos($0)) }
        sines = angles.map { Float(sin($0)) }
    }

    /// Rows that a thread takes at once.
    private static let rowBlock = 64

    /// Turns the vectors of all heads: (c, d) = (a cos - b sin, b cos + a sin).
    /// - Parameters:
    ///   - x: A row for each token. Shape: [T, heads * D].
    ///   - y: Shape: [T, heads * D]; overwritten; may be x.
    public func forward(_ x: FloatRows, into y: FloatRows, _ pass: Pass) { turn(x, into: y, by: 1, pass) }

    /// (c, d) = (a cos - b sin, b cos + a sin): dA = dC cos + dD sin, dB = dD cos - dC sin, which is to turn back.
    /// - Parameters:
    ///   - d: dY. Shape: [T, heads * D].
    ///   - dX: Shape: [T, heads * D]; overwritten; may be dY.
    public func backward(gradient d: FloatRows, into dX: FloatRows, _ pass: Pass) {
        turn(d, into: dX, by: -1, pass)
    }

    /// - Parameter sign: What sines are multiplied by.
    private func turn(_ x: FloatRows, into y: FloatRows, by sign: Float, _ pass: Pass) {
        precondition(x.rows == positions.count && x.columns.isMultiple(of: 2 * half))
        precondition(y.rows == x.rows && y.columns == x.columns)
        pass.team.blocks(of: x.rows, blockSize: Rotation.rowBlock) { rows, _ in
            for row in rows {
                let first = positions[row] * half
                cosines[first..<first + half].withUnsafeBufferPointer { cosines in
                    sines[first..<first + half].withUnsafeBufferPointer { sines in
                        for head in stride(from: 0, to: x.columns, by: 2 * half) {
                            let (from, to) = (x[row] + head, y[row] + head)
                            for i in 0..<half {
                                let (a, b, sine) = (from[i], from[half + i], sign * sines[i])
                                to[i] = a * cosines[i] - b * sine
                                to[half + i] = b * cosines[i] + a * sine
                            }
                        }
                    }
                }
            }
        }
    }
}
