import Foundation

/// Curves, or single marks, over two axes.
struct LineChart {
    struct Series {
        let name: String
        let points: [(x: Double, y: Double)]
    }

    let series: [Series]
    let xAxis: String
    let yAxis: String
    var xRange = 0.0...1.0
    var yRange = 0.0...1.0
    /// Powers of ten on the x axis.
    var isLogarithmic = false
    /// A line from corner to corner, to compare with.
    var hasDiagonal = false
    var hasMarks = false

    func figure(name: String, title: String) -> Figure {
        let (width, left, right, chart) = (640.0, 64.0, 20.0, 300.0)
        let legendLines = Double((series.reduce(0) { $0 + 26 + Int(7.5 * Double($1.name.count)) }) / 620 + 1)
        let top = 14 + 20 * legendLines
        let bottom = top + chart
        var svg = SVG(width: width, height: bottom + 50)
        func scaled(_ value: Double) -> Double { isLogarithmic ? log10(max(value, 1e-6)) : value }
        let (x0, x1) = (scaled(xRange.lowerBound), scaled(xRange.upperBound))
        func x(_ value: Double) -> Double {
            left + (scaled(value) - x0) / max(1e-12, x1 - x0) * (width - left - right)
        }
        func y(_ value: Double) -> Double {
            let span = max(1e-12, yRange.upperBound - yRange.lowerBound)
            return bottom - (value - yRange.lowerBound) / span * chart
        }
        for step in 0...5 {
            let value = yRange.lowerBound + Double(step) / 5 * (yRange.upperBound - yRange.lowerBound)
            svg.line(left, y(value), width - right, y(value))
            svg.text(left - 8, y(value) + 4, number(value), anchor: .end, soft: true)
        }
        for tick in xTicks(from: x0, to: x1) {
            svg.line(x(tick), top, x(tick), bottom)
            svg.text(x(tick), bottom + 18, number(tick), anchor: .middle, soft: true)
        }
        svg.text((left + width - right) / 2, bottom + 40, xAxis, anchor: .middle, soft: true)
        svg.text(16, (top + bottom) / 2, yAxis, anchor: .middle, soft: true, turned: true)
        if hasDiagonal { svg.line(x(0), y(0), x(1), y(1), color: "--soft", dashed: true) }
        svg.legend(series.map(\.name), x: 10, y: 20)
        for (index, series) in series.enumerated() {
            let places = series.points.map { (x: x($0.x), y: y($0.y)) }
            svg.path(places, series: index)
            if hasMarks {
                for (point, place) in zip(series.points, places) {
                    svg.mark(
                        place.x, place.y, series: index,
                        note: "\(series.name): \(number(point.x)), \(number(point.y))")
                }
            }
        }
        return Figure(name: name, title: title, svg: svg.text(title: title))
    }

    private func xTicks(from low: Double, to high: Double) -> [Double] {
        if !isLogarithmic { return (0...5).map { low + Double($0) / 5 * (high - low) } }
        return (Int(low.rounded(.down))...Int(high.rounded(.up))).map { pow(10, Double($0)) }
            .filter { $0 >= xRange.lowerBound * 0.99 && $0 <= xRange.upperBound * 1.01 }
    }

    private func number(_ value: Double) -> String {
        if value == 0 { return "0" }
        let text = String(format: abs(value) < 0.0095 || abs(value) >= 1e5 ? "%.0e" : "%.2f", value)
        return text.contains(".") ? text.trimmingSuffix { $0 == "0" }.trimmingSuffix { $0 == "." } : text
    }
}
