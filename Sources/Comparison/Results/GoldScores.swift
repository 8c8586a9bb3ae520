import Evaluation
import Foundation
import Labels
import SafeFiles
import Tables

/// What silver labels are worth, and what was learnt from them: scores by labels that people gave.
///
/// The test rows that have such labels stand in `gold.csv` beside `split.csv`: `id,gold`.
public struct GoldScores: Codable, Equatable, Sendable {
    /// SHA-256 of `gold.csv`.
    public var sha256: String
    /// Test rows that people labelled.
    public var rowCount: Int
    /// The labeler's own: the silver labels scored as if they were predictions. The defined metrics.
    public var labeler: [MetricName: Double]
    /// One for each contestant, in their order.
    public var contestants: [Scores]

    private enum CodingKeys: String, CodingKey {
        case sha256, labeler, contestants
        case rowCount = "row_count"
    }

    public struct Scores: Codable, Equatable, Sendable {
        public var id: String
        /// The defined metrics.
        public var metrics: [MetricName: Double]
    }

    /// - Parameters:
    ///   - predictions: What each contestant said of the test rows; at least one.
    ///   - sha256: Of `gold.csv`.
    public init(
        _ gold: [GoldRow], labelSpace: LabelSpace, predictions: StoredPredictions, sha256: String
    ) {
        self.sha256 = sha256
        let labels = Dictionary(gold.map { ($0.id, $0.labels) }, uniquingKeysWith: { first, _ in first })
        func metrics(_ ids: [String], _ predicted: Targets) -> [MetricName: Double] {
            let rows = ids.indices.filter { labels[ids[$0]] != nil }
            var targets = TargetsBuilder(labelSpace)
            for row in rows { targets.add(labels[ids[row]] ?? []) }
            return Scorecard(
                gold: targets.targets, predicted: predicted.selecting(rows), labelSpace: labelSpace
            ).namedMetrics
        }
        rowCount = gold.count
        labeler = predictions.contestants.first.map { metrics($0.test.ids, $0.test.gold) } ?? [:]
        contestants = predictions.contestants.map {
            Scores(id: $0.id, metrics: metrics($0.test.ids, $0.test.predicted))
        }
    }
}

/// A row of `gold.csv`.
public struct GoldRow: Equatable, Sendable {
    public let id: String
    /// Ascending.
    public let labels: [Int]

    public init(id: String, labels: [Int]) {
        self.id = id
        self.labels = labels
    }
}

// MARK: gold.csv

/// The text of `gold.csv`: label names joined by `|`.
public func goldCSV(_ rows: [GoldRow], _ labelSpace: LabelSpace) -> String {
    "id,gold\n"
        + rows.map { row in
            csvLine([row.id, labelSpace.cell(row.labels)])
        }.joined()
}

/// Computes the scores by gold labels again from `gold.csv` and the stored predictions.
package func verifyGold(
    _ results: ExperimentResults, _ predictions: StoredPredictions, in folder: RunLayout
) throws {
    guard let stored = results.gold else { return }
    let labelSpace = results.dataset.labelSpace
    let bytes = try InputFile(folder.gold).readToEnd()
    let parser = LabelCells(labelSpace)
    var reader = try TableReader(ByteSource(bytes, name: folder.gold.path), dialect: .csv)
    var rows: [GoldRow] = []
    while let row = try reader.next() {
        let place = DataPlace(file: folder.gold.path, line: row.line)
        guard row.count == 2 else {
            throw ResultsError.badPredictions(place, found: "\(row.count) fields", expected: "id,gold")
        }
        rows.append(GoldRow(id: row[0], labels: try parser.labels(of: row[1], at: place)))
    }
    let found = GoldScores(
        rows, labelSpace: labelSpace, predictions: predictions, sha256: Fingerprint.sha256(of: bytes))
    if found != stored {
        throw ResultsError.disagrees(
            what: "scores by gold labels", stored: "otherwise", recomputed: "other rows, or other scores")
    }
}
