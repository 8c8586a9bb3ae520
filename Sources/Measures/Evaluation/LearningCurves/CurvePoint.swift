/// The score at one number of training rows, over several samples of so many rows, with a band.
///
/// It stands for the mean over all samples of that size from this train part, on all texts that test is a sample of. Its variance
/// is s^2 / R + v, with s^2 the variance over R samples and v the part of the test rows' variance that all samples share: test
/// rows that are hard for one sample are hard for the others too. `CurveBand` says how the band follows.
public struct CurvePoint: Codable, Equatable, Sendable {
    /// Training rows.
    public let size: Int
    /// R.
    public let repeats: Int
    public let mean: Double
    public let standardError: Double
    public let low: Double
    public let high: Double

    private enum CodingKeys: String, CodingKey {
        case size, repeats, mean, low, high
        case standardError = "standard_error"
    }

    /// - Parameters:
    ///   - scores: Of each sample. Shape: [R].
    ///   - sharedVariance: v.
    ///   - range: Of the metric.
    /// - Returns: Nil for fewer than two samples.
    public init?(
        size: Int, scores: [Double], sharedVariance: Double, in range: ClosedRange<Double>,
        band: CurveBand = .wilson
    ) {
        precondition(sharedVariance >= 0 && scores.allSatisfy(\.isFinite))
        if scores.count < 2 { return nil }
        let R = Double(scores.count)
        // Where every sample is all of train, there is one score.
        let deviations = Deviations(scores)
        let ofSamples = deviations.squares / (R - 1) / R
        let variance = ofSamples + sharedVariance
        self.size = size
        repeats = scores.count
        mean = deviations.mean
        standardError = variance.squareRoot()
        (low, high) = band.interval(
            mean: mean, ofSamples: ofSamples, repeats, ofTest: sharedVariance, in: range)
    }

    /// The point of the whole train part, of which there is one sample: the band is of the test rows alone.
    /// - Parameters:
    ///   - testVariance: Of the score, over resamples of the test rows.
    ///   - range: Of the metric.
    public init(
        size: Int, ofAll score: Double, testVariance: Double, in range: ClosedRange<Double>,
        band: CurveBand = .wilson
    ) {
        precondition(testVariance >= 0 && score.isFinite)
        (self.size, repeats, mean) = (size, 1, score)
        standardError = testVariance.squareRoot()
        (low, high) = band.interval(mean: score, ofTest: testVariance, in: range)
    }

    /// v: the mean covariance of two samples' scores over resamples of the test rows, at least 0.
    ///
    /// - Parameter draws: Scores of each sample on each resample, the same ones for all; those where one is NaN do not count.
    ///   Shape: [R][draws].
    public static func sharedVariance(ofDraws draws: [[Double]]) -> Double {
        let R = draws.count
        let kept = (draws.first ?? []).indices.filter { draw in !draws.contains { $0[draw].isNaN } }
        if R < 2 || kept.count < 2 { return 0 }
        func variance(_ values: [Double]) -> Double {
            Deviations(values).squares / Double(values.count - 1)
        }
        // The variance of a sum is that of all its parts and of all pairs' covariances.
        let ofSum = variance(kept.map { draw in draws.reduce(0) { $0 + $1[draw] } })
        let ofParts = draws.reduce(0) { sum, sample in sum + variance(kept.map { sample[$0] }) }
        return max(0, (ofSum - ofParts) / Double(R * (R - 1)))
    }
}
