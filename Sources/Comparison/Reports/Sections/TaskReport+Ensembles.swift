import Results

/// The section on contestants that are made of others: how much each member weighs, and how that was decided.
extension TaskReport {
    /// Nil where there are none.
    var ensemblesSection: Document? {
        let ensembles = results.contestants.compactMap { contestant in
            contestant.ensembles.map { (id: contestant.id, records: $0) }
        }
        if ensembles.isEmpty { return nil }
        return Document {
            Block.heading(2, "Ensembles")
            Block.paragraph(
                """
                An ensemble's probabilities are the mean of its members', as these are stored, rounded to single precision. \
                It is fitted to nothing else. In a soft vote all members weigh the same; a greedy ensemble's weights are \
                chosen on validation alone.
                """)
            Block.table(weightsTable(ensembles))
            Block.list(ensembles.compactMap { greedyNote($0.id, $0.records) })
        }
    }

    private func weightsTable(_ ensembles: [(id: String, records: [EnsembleRecord])]) -> Table {
        let isFolded = results.folds != nil
        var table = Table([
            "ensemble", "method", "member", .numbers(isFolded ? "folds with a vote" : "votes"),
            .numbers(isFolded ? "mean share" : "share"),
        ])
        for (id, records) in ensembles {
            var members: [String] = []
            for member in records.flatMap(\.members) where !members.contains(member) {
                members.append(member)
            }
            for member in members {
                // One a record; who was left out of one has no votes in it.
                let votes = records.map { record in
                    record.members.firstIndex(of: member).map { (record.votes[$0], record.shares[$0]) } ?? (
                        0, 0
                    )
                }
                let count = isFolded ? votes.count { $0.0 > 0 } : votes.map(\.0).reduce(0, +)
                table.add([
                    id, records[0].method.rawValue, member, "\(count)",
                    Wording.score(votes.map(\.1).reduce(0, +) / Double(votes.count)),
                ])
            }
        }
        return table
    }

    /// What a greedy selection reached where it chose, which is more than it would reach elsewhere.
    private func greedyNote(_ id: String, _ records: [EnsembleRecord]) -> Inline? {
        guard let metric = records[0].metric, let rounds = records[0].rounds else { return nil }
        let scores = records.map { Wording.score($0.score) }.joined(separator: ", ")
        return """
            \(id): \(metric.readableName) \(scores) on the validation rows that the votes were chosen on, in at most \
            \(Wording.plural(rounds, "round")) (Caruana et al. 2004); the test score was not looked at.
            """
    }
}
