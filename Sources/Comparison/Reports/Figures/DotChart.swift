import Foundation

/// Scores as dots, a line a row, with intervals where there are any, on an axis that spans them all.
struct DotChart {
    struct Dot {
        let series: Int
        let value: Double
        var interval: (low: Double, high: Double)?
        let note: String
    }

    let rows: [(name: String, dots: [Dot])]
    let axis: String
    /// Names of the series; empty for no legend.
    let legend: [String]

    /// Up to so many rows have a line for each series, so that no mark hides another.
    private static let mostSpreadRows = 8

    func figure(name: String, title: String) -> Figure {
        let (width, right) = (SVG.chartWidth, 20.0)
        let isSpread = legend.count > 1 && rows.count <= DotChart.mostSpreadRows
        let rowHeight = isSpread ? 14 * Double(legend.count) + 14 : 26
        let longest = rows.map { shortened($0.name).count }.max() ?? 0
        let left = 20 + SVG.characterWidth * Double(longest)
        let top = legend.isEmpty ? 10 : SVG.legendHeight(legend)
        let bottom = top + rowHeight * Double(rows.count)
        var svg = SVG(width: width, height: bottom + 46)
        let range = DotChart.range(
            rows.flatMap {
                $0.dots.flatMap { [$0.value, $0.interval?.low, $0.interval?.high].compactMap(\.self) }
            })
        let ticks = roundTicks(range)
        let (least, most) = (range.lowerBound, max(range.upperBound, ticks.last ?? range.upperBound))
        func x(_ value: Double) -> Double {
            left + (value - least) / max(1e-12, most - least) * (width - left - right)
        }
        for tick in ticks {
            svg.line(x(tick), top, x(tick), bottom)
            svg.text(x(tick), bottom + 18, axisNumber(tick), anchor: .middle, tone: .soft)
        }
        svg.text((left + width - right) / 2, bottom + 38, axis, anchor: .middle, tone: .soft)
        svg.legend(legend, x: 10, y: 20)
        for (index, row) in rows.enumerated() {
            let middle = top + rowHeight * (Double(index) + 0.5)
            if isSpread, index > 0 {
                svg.line(left, middle - rowHeight / 2, width - right, middle - rowHeight / 2)
            }
            svg.text(left - 10, middle + 5, shortened(row.name), anchor: .end)
            for dot in row.dots {
                let y = isSpread ? middle + 14 * (Double(dot.series) - Double(legend.count - 1) / 2) : middle
                if let interval = dot.interval {
                    svg.line(
                        x(interval.low), y, x(interval.high), y, color: "--s\(dot.series % SVG.seriesCount)",
                        width: 2)
                }
                svg.mark(x(dot.value), y, series: dot.series, note: dot.note)
            }
        }
        return Figure(name: name, title: title) { svg.text(title: $0) }
    }
}

extension DotChart {
    /// From a round number at or below the least value: dots, unlike bars, need no 0, and intervals of a few hundredths
    /// would not be seen on an axis from 0 to 1. Values that spread over most of 0 to 1 have that axis.
    private static func range(_ values: [Double]) -> ClosedRange<Double> {
        guard let low = values.min(), let high = values.max() else { return 0...1 }
        if low >= 0, high <= 1, high - low > 0.6 { return 0...1 }
        let span = max(high - low, minSpan)
        let power = pow(10, log10(span / 4).rounded(.down))
        let step = [1, 2, 5, 10].map { $0 * power }.last { span / $0 > 3.99 } ?? power
        let start = (low / step + 1e-9).rounded(.down) * step
        return start...max(high, start + span)
    }

    /// Equal values still need an axis.
    private static let minSpan = 0.02
}

/// A name that fits beside a chart.
func shortened(_ name: String) -> String {
    Wording.shortened(name, to: 20)
}
