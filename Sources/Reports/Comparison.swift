import Evaluation
import Labels
import Results

/// Several runs side by side: all their contestants in one table, best first within a run, and whether they may be
/// compared at all.
public func comparisonText(_ runs: [ExperimentResults], names: [String]) -> String {
    // A task of a run stands as a run of its own.
    let alone = zip(runs, names).flatMap { run, name in
        run.tasks.map { (run: run.alone($0), name: $0.name.map { "\(name), \($0)" } ?? name) }
    }
    let (runs, names) = (alone.map(\.run), alone.map(\.name))
    guard let first = runs.first else { return "" }
    let metrics = Ranking(first).metrics
    var table = Table(
        ["run", "contestant", "seed", ">test rows"] + metrics.map { ">" + Wording.metric($0) }
            + [">95% interval of \(Wording.metric(metrics[0]))"])
    for (run, name) in zip(runs, names) {
        for contestant in Ranking(run).contestants {
            table.add(
                [
                    name, contestant.id, "\(run.experiment.seed)", Wording.count(contestant.test.support),
                ] + metrics.map { Wording.score(contestant.test[$0]) }
                    + [Wording.interval(run.analysis?.intervals[contestant.id]?[metrics[0].rawValue])])
        }
    }
    var text = table.markdown
    for (run, name) in zip(runs, names).dropFirst() {
        if run.dataset.sha256 != first.dataset.sha256 {
            text += "\n- \(name) is on other data than \(names[0]): the scores do not compare.\n"
        } else if run.split.sha256 != first.split.sha256 {
            text += "\n- \(name) has another split than \(names[0]): the scores are of other test rows.\n"
        }
    }
    return text
}
