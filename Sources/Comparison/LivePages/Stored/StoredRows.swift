import Foundation
import Labels
import Results

/// The stored predictions of a task's test rows, as a page reads them: what the rows are as JSON, and the numbers as bytes.
struct StoredRows: Sendable {
    /// What the numbers belong to.
    struct Description: Encodable {
        struct Contestant: Encodable {
            let id: String
            let isBaseline: Bool
            let isProbabilistic: Bool
            /// From which probability on each label was given; none where the most probable label was.
            let thresholds: [Double]?
        }

        let contestants: [Contestant]
        /// Shape: [N].
        let ids: [String]
        /// Shape: [N]; none where the run does not allow quotes.
        let texts: [String]?
        /// None where the run stored none.
        let slices: StoredSlices?
    }

    /// `Description`, as JSON.
    let description: [UInt8]
    /// Little-endian. First the gold labels, [N, K] bytes that are 0 or 1; then, of each contestant in turn, the probabilities
    /// as float32, [N, K], and the predicted labels, [N, K] bytes. Zeros stand before each block of float32 until its place is
    /// a multiple of four.
    let numbers: [UInt8]

    /// - Parameters:
    ///   - results: Of one task.
    ///   - folder: Where its predictions are.
    /// - Throws: What reading a file throws, `ResultsError.differentRows`, and what `StoredSlices` throws.
    init(_ results: ExperimentResults, in folder: RunLayout) throws {
        let labelSpace = results.dataset.labelSpace
        let predictions = StoredPredictions(
            try results.contestants.map { contestant in
                ScoredPredictions(
                    id: contestant.id, isBaseline: results.isBaseline(contestant),
                    isProbabilistic: contestant.isProbabilistic,
                    test: try Predictions(
                        contentsOf: folder.predictions(of: contestant.id), labelSpace: labelSpace),
                    validation: nil)
            })
        try checkSameRows(predictions.contestants)
        let ids = predictions.contestants.first?.test.ids ?? []
        let texts = try results.storedErrorTexts(predictions, in: folder)
        description = try StableJSON.line(
            Description(
                contestants: zip(results.contestants, predictions.contestants).map { contestant, stored in
                    .init(
                        id: stored.id, isBaseline: stored.isBaseline, isProbabilistic: stored.isProbabilistic,
                        thresholds: labelSpace.kind == .multiclass ? nil : contestant.thresholds)
                },
                ids: ids, texts: texts.map { texts in ids.map { texts[$0] ?? "" } },
                slices: try StoredSlices(results, in: folder, ids: ids)))
        numbers = StoredRows.bytes(of: predictions.contestants.map(\.test), labelCount: labelSpace.count)
    }

    private static func bytes(of all: [Predictions], labelCount: Int) -> [UInt8] {
        func indicators(_ targets: Targets) -> [UInt8] {
            targets.indicators(labelCount: labelCount).values.map { $0 ? 1 : 0 }
        }
        guard let first = all.first else { return [] }
        var bytes = indicators(first.gold)
        for predictions in all {
            bytes += Array(repeating: 0, count: (4 - bytes.count % 4) % 4)
            for value in predictions.probabilities.values {
                withUnsafeBytes(of: Float(value).bitPattern.littleEndian) { bytes.append(contentsOf: $0) }
            }
            bytes += indicators(predictions.predicted)
        }
        return bytes
    }
}
