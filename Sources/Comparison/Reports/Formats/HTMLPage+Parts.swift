import Evaluation

extension ThresholdSlider {
    /// Without the script it is a table of the scores at 0.50.
    ///
    /// - Parameter number: Of the slider in its page, for ids and names.
    package func html(number: Int) -> String {
        let isOne = labels.count == 1
        let options =
            isOne
            ? ""
            : """
            <label for="slider\(number)-label">Label</label> <select id="slider\(number)-label" disabled>\
            <option value="">all labels together (micro)</option>\
            \(labels.enumerated().map { "<option value=\"\($0)\">\(xmlEscaped(oneLine($1)))</option>" }.joined())\
            </select>
            """
        let what =
            isOne
            ? "A row counts as \(oneLine(labels[0])) from the threshold on."
            : "A row is given every label whose probability is at least the threshold, the same for all labels."
        return """
            <div class="slider" role="group" aria-label="Threshold slider \(number)">
            <p>\(xmlEscaped(what)) The curves are those of the test rows: a threshold that is chosen here is chosen on test, and \
            its score tells nothing of other texts.</p>
            <noscript><p>The slider needs JavaScript, which the page brings itself; without it the scores stand as they are at \
            0.50.</p></noscript>
            <p class="choices"><label for="slider\(number)">Threshold</label> <input type="range" id="slider\(number)" min="0" \
            max="100" value="\(ThresholdCounts.half)" disabled> \
            <output for="slider\(number)" aria-live="off">0.50</output> \(options)</p>
            <p class="unseen" role="status"></p>
            \(table.html(name: "Scores at threshold \(number)"))<div class="figures curves"></div>
            <script type="application/json">\(json)</script>
            </div>

            """
    }

    /// The scores of all labels together at 0.50.
    private var table: Table {
        var table = Table(["contestant", .numbers("precision"), .numbers("recall"), .numbers("F1")])
        for contestant in contestants {
            let counts = contestant.counts.sum(at: ThresholdCounts.half)
            table.add([contestant.id] + [counts.precision, counts.recall, counts.f1].map(Wording.score))
        }
        return table
    }
}

extension ConfusionCells {
    /// Lists that open without a script too; with it, the cells of the matrix before them open them.
    package var html: String {
        let shown =
            cells.count < cellCount
            ? "The rows of the \(Wording.count(cells.count)) most frequent of \(Wording.count(cellCount)) confusions"
            : "The rows of \(Wording.plural(cellCount, "confusion"))"
        let isCut = cells.contains { $0.rows.count < $0.count }
        let most = isCut ? ", the first \(Wording.count(ConfusionCells.maxRows)) of each" : ""
        return """
            <details class="cells"\(hasMatrix ? " data-matrix" : "")><summary>\(shown)\(most) \
            (\(xmlEscaped(oneLine(contestant))))</summary>
            \(cells.map(html).joined())</details>

            """
    }

    private func html(_ cell: Cell) -> String {
        let name = "\(oneLine(labels[cell.gold])) → \(oneLine(labels[cell.predicted]))"
        let cut = cell.rows.count < cell.count ? ", the first \(Wording.count(cell.rows.count))" : ""
        let rows = cell.rows.map { row in
            let id = "<code>\(xmlEscaped(oneLine(row.id)))</code>"
            return "<li>\(id)\(row.text.map { " “\(xmlEscaped(oneLine($0)))”" } ?? "")</li>"
        }
        return """
            <details data-cell="\(cell.gold) \(cell.predicted)"><summary>\(xmlEscaped(name)): \
            \(Wording.plural(cell.count, "row"))\(cut)</summary><ul>\(rows.joined())</ul></details>

            """
    }
}
