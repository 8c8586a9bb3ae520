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
        #expect(pooled.foldOfRow == [1, 0, 2, 2, 0, 1, 0])
        let all = pooled.predictions(of: "x")
        #expect(all.ids == (0..<7).map { "id\($0)" })
        #expect(all.gold == .classes((0..<7).map { $0 % 3 }))
        for row in 0..<7 { #expect(all.probabilities[row, row % 3] == Double(row) / 8) }
        #expect(pooled.csv == "row,fold\n0,1\n1,0\n2,2\n3,2\n4,0\n5,1\n6,0\n")
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
