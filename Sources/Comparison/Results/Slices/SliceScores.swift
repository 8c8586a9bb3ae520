import Evaluation
import Foundation
import SafeFiles

/// Every contestant's score on parts of the test rows, and where the order of two contestants turns round.
///
/// A function of `slices.csv`, the stored predictions, the seed and the options.
public struct SliceScores: Codable, Equatable, Sendable {
    /// SHA-256 of `slices.csv`.
    public var sha256: String
    public var options: SliceOptions
    /// What rows are told apart by: their length, a column.
    public var dimensions: [Dimension]
    /// How many comparisons of two contestants on one slice the p-values are corrected for.
    public var comparisonCount: Int

    private enum CodingKeys: String, CodingKey {
        case sha256, options, dimensions
        case comparisonCount = "comparison_count"
    }

    public struct Dimension: Codable, Equatable, Sendable {
        /// `length`, or the column's name.
        public var name: String
        public var slices: [Slice]
    }

    public struct Slice: Codable, Equatable, Sendable {
        /// Such as `6 to 15 words`, or the column's value.
        public var name: String
        public var rowCount: Int
        /// One for each contestant, the best of all rows first.
        public var scores: [Score]
        /// Pairs of contestants, baselines aside, that stand the other way round here.
        public var turns: [Turn]

        private enum CodingKeys: String, CodingKey {
            case name, scores, turns
            case rowCount = "row_count"
        }
    }

    public struct Score: Codable, Equatable, Sendable {
        public var id: String
        /// The ranking's metric, the mean over seeds; absent where it is undefined on these rows.
        public var value: Double?
        /// 95%, by resampling these rows.
        public var interval: Interval?
    }

    /// Two contestants whose order here is not that of all test rows.
    public struct Turn: Codable, Equatable, Sendable {
        /// The better one of all rows.
        public var first: String
        /// The better one here.
        public var second: String
        /// By how much it is better here, in the ranking's metric. Above 0.
        public var difference: Double
        /// Of approximate randomization on these rows, corrected by Holm for all pairs on all slices; absent where the
        /// metric is not to be had from resamples.
        public var adjustedPValue: Double?

        /// Whether chance alone hardly explains it.
        public var isSure: Bool { (adjustedPValue ?? 1) < PairedComparison.level }

        private enum CodingKeys: String, CodingKey {
            case first, second, difference
            case adjustedPValue = "adjusted_p_value"
        }
    }
}

extension SliceScores {
    /// - Parameters:
    ///   - table: Of the test rows, in the order of the predictions.
    ///   - ranked: The contestants from best to worst, on these rows.
    ///   - metric: The ranking's.
    ///   - file: Where the table is stored, for errors.
    /// - Throws: `ResultsError.badResults` where the table is not of these rows.
    package init(
        _ table: SliceTable, options: SliceOptions, _ ranked: [ScoredPredictions], metric: MetricName,
        draws: Int, seed: UInt64, file: URL
    ) throws(ResultsError) {
        if let ids = ranked.first?.test.ids { try requireRows(table.ids, of: ids, in: file) }
        let expected = (options.lengths.isEmpty ? [] : [SliceOptions.lengthName]) + options.columns
        if table.names != expected {
            throw .badResults(
                file: file.path,
                reason:
                    "columns \(table.names.joined(separator: ", ")), not \(expected.joined(separator: ", "))")
        }
        sha256 = Fingerprint.sha256(of: Array(table.csv.utf8))
        self.options = options
        let whole = ranked.map { $0.mean(metric) }
        let compared = ranked.indices.filter { !ranked[$0].isBaseline }
        func better(_ x: Double, _ y: Double) -> Bool {
            metric.direction.score(x) > metric.direction.score(y)
        }
        let pairs = eachPair(of: compared)
        var tests: [Double?] = []
        var found: [(dimension: Int, slice: Int, pair: Int, turn: Turn)] = []
        dimensions = []
        for (place, name) in table.names.enumerated() {
            var dimension = Dimension(name: name, slices: [])
            for slice in try table.slices(by: place, options: options, file: file) {
                let parts = ranked.map { $0.slice(slice.rows) }
                let result = SlicedRanking(parts, metric: metric, draws: draws, seed: seed, pairs: pairs)
                for (index, pair) in pairs.enumerated() {
                    guard let (a, b) = bothDefined(result.values[pair.0], result.values[pair.1]),
                        let (x, y) = bothDefined(whole[pair.0], whole[pair.1]),
                        better(x, y), better(b, a)
                    else { continue }
                    found.append(
                        (
                            dimensions.count, dimension.slices.count, tests.count + index,
                            Turn(
                                first: ranked[pair.0].id, second: ranked[pair.1].id,
                                difference: abs(b - a), adjustedPValue: nil)
                        ))
                }
                tests += result.pValues
                dimension.slices.append(
                    Slice(
                        name: slice.name, rowCount: slice.rows.count,
                        scores: ranked.indices.map {
                            Score(id: ranked[$0].id, value: result.values[$0], interval: result.intervals[$0])
                        }, turns: []))
            }
            dimensions.append(dimension)
        }
        let adjusted = holm(tests)
        comparisonCount = tests.count { $0 != nil }
        for (dimension, slice, pair, turn) in found {
            var turn = turn
            turn.adjustedPValue = adjusted[pair]
            dimensions[dimension].slices[slice].turns.append(turn)
        }
    }
}

