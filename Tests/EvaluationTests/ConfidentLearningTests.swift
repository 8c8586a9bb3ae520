import Evaluation
import Labels
import Testing

/// Labels that are likely wrong, against cleanlab.
@Suite struct ConfidentLearningTests {
    private static let prunings: [LabelPruning: String] = [
        .noiseRate: "prune_by_noise_rate", .labelShare: "prune_by_class", .both: "both",
        .joint: "confident_learning",
    ]

    @Test func classesEqualCleanlabs() throws {
        for problem in try ProtocolGolden.all.get().confident {
            let probabilities = Probabilities(
                labelCount: problem.labels, values: problem.probabilities.flatMap(\.self))
            let joint = ConfidentJoint(given: problem.given, probabilities: probabilities)
            // A label that no row is given has cleanlab's 2 for a threshold.
            #expect(agree(joint.thresholds.map { $0 ?? 2 }, problem.thresholds, 1e-12))
            #expect(joint.counts == problem.joint)
            #expect(joint.calibrated == problem.calibrated)
            for (pruning, name) in Self.prunings {
                let found = LabelIssue.find(
                    given: .classes(problem.given), probabilities: probabilities, pruning: pruning)
                #expect(found.map(\.row).sorted() == problem.issues[name], "\(name)")
            }
            let ranked = LabelIssue.find(given: .classes(problem.given), probabilities: probabilities)
            #expect(ranked.map(\.row) == problem.ranked)
            for issue in ranked {
                #expect(issue.label == problem.given[issue.row] && issue.suggested != issue.label)
                #expect(issue.selfConfidence == probabilities[issue.row, issue.label])
            }
            let off = problem.calibrated.enumerated().reduce(0) {
                $0 + $1.element.reduce(0, +) - $1.element[$1.offset]
            }
            #expect(agree(joint.estimatedShare, Double(off) / Double(problem.given.count), 1e-12))
        }
    }

    @Test func setsEqualCleanlabs() throws {
        for problem in try ProtocolGolden.all.get().confidentSets {
            let probabilities = Probabilities(
                labelCount: problem.labels, values: problem.probabilities.flatMap(\.self))
            let given = IndicatorMatrix(labelCount: problem.labels, rows: problem.given)
            let joints = LabelIssue.joints(given: given, probabilities: probabilities)
            #expect(joints.map(\.calibrated) == problem.calibrated)
            for pruning in [LabelPruning.noiseRate, .labelShare] {
                let found = LabelIssue.find(
                    given: .sets(given), probabilities: probabilities, pruning: pruning)
                let pairs = found.map { [$0.row, $0.label] }.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
                #expect(pairs == problem.issues[Self.prunings[pruning] ?? ""], "\(pruning)")
                #expect(found.map(\.selfConfidence) == found.map(\.selfConfidence).sorted())
            }
        }
    }

    /// Labels that nobody doubts, and labels that were exchanged.
    @Test func exchangedLabelsAreFound() {
        var given = (0..<40).map { $0 % 2 }
        let sure = Probabilities(labelCount: 2, values: given.flatMap { $0 == 0 ? [0.9, 0.1] : [0.1, 0.9] })
        let clean = ConfidentJoint(given: given, probabilities: sure)
        #expect(clean.estimatedShare == 0)
        #expect(LabelIssue.find(given: .classes(given), probabilities: sure).isEmpty)
        for row in [3, 8] { given[row] = 1 - given[row] }
        let issues = LabelIssue.find(given: .classes(given), probabilities: sure)
        #expect(issues.map(\.row) == [3, 8] && issues.map(\.suggested) == [1, 0])
        #expect(ConfidentJoint(given: given, probabilities: sure).estimatedShare == 0.05)
    }
}
