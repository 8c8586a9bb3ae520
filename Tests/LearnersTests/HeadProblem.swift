import Foundation
import Labels
import LinearAlgebra

/// The features and labels of Tests/Oracles/Learners/heads/generate.py, by the same integer formulas.
enum HeadProblem {
    static let (N, H, K) = (331, 23, 5)
    static let cuts = [0.5, 2.5, -1.0, 3.0, 1.0]

    static func mix(_ a: Int, _ b: Int, _ c: Int) -> UInt32 {
        var h =
            UInt32(a) &* 0x9E37_79B1 &+ UInt32(b) &* 0x85EB_CA77 &+ UInt32(c) &* 0xC2B2_AE3D
        h = (h ^ (h >> 15)) &* 0x2C1B_3C6D
        h = (h ^ (h >> 12)) &* 0x297A_2D39
        return h ^ (h >> 15)
    }

    static func uniform(_ a: Int, _ b: Int, _ c: Int) -> Double { Double(mix(a, b, c)) / 0x1p32 }

    /// Shape: [N, H]. Exact in single precision.
    static let X = Matrix<Double>(
        rowCount: N, columnCount: H,
        values: (0..<N * H).map { index in
            let (i, j) = (index / H, index % H)
            let u = uniform(i, j, 1) + uniform(i, j, 2) - 1
            return (256 * u + 0.5).rounded(.down) / 64 + (j == 3 ? 1 : 0)
        })

    static let floats = Matrix<Float>(rowCount: N, columnCount: H, values: X.values.map(Float.init))

    /// Shape: [N, K].
    private static let scores = Matrix<Double>(
        rowCount: N, columnCount: K,
        values: (0..<N * K).map { index in
            let (i, k) = (index / K, index % K)
            let sum = (0..<H).reduce(0.0) { $0 + X[i, $1] * (Double(mix($1, k, 3) % 7) - 3) / 8 }
            return sum + 2 * uniform(i, k, 4) - 1
        })

    static let sets = IndicatorMatrix(
        labelCount: K, values: (0..<N * K).map { scores.values[$0] > cuts[$0 % K] })
    static let classes = (0..<N).map { i in
        (0..<3).reduce(0) { scores[i, $1] > scores[i, $0] ? $1 : $0 }
    }
    static let binary = (0..<N).map { sets[$0, 1] ? 1 : 0 }

    static func binarySpace() throws -> LabelSpace { try LabelSpace(kind: .binary, names: ["no", "yes"]) }
    static func classSpace() throws -> LabelSpace {
        try LabelSpace(kind: .multiclass, names: ["a", "b", "c"])
    }
    static func setSpace() throws -> LabelSpace {
        try LabelSpace(kind: .multilabel, names: ["v", "w", "x", "y", "z"])
    }
}
