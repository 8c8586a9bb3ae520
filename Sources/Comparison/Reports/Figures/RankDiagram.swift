/// Average ranks on an axis, the best on the left, as critical-difference diagrams show them: each contestant's name at the end
/// of a line to its rank, thick lines below the axis joining those that are not told apart, and the critical difference above
/// it (Demsar 2006).
struct RankDiagram {
    /// Best first.
    let contestants: [(name: String, rank: Double)]
    let criticalDifference: Double
    /// Neighbours that are not told apart, as ranges of places from 0.
    let groups: [ClosedRange<Int>]

    func figure(name: String, title: String) -> Figure {
        let width = SVG.chartWidth
        let longest = contestants.map { shortened($0.name).count }.max() ?? 0
        let side = 16 + SVG.characterWidth * Double(longest)
        let last = Double(max(2, contestants.count))
        // Names stand on both sides, the better half on the left.
        func x(_ rank: Double) -> Double { side + (rank - 1) / (last - 1) * (width - 2 * side) }
        let (axis, rowHeight, groupHeight) = (70.0, 22.0, 9.0)
        let firstRow = axis + 22 + groupHeight * Double(groups.count)
        let left = (contestants.count + 1) / 2
        var svg = SVG(width: width, height: firstRow + rowHeight * Double(left - 1) + 20)

        svg.line(x(1), axis, x(last), axis, color: "--ink")
        for tick in 1...Int(last) {
            svg.line(x(Double(tick)), axis - 6, x(Double(tick)), axis, color: "--ink")
            svg.text(x(Double(tick)), axis - 12, "\(tick)", anchor: .middle, tone: .soft)
        }
        // Longer than the axis where no two can be told apart.
        let reach = min(x(1 + criticalDifference), width - 10)
        svg.line(x(1), 24, reach, 24, color: "--s1", width: 2)
        for end in [x(1), reach] { svg.line(end, 20, end, 28, color: "--s1", width: 2) }
        svg.text(
            x(1), 14, "critical difference \(Wording.short(criticalDifference))", tone: .soft)

        for (place, contestant) in contestants.enumerated() {
            let isLeft = place < left
            let row = firstRow + rowHeight * Double(isLeft ? place : contestants.count - 1 - place)
            let end = isLeft ? side - 6 : width - side + 6
            svg.line(x(contestant.rank), axis, x(contestant.rank), row, color: "--soft")
            svg.line(x(contestant.rank), row, end, row, color: "--soft")
            svg.mark(
                x(contestant.rank), axis, series: 0,
                note: "\(contestant.name): \(Wording.short(contestant.rank))")
            svg.text(
                isLeft ? end - 4 : end + 4, row + 5, shortened(contestant.name),
                anchor: isLeft ? .end : .start)
        }
        for (place, group) in groups.enumerated() {
            let y = axis + 12 + groupHeight * Double(place)
            svg.line(
                x(contestants[group.lowerBound].rank) - 4, y, x(contestants[group.upperBound].rank) + 4, y,
                color: "--s0", width: 4)
        }
        return Figure(name: name, title: title) { svg.text(title: $0) }
    }
}
