import Foundation

/// Curves, or single marks, over two axes.
struct LineChart {
    struct Series {
        let name: String
        let points: [(x: Double, y: Double)]
        /// Where the points' values could be, from left to right; none where that is not known.
        var band: [(x: Double, low: Double, high: Double)] = []
    }

    let series: [Series]
    let xAxis: String
    let yAxis: String
    var xRange = 0.0...1.0
    var yRange = 0.0...1.0
    /// Powers of ten on the x axis, with 2 and 5 times these where there are few.
    var isLogarithmic = false
    /// Whole numbers alone on the x axis.
    var hasWholeX = false
    /// A line from corner to corner, to compare with.
    var hasDiagonal = false
    var hasMarks = false

    func figure(name: String, title: String) -> Figure {
        let (width, left, right, chart) = (SVG.chartWidth, 62.0, 20.0, 280.0)
        let top = SVG.legendHeight(series.map(\.name))
        let bottom = top + chart
        var svg = SVG(width: width, height: bottom + 50)
        func scaled(_ value: Double) -> Double { isLogarithmic ? log10(max(value, 1e-6)) : value }
        let xTicks =
            isLogarithmic
            ? powersOfTen : roundTicks(xRange).filter { !hasWholeX || $0 == $0.rounded() }
        let yTicks = roundTicks(yRange)
        let (x0, x1) = (scaled(xRange.lowerBound), scaled(max(xRange.upperBound, xTicks.last ?? 1)))
        let (y0, y1) = (yRange.lowerBound, max(yRange.upperBound, yTicks.last ?? 1))
        func x(_ value: Double) -> Double {
            left + (scaled(value) - x0) / max(1e-12, x1 - x0) * (width - left - right)
        }
        func y(_ value: Double) -> Double { bottom - (value - y0) / max(1e-12, y1 - y0) * chart }
        for tick in yTicks {
            svg.line(left, y(tick), width - right, y(tick))
            svg.text(left - 8, y(tick) + 5, number(tick), anchor: .end, tone: .soft)
        }
        for tick in xTicks {
            svg.line(x(tick), top, x(tick), bottom)
            svg.text(x(tick), bottom + 18, number(tick), anchor: .middle, tone: .soft)
        }
        svg.text((left + width - right) / 2, bottom + 40, xAxis, anchor: .middle, tone: .soft)
        svg.text(16, (top + bottom) / 2, yAxis, anchor: .middle, tone: .soft, turned: true)
        if hasDiagonal { svg.line(x(0), y(0), x(1), y(1), color: "--soft", dashed: true) }
        svg.legend(series.map(\.name), x: 10, y: 20)
        for (index, series) in series.enumerated() {
            svg.band(series.band.map { (x: x($0.x), low: y($0.low), high: y($0.high)) }, series: index)
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
        return Figure(name: name, title: title) { svg.text(title: $0) }
    }

    private var powersOfTen: [Double] {
        let (low, high) = (log10(xRange.lowerBound), log10(xRange.upperBound))
        func ticks(_ factors: [Double]) -> [Double] {
            (Int(low.rounded(.down))...Int(high.rounded(.up))).flatMap { power in
                factors.map { $0 * pow(10, Double(power)) }
            }.filter { $0 >= xRange.lowerBound * 0.99 && $0 <= xRange.upperBound * 1.01 }
        }
        let powers = ticks([1])
        return powers.count < 2 ? ticks([1, 2, 5]) : powers
    }

    private func number(_ value: Double) -> String { axisNumber(value) }
}

/// A number beside an axis, in few characters.
func axisNumber(_ value: Double) -> String {
    if abs(value) < 1e-12 { return "0" }
    if abs(value) >= 0.0009, abs(value) < 0.0095 { return "\((value * 1e4).rounded() / 1e4)" }
    let text = String(format: abs(value) < 0.0095 || abs(value) >= 1e5 ? "%.0e" : "%.2f", value)
    return text.contains(".") ? text.trimmingSuffix { $0 == "0" }.trimmingSuffix { $0 == "." } : text
}

/// The range of all values, widened to multiples of a power of ten of its size, 0.01 at least.
func roundRange(_ values: [Double]) -> ClosedRange<Double> {
    guard let low = values.min(), let high = values.max() else { return 0...1 }
    let unit = max(0.01, pow(10, log10(max(0.01, high - low)).rounded(.down)))
    let start = (low / unit).rounded(.down) * unit
    return start...max(start + unit, (high / unit).rounded(.up) * unit)
}

/// Four to eight multiples of 1, 2 or 5 times a power of ten, the last at or above the range's end.
func roundTicks(_ range: ClosedRange<Double>) -> [Double] {
    let span = max(1e-9, range.upperBound - range.lowerBound)
    let power = pow(10, log10(span / 4).rounded(.down))
    // A hair below, since 1 / 0.2 may come out above 5.
    let step = [1, 2, 5, 10].map { $0 * power }.last { span / $0 > 3.99 } ?? power
    let count = (span / step - 1e-9).rounded(.up)
    return (0...Int(count)).map { range.lowerBound + Double($0) * step }
}
