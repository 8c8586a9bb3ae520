import Corpora
import Results

/// The report's section on texts that train and test share; nil where the results know nothing of it.
func leakSection(_ results: ExperimentResults) -> Markdown? {
    guard let leaks = results.leaks else { return nil }
    var counts = Table(["part", ">equal texts", ">near texts", ">share of the part"])
    for part in leaks.parts {
        let rows = results.split.parts.first { $0.name == part.part }?.rowCount ?? 0
        counts.add([
            part.part, Wording.count(part.equal), Wording.count(part.near),
            Wording.share(part.equal + part.near, of: rows),
        ])
    }
    let opening: Markdown = """
        ## Leaks

        Rows whose text a train row has too: equal in lower case with white space collapsed, or near (sharing at least \
        0.8 of their runs of five characters). A model that remembers such a text knows its labels.\
        \(leaks.cutTexts.map { " " + nearSearchNotice(cutTexts: $0) + "." } ?? "")

        \(counts.markdown)
        """
    let test = leaks.parts.first { $0.part == "test" }
    guard let test, test.equal + test.near > 0 else { return opening }

    let ranking = Ranking(results)
    var scores = Table(["contestant"] + ranking.metrics.map { ">" + $0.readableName } + [">change"])
    for contestant in ranking.contestants {
        guard let without = leaks.withoutLeaks.first(where: { $0.id == contestant.id }) else { continue }
        let values = ranking.metrics.map { without.metrics[$0.rawValue] }
        let change = zip([contestant.test[ranking.metric]], values).map { all, kept in
            if let all, let kept { Wording.signed(kept - all) } else { "n/a" }
        }
        scores.add([contestant.id] + values.map { Wording.score($0) } + change)
    }
    let rows = Wording.plural(leaks.withoutLeaks.first?.rowCount ?? 0, "test row")
    return opening + """

        The scores on the \(rows) that are left without them, and how \(ranking.metric.readableName) changes:

        \(scores.markdown)
        """
}
