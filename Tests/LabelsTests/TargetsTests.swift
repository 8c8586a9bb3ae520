import Labels
import Testing

struct TargetsTests {
    private let matrix = IndicatorMatrix(labelCount: 3, rows: [[2, 0], [], [1, 1]])

    @Test func matrixByRowsAndByValues() {
        let values = [true, false, true, false, false, false, false, true, false]
        #expect(matrix == IndicatorMatrix(labelCount: 3, values: values))
        #expect(matrix.rowCount == 3 && matrix.labelCount == 3)
        #expect(matrix.labels(ofRow: 0) == [0, 2] && matrix.labels(ofRow: 1) == [])
        #expect(matrix.columnCounts == [1, 1, 1])
    }

    @Test func matrixCellsChange() {
        var changed = matrix
        changed[1, 1] = true
        changed[0, 0] = false
        #expect(changed == IndicatorMatrix(labelCount: 3, rows: [[2], [1], [1]]))
        #expect(changed.columnCounts == [0, 2, 1])
    }

    @Test func selectingRows() {
        #expect(matrix.selecting([2, 0, 2]) == IndicatorMatrix(labelCount: 3, rows: [[1], [0, 2], [1]]))
        #expect(Targets.classes([5, 6, 7]).selecting([2, 0]) == .classes([7, 5]))
        #expect(Targets.sets(matrix).selecting([]).count == 0)
    }

    @Test func classesAreSetsOfOne() {
        let classes = Targets.classes([2, 0, 2, 1])
        let sets = Targets.sets(classes.indicators(labelCount: 3))
        #expect(classes.count == sets.count)
        for row in 0..<4 { #expect(classes.labels(ofRow: row) == sets.labels(ofRow: row)) }
        #expect(classes.labelCounts(labelCount: 3) == [1, 1, 2])
        #expect(sets.labelCounts(labelCount: 3) == [1, 1, 2])
        #expect(classes.labelCounts(labelCount: 5) == [1, 1, 2, 0, 0])
    }
}
