import Foundation

/// A power law of scores over numbers of training rows: score(n) = a - b n^-c, fitted by least squares.
///
/// What it says beyond the largest number of rows is an extrapolation, which no data has checked.
public struct PowerLaw: Codable, Equatable, Sendable {
    /// a: the score that more and more rows come close to.
    public let limit: Double
    /// c.
    public let exponent: Double
    /// The largest number of rows that it was fitted on.
    public let largestSize: Double
    /// The geometric mean of the sizes, about which the law is written as a - b' (n / center)^-c, so that the estimates depend
    /// less on one another.
    private let center: Double
    private let centeredScale: Double
    /// Of a, b' and c; nil for as many scores as parameters. Shape: [3][3].
    private let centeredCovariance: [[Double]]?

    private enum CodingKeys: String, CodingKey {
        case limit, exponent, center
        case largestSize = "largest_size"
        case centeredScale = "centered_scale"
        case centeredCovariance = "centered_covariance"
    }

    /// Exponents that are tried; beyond these, scores on usual sizes cannot be told from a straight line over log n, or from a
    /// single step.
    private static let exponents = 0.01...10.0
    private static let gridSteps = 300

    /// - Parameters:
    ///   - sizes: Numbers of training rows, some of which may be equal. Shape: [N].
    ///   - scores: Shape: [N].
    /// - Throws: `PowerLawError` for fewer than three distinct sizes, and where no exponent within 0.01...10 fits best.
    public init(sizes: [Double], scores: [Double]) throws(PowerLawError) {
        precondition(sizes.count == scores.count && sizes.allSatisfy { $0 > 0 && $0.isFinite })
        precondition(scores.allSatisfy(\.isFinite))
        let distinct = Set(sizes).count
        if distinct < 3 { throw .tooFewSizes(distinct) }
        let logs = sizes.map(log)
        let middle = logs.reduce(0, +) / Double(logs.count)
        let data = Centered(logs: logs.map { $0 - middle }, scores: scores)
        let (a, b, c) = try data.fit(exponents: Self.exponents, steps: Self.gridSteps)
        limit = a
        centeredScale = b
        exponent = c
        center = exp(middle)
        largestSize = sizes.max() ?? 0
        centeredCovariance = data.covariance(a, b, c)
    }

    /// b.
    public var scale: Double { centeredScale * pow(center, exponent) }

    /// The score at `n` training rows.
    public func score(at n: Double) -> Double { limit - centeredScale * pow(n / center, -exponent) }

    /// How far `score(at:)` may be off for the uncertainty of a, b and c, to first order; nil where their covariance is not
    /// known.
    public func standardError(at n: Double) -> Double? {
        guard let centeredCovariance else { return nil }
        let power = pow(n / center, -exponent)
        let gradient = [1, -power, centeredScale * power * log(n / center)]
        var variance = 0.0
        for i in 0..<3 { for j in 0..<3 { variance += gradient[i] * centeredCovariance[i][j] * gradient[j] } }
        return max(0, variance).squareRoot()
    }

    /// The covariance of the estimates of a, b and c; nil where there are as many scores as parameters. Shape: [3][3].
    public var covariance: [[Double]]? {
        centeredCovariance.map { centered in
            // b = b' center^c
            let power = pow(center, exponent)
            let change = [[1, 0, 0], [0, power, centeredScale * power * log(center)], [0, 0, 1]]
            return (0..<3).map { i in
                (0..<3).map { j in
                    var sum = 0.0
                    for k in 0..<3 { for l in 0..<3 { sum += change[i][k] * centered[k][l] * change[j][l] } }
                    return sum
                }
            }
        }
    }

    /// The number of rows at which the law has this score; nil if it has it nowhere.
    public func rows(for score: Double) -> Double? {
        let ratio = centeredScale / (limit - score)
        if !(ratio > 0) || !ratio.isFinite { return nil }
        let n = center * pow(ratio, 1 / exponent)
        return n.isFinite ? n : nil
    }
}

/// Why there is no power law of some scores.
public enum PowerLawError: Error, Equatable, Sendable, CustomStringConvertible {
    case tooFewSizes(Int)
    /// The best exponent is the least or the greatest that is tried.
    case noSuchShape(exponent: Double)

    public var description: String {
        switch self {
        case .tooFewSizes(let found):
            "a power law needs scores at three numbers of training rows or more, found \(found)"
        case .noSuchShape(let exponent):
            // As the grid of exponents says it, without the last bits of a product.
            "the scores follow no power law: it fits best with an exponent at an end of those that are tried, \((exponent * 1e6).rounded() / 1e6)"
        }
    }
}

/// Scores over logarithms of sizes, whose mean is 0.
private struct Centered {
    /// ln(n / center). Shape: [N].
    let logs: [Double]
    /// Shape: [N].
    let scores: [Double]

