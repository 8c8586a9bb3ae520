import Evaluation
import Results

/// Several runs side by side: all their contestants in one table, best first within a run, whether they may be compared
/// at all, and where they may, which differences are more than chance.
///
/// - Throws: What reading stored predictions throws.
public func comparisonText(_ runs: [ComparedRun]) throws -> String {
    guard let first = runs.first else { return "" }
    let metrics = Ranking(first.results).metrics
    let pairs = try pairedComparisons(runs)
    return Document {
        Block.table(scoreTable(runs, metrics))
        for run in runs.dropFirst() { Block.list(differences(of: run, from: first)) }
        if !pairs.isEmpty {
            Block.paragraph(
                """
                Contestants of different runs on the same test rows, dummies aside, by \(metrics[0].readableName) and \
                approximate randomization, and by the rows that only one of two has right (McNemar); Holm's correction \
                covers all pairs.
                """)
            Block.table(pairTable(pairs))
        }
    }.markdown
}

private func scoreTable(_ runs: [ComparedRun], _ metrics: [MetricName]) -> Table {
    var table = Table(
        ["run", "contestant", "seed", .numbers("test rows")]
            + metrics.map { .numbers($0.readableName) }
            + [.numbers("95% interval of \(metrics[0].readableName)")])
    for run in runs {
        for contestant in Ranking(run.results).contestants {
            table.add(
                [
                    run.name, contestant.id, Wording.seeds(run.results),
                    Wording.count(contestant.test.support),
                ] + metrics.map { Wording.score(run.results.score(of: contestant, $0)) }
                    + [Wording.interval(run.results.analysis?.intervals[contestant.id]?[metrics[0]])]
            )
        }
    }
    return table
}

/// Why the scores of two runs do not compare; nothing where they do.
private func differences(of run: ComparedRun, from first: ComparedRun) -> [Inline] {
    if run.results.dataset.sha256 != first.results.dataset.sha256 {
        return ["\(run.name) is on other data than \(first.name): the scores do not compare."]
    }
    if run.results.split.sha256 != first.results.split.sha256 {
        return ["\(run.name) has another split than \(first.name): the scores are of other test rows."]
    }
    return []
}

/// Paired tests, a row each.
func pairTable(_ pairs: [PairedComparison]) -> Table {
    var table = Table([
        "pair", .numbers("difference"), .numbers("95% interval"), .numbers("p"), .numbers("p, Holm"),
        .numbers("only one right"), .numbers("McNemar p, Holm"),
    ])
    for pair in pairs {
        table.add([
            "\(pair.first) vs \(pair.second)", Wording.score(pair.difference),
            Wording.interval(pair.interval), Wording.pValue(pair.pValue),
            Wording.pValue(pair.adjustedPValue), "\(pair.onlyFirstRight) : \(pair.onlySecondRight)",
            Wording.pValue(pair.adjustedMcNemar),
        ])
    }
    return table
}
