import Foundation

extension CorpusProfile {
    /// The profile for people: plain text of aligned columns, one line after another.
    public var text: String {
        var lines: [String] = []
        let silver = isSilver ? "; silver labels, made by a labeler" : ""
        lines.append("\(rowCount) rows, \(labels.count) labels (\(kind.rawValue))\(silver)")
        lines.append("SHA-256 \(fingerprint)")
        if droppedRowCount > 0 {
            let counts = missingValues.map { " (\($0.description))" } ?? ""
            lines.append("\(droppedRowCount) rows were left out: their text or label is missing\(counts)")
        }

        for entry in cleaning.dropped where !entry.step.contains("drop-missing") {
            lines.append("\(entry.count) rows were left out: \(entry.step)")
        }
        for entry in cleaning.changed { lines.append("\(entry.count) \(entry.step)") }

        if !parts.isEmpty {
            lines += section(
                "Official parts", parts.map { [$0.part.rawValue, "\($0.rows)", share($0.rows)] })
        }
        lines += section("Labels", labels.map { [$0.name, "\($0.rows)", percent($0.share)] })
        if kind == .multilabel {
            lines += section(
                "Labels per row", labelsPerRow.map { ["\($0.labels)", "\($0.rows)", share($0.rows)] })
        }
        if !pairs.isEmpty {
            lines += section(
                "Labels that occur together",
                pairs.map { ["\($0.first), \($0.second)", "\($0.rows)", share($0.rows)] })
        }
        lines += section(
            "Length of texts",
            [
                ["", "min", "median", "mean", "95%", "max"],
                ["words"] + words.cells, ["characters"] + characters.cells,
            ] + (tokens.map { [["tokens of \($0.model)"] + $0.tokens.cells] } ?? []))
        if let tokens {
            lines += section(
                "Rows that a greatest number of tokens would cut",
                tokens.cuts.map { ["\($0.maxLength)", "\($0.rows)", percent($0.share)] })
        }
        lines += section(
            "Duplicates",
            [
                ["rows that repeat an earlier text and its labels", "\(duplicateRows)"],
                ["rows that repeat an earlier text", "\(duplicateTexts)"],
                ["... in any case and spacing", "\(duplicateNormalizedTexts)"],
                ["... or nearly (0.8 of the runs of five characters)", "\(nearDuplicateTexts)"],
                ["texts with different labels (any case and spacing)", "\(conflictingTexts)"],
                ["... rows with such a text", "\(conflictingRows)"],
            ])
        if let cutNotice { lines += ["", cutNotice] }
        if !leaks.isEmpty {
            lines += section(
                "Leaks between parts (rows whose text stands in another part, in any case and spacing)",
                leaks.map { ["\($0.into.rawValue) rows known from \($0.from.rawValue)", "\($0.rows)"] }
                    + nearLeaks.map { ["\($0.into.rawValue) rows nearly known from train", "\($0.rows)"] })
        }
        lines += section(
            "Examples", examples.map { [$0.label + ":", $0.id, shortened($0.text ?? "")] }, isText: true)
        return lines.joined(separator: "\n") + "\n"
    }

    private func share(_ rows: Int) -> String {
        percent(Double(rows) / Double(max(1, rowCount)))
    }
}

extension Distribution {
    /// Minimum, median, mean, 95th percentile, maximum.
    fileprivate var cells: [String] {
        [
            "\(minimum)", decimals(median, 1), decimals(mean, 2), decimals(percentile95, 1), "\(maximum)",
        ]
    }
}

private func percent(_ share: Double) -> String { decimals(100 * share, 2) + "%" }

private func decimals(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }

/// A blank line, a heading, and rows of cells: the first column to the left, the others to the right.
/// - Parameter isText: All columns to the left.
private func section(_ heading: String, _ rows: [[String]], isText: Bool = false) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
        rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
    }
    let lines = rows.map { row in
        let cells = row.enumerated().map { column, cell in
            let padding = String(repeating: " ", count: widths[column] - cell.count)
            if isText { return column == row.count - 1 ? cell : cell + padding }
            return column == 0 ? cell + padding : padding + cell
        }
        return "  " + cells.joined(separator: "  ")
    }
    return ["", heading] + lines
}

/// On one line of at most 90 characters.
private func shortened(_ text: String) -> String {
    // Of a text of megabytes only the beginning is looked at.
    let line = String(text.prefix(91).map { $0.isNewline ? " " : $0 })
    return line.count > 90 ? line.prefix(87) + "..." : line
}
