import Corpora
import Results

/// The section on texts that train and test share.
extension TaskReport {
    /// Nil where the results know nothing of it.
    var leakSection: Document? {
        guard let leaks = results.leaks else { return nil }
        let cut = leaks.cutTexts.map { " " + nearSearchNotice(cutTexts: $0) + "." } ?? ""
        let test = leaks.parts.first { $0.part == .test }
        return Document {
            Block.heading(2, "Leaks")
            Block.paragraph(
                """
                Rows whose text a train row has too: equal in lower case with white space collapsed, or near (sharing at least \
                0.8 of their runs of five characters). A model that remembers such a text knows its labels.\(cut)
                """)
            Block.table(countTable(leaks))
            if let test, test.equal + test.near > 0 {
                Block.paragraph(
                    """
                    The scores on the \(Wording.plural(leaks.withoutLeaks.first?.rowCount ?? 0, "test row")) that are left \
                    without them, and how \(ranking.metric.readableName) changes:
                    """)
                Block.table(scoreTable(leaks))
            }
        }
    }

    private func countTable(_ leaks: LeakSummary) -> Table {
        var counts = Table([
            "part", .numbers("equal texts"), .numbers("near texts"), .numbers("share of the part"),
        ])
        for part in leaks.parts {
            let rows = results.split[part.part]?.rowCount ?? 0
            counts.add([
                part.part.rawValue, Wording.count(part.equal), Wording.count(part.near),
                Wording.share(part.equal + part.near, of: rows),
            ])
        }
        return counts
    }

    private func scoreTable(_ leaks: LeakSummary) -> Table {
        var scores = Table(
            ["contestant"] + ranking.metrics.map { .numbers($0.readableName) } + [.numbers("change")])
        for contestant in ranking.contestants {
            guard let without = leaks.withoutLeaks.first(where: { $0.id == contestant.id }) else { continue }
            let values = ranking.metrics.map { without.metrics[$0] }
            let change = zip([contestant.test[ranking.metric]], values).map { all, kept in
                if let all, let kept { Wording.signed(kept - all) } else { Table.none }
            }
            scores.add([contestant.id] + values.map { Wording.score($0) } + change)
        }
        return scores
    }
}