private func bothDefined(_ a: Double?, _ b: Double?) -> (Double, Double)? {
    a.flatMap { a in b.map { (a, $0) } }
}

/// The contestants on the rows of one slice.
private struct SlicedRanking {
    /// Shape: [contestants].
    let values: [Double?]
    let intervals: [Interval?]
    /// Shape: [pairs].
    let pValues: [Double?]

    init(_ parts: [ScoredPredictions], metric: MetricName, draws: Int, seed: UInt64, pairs: [(Int, Int)]) {
        values = parts.map { $0.mean(metric) }
        guard metric.isResampled, let first = parts.first else {
            intervals = parts.map { _ in nil }
            pValues = pairs.map { _ in nil }
            return
        }
        let resampling = PairedResampling(
            gold: first.test.gold, runs: parts.map { $0.rows(for: [metric]) },
            labelSpace: first.test.labelSpace, draws: draws, seed: seed)
        intervals = resampling.bootstrap([metric]).first?.map { Interval(percentilesOf: $0) } ?? []
        pValues = resampling.randomization(metric, pairs: pairs)
    }
}

extension ScoredPredictions {
    /// The same on some of the test rows alone, under every seed.
    fileprivate func slice(_ rows: [Int]) -> ScoredPredictions {
        ScoredPredictions(
            id: id, isBaseline: isBaseline, isProbabilistic: isProbabilistic, test: test.selecting(rows),
            validation: nil, otherSeeds: otherSeeds.map { $0.selecting(rows) })
    }
}

/// Computes the scores by slice again from `slices.csv` and the stored predictions.
package func verifySlices(
    _ results: ExperimentResults, _ predictions: StoredPredictions, in folder: RunLayout
) throws {
    guard let stored = results.slices else { return }
    let table = try SliceTable(InputFile(folder.slices).readToEnd(), file: folder.slices)
    let found = try results.sliceScores(table, predictions, options: stored.options, file: folder.slices)
    try expect("scores by slice", stored, found)
}

extension ExperimentResults {
    /// Of the only task.
    /// - Parameter file: Where the table is stored, for errors.
    package func sliceScores(
        _ table: SliceTable, _ predictions: StoredPredictions, options: SliceOptions, file: URL
    ) throws(ResultsError) -> SliceScores {
        try SliceScores(
            table, options: options, ranked.map { predictions[$0.id] }, metric: experiment.rankBy,
            draws: analysis?.options.draws ?? PairedResampling.usualDraws, seed: experiment.seed, file: file)
    }
}
