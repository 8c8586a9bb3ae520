import Corpora
import Labels
import Results
import Testing

@Suite struct PooledFoldsTests {
    private let labels: LabelSpace

    init() throws { labels = try LabelSpace(kind: .multiclass, names: ["a", "b", "c"]) }

    /// Predictions of the rows of one fold: the probability of the gold label tells the row.
    private func fold(_ rows: [Int]) -> StoredPredictions {
        let values = rows.flatMap { row in (0..<3).map { $0 == row % 3 ? Double(row) / 8 : 0.0 } }
        return StoredPredictions([
            ScoredPredictions(
                id: "x", isProbabilistic: true,
                test: Predictions(
                    labelSpace: labels, ids: rows.map { "id\($0)" }, gold: .classes(rows.map { $0 % 3 }),
                    probabilities: Probabilities(labelCount: 3, values: values), thresholds: nil),
                validation: nil)
        ])
    }

    private func parts(test: [Int]) -> [Part] { (0..<7).map { test.contains($0) ? .test : .train } }

    @Test func rowsComeInTheOrderOfTheCorpus() throws {
        let folds = [[1, 4, 6], [0, 5], [2, 3]]
        let pooled = try #require(
            PooledFolds(splits: folds.map { parts(test: $0) }, predictions: folds.map(fold)))
        #expect(pooled.foldsOfRows == [[1, 0, 2, 2, 0, 1, 0]])
        let all = pooled.predictions(of: "x")
        #expect(all.ids == (0..<7).map { "id\($0)" })
        #expect(all.gold == .classes((0..<7).map { $0 % 3 }))
        for row in 0..<7 { #expect(all.probabilities[row, row % 3] == Double(row) / 8) }
        #expect(pooled.csv == "row,fold\n0,1\n1,0\n2,2\n3,2\n4,0\n5,1\n6,0\n")
    }

    /// Of rows that were dealt twice, the first dealing's predictions are pooled; the file has both.
    @Test func rowsThatWereDealtTwice() throws {
        let folds = [[1, 4, 6], [0, 2, 3, 5], [0, 1, 2], [3, 4, 5, 6]]
        let splits = folds.map { parts(test: $0) }
        let predictions = folds.map(fold)
        let first = Array(predictions.prefix(2))
        let pooled = try #require(PooledFolds(splits: splits, predictions: first))
        #expect(pooled.foldsOfRows == [[1, 0, 1, 1, 0, 1, 0], [2, 2, 2, 3, 3, 3, 3]])
        let once = try #require(PooledFolds(splits: Array(splits.prefix(2)), predictions: first))
        #expect(pooled.predictions(of: "x") == once.predictions(of: "x"))
        #expect(
            pooled.csv
                == "row,fold,repeat\n0,1,0\n1,0,0\n2,1,0\n3,1,0\n4,0,0\n5,1,0\n6,0,0\n"
                + "0,2,1\n1,2,1\n2,2,1\n3,3,1\n4,3,1\n5,3,1\n6,3,1\n")
        // In one dealing, in three or in four, some row is tested twice or not at all.
        for count in [0, 1, 3, 4] {
            #expect(PooledFolds(splits: splits, predictions: Array(predictions.prefix(count))) == nil)
        }
        // Every dealing tests each row, also one that is not pooled.
        let partial = splits.dropLast() + [parts(test: [3, 4, 5])]
        #expect(PooledFolds(splits: Array(partial), predictions: first) == nil)
    }

    @Test(arguments: [
        // A row that no fold tests, and one that two do.
        [[1, 4], [0, 5], [2, 3]], [[1, 4, 6], [0, 5, 6], [2, 3]],
    ])
    func eachRowIsTestedOnce(folds: [[Int]]) {
        #expect(PooledFolds(splits: folds.map { parts(test: $0) }, predictions: folds.map(fold)) == nil)
    }

    @Test func aFoldWithoutAPredictionIsNoFold() {
        let folds = [[1, 4, 6], [0, 5], [2, 3]]
        let short = [[1, 4], [0, 5], [2, 3]]
        #expect(PooledFolds(splits: folds.map { parts(test: $0) }, predictions: short.map(fold)) == nil)
    }
}
