import Evaluation
import Foundation
import Reports
import Results

extension ClassBoard {
    /// The board as a page.
    package var document: Document {
        Document {
            Block.heading(1, "\(name): the board")
            Block.paragraph(opening)
            if let finalStandings {
                Block.heading(2, "Final scores")
                Block.paragraph(
                    "Each team's last valid entry, on \(Wording.plural(finalStandings.rowCount, "test row")) of which no board has shown anything."
                )
                standings(finalStandings)
            }
            Block.heading(2, "Public scores")
            Block.paragraph(
                "On \(Wording.plural(publicStandings.rowCount, "test row")). The final scores are of other rows."
            )
            standings(publicStandings)
            Block.heading(2, "Entries")
            Block.table(countTable)
            for history in histories { teamSection(history) }
        }
    }

    private var opening: Inline {
        let step = RubricPoints.spelled(step)
        return """
            Entries are scored by \(Wording.rankedMetric(metric)). A public score rises only where an entry is ahead of the team's \
            best by more than \(step) standard errors of the difference (the Ladder of Blum and Hardt, 2015): trying often is no \
            way up.
            """
    }

    // MARK: Standings

    private func standings(_ standings: Standings) -> Document {
        Document {
            Block.table(table(standings))
            Block.list(ties(standings))
        }
    }

    private func table(_ standings: Standings) -> Table {
        var table = Table([
            .numbers("#"), "team", .numbers(metric.readableName), .numbers("95% interval"),
        ])
        for (place, standing) in standings.places.enumerated() {
            let name: Inline = standing.isBaseline ? "\(standing.name) (baseline)" : .text(standing.name)
            table.add([
                .text("\(place + 1)"), name, .text(Wording.score(standing.score)),
                .text(Wording.interval(standing.interval)),
            ])
        }
        return table
    }

    private func ties(_ standings: Standings) -> [Inline] {
        var lines = standings.tieGroups.map { group -> Inline in
            "Places \(Wording.places(group)) cannot be told apart by \(standings.rowCount) rows: they are tied."
        }
        if !standings.unscored.isEmpty {
            lines.append("Without a valid entry: \(standings.unscored.joined(separator: ", ")).")
        }
        return lines
    }

    // MARK: Histories

    private var countTable: Table {
        var table = Table([
            "team", .numbers("entries"), .numbers("not valid"), .numbers("shown"), .numbers("public score"),
        ])
        for history in histories {
            table.add([
                history.team, Wording.count(history.steps.count),
                Wording.count(history.steps.count { $0.outcome == .invalid }),
                Wording.count(history.steps.count { $0.outcome == .shown }),
                Wording.score(history.steps.last?.shown),
            ])
        }
        return table
    }

    /// The entries of a team; runs of those that changed nothing are one line.
    private func teamSection(_ history: TeamHistory) -> Document {
        var lines: [Inline] = []
        var idle: [Int] = []
        func endIdle() {
            guard let first = idle.first, let last = idle.last else { return }
            lines.append(
                first == last
                    ? "Entry \(first): not ahead of the best by more than chance."
                    : "Entries \(first) to \(last): none is ahead of the best by more than chance.")
            idle = []
        }
        for step in history.steps {
            switch step.outcome {
            case .notAhead:
                idle.append(step.number)
                continue
            case .shown:
                endIdle()
                lines.append("Entry \(step.number): \(strong: Wording.score(step.shown)).")
            case .undefined:
                endIdle()
                lines.append("Entry \(step.number): \(metric.readableName) is not defined.")
            case .invalid:
                endIdle()
                let faults = step.faults.map(\.rawValue).joined(separator: ", ")
                lines.append("Entry \(step.number): not valid (\(faults)).")
            }
        }
        endIdle()
        return Document {
            Block.heading(3, .text(history.team))
            Block.list(lines)
        }
    }
}
