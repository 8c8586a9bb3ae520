import Evaluation
import Foundation
import Labels
import Results

/// The pictures of a report: functions of its results, and of what contestants logged while they were fitted.
struct ReportFigures {
    let results: ExperimentResults
    let ranking: Ranking
    /// By contestant.
    let logs: [String: [LogEntry]]

    private var metric: MetricName { ranking.metric }
    private var words: String { Wording.metric(metric) }

    var rankingFigure: Figure? {
        guard metric.range == 0...1 else { return nil }
        let rows = ranking.contestants.compactMap { contestant -> (name: String, dots: [DotChart.Dot])? in
            guard let value = contestant.test[metric] else { return nil }
            let interval = results.analysis?.intervals[contestant.id]?[metric.rawValue]
            let dot = DotChart.Dot(
                series: 0, value: value, interval: interval.map { ($0.low, $0.high) },
                note: "\(contestant.id): \(Wording.score(value)) \(Wording.interval(interval))")
            return (contestant.id, [dot])
        }
        return DotChart(rows: rows, axis: "\(words), 95% interval", legend: []).figure(
            name: "ranking", title: "\(words) of each contestant on test, with 95% intervals")
    }

    /// The contestants of crowded figures: the best ones.
    private var shown: [ContestantResults] { Array(ranking.contestants.prefix(SVG.seriesCount)) }

    var perLabelFigure: Figure? {
        let rows = results.dataset.labelSpace.names.indices.map { label in
            let dots = shown.enumerated().compactMap { series, contestant -> DotChart.Dot? in
                let score = contestant.test.perLabel[label]
                return score.f1.map {
                    DotChart.Dot(
                        series: series, value: $0,
                        note: "\(contestant.id), \(score.label): \(Wording.score($0))")
                }
            }
            return (name: results.dataset.labelSpace.names[label], dots: dots)
        }
        return DotChart(rows: rows, axis: "F1", legend: shown.map(\.id)).figure(
            name: "per-label", title: "F1 of each label, by contestant")
    }

    var confusionFigure: Figure? {
        let labels = results.dataset.labelSpace
        guard labels.kind != .multilabel, labels.count <= HeatMap.mostLabels,
            let best = ranking.contestants.first
        else { return nil }
        return HeatMap(labels: labels.names, counts: best.test.confusionMatrix).figure(
            name: "confusion", title: "Confusion matrix of \(best.id), shares of each gold label's rows")
    }

    private func curves(
        _ points: (ContestantCurves) -> [(x: Double, y: Double)]
    ) -> [LineChart.Series] {
        ranking.contestants.compactMap { contestant in
            results.analysis?.curves[contestant.id].map {
                LineChart.Series(name: contestant.id, points: points($0))
            }
        }.prefix(SVG.seriesCount).filter { !$0.points.isEmpty }
    }

    var precisionRecallFigure: Figure? {
        let series = curves { $0.precisionRecall.map { ($0[0], $0[1]) } }
        if series.isEmpty { return nil }
        return LineChart(series: series, xAxis: "recall", yAxis: "precision").figure(
            name: "precision-recall", title: "Precision and recall at every threshold, by contestant")
    }

    var calibrationFigure: Figure? {
        let series = curves { curves in
            curves.reliability.bins.filter { $0.count > 0 }.map {
                ($0.sum / Double($0.count), Double($0.hits) / Double($0.count))
            }
        }
        if series.isEmpty { return nil }
        return LineChart(
            series: series, xAxis: "stated probability", yAxis: "share that came true", hasDiagonal: true,
            hasMarks: true
        ).figure(
            name: "calibration", title: "Stated probabilities against what came true, by contestant")
    }

    var costFigure: Figure? {
        let series = ranking.contestants.prefix(SVG.seriesCount).compactMap { contestant in
            results.timings.contestants[contestant.id].flatMap { cost in
                contestant.test[metric].map {
                    LineChart.Series(
                        name: contestant.id, points: [(max(1e-3, cost.fitSeconds + cost.predictSeconds), $0)])
                }
            }
        }
        guard let least = series.map({ $0.points[0].x }).min(), metric.range == 0...1,
            let most = series.map({ $0.points[0].x }).max()
        else { return nil }
        return LineChart(
            series: series, xAxis: "seconds to fit and predict, logarithmic", yAxis: words,
            xRange: pow(10, log10(least).rounded(.down))...pow(10, log10(most).rounded(.down) + 1),
            isLogarithmic: true, hasMarks: true
        ).figure(name: "cost", title: "\(words) against seconds of work, by contestant")
    }

    var learningFigure: Figure? {
        let series = ranking.contestants.compactMap { contestant -> LineChart.Series? in
            let points = (logs[contestant.id] ?? []).compactMap { entry in
                entry.loss.map { (x: entry.step, y: $0) }
            }
            return points.count < 2 ? nil : .init(name: contestant.id, points: points)
        }.prefix(SVG.seriesCount)
        let all = series.flatMap(\.points)
        guard let last = all.map(\.x).max(), let most = all.map(\.y).max() else { return nil }
        return LineChart(
            series: Array(series), xAxis: "training step", yAxis: "loss", xRange: 0...max(1, last),
            yRange: 0...max(1e-6, most)
        ).figure(name: "learning", title: "Training loss by step, by contestant")
    }

    /// All that there are.
    var all: [Figure] {
        [
            rankingFigure, perLabelFigure, confusionFigure, precisionRecallFigure, calibrationFigure,
            costFigure, learningFigure,
        ].compactMap(\.self)
    }
}

/// A line of a contestant's log.
public struct LogEntry: Decodable, Sendable {
    let step: Double
    let loss: Double?

    /// The entries of a log that have a step; other lines, and a line cut off by a kill, are passed over.
    static func read(_ text: String) -> [LogEntry] {
        text.split(separator: "\n").compactMap {
            try? JSONDecoder().decode(LogEntry.self, from: Data($0.utf8))
        }
    }
}
