import DeterministicWork
import Encoders
import Foundation
import LinearAlgebra
import Testing

/// Rotary positions against complex numbers in Double.
@Suite struct RotationTests {
    private static let (heads, headWidth, base) = (3, 10, 700.0)
    private static let lengths = [67, 1, 130]
    private let pass = Pass(team: Team(workers: 2))
    private let x: FloatRows
    private let rotation: Rotation
    private let positions: [Int]

    init() {
        var end = 0
        let spans = Self.lengths.map { length in
            let start = end
            end += length
            return SequenceSpan(tokens: start..<end, queries: start..<end)
        }
        positions = spans.flatMap { 0..<$0.tokens.count }
        rotation = Rotation(base: Self.base, headWidth: Self.headWidth, spans: spans)
        var random = RandomStream(seed: 32)
        x = pass.rows(end, columns: Self.heads * Self.headWidth)
        for row in 0..<x.rows {
            for i in 0..<x.columns { x[row][i] = Float(random.nextUniform()) * 2 - 1 }
        }
    }

    /// (a, b) turned by an angle is the complex number a + ib times e^(i angle).
    @Test func turnsByPositionAndFrequency() {
        let y = pass.rows(x.rows, columns: x.columns)
        rotation.forward(x, into: y, pass)
        let half = Self.headWidth / 2
        for (row, position) in positions.enumerated() {
            for head in 0..<Self.heads {
                for i in 0..<half {
                    let (first, second) = (head * Self.headWidth + i, head * Self.headWidth + half + i)
                    let angle = Double(position) * pow(Self.base, -2 * Double(i) / Double(Self.headWidth))
                    let (a, b) = (Double(x[row][first]), Double(x[row][second]))
                    // The angle is rounded to single precision.
                    let tolerance = 1e-6 + angle * 0x1p-22
                    #expect(abs(Double(y[row][first]) - (a * cos(angle) - b * sin(angle))) < tolerance)
                    #expect(abs(Double(y[row][second]) - (b * cos(angle) + a * sin(angle))) < tolerance)
                }
            }
        }
    }

    /// First tokens are not turned, to the bit; backward undoes forward; both may be done in place.
    @Test func backwardTurnsBack() {
        let (y, back) = (pass.rows(x.rows, columns: x.columns), pass.rows(x.rows, columns: x.columns))
        rotation.forward(x, into: y, pass)
        rotation.backward(gradient: y, into: back, pass)
        for (row, position) in positions.enumerated() {
            for i in 0..<x.columns {
                #expect(abs(back[row][i] - x[row][i]) < 1e-6)
                if position == 0 { #expect(y[row][i] == x[row][i]) }
            }
        }
        Rows.copy(x, to: back)
        rotation.forward(back, into: back, pass)
        for row in 0..<x.rows { for i in 0..<x.columns { #expect(back[row][i] == y[row][i]) } }
    }
}
