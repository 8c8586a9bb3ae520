import Corpora
import Evaluation
import Labels
import Results

/// What a report says of one task.
struct TaskReport: Sendable {
    /// The task's, where the experiment has several.
    let name: String?
    /// Of this task alone.
    let results: ExperimentResults
    let ranking: Ranking
    let figures: ReportFigures
    /// Published results to stand beside ours, besides those that the experiment names.
    let against: [String]
    /// What a page can move and open; nil where only text is wanted.
    let exploration: Exploration?
    /// What the models make of edited texts; nil where nobody had that stored.
    let probe: ProbeRecord?

    init(
        _ results: ExperimentResults, name: String?, logs: [String: [LogEntry]], against: [String],
        exploration: Exploration? = nil, probe: ProbeRecord? = nil
    ) {
        self.name = name
        self.exploration = exploration
        self.probe = probe
        self.results = results
        self.against = against
        ranking = Ranking(results)
        figures = ReportFigures(results: results, ranking: ranking, logs: logs, task: name)
    }

    var sections: Document {
        Document {
            rankingSection
            silverSection
            ratersSection
            significanceSection
            baselineSection
            replicatesSection
            curveSection
            thresholdsSection
            publishedSection
            dataSection
            leakSection
            contestantsSection
            ensemblesSection
            searchesSection
            perLabelSection
            manyLabelsSection
            probabilitiesSection
            slicesSection
            behaviourSection
            errorsSection
            labelNoiseSection
            learningSection
        }
    }

    /// The place of one of the task's files, seen from the page.
    func path(_ file: String) -> String { (name.map { "\($0)/" } ?? "") + file }

    /// The place of one of its figures, seen from the page.
    func path(of figure: Figure) -> String { path(RunLayout.figurePath(figure.name)) }

    /// A figure in the page; nothing without a figure.
    func figure(_ figure: Figure?) -> [Block] {
        figure.map { [.figure($0, path: path(of: $0))] } ?? []
    }

    var labels: LabelSpace { results.dataset.labelSpace }

    /// A few sentences by rule: who leads, by how much, over whom, and what to mind.
    var summary: Inline {
        let metric = ranking.metric.readableName
        let test = results.split[.test]
        let rows = Wording.plural(test?.rowCount ?? 0, "test row")
        let leaders = ranking.leaders
        guard let best = leaders.first, let score = ranking.score(of: best, ranking.metric) else {
            let place =
                results.folds.map { "on each of \($0.count) folds" }
                ?? results.seeds.map { "on \(rows) under each of \($0.seeds.count) seeds" } ?? "on \(rows)"
            return "No contestant has a defined \(metric) \(place), so nobody is ranked."
        }
        let replicates = Wording.replicates(results).map { ", in the mean over \($0)," } ?? ""
        var text: Inline = "On \(rows)\(replicates) "
        if leaders.count > 1 {
            text += leaders.map { "\(strong: $0.id)" }.joined(separator: ", ")
            text += " share the best \(metric), \(Wording.score(score))"
        } else {
            text += "\(strong: best.id) has the best \(metric), \(Wording.score(score))"
            let next = ranking.contestants.dropFirst().first
            if let next, let second = ranking.score(of: next, ranking.metric) {
                text += "; next is \(strong: next.id) with \(Wording.score(second))"
            }
        }
        text += "." + verdict + baselineVerdict
        if let labeler = results.dataset.silverLabeler {
            text +=
                " The labels are \(strong: "silver"), made by \(labeler): these scores tell how well it is imitated."
        }
        if let leaks = LeakCaveat(results) { text += " \(strong: "Leaks"): \(leaks.text)" }
        return text
    }
}
