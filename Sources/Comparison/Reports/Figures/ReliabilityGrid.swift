/// The reliability curve of every label, each in a small square of its own.
struct ReliabilityGrid {
    struct Cell {
        let label: String
        let ece: Double?
        /// Stated probability, share that came true.
        let points: [(x: Double, y: Double)]
    }

    let cells: [Cell]

    private static let columns = 4
    private static let side = 92.0

    func figure(name: String, title: String) -> Figure {
        let (side, columns) = (ReliabilityGrid.side, ReliabilityGrid.columns)
        let (cellWidth, cellHeight) = (SVG.chartWidth / Double(columns), side + 62)
        let rowCount = (cells.count + columns - 1) / columns
        var svg = SVG(width: SVG.chartWidth, height: cellHeight * Double(rowCount) + 30)
        for (index, cell) in cells.enumerated() {
            let left = cellWidth * Double(index % columns) + (cellWidth - side) / 2
            let top = cellHeight * Double(index / columns) + 42
            let bottom = top + side
            svg.text(left, top - 24, shortened(cell.label))
            svg.text(left, top - 7, "ECE \(Wording.short(cell.ece))", tone: .soft)
            for (x1, y1, x2, y2) in [
                (left, top, left + side, top), (left, bottom, left + side, bottom), (left, top, left, bottom),
                (left + side, top, left + side, bottom),
            ] { svg.line(x1, y1, x2, y2) }
            svg.line(left, bottom, left + side, top, color: "--soft", dashed: true)
            let places = cell.points.map { (x: left + $0.x * side, y: bottom - $0.y * side) }
            svg.path(places, series: 0)
            for place in places { svg.dot(place.x, place.y) }
        }
        svg.text(
            SVG.chartWidth / 2, svg.height - 8,
            "across: stated probability; up: share that came true, 0 to 1",
            anchor: .middle, tone: .soft)
        return Figure(name: name, title: title) { svg.text(title: $0) }
    }
}
