import Evaluation
import Foundation
import Labels
import SafeFiles

/// The test labels that are most likely wrong, as each contestant's stored probabilities tell by confident learning (Northcutt,
/// Jiang and Chuang, JAIR 70, 2021): rows are judged by models that were not fitted on them. A list to look at; nothing is
/// changed by it.
///
/// `label-issues.csv` has all of them.
public struct LabelNoise: Codable, Equatable, Sendable {
    /// SHA-256 of `label-issues.csv`.
    public var sha256: String
    /// Those that give probabilities, dummies left out, in the order of the results.
    public var contestants: [Estimate]
    /// Rows of which most of these contestants hold the same label for wrong, those that more of them name first, then those
    /// whose label they find least probable; the first few.
    public var rows: [Row]

    public struct Estimate: Codable, Equatable, Sendable {
        public var id: String
        /// The share of labels that are estimated to be wrong; in a task of sets of each label's presence or absence, in the
        /// mean over labels.
        public var estimatedShare: Double
        /// Labels that are named as likely wrong.
        public var issueCount: Int

        private enum CodingKeys: String, CodingKey {
            case id
            case estimatedShare = "estimated_share"
            case issueCount = "issue_count"
        }
    }

    public struct Row: Codable, Equatable, Sendable {
        public var id: String
        /// The label that is likely wrong: the given one, or in a task of sets one that the row has or lacks.
        public var label: String
        /// In a task of sets, whether the row has it; absent in a task of classes.
        public var isGiven: Bool?
        /// What the first of the contestants that name it holds for right, in a task of classes.
        public var suggested: String?
        /// The contestants that name it.
        public var namedBy: [String]
        /// The mean over these contestants of the probability of what the row was given.
        public var selfConfidence: Double

        private enum CodingKeys: String, CodingKey {
            case id, label, suggested
            case isGiven = "is_given"
            case namedBy = "named_by"
            case selfConfidence = "self_confidence"
        }
    }

    /// How many rows are told.
    static let listLength = 20
}

extension LabelNoise {
    /// - Returns: Nil where no contestant gives probabilities; else also the text of `label-issues.csv`.
    static func find(_ predictions: StoredPredictions) -> (noise: LabelNoise, csv: String)? {
        let judges = predictions.contestants.filter { $0.isProbabilistic && !$0.isBaseline }
        guard let first = judges.first?.test, !first.ids.isEmpty else { return nil }
        let issues = judges.map { LabelIssue.find(given: $0.test.gold, probabilities: $0.test.probabilities) }
        let csv = Self.csv(judges, issues)
        return (LabelNoise(judges, issues, sha256: Fingerprint.sha256(of: Array(csv.utf8))), csv)
    }

    private init(_ judges: [ScoredPredictions], _ issues: [[LabelIssue]], sha256: String) {
        self.sha256 = sha256
        contestants = zip(judges, issues).map { judge, issues in
            Estimate(
                id: judge.id,
                estimatedShare: Self.share(judge.test.gold, judge.test.probabilities),
                issueCount: issues.count)
        }
        rows = Self.rows(judges, issues)
    }

    private static func share(_ gold: Targets, _ probabilities: Probabilities) -> Double {
        switch gold {
        case .classes(let classes):
            return ConfidentJoint(given: classes, probabilities: probabilities).estimatedShare
        case .sets(let sets):
            let joints = LabelIssue.joints(given: sets, probabilities: probabilities)
            return joints.reduce(0) { $0 + $1.estimatedShare } / Double(joints.count)
        }
    }

    /// What several contestants name together.
    private struct Place: Hashable {
        let row: Int
        let label: Int
    }

    private static func rows(_ judges: [ScoredPredictions], _ issues: [[LabelIssue]]) -> [Row] {
        var named: [Place: [(judge: Int, issue: LabelIssue)]] = [:]
        for (judge, issues) in issues.enumerated() {
            for issue in issues {
                named[Place(row: issue.row, label: issue.label), default: []].append((judge, issue))
            }
        }
        let test = judges[0].test
        let names = test.labelSpace.names
        return named.filter { 2 * $0.value.count > judges.count }.map { place, all in
            let confidence = all.reduce(0) { $0 + $1.issue.selfConfidence } / Double(all.count)
            return (place, all, confidence)
        }.sorted {
            (-$0.1.count, $0.2, $0.0.row, $0.0.label) < (-$1.1.count, $1.2, $1.0.row, $1.0.label)
        }.prefix(listLength).map { place, all, confidence in
            Row(
                id: test.ids[place.row], label: names[place.label],
                isGiven: test.isGiven(place.label, place.row),
                suggested: test.labelSpace.kind == .multilabel
                    ? nil : all.first.map { names[$0.issue.suggested] },
                namedBy: all.map { judges[$0.judge].id }, selfConfidence: confidence)
        }
    }

    /// The text of `label-issues.csv`, the contestants one after another, each with the least probable labels first.
    private static func csv(_ judges: [ScoredPredictions], _ issues: [[LabelIssue]]) -> String {
        guard let space = judges.first?.test.labelSpace else { return "" }
        let isMultilabel = space.kind == .multilabel
        var text = csvLine(
            ["contestant", "id", "label", isMultilabel ? "given" : "suggested", "self_confidence"])
        for (judge, issues) in zip(judges, issues) {
            for issue in issues {
                let given = judge.test.isGiven(issue.label, issue.row)
                text += csvLine([
                    judge.id, judge.test.ids[issue.row], space.names[issue.label],
                    given.map { $0 ? "1" : "0" } ?? space.names[issue.suggested],
                    "\(Float(issue.selfConfidence))",
                ])
            }
        }
        return text
    }
}

extension Predictions {
    /// Whether a row has a label, in a task of sets; nil in a task of classes.
    fileprivate func isGiven(_ label: Int, _ row: Int) -> Bool? {
        guard case .sets(let sets) = gold else { return nil }
        return sets[row, label]
    }
}

extension RunLayout {
    /// Writes `label-issues.csv`, or removes what an earlier run left where none are wanted.
    package func storeLabelNoise(_ predictions: StoredPredictions, isWanted: Bool) throws -> LabelNoise? {
        guard isWanted, let (noise, csv) = LabelNoise.find(predictions) else {
            try PackableFile(labelIssues).remove()
            return nil
        }
        try OutputFile.write(csv, to: labelIssues)
        return noise
    }
}

/// Finds the labels that are likely wrong again, and compares the list's digest.
package func verifyLabelNoise(
    _ results: ExperimentResults, _ predictions: StoredPredictions, in folder: RunLayout
) throws {
    guard let stored = results.labelNoise else { return }
    let found = LabelNoise.find(predictions)?.noise
    try expect("labels that are likely wrong", stored, found)
    try expect(
        "SHA-256 of label-issues.csv", stored.sha256, Fingerprint.sha256(ofFile: folder.labelIssues))
}
