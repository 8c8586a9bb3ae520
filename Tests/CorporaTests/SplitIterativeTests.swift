import Corpora
import DeterministicWork
import Labels
import Testing

struct SplitIterativeTests {
    @Test(arguments: [[70, 15, 15], [4, 1], [1, 1, 1, 1, 1], [1]], 0..<6 as Range<UInt64>)
    func agreesWithTheNaiveTwin(weights: [Int], seed: UInt64) {
        let matrix = SplitProblems.sets(rows: 31 + Int(seed) * 7, labels: 2 + Int(seed), seed: seed)
        let fast = IterativeStratification(matrix, weights: weights, random: RandomStream(seed: seed))
        let twin = iterativeStratificationTwin(
            (0..<matrix.rowCount).map { Set(matrix.labels(ofRow: $0)) }, labelCount: matrix.labelCount,
            weights: weights, random: RandomStream(seed: seed))
        #expect(fast.bins == twin)
    }

    /// The bound asked of real corpora: every label's share in every part within 2% of its own, or one row.
    @Test(arguments: 0..<5 as Range<UInt64>)
    func labelSharesAreKept(seed: UInt64) throws {
        let matrix = SplitProblems.longTail(rows: 20_011, labels: 29, seed: seed)
        let plan = try SplitProblems.seventyFifteenFifteen(seed: seed)
        let split = try plan.split(.sets(matrix), labels: SplitProblems.names(.multilabel, 29)).split
        let table = tally(split.bins, .sets(matrix), labelCount: 29, binCount: 3)
        for (bin, share) in [0.70, 0.15, 0.15].enumerated() {
            let size = split.rows(of: Part.allCases[bin]).count
            #expect(abs(Double(size) - 20_011 * share) < 0.01 * 20_011 * share)
            for (label, count) in matrix.columnCounts.enumerated() {
                let exact = Double(count) * Double(size) / 20_011
                #expect(abs(Double(table[label][bin]) - exact) <= max(1, 0.02 * exact))
            }
        }
    }

    @Test func renamedLabelsGiveTheSameSplit() throws {
        let matrix = SplitProblems.sets(rows: 503, labels: 11, seed: 6)
        let renamed = RandomStream.permutation(of: 11, seed: 7)
        let other = IndicatorMatrix(
            labelCount: 11, rows: (0..<503).map { matrix.labels(ofRow: $0).map { renamed[$0] } })
        let labels = try SplitProblems.names(.multilabel, 11)
        let plan = try SplitProblems.seventyFifteenFifteen()
        let split = try plan.split(.sets(matrix), labels: labels).split
        #expect(try plan.split(.sets(other), labels: labels).split == split)
    }

    @Test func oneLabelARowIsDealtToWithinOneRow() throws {
        let classes = SplitProblems.classes(rows: 997, classes: 5, seed: 3)
        let matrix = Targets.classes(classes).indicators(labelCount: 5)
        let bins = IterativeStratification(matrix, weights: [70, 15, 15], random: RandomStream(seed: 1)).bins
        for (label, cells) in tally(bins, .sets(matrix), labelCount: 5, binCount: 3).enumerated() {
            for (cell, weight) in zip(cells, [70, 15, 15]) {
                #expect(abs(cell * 100 - matrix.columnCounts[label] * weight) < 100)
            }
        }
    }

    @Test func rowsWithoutLabelsFillThePartsUp() throws {
        let matrix = IndicatorMatrix(labelCount: 2, rows: (0..<100).map { $0 < 10 ? [0] : [] })
        let plan = try SplitProblems.seventyFifteenFifteen()
        let (split, notices) = try plan.split(.sets(matrix), labels: SplitProblems.names(.multilabel, 2))
        #expect(Part.allCases.map { split.rows(of: $0).count } == [70, 15, 15])
        #expect(notices == [.unusedLabel("l1")])
    }

    @Test func rareLabelsAreNotices() throws {
        let matrix = IndicatorMatrix(labelCount: 2, rows: (0..<100).map { $0 == 7 ? [0, 1] : [0] })
        let plan = try SplitProblems.seventyFifteenFifteen()
        let (_, notices) = try plan.split(.sets(matrix), labels: SplitProblems.names(.multilabel, 2))
        #expect(notices == [.absentLabel("l1", rows: 1, parts: [.validation, .test])])
        #expect(notices.map(\.description) == ["label 'l1' (1 row) is not in validation or test"])
    }

    @Test func labelCountsAreKeptToWithinOneRow() throws {
        let matrix = SplitProblems.sets(rows: 907, labels: 4, seed: 5)
        let sizes = (0..<907).map { matrix.labels(ofRow: $0).count }
        let plan = try SplitProblems.seventyFifteenFifteen(.labelCount)
        let split = try plan.split(.sets(matrix), labels: SplitProblems.names(.multilabel, 4)).split
        for (size, cells) in tally(split.bins, .classes(sizes), labelCount: 5, binCount: 3).enumerated() {
            let rows = sizes.filter { $0 == size }.count
            for (cell, weight) in zip(cells, [70, 15, 15]) { #expect(abs(cell * 100 - rows * weight) < 100) }
        }
    }

    @Test func aRareLabelCountIsANotice() throws {
        let matrix = IndicatorMatrix(labelCount: 2, rows: (0..<100).map { $0 == 7 ? [0, 1] : [$0 % 2] })
        let plan = try SplitProblems.seventyFifteenFifteen(.labelCount)
        let (_, notices) = try plan.split(.sets(matrix), labels: SplitProblems.names(.multilabel, 2))
        guard case .absentLabelCount(2, rows: 1, let parts) = notices.first else {
            Issue.record("\(notices)")
            return
        }
        #expect(notices.count == 1 && parts.count == 2)
    }

    @Test(arguments: [3, 10])
    func foldsKeepLabelShares(k: Int) throws {
        let matrix = SplitProblems.longTail(rows: 5003, labels: 13, seed: 1)
        let folds = try FoldPlan(count: k, seed: 4).folds(of: .sets(matrix), labelCount: 13)
        #expect(Set(folds) == Set(0..<k))
        for (label, cells) in tally(folds, .sets(matrix), labelCount: 13, binCount: k).enumerated() {
            let exact = Double(matrix.columnCounts[label]) / Double(k)
            for cell in cells { #expect(abs(Double(cell) - exact) <= max(1, 0.05 * exact)) }
        }
    }

    @Test func aHundredThousandRowsOfAHundredLabelsTakeSeconds() throws {
        let matrix = SplitProblems.longTail(rows: 100_000, labels: 100, seed: 1)
        let labels = try SplitProblems.names(.multilabel, 100)
        let plan = try SplitProblems.seventyFifteenFifteen()
        let time = try ContinuousClock().measure { _ = try plan.split(.sets(matrix), labels: labels) }
        #expect(time < .seconds(5))
    }
}
