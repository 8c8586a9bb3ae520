import Evaluation
import Foundation
import Results
import Testing

/// What follows from the trials of a search.
@Suite struct SearchRecordTests {
    private func record(
        _ metric: MetricName, _ values: [String], best: Int, scores: [Double?]? = nil
    ) -> SearchRecord {
        SearchRecord(
            method: .grid, metric: metric, keys: ["C"], combinations: values.count, budget: nil,
            trials: values.enumerated().map { place, value in
                .init(settings: [value], rows: 7, score: scores?[place] ?? 0.5)
            }, best: best, isShared: false, default: .init(rows: 7, score: 0.25))
    }

    @Test(arguments: [
        (["0.1", "1", "10"], 2, ["the best C, 10, is the largest that was tried"]),
        (["1", "1e-1", "10"], 1, ["the best C, 1e-1, is the smallest that was tried"]),
        (["0.1", "1", "10"], 1, []), (["1"], 0, []), (["1", "none"], 0, []), (["l1", "l2"], 1, []),
        (["9", "10"], 1, ["the best C, 10, is the largest that was tried"]),
    ])
    func theEdgeOfANumericGridIsTold(values: [String], best: Int, notices: [String]) {
        #expect(record(.f1Macro, values, best: best).edgeNotices == notices)
    }

    /// A gain is above 0 where the best is better, whatever the direction of the metric.
    @Test func gainsAreInTheMetricsDirection() {
        var high = record(.f1Macro, ["1"], best: 0)
        #expect(high.gainOnValidation == 0.25 && high.gainOnTest == nil)
        (high.test, high.default.test) = (0.5, 0.75)
        #expect(high.gainOnTest == -0.25)
        let low = record(.logLoss, ["1"], best: 0)
        #expect(low.gainOnValidation == -0.25)
    }

    /// Absent scores stay absent, and what is stored is read back.
    @Test func isReadBack() throws {
        var search = record(.f1Macro, ["1", "2"], best: 1, scores: [nil, 0.5])
        search.trials[0].score = nil
        search.trials[0].failure = "the loss is nan"
        let bytes = try StableJSON.encode(search)
        #expect(try StableJSON.decode(SearchRecord.self, from: bytes) == search)
        #expect(search.fault == nil && search.finalists == [0, 1])
        search.trials[0].rows = 3
        #expect(search.finalists == [1] && search.fault == nil)
        search.best = 0
        #expect(search.fault == "found 0 as the best of 2 trials")
    }
}
