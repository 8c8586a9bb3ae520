import Labels
import Results
import Tables
import Testing

/// Cells of labels, decisions and probabilities that should agree, names that are taken.
@Suite struct LabelCellsTests {
    @Test(
        arguments: [
            (.multiclass, "b", [1], nil), (.multiclass, "", nil, "f:3: found no label, expected one label"),
            (.multiclass, "a|b", nil, "f:3: found a|b, expected one label"),
            (.multiclass, "d", nil, "f:3: found label 'd'; expected one of a, b, c"),
            (.multilabel, "c|a", [2, 0], nil), (.multilabel, "", [], nil),
            (.multilabel, "a|x", nil, "f:3: found label 'x'; expected one of a, b, c"),
        ] as [(LabelKind, String, [Int]?, String?)])
    func labelsOfACell(kind: LabelKind, cell: String, labels: [Int]?, complaint: String?) throws {
        let cells = LabelCells(try ByHand.space(kind))
        do throws(ResultsError) {
            #expect(try cells.labels(of: cell, at: DataPlace(file: "f", line: 3)) == labels)
        } catch { #expect(error.description == complaint) }
    }

    @Test func numbersOfNames() throws {
        let place = DataPlace(file: "f", line: 3)
        let counting = LabelCells(try ByHand.space(), countsNames: true)
        #expect(try counting.labels(of: "2", at: place) == [2])
        #expect(throws: ResultsError.self) {
            try LabelCells(try ByHand.space()).labels(of: "2", at: place)
        }
    }

    /// Classes by the probability of `yes`: the first row that is not what it says, and whether a threshold explains all.
    @Test(
        arguments: [
            ([0, 1], [0.2, 0.7], nil, true), ([0, 1, 1], [0.2, 0.7, 0.4], 2, true),
            ([0, 1, 1], [0.45, 0.7, 0.4], 2, false), ([1, 0], [0.5, 0.5], nil, true),
            ([0, 0], [0.2, 0.7], 1, true),
        ] as [([Int], [Double], Int?, Bool)])
    func decisionsOfTwo(classes: [Int], yes: [Double], first: Int?, isExplained: Bool) {
        let probabilities = Probabilities(labelCount: 2, values: yes.flatMap { [1 - $0, $0] })
        let agreement = DecisionAgreement(.classes(classes), probabilities, kind: .binary)
        #expect(agreement.firstDisagreement == first && agreement.isExplainedByThresholds == isExplained)
    }

    @Test(
        arguments: [
            ([[0], [1]], [[0.7, 0.1], [0.2, 0.9]], nil, true),
            ([[0], [0, 1]], [[0.7, 0.1], [0.4, 0.9]], 1, true),
            ([[0], [0, 1]], [[0.7, 0.6], [0.4, 0.5]], 0, false),
        ] as [([[Int]], [[Double]], Int?, Bool)])
    func decisionsOfSets(sets: [[Int]], values: [[Double]], first: Int?, isExplained: Bool) {
        let agreement = DecisionAgreement(
            .sets(IndicatorMatrix(labelCount: 2, rows: sets)),
            Probabilities(labelCount: 2, values: values.flatMap(\.self)), kind: .multilabel)
        #expect(agreement.firstDisagreement == first && agreement.isExplainedByThresholds == isExplained)
    }

    @Test func moreClassesHaveNoThreshold() {
        let probabilities = Probabilities(labelCount: 3, values: [0.5, 0.3, 0.2, 0.2, 0.4, 0.4])
        let agreement = DecisionAgreement(.classes([1, 2]), probabilities, kind: .multiclass)
        #expect(agreement.firstDisagreement == 0 && !agreement.isExplainedByThresholds)
    }

    @Test func namesKeepTheirHolder() {
        var names = TakenNames()
        #expect(names.holder(of: "Spam") == nil)
        names.take("spam", for: "first")
        names.take("SPAM", for: "second")
        #expect(names.holder(of: "Spam").map { [$0.name, $0.holder] } == ["spam", "first"])
    }
}
