import Evaluation
import Labels
import Results
import Testing

@Suite struct ThresholdLedgerTests {
    private static func options(_ use: ThresholdRule, tune: [ThresholdRule] = []) -> ThresholdOptions {
        var options = ThresholdOptions()
        (options.use, options.tune, options.draws, options.minSupport) = (use, tune, 3, 1)
        return options
    }

    /// At 0.5 the second `yes` is missed: F1 of `no` 4/5, of `yes` 2/3. At 0.25 all are right.
    private static func binary() throws -> Predictions {
        try ByHand.binary([0, 1, 1, 0], [0.125, 0.375, 0.75, 0.125])
    }

    @Test func aFixedThresholdBesideOneHalf() throws {
        let test = try Self.binary()
        let ledger = try #require(
            ThresholdLedger(validation: test, test: test, options: Self.options(.fixed(0.25)), seed: 1))
        #expect(ledger.objective == .f1Macro && ledger.used == .fixed(0.25))
        #expect(ledger.entries.map(\.rule) == [.half, .fixed(0.25)])
        #expect(ledger.deciding == [0.75, 0.25] && ledger[.half]?.thresholds == [0.5, 0.5])
        let (half, quarter) = (ledger.entries[0], ledger.entries[1])
        #expect(abs((half.test ?? 0) - 11.0 / 15) < 1e-15 && half.test == half.validation && half.gain == nil)
        #expect(quarter.test == 1 && abs((quarter.gain ?? 0) - 4.0 / 15) < 1e-15)
        #expect(half.testScores[.accuracy] == 0.75 && quarter.testScores[.accuracy] == 1)
        #expect(half.emptyRows == nil && half.spread == nil && quarter.spread == nil)
    }

    /// Of the second row nothing is said at 0.5, of the third neither: micro F1 2/3, and 1 at 0.25.
    @Test func emptyRowsOfSets() throws {
        let test = try ByHand.sets([[0], [1], []], [[0.75, 0.125, 0], [0.125, 0.375, 0], [0, 0, 0.125]])
        let ledger = try #require(
            ThresholdLedger(validation: test, test: test, options: Self.options(.fixed(0.25)), seed: 1))
        #expect(ledger.objective == .f1Micro)
        #expect(ledger.entries.map(\.emptyRows) == [2, 1])
        #expect(ledger.entries.map { $0.testScores[.accuracy] } == [2.0 / 3, 1])
        #expect(abs((ledger.entries[1].gain ?? 0) - 1.0 / 3) < 1e-15)
    }

    @Test(arguments: [
        (LabelKind.binary, ThresholdRule.perLabel, ThresholdRule.global, [ThresholdRule.half, .global]),
        (.multilabel, .perLabel, .perLabel, [.half, .global, .perLabel]),
        (.multilabel, .half, .half, [.half, .global]),
    ])
    func rulesOfATask(kind: LabelKind, use: ThresholdRule, used: ThresholdRule, rules: [ThresholdRule]) throws
    {
        let test =
            kind == .binary
            ? try Self.binary() : try ByHand.sets([[0], [1]], [[0.75, 0.125, 0], [0.125, 0.375, 0]])
        let ledger = try #require(
            ThresholdLedger(
                validation: test, test: test, options: Self.options(use, tune: [.global]), seed: 1))
        #expect(ledger.used == used && ledger.entries.map(\.rule) == rules)
        #expect(
            ledger.entries.map { $0.spread?.count } == rules.map { $0 == .half ? nil : $0 == .global ? 1 : 3 }
        )
        // No row of validation has `c`.
        #expect(ledger[.perLabel]?.fallbacks == (kind == .binary || use == .half ? nil : ["c"]))
    }

    @Test func whereNothingIsThresholded() throws {
        let classes = try ByHand.classes([0, 1], [0, 1])
        let options = Self.options(.half)
        #expect(ThresholdLedger(validation: classes, test: classes, options: options, seed: 1) == nil)
        let (test, none) = (try Self.binary(), try ByHand.binary([], []))
        #expect(ThresholdLedger(validation: none, test: test, options: options, seed: 1) == nil)
        for contestant in [
            ByHand.scored("a", test), ByHand.scored("a", test, validation: test, isProbabilistic: false),
        ] {
            #expect(ThresholdLedger(contestant, options: AnalysisOptions(), seed: 1) == nil)
        }
    }

    /// What an earlier scoring, or somebody's hand, left is not taken over.
    @Test func scoredAgainItIsTheSame() throws {
        let test = try Self.binary()
        let ledger = try #require(
            ThresholdLedger(validation: test, test: test, options: Self.options(.fixed(0.25)), seed: 1))
        var changed = ledger
        changed.entries[0].gain = 0.5
        changed.entries[1].test = 0
        changed.entries[1].testScores[.f1Samples] = 1
        #expect(changed.scored(on: test) == ledger)
        // Without rows nothing is defined, nor a gain.
        let none = ledger.scored(on: try ByHand.binary([], []))
        #expect(none.entries.map(\.test) == [nil, nil] && none.entries.map(\.gain) == [nil, nil])
    }

    @Test(
        arguments: [
            (.multiclass, .fixed(0.25), true, nil), (.binary, .half, true, nil),
            (.binary, .global, true, nil),
            (.binary, .fixed(0.25), true, [0.75, 0.25]), (.binary, .fixed(0.25), false, nil),
            (.multilabel, .fixed(0.25), true, [0.25, 0.25, 0.25]),
            (.multilabel, .fixed(0.25), false, [0.5, 0.5, 0.5]),
            (.multilabel, .global, true, [0.5, 0.5, 0.5]),
        ] as [(LabelKind, ThresholdRule, Bool, [Double]?)])
    func whatDecidesWithoutALedger(
        kind: LabelKind, use: ThresholdRule, isProbabilistic: Bool, expected: [Double]?
    )
        throws
    {
        let space = try kind == .binary ? ByHand.space(.binary, ["no", "yes"]) : ByHand.space(kind)
        #expect(
            decidingThresholds(
                nil, options: Self.options(use), labelSpace: space, isProbabilistic: isProbabilistic)
                == expected)
    }
}
