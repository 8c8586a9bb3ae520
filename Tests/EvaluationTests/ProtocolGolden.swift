import Foundation
import TestSupport
import Testing

/// Tests/Oracles/Evaluation/protocols.json: problems of each kind, with what the libraries that its generator names say.
struct ProtocolGolden: Decodable {
    let distributions: [Distributions]
    let corrected: [Corrected]
    let friedman: [Friedman]
    let wilcoxon: [Wilcoxon]
    let alpha: [Alpha]
    let confident: [Confident]
    let confidentSets: [ConfidentSets]
    let power: [Power]
    let ensemble: [Ensemble]
    let raters: [Raters]

    struct Distributions: Decodable {
        let t, df, tTail, level, tCritical, x, chiTail, f, fTail, q, rangeTail, rangeCritical: Double
        let d1, d2, k: Int
    }
    struct Corrected: Decodable {
        let values: [Double]
        let ratio, mean, error, low, high: Double
        let p: Double?
    }
    struct Friedman: Decodable {
        let scores, nemenyi: [[Double]]
        let ranks: [Double]
        let chi, p, f, fP: Double?
        let level, difference: Double
    }
    struct Wilcoxon: Decodable {
        let differences: [Double]
        let statistic, p: Double
    }
    struct Alpha: Decodable {
        let ratings: [[Double?]]
        let alpha: [String: Double?]
    }
    struct Confident: Decodable {
        let given, ranked: [Int]
        let labels: Int
        let probabilities: [[Double]]
        let thresholds: [Double]
        let joint, calibrated: [[Int]]
        let issues: [String: [Int]]
    }
    struct ConfidentSets: Decodable {
        let given: [[Int]]
        let labels: Int
        let probabilities: [[Double]]
        let calibrated: [[[Int]]]
        let issues: [String: [[Int]]]
    }
    struct Power: Decodable {
        let sizes, scores, parameters: [Double]
        let covariance: [[Double]]?
        let place, value: Double
        let error: Double?
    }
    struct Ensemble: Decodable {
        let gold, chosen: [Int]
        let labels, start, rounds: Int
        let members: [[[Double]]]
        let metric: String
        let score: Double
    }
    struct Raters: Decodable {
        let labels: Int
        let truth: [Int]
        let ratings: [[Int?]]
        /// Accuracy and macro F1 of each rater; nil for one who counts on no row.
        let scores: [[Double]?]
    }

    /// A larger file that the same generator made, where `BAKEOFF_PROTOCOLS` names one.
    static let all: Result<ProtocolGolden, any Error> = Result {
        let given = ProcessInfo.processInfo.environment["BAKEOFF_PROTOCOLS"].map { URL(fileURLWithPath: $0) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let golden = try decoder.decode(
            ProtocolGolden.self, from: Data(contentsOf: given ?? oracle("Evaluation/protocols.json")))
        try #require(golden.distributions.count >= 12 && golden.raters.count >= 12)
        return golden
    }
}

/// Whether two numbers agree within `tolerance`, or a `tolerance`th of the expected one where that is above 1; none with none.
func agree(_ found: Double?, _ expected: Double?, _ tolerance: Double) -> Bool {
    guard let found, let expected else { return found == nil && expected == nil }
    return abs(found - expected) <= tolerance * max(1, abs(expected))
}

func agree(_ found: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
    found.count == expected.count && zip(found, expected).allSatisfy { agree($0, $1, tolerance) }
}
