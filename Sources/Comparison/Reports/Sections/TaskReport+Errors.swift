import Results

/// The section on rows that contestants have wrong.
extension TaskReport {
    /// Rows by which a contestant is shown, at most.
    private static let mostExamples = 4
    /// Confused labels and worst mistakes that are shown of a contestant, at most.
    private static let mostMistakes = 5
    /// Characters of a quoted text, at most.
    private static let mostQuoted = 120

    var errorsSection: Document? {
        let contestants = ranking.contestants.filter { !results.isBaseline($0) }
        guard let errors = results.analysis?.errors, let first = contestants.first else { return nil }
        let N = first.test.support
        let dummies = contestants.count < ranking.contestants.count ? "Dummies aside, " : ""
        return Document {
            Block.heading(2, "Errors")
            Block.paragraph(
                """
                \(dummies)\(Wording.plural(errors.rightByAll, "row")) (\(Wording.share(errors.rightByAll, of: N))) \
                \(errors.rightByAll == 1 ? "is" : "are") exactly right for every contestant and \
                \(Wording.count(errors.rightByNone)) (\(Wording.share(errors.rightByNone, of: N))) for none.
                """)
            Block.table(aloneTable(errors, contestants))
            if !errors.agreement.isEmpty { Block.table(agreementTable(errors, rowCount: N)) }
            for contestant in contestants { mistakes(of: contestant.id, errors) }
        }
    }

    private func aloneTable(_ errors: ErrorAnalysis, _ contestants: [ContestantResults]) -> Table {
        var table = Table(["contestant", .numbers("rows only it gets right"), "such as"])
        for contestant in contestants {
            table.add([
                .text(contestant.id), .text(Wording.count(errors.onlyRightCounts[contestant.id] ?? 0)),
                (errors.onlyRight[contestant.id] ?? []).prefix(Self.mostExamples).map(named)
                    .joined(separator: "; "),
            ])
        }
        return table
    }

    private func agreementTable(_ errors: ErrorAnalysis, rowCount: Int) -> Table {
        var table = Table(["pair", .numbers("same prediction")])
        for pair in errors.agreement {
            table.add(["\(pair.first), \(pair.second)", Wording.share(pair.rows, of: rowCount)])
        }
        return table
    }

    private func mistakes(of contestant: String, _ errors: ErrorAnalysis) -> Document? {
        let pairs = errors.confusions[contestant] ?? []
        let worst = errors.worst[contestant] ?? []
        if pairs.isEmpty && worst.isEmpty { return nil }
        let confused = pairs.prefix(Self.mostMistakes).map { pair -> Inline in
            "\(pair.gold) → \(pair.predicted) (\(pair.count))"
        }
        var table = Table(["worst mistakes", "gold", "predicted", .numbers("loss")])
        for mistake in worst.prefix(Self.mostMistakes) {
            table.add([
                named(mistake.id), labelled(mistake.gold), labelled(mistake.predicted),
                .text(Wording.score(mistake.loss)),
            ])
        }
        return Document {
            Block.heading(3, "Errors of \(contestant)")
            if !pairs.isEmpty {
                Block.paragraph(
                    "Most frequent confusions, gold → predicted: \(confused.joined(separator: ", ")).")
            }
            if !worst.isEmpty { Block.table(table) }
        }
    }

    private func labelled(_ names: [String]) -> Inline {
        names.isEmpty ? "(no label)" : .text(names.joined(separator: ", "))
    }

    /// A row by its id, or by its text where that may be quoted.
    private func named(_ id: String) -> Inline {
        guard let text = results.analysis?.errors.texts?[id] else { return .code(id) }
        return "“\(Wording.shortened(text, to: Self.mostQuoted))”"
    }
}
