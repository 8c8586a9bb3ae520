import Foundation
import Labels
import Results
import SafeFiles
import Tables

/// Which of a class's test rows are scored.
public enum ScoredRows: String, Codable, CaseIterable, Sendable {
    /// Those that the board shows scores of while the class goes on.
    case `public`
    /// The others, which decide in the end.
    case final
    case all
}

/// The test rows of a class in the order of the students' `test.csv`, with their labels: `id,rows,gold,text`.
package struct ClassRows: Equatable, Sendable {
    /// Of the students' file. Shape: [N].
    package let ids: [String]
    /// Shape: [N].
    package let texts: [String]
    /// N rows.
    package let gold: Targets
    /// Whether each row is one of those whose scores are shown. Shape: [N].
    package let isPublic: [Bool]

    package init(ids: [String], texts: [String], gold: Targets, isPublic: [Bool]) {
        precondition(ids.count == texts.count && ids.count == gold.count && ids.count == isPublic.count)
        self.ids = ids
        self.texts = texts
        self.gold = gold
        self.isPublic = isPublic
    }

    /// The places of the rows that are scored.
    package func indices(_ rows: ScoredRows) -> [Int] {
        ids.indices.filter { row in
            switch rows {
            case .public: isPublic[row]
            case .final: !isPublic[row]
            case .all: true
            }
        }
    }

    // MARK: gold.csv

    private static let columns = ["id", "rows", "gold", "text"]

    package func csv(_ labelSpace: LabelSpace) -> String {
        csvLine(ClassRows.columns)
            + ids.indices.map { row in
                let labels = labelSpace.cell(gold.labels(ofRow: row))
                let rows: ScoredRows = isPublic[row] ? .public : .final
                return csvLine([ids[row], rows.rawValue, labels, texts[row]])
            }.joined()
    }

    /// Reads what `csv` gives.
    package init(contentsOf file: URL, labelSpace: LabelSpace) throws {
        var reader = try TableReader(DataFile.file(file).source(), dialect: .csv)
        guard reader.columns == ClassRows.columns else {
            throw ClassError.changed(file: file.path)
        }
        let cells = LabelCells(labelSpace)
        var gold = TargetsBuilder(labelSpace)
        var (ids, texts, isPublic) = ([String](), [String](), [Bool]())
        while let row = try reader.next() {
            let place = DataPlace(file: file.path, line: row.line)
            guard row.count == 4, let rows = ScoredRows(rawValue: row[1]) else {
                throw ClassError.changed(file: file.path)
            }
            ids.append(row[0])
            isPublic.append(rows == .public)
            gold.add(try cells.labels(of: row[2], at: place))
            texts.append(row[3])
        }
        self.init(ids: ids, texts: texts, gold: gold.targets, isPublic: isPublic)
    }
}
