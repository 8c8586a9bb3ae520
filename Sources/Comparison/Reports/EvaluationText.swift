import Evaluation
import Results

extension ModelEvaluation {
    /// As a plain-text table, for a terminal: headline scores with their intervals, each label's precision, recall and F1 if
    /// there is one model, and who cannot be told from whom if there are several.
    public var text: String {
        let space = dataset.labelSpace
        let metrics = MetricName.headline(of: space, first: rankBy)
        var table = Table(
            [.numbers("#"), "contestant", "model"]
                + metrics.flatMap { [.numbers($0.readableName), .numbers("95% interval")] })
        for (place, model) in models.enumerated() {
            table.add(
                ["\(place + 1)", model.id, model.model]
                    + metrics.flatMap {
                        [Wording.score(model.scores[$0]), Wording.interval(model.intervals[$0])]
                    })
        }
        let title = "\(dataset.name): \(Wording.plural(dataset.rowCount, "row"))\n\n"
        return title + table.text + "\n" + (models.count == 1 ? perLabel(models[0]).text : pairs)
    }

    private func perLabel(_ model: Model) -> Table {
        var table = Table(
            ["label"] + ["precision", "recall", "F1", "rows", "predicted"].map(Table.Column.numbers))
        for label in model.scores.perLabel {
            table.add([
                label.label, Wording.score(label.precision), Wording.score(label.recall),
                Wording.score(label.f1), Wording.count(label.support), Wording.count(label.predicted),
            ])
        }
        return table
    }

    private var pairs: String {
        if tieGroups.isEmpty { return "Each can be told from the next by more than chance.\n" }
        return tieGroups.map { group in
            "Places \(Wording.places(group)) cannot be told apart by \(rankBy.readableName) at n = "
                + "\(Wording.count(dataset.rowCount)).\n"
        }.joined()
    }
}
