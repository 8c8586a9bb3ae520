import Evaluation
import Foundation
import Results
import SettingKeys

/// The pictures of a report: functions of its results, and of what contestants logged while they were fitted.
struct ReportFigures {
    let results: ExperimentResults
    let ranking: Ranking
    /// By contestant, or by `contestant/task`.
    let logs: [String: [LogEntry]]
    /// The task's name in the logs, where an experiment has several.
    let task: String?

    private var metric: MetricName { ranking.metric }
    private var words: String { metric.readableName }

    var rankingFigure: Figure? {
        let rows = ranking.contestants.compactMap { contestant -> (name: String, dots: [DotChart.Dot])? in
            guard let value = ranking.score(of: contestant, metric) else { return nil }
            let interval = results.analysis?.intervals[contestant.id]?[metric]
            let dot = DotChart.Dot(
                series: 0, value: value, interval: interval.map { ($0.low, $0.high) },
                note: "\(contestant.id): \(Wording.score(value)) \(Wording.interval(interval))")
            return (contestant.id, [dot])
        }
        if rows.isEmpty { return nil }
        let hasIntervals = rows.contains { $0.dots.contains { $0.interval != nil } }
        return DotChart(
            rows: rows, axis: Wording.rankedMetric(metric) + (hasIntervals ? ", 95% interval" : ""),
            legend: []
        ).figure(
            name: "ranking",
            title: "\(words) of each contestant on test" + (hasIntervals ? ", with 95% intervals" : ""))
    }

    /// The contestants of crowded figures: the best ones.
    var shown: [ContestantResults] { Array(ranking.contestants.prefix(SVG.seriesCount)) }

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
            let best = ranking.best
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
            name: "calibration", title: "Reliability diagram, by contestant")
    }

    var costFigure: Figure? {
        let series = ranking.contestants.prefix(SVG.seriesCount).compactMap { contestant in
            results.timings.contestants[contestant.id].flatMap { cost -> LineChart.Series? in
                guard let score = ranking.score(of: contestant, metric), let fit = cost.wholeFitSeconds,
                    let predict = cost.wholePredictSeconds
                else { return nil }
                return LineChart.Series(name: contestant.id, points: [(max(1e-3, fit + predict), score)])
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

    /// The calibration of each label by the best contestant that states probabilities; sets alone, since the classes of
    /// a row share one curve.
    var labelCalibrationFigure: Figure? {
        for contestant in ranking.contestants {
            guard let curves = results.analysis?.curves[contestant.id]?.labelReliability else { continue }
            let cells = zip(contestant.test.perLabel, curves).map { score, points in
                ReliabilityGrid.Cell(
                    label: score.label, ece: score.fromProbabilities?.ece,
                    points: points.filter { $0[2] >= Self.leastBinCells }.map { ($0[0], $0[1]) })
            }
            return ReliabilityGrid(cells: cells).figure(
                name: "calibration-labels",
                title: "Calibration of each label by \(contestant.id), bins of at least five rows")
        }
        return nil
    }

    /// The share of hits among fewer cells says nothing.
    private static let leastBinCells = 5.0

    /// The ranking's metric on each fold, a line a contestant: where lines cross, folds disagree on who is better.
    var foldsFigure: Figure? {
        guard let folds = results.folds else { return nil }
        let series = shown.map { contestant in
            let scores = folds.scores[contestant.id]?[metric] ?? []
            return LineChart.Series(
                name: contestant.id,
                points: scores.enumerated().compactMap { fold, score in
                    score.map { (x: Double(fold), y: $0) }
                })
        }.filter { !$0.points.isEmpty }
        if series.isEmpty { return nil }
        return LineChart(
            series: series, xAxis: "fold", yAxis: words, xRange: 0...Double(max(1, folds.count - 1)),
            yRange: roundRange(series.flatMap(\.points).map(\.y)), hasWholeX: true, hasMarks: true
        ).figure(name: "folds", title: "\(words) on each fold, by contestant")
    }

    var learningFigure: Figure? {
        let all = logged { $0.loss }
        guard let last = all.flatMap(\.points).map(\.x).max(), let longest = all.map(\.points.count).max()
        else { return nil }
        let series = all.map { LineChart.Series(name: $0.name, points: averaged($0.points)) }
        let window = max(1, longest / Self.mostLossPoints)
        return LineChart(
            series: series, xAxis: "training step", yAxis: "loss", xRange: 0...max(1, last),
            yRange: 0...max(1e-6, series.flatMap(\.points).map(\.y).max() ?? 1)
        ).figure(
            name: "learning",
            title: "Training loss by step"
                + (window > 1 ? ", means over up to \(window + 1) entries of the log" : "")
                + ", by contestant")
    }

    /// The ranking's metric on validation where it was logged while training, else macro F1.
    var validationFigure: Figure? {
        for name in [metric, .f1Macro, .accuracy] {
            let series = logged { $0.validation(name, of: task) }
            guard let last = series.flatMap(\.points).map(\.x).max() else { continue }
            return LineChart(
                series: series, xAxis: "training step",
                yAxis: "\(name.readableName) on validation", xRange: 0...max(1, last), hasMarks: true
            ).figure(
                name: "validation",
                title: "\(name.readableName) on validation at each evaluation, by contestant")
        }
        return nil
    }

    /// What contestants logged, at two steps at least.
    private func logged(_ value: (LogEntry) -> Double?) -> [LineChart.Series] {
        Array(
            ranking.contestants.compactMap { contestant -> LineChart.Series? in
                let own = task.flatMap { logs["\(contestant.id)/\($0)"] } ?? logs[contestant.id] ?? []
                let points = own.compactMap { entry in
                    entry.isOf(task: task) ? value(entry).map { (x: entry.step, y: $0) } : nil
                }
                return points.count < 2 ? nil : .init(name: contestant.id, points: points)
            }.prefix(SVG.seriesCount))
    }

    /// The losses of single batches are noise to the eye, so they are drawn as means over as many as this leaves.
    private static let mostLossPoints = 60

    private func averaged(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
        let count = min(points.count, Self.mostLossPoints)
        return (0..<count).map { part in
            let window = points[part * points.count / count..<(part + 1) * points.count / count]
            let n = Double(window.count)
            return (window.reduce(0) { $0 + $1.x } / n, window.reduce(0) { $0 + $1.y } / n)
        }
    }

    /// All that there are.
    var all: [Figure] {
        [
            rankingFigure, perLabelFigure, confusionFigure, precisionRecallFigure, calibrationFigure,
            labelCalibrationFigure, costFigure, learningFigure, validationFigure,
            foldsFigure, curveFigure,
        ].compactMap(\.self)
    }
}
