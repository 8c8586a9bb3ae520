import DeterministicWork
import Evaluation
import Foundation
import Labels
import Testing

/// Sums of some thousand doubles of at most 1, divided by their number, differ by less in any order.
private let tolerance = 1e-12

private let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return encoder
}()

@Suite struct ScorecardTests {
    @Test func equalsScikitLearn() throws {
        let problems = try GoldenProblem.all()
        #expect(problems.count >= 62)
        for (index, problem) in problems.enumerated() {
            let found = try JSONDecoder().decode(JSONValue.self, from: encoder.encode(problem.scorecard))
            let differences = found.differences(from: problem.expected, tolerance: tolerance)
            #expect(differences.isEmpty, "problem \(index)")
        }
    }

    @Test func survivesJSON() throws {
        for problem in try GoldenProblem.all() {
            let data = try encoder.encode(problem.scorecard)
            let decoded = try JSONDecoder().decode(Scorecard.self, from: data)
            #expect(decoded == problem.scorecard)
            #expect(try encoder.encode(decoded) == data)
        }
    }

    @Test func refusesJSONWithAMissingKey() throws {
        let data = try encoder.encode(try #require(GoldenProblem.all().first).scorecard)
        let text = String(decoding: data, as: UTF8.self)
        for key in ["accuracy", "f1_micro", "f1", "per_label", "undefined", "support"] {
            let broken = text.replacingOccurrences(of: "\"\(key)\":", with: "\"other\":")
            #expect(broken != text)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(Scorecard.self, from: Data(broken.utf8))
            }
        }
        let unknown = text.replacingOccurrences(of: "\"undefined\":{", with: "\"undefined\":{\"f2_macro\":1,")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Scorecard.self, from: Data(unknown.utf8))
        }
    }

    @Test(arguments: LabelKind.allCases) func equalsTheDefinitions(kind: LabelKind) throws {
        var random = RandomStream(seed: 11)
        for (N, K) in [(0, 3), (1, 5), (13, 1), (31, 7), (17, 43), (211, 11)] {
            let K = kind == .binary ? 2 : kind == .multiclass ? max(2, K) : K
            let problem = try RandomProblem(kind: kind, N: N, K: K, random: &random)
            let naive = NaiveScorecard(
                gold: problem.gold, predicted: problem.predicted, labelSpace: problem.labelSpace)
            let scorecard = problem.scorecard
            for metric in MetricName.allCases {
                let comment: Comment = "\(metric.rawValue) at N \(N), K \(K)"
                switch (scorecard[metric], naive.value(of: metric)) {
                case (nil, nil): break
                case (let found?, let expected?): #expect(abs(found - expected) <= tolerance, comment)
                case (let found, let expected): #expect(found == expected, comment)
                }
            }
        }
    }

    @Test(arguments: LabelKind.allCases) func orderOfRowsDoesNotMatter(kind: LabelKind) throws {
        var random = RandomStream(seed: 12)
        let problem = try RandomProblem(kind: kind, N: 101, K: kind == .binary ? 2 : 13, random: &random)
        let order = random.shuffled(0..<101)
        let shuffled = Scorecard(
            gold: problem.gold.selecting(order), predicted: problem.predicted.selecting(order),
            labelSpace: problem.labelSpace)
        expectEqualMetrics(shuffled, problem.scorecard)
        #expect(shuffled.perLabel == problem.scorecard.perLabel)
        #expect(shuffled.confusionMatrix == problem.scorecard.confusionMatrix)
    }

    @Test(arguments: [LabelKind.multiclass, .multilabel]) func orderOfLabelsDoesNotMatter(kind: LabelKind)
        throws
    {
        let K = 13
        var random = RandomStream(seed: 13)
        let problem = try RandomProblem(kind: kind, N: 101, K: K, random: &random)
        let order = random.shuffled(0..<K)  // new index -> old index
        let newIndex = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
        func renumbered(_ targets: Targets) -> Targets {
            let rows = (0..<targets.count).map { row in targets.labels(ofRow: row).compactMap { newIndex[$0] }
            }
            return kind == .multilabel
                ? .sets(IndicatorMatrix(labelCount: K, rows: rows)) : .classes(rows.map { $0[0] })
        }
        let old = problem.scorecard
        let new = Scorecard(
            gold: renumbered(problem.gold), predicted: renumbered(problem.predicted),
            labelSpace: try LabelSpace(kind: kind, names: order.map { problem.labelSpace.names[$0] }))
        expectEqualMetrics(new, old)
        #expect(new.perLabel == order.map { old.perLabel[$0] })
        let matrix = order.map { old.confusionMatrix[$0] }
        #expect(
            new.confusionMatrix
                == (kind == .multilabel ? matrix : matrix.map { row in order.map { row[$0] } }))
    }

    @Test func oneHotRowsScoreAsClassesDo() throws {
        var random = RandomStream(seed: 14)
        let problem = try RandomProblem(kind: .multiclass, N: 101, K: 7, random: &random)
        let sets = Scorecard(
            gold: .sets(problem.gold.indicators(labelCount: 7)),
            predicted: .sets(problem.predicted.indicators(labelCount: 7)),
            labelSpace: try LabelSpace(kind: .multilabel, names: problem.labelSpace.names))
        #expect(sets.perLabel == problem.scorecard.perLabel)
        for metric in MetricName.allCases where problem.scorecard.has(metric) && sets.has(metric) {
            #expect(sets[metric] == problem.scorecard[metric])
        }
        #expect(sets[.f1Samples].map { abs($0 - (problem.scorecard[.accuracy] ?? -1)) <= tolerance } == true)
        #expect(sets.emptyRows == 0)
    }

    @Test(arguments: LabelKind.allCases) func withoutRowsEverythingIsUndefined(kind: LabelKind) throws {
        var random = RandomStream(seed: 15)
        let scorecard = try RandomProblem(kind: kind, N: 0, K: 2, random: &random).scorecard
        for metric in MetricName.allCases { #expect(scorecard[metric] == nil) }
        #expect(scorecard.support == 0)
        #expect(scorecard.emptyRows == (kind == .multilabel ? 0 : nil))
        #expect(scorecard.undefined[.f1Macro] == 2)
        #expect(scorecard.undefined[.f1Samples] == (kind == .multilabel ? 0 : nil))
        let json = String(decoding: try encoder.encode(scorecard), as: UTF8.self)
        #expect(json.contains("\"accuracy\":null") && json.contains("\"recall\":null"))
    }

    @Test func bothWaysWithUndefinedLabels() throws {
        // b is never predicted, c has no gold rows, d is neither.
        let space = try LabelSpace(kind: .multiclass, names: ["a", "b", "c", "d"])
        let scorecard = Scorecard(
            gold: .classes([0, 0, 0, 1]), predicted: .classes([0, 0, 2, 0]), labelSpace: space)
        #expect(scorecard.perLabel.map(\.precision) == [2.0 / 3, nil, 0, nil])
        #expect(scorecard.perLabel.map(\.recall) == [2.0 / 3, 0, nil, nil])
        #expect(scorecard.perLabel.map(\.f1) == [2.0 / 3, 0, 0, nil])
        #expect(scorecard[.precisionMacro] == 2.0 / 3 / 4)
        #expect(scorecard[.precisionMacroDefined] == 2.0 / 3 / 2)
        #expect(scorecard[.f1MacroDefined] == 2.0 / 3 / 3)
        #expect(scorecard.undefined[.precisionMacro] == 2)
        #expect(scorecard.undefined[.recallMacro] == 2)
        #expect(scorecard.undefined[.f1Macro] == 1)
        #expect(scorecard.undefined[.precisionWeighted] == 1)
        #expect(scorecard.undefined[.recallWeighted] == 0)
    }

    @Test func unequalLengthsAreAProgrammersError() async {
        await #expect(processExitsWith: .failure) {
            _ = Scorecard(
                gold: .classes([0, 1]), predicted: .classes([0]),
                labelSpace: try LabelSpace(kind: .binary, names: ["no", "yes"]))
        }
    }

    private func expectEqualMetrics(_ a: Scorecard, _ b: Scorecard) {
        for metric in MetricName.allCases {
            #expect((a[metric] == nil) == (b[metric] == nil), "\(metric.rawValue)")
            if let x = a[metric], let y = b[metric] {
                #expect(abs(x - y) <= tolerance, "\(metric.rawValue)")
            }
        }
        #expect(a.undefined == b.undefined)
        #expect(a.emptyRows == b.emptyRows)
    }
}
