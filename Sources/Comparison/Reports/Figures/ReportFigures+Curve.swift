import Evaluation
import Results

extension ReportFigures {
    /// The ranking's metric against train rows, a line with a band for each contestant.
    var curveFigure: Figure? {
        guard let curve = results.curve, let first = curve.rows.first, first < curve.mostRows else {
            return nil
        }
        let series = shown.compactMap { contestant -> LineChart.Series? in
            let means = curve.means(of: contestant.id)
            let bands = curve.bands[contestant.id] ?? []
            let points = zip(curve.rows, means).compactMap { rows, mean in mean.map { (x: rows, y: $0) } }
            if points.isEmpty { return nil }
            return LineChart.Series(
                name: contestant.id, points: points,
                band: zip(curve.rows, bands).compactMap { rows, band in
                    band.map { (x: rows, low: $0.low, high: $0.high) }
                })
        }
        if series.isEmpty { return nil }
        let values = series.flatMap { one in
            one.points.map(\.y) + one.band.flatMap { [$0.low, $0.high] }
        }
        let words = curve.metric.readableName
        return LineChart(
            series: series, xAxis: "train rows", yAxis: words, xRange: first...curve.mostRows,
            yRange: roundRange(values), isLogarithmic: true, hasMarks: true
        ).figure(name: "train-rows", title: "\(words) on test against train rows, by contestant")
    }
}
