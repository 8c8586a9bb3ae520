import Experiments
import Labels
import SettingKeys
import TestSupport
import Testing

/// `report: {costs: ...}`: from either spelling to a matrix of the labels.
@Suite struct CostSettingTests {
    private static let names = ["ham", "spam", "scam"]

    private func matrix(_ costs: String, kind: LabelKind = .multiclass) throws -> [[Double]] {
        let setting = try Setting(yaml: "costs: \(costs)", file: "e.yaml").mappingWithAnyKeys()["costs"]
        return try CostSetting(#require(setting)).matrix(for: LabelSpace(kind: kind, names: Self.names))
    }

    @Test(arguments: [
        ("[[0, 1, 2], [3, 0, 4.5], [5, 6, 0]]", [[0, 1, 2], [3, 0, 4.5], [5, 6, 0]]),
        // Rows by name stand in any order and spelling; what is right costs 0 unless it is said otherwise.
        (
            "{scam: {ham: 5, spam: 6}, ham: {spam: 1, scam: 2}, spam: {ham: 3, scam: 4.5}}",
            [[0, 1, 2], [3, 0, 4.5], [5, 6, 0]]
        ),
        (
            "{ham: {ham: 0.5, spam: 1, scam: 2}, spam: {ham: 3, scam: 4}, scam: {ham: 5, spam: 6}}",
            [[0.5, 1, 2], [3, 0, 4], [5, 6, 0]]
        ),
    ])
    func aRowForEachGoldLabel(costs: String, expected: [[Double]]) throws {
        #expect(try matrix(costs) == expected)
    }

    @Test(arguments: [
        ("[[0, 1], [1, 0]]", "costs: found a list, expected 3 rows, one for each of ham, spam, scam"),
        (
            "[[0, 1, 2], [3, 0], [5, 6, 0]]",
            "costs[1]: found a list, expected 3 costs, one for each of ham, spam, scam"
        ),
        ("[[0, 1, 2], 3, [5, 6, 0]]", "costs[1]: found '3', expected a list"),
        ("[[0, 1, 2], [3, 0, much], [5, 6, 0]]", "costs[1][2]: found 'much', expected a number"),
        (
            "{ham: {spam: 1, scam: 1}, spam: {ham: 1, scam: 1}, scam: {ham: 1}}",
            "a cost for 'spam' where 'scam' is gold"
        ),
        (
            "{ham: {spamm: 1}}",
            "costs.ham.spamm: found '1', expected labels of the dataset as keys: ham, spam, scam"
        ),
        ("{jam: {spam: 1}}", "costs.jam: found a mapping, expected labels of the dataset"),
        ("{ham: 1}", "costs.ham: found '1', expected a mapping"),
        ("5", "costs: found '5', expected a mapping"),
    ])
    func whatCannotBeCosts(costs: String, words: String) {
        let error = errorText { try matrix(costs) }
        #expect(error.hasPrefix("e.yaml:1: ") && error.contains(words), "\(error)")
    }

    @Test func rowsWithSeveralLabelsHaveNoConfusions() {
        #expect(
            errorText { try matrix("[[0, 1, 2], [3, 0, 4], [5, 6, 0]]", kind: .multilabel) }
                == "e.yaml:1: costs: found a list, expected no costs of confusions, since a row may have several labels"
        )
    }
}
