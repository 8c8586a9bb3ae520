import Labels

/// A label that is likely to be wrong.
public struct LabelIssue: Codable, Equatable, Sendable {
    /// The row, from 0.
    public let row: Int
    /// The label that it is about: in a task of classes the given one, in a task of sets one that the row has or lacks.
    public let label: Int
    /// The label that the model holds for the true one; in a task of sets the same as `label`, which the row then should have if
    /// it lacks it, and should lack if it has it.
    public let suggested: Int
    /// The probability of what the row was given: of the label, or in a task of sets of its absence where the row lacks it.
    public let selfConfidence: Double

    private enum CodingKeys: String, CodingKey {
        case row, label, suggested
        case selfConfidence = "self_confidence"
    }
}

/// Which rows confident learning holds for wrongly labelled, given the estimated joint of given and true labels.
///
/// A row whose most probable label is the given one is never among them.
public enum LabelPruning: String, Codable, Sendable, CaseIterable {
    /// For each pair of given label k and true label j as many as the joint says: those of k with the largest p_j - p_k.
    case noiseRate
    /// For each given label as many as the joint has off the diagonal: those with the smallest probability of it.
    case labelShare
    /// Those that both of these name.
    case both
    /// The rows that the joint counts off its diagonal.
    case joint
}

extension LabelIssue {
    /// The labels that are most likely wrong, the least probable first; a list to look at, not one to correct by.
    ///
    /// - Parameter probabilities: From models that were not fitted on the rows that they judge. Shape: [N, K].
    public static func find(
        given: Targets, probabilities: Probabilities, pruning: LabelPruning = .noiseRate
    ) -> [LabelIssue] {
        precondition(given.count == probabilities.rowCount)
        switch given {
        case .classes(let classes):
            let joint = ConfidentJoint(given: classes, probabilities: probabilities)
            return rows(classes, probabilities, joint, pruning).map { row in
                let suggested = probabilities.mostProbable(row)
                return LabelIssue(
                    row: row, label: classes[row], suggested: suggested,
                    selfConfidence: probabilities[row, classes[row]])
            }.sorted { ($0.selfConfidence, $0.row) < ($1.selfConfidence, $1.row) }
        case .sets(let sets):
            return (0..<sets.labelCount).flatMap { label -> [LabelIssue] in
                let classes = (0..<sets.rowCount).map { sets[$0, label] ? 1 : 0 }
                let binary = probabilities.oneAgainstRest(label)
                let joint = ConfidentJoint(given: classes, probabilities: binary)
                return rows(classes, binary, joint, pruning).map { row in
                    LabelIssue(
                        row: row, label: label, suggested: label, selfConfidence: binary[row, classes[row]])
                }
            }.sorted { ($0.selfConfidence, $0.row, $0.label) < ($1.selfConfidence, $1.row, $1.label) }
        }
    }

    /// The joint of each label against its absence, of a task of sets. Shape: [K].
    public static func joints(given: IndicatorMatrix, probabilities: Probabilities) -> [ConfidentJoint] {
        (0..<given.labelCount).map { label in
            ConfidentJoint(
                given: (0..<given.rowCount).map { given[$0, label] ? 1 : 0 },
                probabilities: probabilities.oneAgainstRest(label))
        }
    }

    /// Rows that are likely to be wrong, in no order.
    private static func rows(
        _ given: [Int], _ probabilities: Probabilities, _ joint: ConfidentJoint, _ pruning: LabelPruning
    ) -> Set<Int> {
        let found: Set<Int>
        switch pruning {
        case .noiseRate: found = byNoiseRate(given, probabilities, prunedCounts(joint.calibrated))
        case .labelShare: found = byLabelShare(given, probabilities, prunedCounts(joint.calibrated))
        case .both:
            let counts = prunedCounts(joint.calibrated)
            found = byNoiseRate(given, probabilities, counts).intersection(
                byLabelShare(given, probabilities, counts))
        case .joint: found = Set(joint.offDiagonalRows)
        }
        return found.filter {
            probabilities.mostProbable($0, favouring: given[$0]) != given[$0]
        }
    }

    /// The joint with 1 at least on its diagonal, which the rest of the given label's row makes up for in equal parts.
    private static func prunedCounts(_ joint: [[Int]]) -> [[Int]] {
        joint.enumerated().map { label, row in
            let kept = max(1, row[label])
            let nonZero = max(1, row.count { $0 != 0 } - 1)
            let less = Double(kept - row[label]) / Double(nonZero)
            return row.enumerated().map { $0 == label ? kept : Int(max(0, Double($1) - less)) }
        }
    }

    private static func byNoiseRate(
        _ given: [Int], _ probabilities: Probabilities, _ counts: [[Int]]
    ) -> Set<Int> {
        var found: Set<Int> = []
        for (k, rows) in rowsByLabel(given, counts.count).enumerated() where rows.count > 1 {
            for (j, count) in counts[k].enumerated() where j != k && count > 0 {
                let margins = rows.map { probabilities[$0, j] - probabilities[$0, k] }
                let order = rows.indices.sorted { (-margins[$0], $0) < (-margins[$1], $1) }
                found.formUnion(order.prefix(count).map { rows[$0] })
            }
        }
        return found
    }

    private static func byLabelShare(
        _ given: [Int], _ probabilities: Probabilities, _ counts: [[Int]]
    ) -> Set<Int> {
        var found: Set<Int> = []
        for (k, rows) in rowsByLabel(given, counts.count).enumerated() where rows.count > 1 {
            let order = rows.sorted { (probabilities[$0, k], $0) < (probabilities[$1, k], $1) }
            found.formUnion(order.prefix(max(0, rows.count - counts[k][k])))
        }
        return found
    }

    /// Shape: [K][rows with that label].
    private static func rowsByLabel(_ given: [Int], _ K: Int) -> [[Int]] {
        var rows = Array(repeating: [Int](), count: K)
        for (row, label) in given.enumerated() { rows[label].append(row) }
        return rows
    }
}

extension Probabilities {
    /// The most probable label of a row, of equals the first.
    ///
    /// - Parameter favoured: A label that counts as a hair more probable than it is.
    fileprivate func mostProbable(_ row: Int, favouring favoured: Int? = nil) -> Int {
        func value(_ label: Int) -> Double {
            self[row, label] + (label == favoured ? ConfidentJoint.tolerance : 0)
        }
        return (1..<max(1, labelCount)).reduce(0) { value($1) > value($0) ? $1 : $0 }
    }

    /// Of the absence and the presence of one label. Shape: [N, 2].
    fileprivate func oneAgainstRest(_ label: Int) -> Probabilities {
        Probabilities(
            labelCount: 2, values: (0..<rowCount).flatMap { [1 - self[$0, label], self[$0, label]] })
    }
}
