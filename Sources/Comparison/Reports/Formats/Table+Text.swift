import SafeFiles

extension Table {
    /// Columns side by side, for a terminal.
    package var text: String {
        padded(texts).map { line in
            line.joined(separator: "  ").trimmingSuffix { $0 == " " } + "\n"
        }.joined()
    }

    /// For a spreadsheet: no cell is taken for a formula.
    package var csv: String { texts.map(spreadsheetLine).joined() }
}
