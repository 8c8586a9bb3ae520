/// A confusion matrix, darker for a greater share of the gold label's rows.
struct HeatMap {
    let labels: [String]
    /// Gold down, predicted across.
    let counts: [[Int]]

    /// More labels than this are not to be told apart.
    static let mostLabels = 40

    func figure(name: String, title: String) -> Figure {
        let left = min(200, 34 + 7.6 * Double(labels.map(\.count).max() ?? 0))
        let side = max(16, min(64, 400 / Double(max(1, labels.count))))
        let top = left
        let extent = side * Double(labels.count)
        var svg = SVG(width: max(320, left + extent + 20), height: top + extent + 20)
        svg.text(left, 16, "predicted", soft: true)
        svg.text(16, top + extent, "gold", soft: true, turned: true)
        for (row, label) in labels.enumerated() {
            let middle = side * (Double(row) + 0.5)
            svg.text(left - 8, top + middle + 4, shortened(label), anchor: .end)
            svg.text(left + middle + 4, top - 8, shortened(label), turned: true)
            let total = counts[row].reduce(0, +)
            for (column, count) in counts[row].enumerated() {
                let share = total == 0 ? 0 : Double(count) / Double(total)
                let (x, y) = (left + side * Double(column), top + side * Double(row))
                svg.cell(
                    x, y, side, share: share, note: "\(label) taken for \(labels[column]): \(count) rows")
                // Inside a dark cell the number would not be read; the title and the table have it.
                if side >= 36 && share < 0.45 {
                    svg.text(x + side / 2, y + side / 2 + 4, "\(count)", anchor: .middle)
                }
            }
        }
        return Figure(name: name, title: title, svg: svg.text(title: title))
    }
}
