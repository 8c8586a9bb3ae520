import Evaluation
import Foundation
import SafeFiles
import Tables

/// What a run's models make of edited test rows, as `bakeoff probe --store` leaves it in the run's folder: `probe.json`.
///
/// A label before an edit is the stored prediction of the row. So it is enough to keep the rows whose labels an edit changes,
/// and every count can be computed again from these and the predictions; only that an edited text gets its label cannot be,
/// without the models.
public struct ProbeRecord: Codable, Equatable, Sendable {
    /// What a label should do after an edit.
    public enum Expectation: String, Codable, Sendable {
        case stay, change
    }

    /// An edit that was made.
    public struct Check: Codable, Equatable, Sendable {
        public var edit: String
        /// What it does, in a few words.
        public var summary: String
        public var expectation: Expectation
        /// Test rows in whose text there was something to edit.
        public var textCount: Int

        private enum CodingKeys: String, CodingKey {
            case edit, summary
            case expectation = "label_should"
            case textCount = "texts"
        }

        package init(edit: String, summary: String, expectation: Expectation, textCount: Int) {
            (self.edit, self.summary) = (edit, summary)
            (self.expectation, self.textCount) = (expectation, textCount)
        }
    }

    /// What a model made of the checks.
    public struct Contestant: Codable, Equatable, Sendable {
        public var id: String
        /// Of the stored predictions on test that the labels before an edit are those of.
        public var predictionsSHA256: String
        /// For each check the rows whose labels it changes, by their ids, with the labels that they have then, joined by `|`.
        public var changed: [[String: String]]

        private enum CodingKeys: String, CodingKey {
            case id, changed
            case predictionsSHA256 = "predictions_sha256"
        }

        package init(id: String, predictionsSHA256: String, changed: [[String: String]]) {
            (self.id, self.predictionsSHA256, self.changed) = (id, predictionsSHA256, changed)
        }
    }

    /// What the texts are.
    public var source: String
    public var textCount: Int
    public var checks: [Check]
    public var contestants: [Contestant]
    /// Of the record without this.
    public private(set) var sha256: String?

    private enum CodingKeys: String, CodingKey {
        case source, checks, contestants, sha256
        case textCount = "texts"
    }

    package init(source: String, textCount: Int, checks: [Check], contestants: [Contestant]) throws {
        (self.source, self.textCount) = (source, textCount)
        (self.checks, self.contestants) = (checks, contestants)
        sha256 = try digest()
    }

    private func digest() throws -> String {
        var bare = self
        bare.sha256 = nil
        return Fingerprint.sha256(of: try StableJSON.encode(bare))
    }

    /// The edited texts of a check whose label is other than expected.
    package func failures(of contestant: Contestant, check: Int) -> Proportion {
        let (total, changed) = (checks[check].textCount, contestant.changed[check].count)
        return switch checks[check].expectation {
        case .stay: Proportion(changed, of: total)
        case .change: Proportion(total - changed, of: total)
        }
    }

    /// Whether it is of the predictions that the results are of.
    package func isOf(_ results: ExperimentResults) -> Bool {
        contestants.allSatisfy { own in
            results.contestants.contains { $0.id == own.id && $0.predictionsSHA256 == own.predictionsSHA256 }
        }
    }
}

extension ProbeRecord {
    /// Nil where a task has none.
    /// - Throws: `ResultsError.badResults` where the file is none, or was changed.
    public init?(in folder: RunLayout) throws {
        let file = folder.probe
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        func bad(_ reason: String) -> ResultsError { .badResults(file: file.path, reason: reason) }
        let bytes = try InputFile(file).readToEnd()
        do {
            self = try StableJSON.decode(ProbeRecord.self, from: bytes)
        } catch {
            throw bad(reason(error))
        }
        guard try sha256 == digest(), try StableJSON.encode(self) == bytes else {
            throw bad("it was changed after it was written; 'bakeoff probe --store' makes it anew")
        }
        // What was written with its digest by somebody else may still be of another shape.
        if textCount < 0 || checks.contains(where: { !(0...max(0, textCount) ~= $0.textCount) }) {
            throw bad("expected as many edited texts as there are texts, at most")
        }
        for own in contestants {
            if own.changed.count != checks.count {
                throw bad(
                    "\(own.id): found changes of \(own.changed.count) checks, expected \(checks.count)")
            }
            for (check, changed) in zip(checks, own.changed) where changed.count > check.textCount {
                throw bad(
                    "\(own.id), \(check.edit): found \(changed.count) changed rows, expected at most \(check.textCount)"
                )
            }
        }
    }

    public func write(to folder: RunLayout) throws {
        try OutputFile.write(try StableJSON.encode(self), to: folder.probe)
    }

    /// Compares it with the stored predictions: it is of these, and each row that it says an edit changed is a test row that
    /// had other labels before.
    /// - Throws: `ResultsError.disagrees`.
    func verify(_ results: ExperimentResults, _ predictions: StoredPredictions) throws {
        func disagrees(_ what: String, _ stored: String, _ recomputed: String) -> ResultsError {
            .disagrees(what: "probe.json, \(what)", stored: stored, recomputed: recomputed)
        }
        for own in contestants {
            guard let result = results.contestants.first(where: { $0.id == own.id }) else {
                throw disagrees("contestants", own.id, "no such contestant")
            }
            if result.predictionsSHA256 != own.predictionsSHA256 {
                throw disagrees(
                    "SHA-256 of the predictions of \(own.id)", own.predictionsSHA256, result.predictionsSHA256
                )
            }
            let test = predictions[own.id].test
            let rows = Dictionary(zip(test.ids, test.ids.indices), uniquingKeysWith: { first, _ in first })
            let cells = LabelCells(test.labelSpace)
            for (check, changed) in zip(checks, own.changed) {
                for (id, labels) in changed.sorted(by: { $0.key < $1.key }) {
                    let what = "\(check.edit) of \(own.id), row \(id)"
                    guard let row = rows[id] else { throw disagrees(what, labels, "no such test row") }
                    let before = test.labelSpace.cell(test.predicted.labels(ofRow: row))
                    if labels == before { throw disagrees(what, "changed to \(labels)", "unchanged") }
                    _ = try cells.labels(of: labels, at: DataPlace(file: "probe.json", line: 1))
                }
            }
        }
    }
}

/// Compares a stored probe with the predictions, where there is one.
func verifyProbe(
    _ results: ExperimentResults, _ predictions: StoredPredictions, in folder: RunLayout
) throws {
    try ProbeRecord(in: folder)?.verify(results, predictions)
}
