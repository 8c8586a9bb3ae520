import Corpora
import Evaluation
import Foundation
import SafeFiles
import Tables

/// Texts of validation and test that train has as well, and what scores are without them.
///
/// The rows stand in `leaks.csv` beside `split.csv`: `row,part,kind,train_row`, rows counted from 0 as there.
public struct LeakSummary: Codable, Equatable, Sendable {
    /// SHA-256 of `leaks.csv`.
    public var sha256: String
    /// Validation and test, where they have rows.
    public var parts: [PartLeaks]
    /// One for each contestant, in their order.
    public var withoutLeaks: [ScoresWithoutLeaks]
    /// Texts that were not compared with all that could be near them, so that counts of near texts are at least what is
    /// said; nil for none.
    public var cutTexts: Int?

    private enum CodingKeys: String, CodingKey {
        case sha256, parts
        case cutTexts = "cut_texts"
        case withoutLeaks = "without_leaks"
    }

    /// How many rows of a part have a text of train.
    public struct PartLeaks: Codable, Equatable, Sendable {
        public var part: Part
        /// Equal in lower case with white space collapsed.
        public var equal: Int
        /// Not equal, but sharing at least 0.8 of their runs of five characters.
        public var near: Int
    }

    /// A contestant on the test rows that are no leaks of either kind.
    public struct ScoresWithoutLeaks: Codable, Equatable, Sendable {
        public var id: String
        public var rowCount: Int
        /// The defined metrics.
        public var metrics: [MetricName: Double]

        private enum CodingKeys: String, CodingKey {
            case id, metrics
            case rowCount = "row_count"
        }
    }

    /// - Parameters:
    ///   - parts: The part of each row of the corpus.
    ///   - predictions: What each contestant said of the test rows, in corpus order.
    ///   - sha256: Of `leaks.csv`.
    public init(
        _ leaks: [Leak], parts: [Part], predictions: StoredPredictions, sha256: String
    ) {
        self.sha256 = sha256
        self.parts = [Part.validation, .test].filter(parts.contains).map { part in
            let rows = leaks.filter { $0.part == part }
            return PartLeaks(
                part: part, equal: rows.count { $0.kind == .equal },
                near: rows.count { $0.kind == .near })
        }
        let leaked = Set(leaks.map(\.row))
        let testRows = parts.indices.filter { parts[$0] == .test }
        let kept = testRows.indices.filter { !leaked.contains(testRows[$0]) }
        withoutLeaks = predictions.contestants.map { contestant in
            let predictions = contestant.test
            let card = Scorecard(
                gold: predictions.gold.selecting(kept), predicted: predictions.predicted.selecting(kept),
                probabilities: contestant.isProbabilistic ? predictions.probabilities.selecting(kept) : nil,
                labelSpace: predictions.labelSpace)
            return ScoresWithoutLeaks(
                id: contestant.id, rowCount: kept.count, metrics: card.namedMetrics)
        }
    }
}

// MARK: leaks.csv

/// The text of `leaks.csv`.
public func leaksCSV(_ leaks: [Leak]) -> String {
    "row,part,kind,train_row\n"
        + leaks.map { "\($0.row),\($0.part.rawValue),\($0.kind.rawValue),\($0.trainRow)\n" }.joined()
}

/// Reads `leaks.csv`.
package func readLeaks(_ file: URL) throws -> [Leak] {
    var reader = try TableReader(DataFile.file(file).source(), dialect: .csv)
    var leaks: [Leak] = []
    while let row = try reader.next() {
        guard row.count == 4, let number = Int(row[0]), let part = Part(rawValue: row[1]),
            let kind = Leak.Kind(rawValue: row[2]), let trainRow = Int(row[3])
        else {
            throw ResultsError.badPredictions(
                DataPlace(file: file.path, line: row.line), found: "'\(row.fields.joined(separator: ","))'",
                expected: "row,part,kind,train_row")
        }
        leaks.append(Leak(row: number, part: part, kind: kind, trainRow: trainRow))
    }
    return leaks
}

/// Compares the leaks' counts and the scores without them with what the stored split, leaks and predictions give.
func verifyLeaks(
    _ results: ExperimentResults, _ predictions: StoredPredictions, parts: [Part], in folder: RunLayout
) throws {
    guard let stored = results.leaks else { return }
    var recomputed = try recomputedLeaks(predictions, parts: parts, in: folder)
    // What the search left out is not to be seen from what it found.
    recomputed.cutTexts = stored.cutTexts
    // Earlier versions computed nothing of the k most probable labels.
    for (place, scores) in zip(recomputed.withoutLeaks.indices, stored.withoutLeaks) {
        recomputed.withoutLeaks[place].metrics = recomputed.withoutLeaks[place].metrics
            .filter { $0.key.depth == nil || scores.metrics[$0.key] != nil }
    }
    if recomputed != stored {
        throw ResultsError.disagrees(
            what: "leaks", stored: "otherwise", recomputed: "other counts, or other scores without them")
    }
}

/// The leaks' counts and the scores without them, from the stored split, leaks and predictions.
func recomputedLeaks(
    _ predictions: StoredPredictions, parts: [Part], in folder: RunLayout
) throws -> LeakSummary {
    let bytes = try InputFile(folder.leaks).readToEnd()
    return LeakSummary(
        try readLeaks(folder.leaks), parts: parts, predictions: predictions,
        sha256: Fingerprint.sha256(of: bytes))
}