    /// For a given c the law is linear in a and b, so only c is searched: on a grid, then by golden section, and last all three
    /// by Gauss-Newton, which finds more digits than values of the sum of squares tell.
    func fit(
        exponents: ClosedRange<Double>, steps: Int
    ) throws(PowerLawError) -> (a: Double, b: Double, c: Double) {
        let (low, high) = (log(exponents.lowerBound), log(exponents.upperBound))
        func place(_ step: Int) -> Double { low + (high - low) * Double(step) / Double(steps) }
        func squares(_ logExponent: Double) -> Double {
            let c = exp(logExponent)
            let (a, b) = linear(c)
            return sumOfSquares(a, b, c)
        }
        let grid = (0...steps).map { squares(place($0)) }
        let best = grid.indices.min { (grid[$0], $0) < (grid[$1], $1) } ?? 0
        if best == 0 || best == steps { throw .noSuchShape(exponent: exp(place(best))) }
        var (left, right) = (place(best - 1), place(best + 1))
        let golden = (5.0.squareRoot() - 1) / 2
        var (x, y) = (right - golden * (right - left), left + golden * (right - left))
        var (fx, fy) = (squares(x), squares(y))
        while right - left > 1e-8 {
            if fx < fy {
                (right, y, fy) = (y, x, fx)
                x = right - golden * (right - left)
                fx = squares(x)
            } else {
                (left, x, fx) = (x, y, fy)
                y = left + golden * (right - left)
                fy = squares(y)
            }
        }
        let c = exp((left + right) / 2)
        let (a, b) = linear(c)
        return polished(a, b, c)
    }

    /// The a and b that fit best for a given c.
    private func linear(_ c: Double) -> (a: Double, b: Double) {
        let N = Double(scores.count)
        let powers = logs.map { -exp(-c * $0) }
        let (meanPower, meanScore) = (powers.reduce(0, +) / N, scores.reduce(0, +) / N)
        var (square, product) = (0.0, 0.0)
        for (power, score) in zip(powers, scores) {
            square += (power - meanPower) * (power - meanPower)
            product += (power - meanPower) * (score - meanScore)
        }
        let b = product / square
        return (meanScore - b * meanPower, b)
    }

    private func residuals(_ a: Double, _ b: Double, _ c: Double) -> [Double] {
        zip(logs, scores).map { $1 - (a - b * exp(-c * $0)) }
    }

    private func sumOfSquares(_ a: Double, _ b: Double, _ c: Double) -> Double {
        residuals(a, b, c).reduce(0) { $0 + $1 * $1 }
    }

    /// J^T J, with a row of J for each score: the derivatives of the law by a, b and c.
    private func normalMatrix(_ b: Double, _ c: Double) -> [[Double]] {
        var matrix = Array(repeating: Array(repeating: 0.0, count: 3), count: 3)
        for row in derivatives(b, c) { for i in 0..<3 { for j in 0..<3 { matrix[i][j] += row[i] * row[j] } } }
        return matrix
    }

    /// J. Shape: [N][3].
    private func derivatives(_ b: Double, _ c: Double) -> [[Double]] {
        logs.map { log in
            let power = exp(-c * log)
            return [1, -power, b * power * log]
        }
    }

    private func polished(_ a: Double, _ b: Double, _ c: Double) -> (a: Double, b: Double, c: Double) {
        var (a, b, c) = (a, b, c)
        var squares = sumOfSquares(a, b, c)
        for _ in 0..<100 {
            guard let inverse = inverted(normalMatrix(b, c)) else { break }
            var gradient = [0.0, 0, 0]
            for (row, residual) in zip(derivatives(b, c), residuals(a, b, c)) {
                for i in 0..<3 { gradient[i] += row[i] * residual }
            }
            let step = inverse.map { zip($0, gradient).reduce(0) { $0 + $1.0 * $1.1 } }
            let next = (a: a + step[0], b: b + step[1], c: c + step[2])
            let nextSquares = sumOfSquares(next.a, next.b, next.c)
            // At the minimum, steps only trade rounding errors.
            if !(nextSquares <= squares * (1 + 1e-12)) { break }
            (a, b, c) = next
            squares = min(squares, nextSquares)
            if abs(step[0]) <= 1e-14 * abs(a), abs(step[1]) <= 1e-14 * abs(b), abs(step[2]) <= 1e-14 * c {
                break
            }
        }
        return (a, b, c)
    }

    /// s^2 (J^T J)^-1 with s^2 the sum of squares over N - 3; nil for N = 3.
    func covariance(_ a: Double, _ b: Double, _ c: Double) -> [[Double]]? {
        let free = scores.count - 3
        guard free > 0, let inverse = inverted(normalMatrix(b, c)) else { return nil }
        let variance = sumOfSquares(a, b, c) / Double(free)
        return inverse.map { $0.map { $0 * variance } }
    }
}

/// The inverse of a 3 x 3 matrix by its adjugate; nil where it has none.
private func inverted(_ m: [[Double]]) -> [[Double]]? {
    func cofactor(_ i: Int, _ j: Int) -> Double {
        let (i1, i2, j1, j2) = ((i + 1) % 3, (i + 2) % 3, (j + 1) % 3, (j + 2) % 3)
        return m[i1][j1] * m[i2][j2] - m[i1][j2] * m[i2][j1]
    }
    let determinant = (0..<3).reduce(0) { $0 + m[0][$1] * cofactor(0, $1) }
    if determinant == 0 || !determinant.isFinite { return nil }
    return (0..<3).map { i in (0..<3).map { j in cofactor(j, i) / determinant } }
}
