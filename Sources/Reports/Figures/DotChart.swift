/// Scores from 0 to 1 as dots, a line a row, with intervals where there are any.
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

    func figure(name: String, title: String) -> Figure {
        let (rowHeight, width, right) = (26.0, 640.0, 20.0)
        let left = min(200, 20 + 7.6 * Double(rows.map(\.name.count).max() ?? 0))
        let legendLines = Double((legend.reduce(0) { $0 + 26 + Int(7.5 * Double($1.count)) }) / 620 + 1)
        let top = legend.isEmpty ? 10 : 14 + 20 * legendLines
        let bottom = top + rowHeight * Double(rows.count)
        var svg = SVG(width: width, height: bottom + 46)
        let values = rows.flatMap { $0.dots.flatMap { [$0.value, $0.interval?.low ?? $0.value] } }
        let least = min(0, values.min() ?? 0)
        func x(_ value: Double) -> Double { left + (value - least) / (1 - least) * (width - left - right) }
        for tick in stride(from: 0.0, through: 1.0, by: 0.2) {
            svg.line(x(tick), top, x(tick), bottom)
            svg.text(
                x(tick), bottom + 18, tick == 0 ? "0" : tick > 0.99 ? "1" : "0.\(Int((tick * 10).rounded()))",
                anchor: .middle, soft: true)
        }
        svg.text((left + width - right) / 2, bottom + 38, axis, anchor: .middle, soft: true)
        svg.legend(legend, x: 10, y: 20)
        for (index, row) in rows.enumerated() {
            let y = top + rowHeight * (Double(index) + 0.5)
            svg.text(left - 10, y + 4, shortened(row.name), anchor: .end)
            for dot in row.dots {
                if let interval = dot.interval {
                    svg.line(
                        x(interval.low), y, x(interval.high), y, color: "--s\(dot.series % SVG.seriesCount)",
                        width: 2)
                }
                svg.mark(x(dot.value), y, series: dot.series, note: dot.note)
            }
        }
        return Figure(name: name, title: title, svg: svg.text(title: title))
    }
}

/// A name that fits beside a chart.
func shortened(_ name: String) -> String {
    name.count <= 24 ? name : String(name.prefix(23)) + "…"
}
