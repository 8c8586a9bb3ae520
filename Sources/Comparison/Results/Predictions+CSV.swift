import DeterministicWork
import Foundation
import Labels
import SafeFiles
import Tables

extension Predictions {
    /// The names of the columns.
    private static func header(_ labelSpace: LabelSpace) -> [String] {
        ["id", "gold", "predicted"] + labelSpace.names.map { "p_\($0)" }
    }

    /// Writes the rows as CSV. Probabilities have the shortest digits that read back as the same `Float`.
    public func write(to file: URL) throws(FileError) {
        let out = try OutputFile(file)
        try out.write(csvLine(Predictions.header(labelSpace)))
        // So many rows at once that all threads have some, and that they do not fill the memory.
        let (stretch, most) = (512, 64)
        for start in stride(from: 0, to: ids.count, by: most * stretch) {
            let rows = start..<min(ids.count, start + most * stretch)
            let parts = parallelMap((rows.count + stretch - 1) / stretch, blockSize: 1) { part in
                let first = rows.lowerBound + part * stretch
                return lines(first..<min(rows.upperBound, first + stretch))
            }
            for part in parts { try out.write(part) }
        }
        try out.commit()
    }

    private func lines(_ rows: Range<Int>) -> [UInt8] {
        var lines: [UInt8] = []
        for row in rows {
            appendCSVField(ids[row], to: &lines)
            for targets in [gold, predicted] {
                lines.append(UInt8(ascii: ","))
                appendCSVField(labelSpace.cell(targets.labels(ofRow: row)), to: &lines)
            }
            for label in labelSpace.names.indices {
                lines.append(UInt8(ascii: ","))
                lines.append(contentsOf: Float(probabilities[row, label]).description.utf8)
            }
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }

    /// Reads what `write(to:)` wrote, be it packed since.
    /// - Throws: `CorpusError` for the form of the file, `ResultsError` for its content.
    public init(contentsOf file: URL, labelSpace: LabelSpace) throws {
        var reader = try PackableFile(file).tableReader()
        let expected = Predictions.header(labelSpace)
        guard reader.columns == expected else {
            throw ResultsError.badPredictions(
                DataPlace(file: file.path, line: 1),
                found: "columns \(reader.columns.joined(separator: ","))",
                expected: expected.joined(separator: ","))
        }
        let parser = LabelCells(labelSpace)
        var ids: [String] = []
        var gold = TargetsBuilder(labelSpace)
        var predicted = TargetsBuilder(labelSpace)
        var values: [Double] = []
        let path = file.path
        var row = TableRow()
        while try reader.read(into: &row) {
            let place = DataPlace(file: path, line: row.line)
            ids.append(row[0])
            gold.add(try parser.labels(of: row[1], at: place))
            predicted.add(try parser.labels(of: row[2], at: place))
            for label in 0..<labelSpace.count {
                guard let value = Float(row[3 + label]), (0...1).contains(value) else {
                    throw ResultsError.badPredictions(
                        place, found: "'\(row[3 + label])' in \(expected[3 + label])",
                        expected: "a probability from 0 to 1")
                }
                values.append(Double(value))
            }
        }
        self.init(
            labelSpace: labelSpace, ids: ids, gold: gold.targets, predicted: predicted.targets,
            probabilities: Probabilities(labelCount: labelSpace.count, values: values))
    }
}

/// Collects the labels of rows, one after another.
package struct TargetsBuilder {
    private let labelSpace: LabelSpace
    private var rows: [[Int]] = []

    package init(_ labelSpace: LabelSpace) {
        self.labelSpace = labelSpace
    }

    /// - Precondition: Exactly one label unless the task is multilabel.
    package mutating func add(_ labels: [Int]) {
        precondition(labelSpace.kind == .multilabel || labels.count == 1)
        rows.append(labels)
    }

    package var targets: Targets { Targets(rows: rows, in: labelSpace) }
}

/// Understands cells of label names joined by `|`.
package struct LabelCells {
    private let labelSpace: LabelSpace
    private let reader: LabelReader

    /// - Parameter countsNames: Whether the number of a name may stand for it.
    package init(_ labelSpace: LabelSpace, countsNames: Bool = false) {
        self.labelSpace = labelSpace
        reader = LabelReader(labelSpace.names, countsNames: countsNames)
    }

    /// The label indices of a cell.
    /// - Throws: `ResultsError` for an unknown name, or if a row that must have one label has none or several.
    package func labels(of cell: String, at place: DataPlace) throws(ResultsError) -> [Int] {
        try labels(named: cell.split(separator: "|").map(String.init), at: place)
    }

    /// The indices of names.
    func labels(named names: [String], at place: DataPlace) throws(ResultsError) -> [Int] {
        var labels: [Int] = []
        for name in names {
            guard let index = reader.index(of: name) else {
                throw .unknownLabel(place, name, known: labelSpace.names)
            }
            labels.append(index)
        }
        if labelSpace.kind != .multilabel && labels.count != 1 {
            throw .badPredictions(
                place, found: labels.isEmpty ? "no label" : names.joined(separator: "|"),
                expected: "one label")
        }
        return labels
    }
}
