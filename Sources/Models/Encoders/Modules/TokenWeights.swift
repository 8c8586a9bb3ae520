/// The weights of a pooling that is a weighted sum of the tokens' vectors: y = scale Σ weight(t) x[t].
package enum TokenWeights: Sendable {
    case mean
    case meanSqrtLength
    case weightedMean
    case first
    case last

    /// - Parameters:
    ///   - place: The token's in its sequence, counted from 0.
    ///   - pooled: The places that count.
    func weight(_ place: Int, of pooled: Range<Int>) -> Float {
        switch self {
        case .mean, .meanSqrtLength: 1
        case .weightedMean: Float(place + 1)
        case .first: place == pooled.lowerBound ? 1 : 0
        case .last: place == pooled.upperBound - 1 ? 1 : 0
        }
    }

    /// What the sum is multiplied by.
    func scale(_ pooled: Range<Int>) -> Float {
        switch self {
        case .mean: 1 / Float(pooled.count)
        case .meanSqrtLength: 1 / Float(pooled.count).squareRoot()
        case .weightedMean: 1 / pooled.reduce(0) { $0 + weight($1, of: pooled) }
        case .first, .last: 1
        }
    }
}
