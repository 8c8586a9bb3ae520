import Evaluation
import Results

/// The section on labels that are likely wrong.
extension TaskReport {
    /// Nil where the experiment file does not ask for it.
    var labelNoiseSection: Document? {
        guard let noise = results.labelNoise else { return nil }
        let isMultilabel = labels.kind == .multilabel
        return Document {
            Block.heading(2, "Labels that may be wrong")
            Block.paragraph(
                """
                Confident learning (Northcutt, Jiang and Chuang 2021) asks of each test row whether a model that was not fitted on \
                it is surer of another label than it usually is where that label is given. The estimated share is of \
                \(isMultilabel ? "each label's presence or absence, in the mean over labels" : "the rows"). A contestant that \
                often errs names right labels too: this is a list to look at, and nothing was changed by it.
                """)
            Block.table(noiseTable(noise))
            if noise.rows.isEmpty {
                Block.paragraph("No label is held for wrong by most of the contestants.")
            } else {
                Block.paragraph("Held for wrong by most of the contestants:")
                Block.table(issueTable(noise, isMultilabel: isMultilabel))
            }
            Block.paragraph("\(code: path("label-issues.csv")) has all of them.")
        }
    }

    private func noiseTable(_ noise: LabelNoise) -> Table {
        var table = Table(["contestant", .numbers("estimated share"), .numbers("labels named")])
        for contestant in noise.contestants {
            table.add([
                contestant.id, Wording.percentage(contestant.estimatedShare),
                Wording.count(contestant.issueCount),
            ])
        }
        return table
    }

    private func issueTable(_ noise: LabelNoise, isMultilabel: Bool) -> Table {
        var table = Table(
            isMultilabel
                ? ["row", "label", "the row", .numbers("named by"), .numbers("mean probability of that")]
                : [
                    "row", "label", "suggested", .numbers("named by"),
                    .numbers("mean probability of the label"),
                ])
        for row in noise.rows {
            let other = row.isGiven.map { $0 ? "has it" : "lacks it" } ?? row.suggested ?? ""
            table.add([
                .code(row.id), .text(row.label), .text(other),
                .text("\(row.namedBy.count) of \(noise.contestants.count)"),
                .text(Wording.score(row.selfConfidence)),
            ])
        }
        return table
    }
}
