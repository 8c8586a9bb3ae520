import Corpora
import DeterministicWork
import Testing

struct SplitApportionmentTests {
    /// Weights with one, two, three and more bins; whole-number shares, thirds, and very small ones.
    static let weights: [[Int]] = [
        [1], [1, 1], [4, 1], [70, 15, 15], [8, 1, 1], [1, 1, 1], [333_333_333, 333_333_333, 333_333_334],
        [998, 1, 1], [1, 1, 1, 1, 1, 1, 1, 1, 1, 1], [5, 3, 2, 2, 7],
    ]

    @Test(arguments: weights)
    func everyCellAndTotalIsWithinOneRow(weights: [Int]) {
        let unit = weights.reduce(0, +)
        for seed in 0..<150 as Range<UInt64> {
            var random = RandomStream(seed: seed)
            let strata = 1 + random.next(below: 40)
            let largest = [3, 10, 100, 100_000][random.next(below: 4)]
            let counts = (0..<strata).map { _ in random.next(below: largest + 1) }
            let total = counts.reduce(0, +)

            let table = Apportionment(counts: counts, weights: weights).table

            for (stratum, cells) in table.enumerated() {
                #expect(cells.reduce(0, +) == counts[stratum])
                for (cell, weight) in zip(cells, weights) {
                    #expect(cell >= 0 && abs(cell * unit - counts[stratum] * weight) < unit)
                }
            }
            for (bin, weight) in weights.enumerated() {
                let inBin = table.reduce(0) { $0 + $1[bin] }
                #expect(abs(inBin * unit - total * weight) < unit)
            }
        }
    }

    /// Many strata of a few sizes, as of thousands of classes: the same table as by looking at all of them.
    @Test(arguments: weights)
    func agreesWithNaiveTwin(weights: [Int]) {
        for seed in 0..<40 as Range<UInt64> {
            var random = RandomStream(seed: seed, stream: 9)
            let largest = [1, 3, 10, 1000][random.next(below: 4)]
            let counts = (0..<1 + random.next(below: 200)).map { _ in random.next(below: largest + 1) }
            #expect(
                Apportionment(counts: counts, weights: weights).table
                    == NaiveApportionment(counts: counts, weights: weights).table)
        }
    }

    /// Largest remainders alone would give each of these strata 3, 1 and 0 rows, and the last bin none at all.
    @Test func smallStrataReachEveryBinWhereTheTotalsAllow() {
        let table = Apportionment(counts: [4, 996], weights: [70, 15, 15]).table
        #expect(table[0] == [2, 1, 1])
        #expect(table[0][0] + table[1][0] == 700)
    }

    @Test func nothingToShareIsNothing() {
        #expect(Apportionment(counts: [], weights: [1, 1]).table == [])
        #expect(Apportionment(counts: [0, 0], weights: [1, 2]).table == [[0, 0], [0, 0]])
    }
}
