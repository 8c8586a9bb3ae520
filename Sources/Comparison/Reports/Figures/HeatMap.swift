/// A confusion matrix, darker for a greater share of the gold label's rows.
struct HeatMap {
    let labels: [String]
    /// Gold down, predicted across.
    let counts: [[Int]]

    /// More labels than this are not to be told apart.
    static let mostLabels = 40
    /// From this share on a cell is dark and its number light. No cell lies between: on middle tones neither ink nor
    /// paper would reach a contrast of 4.5.
    private static let darkShare = 0.6

    func figure(name: String, title: String) -> Figure {
        let left = 34 + SVG.characterWidth * Double(labels.map { shortened($0).count }.max() ?? 0)
        let room = SVG.chartWidth - left - 20
        let side = max(16, min(72, room / Double(max(1, labels.count))))
        let top = left
        let extent = side * Double(labels.count)
        var svg = SVG(width: max(SVG.chartWidth, left + extent + 20), height: top + extent + 20)
        svg.text(left, 16, "predicted", tone: .soft)
        svg.text(16, top + extent, "gold", tone: .soft, turned: true)
        for (row, label) in labels.enumerated() {
            let middle = side * (Double(row) + 0.5)
            svg.text(left - 8, top + middle + 5, shortened(label), anchor: .end)
            svg.text(left + middle + 5, top - 8, shortened(label), turned: true)
            let total = counts[row].reduce(0, +)
            for (column, count) in counts[row].enumerated() {
                let share = total == 0 ? 0 : Double(count) / Double(total)
                let (x, y) = (left + side * Double(column), top + side * Double(row))
                let isDark = share >= HeatMap.darkShare
                svg.cell(
                    x, y, side,
                    opacity: isDark ? 0.8 + 0.5 * (share - HeatMap.darkShare) : 0.04 + 0.8 * share,
                    note: "\(label) taken for \(labels[column]): \(count) rows")
                // In smaller cells the number would not be read; the cell's title and the table have it.
                if side >= 34 {
                    svg.text(
                        x + side / 2, y + side / 2 + 5, "\(count)", anchor: .middle,
                        tone: isDark ? .light : .plain)
                }
            }
        }
        return Figure(name: name, title: title) { svg.text(title: $0) }
    }
}
