import Evaluation
import Labels
import Results

/// `README.md` of a run: a pure function of its results, and of what contestants logged while they were fitted.
public struct MarkdownReport: Sendable {
    let results: ExperimentResults
    let tasks: [TaskReport]

    /// - Parameters:
    ///   - logs: What contestants told while they were fitted: by id, or by `id/task` of one that each task has its own
    ///     log of.
    ///   - against: Published results to stand beside ours, besides those that the experiment names.
    public init(_ results: ExperimentResults, logs: [String: [LogEntry]] = [:], against: [String] = []) {
        self.results = results
        tasks = results.tasks.map { task in
            TaskReport(
                results.alone(task), name: task.name, logs: logs, against: against)
        }
    }

    /// The whole page.
    public var text: String { markdown.source }

    private var markdown: Markdown {
        let sections: [Markdown]
        if results.hasNamedTasks {
            let named = zip(results.tasks.map { $0.name ?? "" }, tasks)
            let summaries = named.map { name, task -> Markdown in "- \(name): \(task.summary)\n" }
            sections =
                [opening(summaries.joined())]
                + named.map { name, task in
                    let title: Markdown = "# Task \(name)\n\n\(task.summary)\n"
                    return ([title] + task.sections).map(Self.oneLevelDown).joined(separator: "\n")
                }
        } else {
            sections = tasks.flatMap { [opening($0.summary + "\n")] + $0.sections }
        }
        return (sections + [costSection, reproductionSection]).joined(separator: "\n")
    }

    private func opening(_ summary: Markdown) -> Markdown {
        var text: Markdown = "# \(results.experiment.name)\n\n"
        if let description = results.experiment.description {
            text += .paragraphs(description) + "\n\n"
        }
        return text + summary
    }

    /// Every heading of a text, one level further down.
    private static func oneLevelDown(_ text: Markdown) -> Markdown {
        let lines = text.source.split(separator: "\n", omittingEmptySubsequences: false)
        return Markdown(
            source: lines.map { $0.hasPrefix("#") ? "#\($0)" : String($0) }.joined(separator: "\n"))
    }
}

/// What a report says of one task.
struct TaskReport: Sendable {
    /// Of this task alone.
    let results: ExperimentResults
    let ranking: Ranking
    let figures: ReportFigures
    /// Published results to stand beside ours, besides those that the experiment names.
    let against: [String]
    /// Where the figures are, seen from the page.
    private let folder: String

    /// - Parameter name: The task's, where the experiment has several.
    init(_ results: ExperimentResults, name: String?, logs: [String: [LogEntry]], against: [String]) {
        self.results = results
        self.against = against
        folder = name.map { "\($0)/figures" } ?? "figures"
        ranking = Ranking(results)
        figures = ReportFigures(results: results, ranking: ranking, logs: logs, task: name)
    }

    var sections: [Markdown] {
        [
            rankingSection, silverSection(results), significanceSection, baselineSection, seedsSection,
            thresholdsSection,
            publishedSection,
            dataSection,
            leakSection(results), contestantsSection, perLabelSection, probabilitiesSection, errorsSection,
            learningSection,
        ].compactMap(\.self)
    }

    /// A figure's place in the page; nothing without a figure.
    func image(_ figure: Figure?) -> Markdown {
        figure.map { "\n![\($0.title)](\(place("\($0.name).svg")))\n" } ?? ""
    }

    /// A figure's address as a link has it.
    private func place(_ name: String) -> Markdown { .path("\(folder)/\(name)") }

    private var labels: LabelSpace { results.dataset.labelSpace }

    private func part(_ name: String) -> PartSummary? {
        results.split.parts.first { $0.name == name }
    }

    // MARK: Ranking

    /// A few sentences by rule: who leads, by how much, over whom, and what to mind.
    var summary: Markdown {
        let metric = ranking.metric.readableName
        let rows = Wording.plural(part("test")?.rowCount ?? 0, "test row")
        let leaders = ranking.leaders
        guard let best = leaders.first, let score = ranking.score(of: best, ranking.metric) else {
            return "No contestant has a defined \(metric) on \(rows), so nobody is ranked."
        }
        let seeds =
            results.seeds.map { ", in the mean over \(Wording.plural($0.seeds.count, "seed"))," } ?? ""
        var text: Markdown = "On \(rows)\(seeds) "
        if leaders.count > 1 {
            text += leaders.map { "**\($0.id)**" }.joined(separator: ", ")
            text += " share the best \(metric), \(Wording.score(score))"
        } else {
            text += "**\(best.id)** has the best \(metric), \(Wording.score(score))"
            let next = ranking.contestants.dropFirst().first
            if let next, let second = ranking.score(of: next, ranking.metric) {
                text += "; next is **\(next.id)** with \(Wording.score(second))"
            }
        }
        let silver: Markdown? = results.dataset.silverLabeler.map {
            " The labels are **silver**, made by \($0): these scores tell how well it is imitated."
        }
        let leaks: Markdown? = LeakCaveat(results).map { " **Leaks**: \($0.text)" }
        return text + "." + verdict + baselineVerdict + (silver ?? "") + (leaks ?? "")
    }

    private var rankingSection: Markdown {
        let seeds: Markdown =
            results.seeds.map {
                " Scores are means over \(Wording.plural($0.seeds.count, "seed")); sd is their standard deviation."
            } ?? ""
        return """
            ## Ranking

            Every contestant was fitted on the same train rows and scored once on the same test rows, ordered by \
            \(Wording.rankedMetric(ranking.metric)).\(externalNote)\(seeds)

            \(ranking.table.markdown)
            """ + undefinedNote + image(figures.rankingFigure)
    }

    /// Nobody here saw what was done with predictions that were made elsewhere.
    private var externalNote: Markdown {
        let ids = ranking.contestants.filter(\.isExternal).map(\.id)
        if ids.isEmpty { return "" }
        let named = ids.joined(separator: ", ")
        return
            " Except \(named): predictions that were made elsewhere, scored on the same test rows; what they "
            + "were fitted on, and whether the test rows were part of it, is not known, nor what it cost."
    }

    private var undefinedNote: Markdown {
        let counted = ranking.contestants.compactMap { contestant -> Markdown? in
            let count = contestant.test.undefined[.precisionMacro] ?? 0
            return count == 0 ? nil : "\(contestant.id) never predicts \(count) of \(labels.count) labels"
        }
        if counted.isEmpty { return "" }
        return
            "\nA label that is never predicted has no precision (n/a) and counts with an F1 of 0 in the averages: "
            + counted.joined(separator: "; ") + ".\n"
    }

    // MARK: Data

    private var dataSection: Markdown {
        var facts = Table(["", ""])
        facts.add([
            "dataset", results.dataset.title.map { "\(results.dataset.name): \($0)" } ?? results.dataset.name,
        ])
        if let source = results.dataset.source { facts.add(markup: ["source", .address(source)]) }
        if let licence = results.dataset.licence { facts.add(markup: ["licence", .address(licence)]) }
        facts.add(["rows", Wording.count(results.dataset.rowCount)])
        for (reason, count) in results.dataset.dropped.sorted(by: { $0.key < $1.key }) {
            facts.add(["left out", "\(Wording.count(count)): \(reason)"])
        }
        for (step, count) in (results.dataset.changed ?? [:]).sorted(by: { $0.key < $1.key }) {
            facts.add(["changed", "\(Wording.count(count)): \(step)"])
        }
        facts.add(["task", "\(labels.kind.rawValue), \(labels.count) labels"])
        if let labeler = results.dataset.silverLabeler {
            facts.add(markup: ["labels", "**silver**: made by \(labeler), not by people"])
        }
        facts.add(markup: ["data SHA-256", .code(results.dataset.sha256)])
        facts.add(["split", results.split.plan])
        facts.add(markup: ["split SHA-256", .code(results.split.sha256)])
        return """
            ## What was compared on what

            \(facts.markdown)
            Rows of each part that carry each label:

            \(shares.markdown)
            """ + notes.map { "\n- \($0)" as Markdown }.joined() + (notes.isEmpty ? "" : "\n") + dataPageNote
    }

    /// What was worth knowing about the data and its split.
    private var notes: [String] { (results.dataset.notices ?? []) + results.split.notices }

    private var dataPageNote: Markdown {
        if results.dataset.profileSHA256 == nil { return "" }
        let page = Markdown.path(folder.dropLast("figures".count) + "data.md")
        return
            "\nLengths, duplicates, conflicts and labels that occur together are on [the page of the data](\(page)).\n"
    }

    private var shares: Table {
        let parts = results.split.parts
        var table = Table(["label"] + parts.flatMap { [">\($0.name)", ">share"] })
        for (index, name) in labels.names.enumerated() {
            table.add(
                [name]
                    + parts.flatMap {
                        [
                            Wording.count($0.labelCounts[index]),
                            Wording.share($0.labelCounts[index], of: $0.rowCount),
                        ]
                    })
        }
        table.add(markup: ["*rows*"] + parts.flatMap { [.text(Wording.count($0.rowCount)), ""] })
        return table
    }

    // MARK: Contestants

    private var contestantsSection: Markdown {
        var table = Table(["contestant", "model", "settings"])
        for contestant in results.contestants {
            table.add([contestant.id, contestant.model, contestant.summary])
        }
        let notices = results.contestants.flatMap { contestant in
            contestant.notices.map { "- \(contestant.id): \($0)\n" as Markdown }
        }
        return "## Contestants\n\n\(table.markdown)"
            + (notices.isEmpty ? "" : "\n" + notices.joined())
    }

    private var perLabelSection: Markdown {
        "## Per label\n" + image(figures.perLabelFigure) + image(figures.confusionFigure) + "\n"
            + ranking.contestants.map { contestant -> Markdown in
                "### \(contestant.id)\n\n\(perLabel(contestant).markdown)" + confusion(contestant)
            }.joined(separator: "\n")
    }

    private func perLabel(_ contestant: ContestantResults) -> Table {
        var table = Table(TaskReport.perLabelColumns)
        for label in contestant.test.perLabel {
            table.add(TaskReport.perLabelCells(label) { Wording.count($0) })
        }
        return table.withoutEmptyColumns
    }

    /// The columns of a table of labels.
    private static let perLabelColumns = [
        "label", ">precision", ">recall", ">F1", ">gold rows", ">predicted rows", ">ROC AUC",
        ">average precision",
        ">ECE",
    ]

    private static func perLabelCells(_ label: LabelScore, count: (Int) -> String) -> [String] {
        let own = label.fromProbabilities
        return [
            label.label, Wording.score(label.precision), Wording.score(label.recall), Wording.score(label.f1),
            count(label.support), count(label.predicted),
        ] + [own?.rocAUC, own?.averagePrecision, own?.ece].map { Wording.score($0) }
    }

    /// Every contestant's scores for every label, a row each, under the same names; counts as plain numbers.
    static func perLabelTable(_ results: ExperimentResults) -> Table {
        var table = Table(["contestant"] + perLabelColumns)
        for contestant in results.contestants {
            for label in contestant.test.perLabel {
                table.add([contestant.id] + perLabelCells(label) { "\($0)" })
            }
        }
        return table.withoutEmptyColumns
    }

    /// Gold labels down, predicted ones across; for multilabel tasks what was left empty.
    private func confusion(_ contestant: ContestantResults) -> Markdown {
        if labels.kind == .multilabel {
            let empty = contestant.test.emptyRows ?? 0
            return "\nRows without a predicted label: \(Wording.count(empty)) "
                + "(\(Wording.share(empty, of: contestant.test.support))).\n"
        }
        var table = Table(["gold ↓ predicted →"] + labels.names.map { ">\($0)" })
        for (name, counts) in zip(labels.names, contestant.test.confusionMatrix) {
            table.add([name] + counts.map(Wording.count))
        }
        return "\n\(table.markdown)"
    }
}

// MARK: - Cost and reproduction

extension MarkdownReport {
    /// The ids of all contestants, each once, as the tasks list them.
    private var contestants: [String] {
        var ids: [String] = []
        for id in results.tasks.flatMap(\.contestants).map(\.id) where !ids.contains(id) { ids.append(id) }
        return ids
    }

    private var tasksNote: Markdown {
        results.hasNamedTasks ? " A contestant's times are the sums over its tasks." : ""
    }

    /// Which program made which result, where not all were made by the same.
    private var buildsNote: Markdown {
        let costs = results.timings.contestants
        let builds = Dictionary(grouping: costs.keys, by: { costs[$0]?.build ?? "an unknown build" })
        if builds.count < 2 { return "" }
        let list: [Markdown] = builds.sorted { $0.key < $1.key }.map { build, ids in
            "\(ids.sorted().map(Markdown.code).joined(separator: ", ")) by \(Markdown.code(build))"
        }
        return
            "\n\nNot all results were made by the same build of the program: \(list.joined(separator: "; "))."
    }

    private var costSection: Markdown {
        var table = Table([
            "contestant", ">fit", ">CPU to fit", ">predict", ">texts/s", ">peak memory",
            ">fitted parameters", ">model on disk",
        ])
        for id in contestants {
            guard let cost = results.timings.contestants[id] else {
                table.add([id] + Array(repeating: "n/a", count: 7))
                continue
            }
            table.add([
                id, Wording.work(cost.fitSeconds, kept: cost.keptForFit, named: "head"),
                cost.wholeCPUSeconds.map(Wording.seconds) ?? Table.none,
                Wording.work(cost.predictSeconds, kept: cost.keptForPrediction, named: "head"),
                Wording.rate(cost.textsPerSecond), Wording.bytes(cost.peakMemoryBytes),
                cost.parameters.map(Wording.count) ?? Table.none,
                cost.modelBytes.map(Wording.fileSize) ?? Table.none,
            ])
        }
        let machine = results.timings.machine
        return """
            ## Cost

            Wall-clock time on \(Wording.plural(results.timings.threads, "thread")) of \(machine.cpu) \
            (\(Wording.plural(machine.cores, "core")), \(Wording.bytes(machine.memoryBytes)) of memory). \
            Peak memory is that of the whole process, texts included. Fitted parameters are the numbers that training \
            chose: a frozen encoder's own are not among them. Work that was kept from before, such as a frozen \
            encoder's vectors, counts with the time that it took when it was done.\(tasksNote)\(buildsNote)

            \(table.withoutEmptyColumns.markdown)
            """ + (results.hasNamedTasks ? "" : tasks.map { $0.image($0.figures.costFigure) }.joined())
    }

    private var reproductionSection: Markdown {
        let machine = results.timings.machine
        let seeds = results.tasks.first.map { Wording.seeds(results.alone($0)) } ?? ""
        return """
            ## How this was made

            ```
            \(Markdown(source: oneLine(results.timings.command)))
            ```

            Bakeoff \(results.experiment.bakeoffVersion), Swift \(machine.swift), \(machine.blas), \
            \(machine.system); \(results.timings.date); seed \(seeds); experiment file SHA-256 \
            \(.code(results.experiment.fileSHA256)).

            Every number here can be computed again from `predictions/`: `bakeoff report --verify` on this folder \
            does it. `results.json` holds the same numbers for programs; `split.csv` the part of each row; \
            `errors.csv` what every contestant said of each test row, for a spreadsheet.

            """
    }
}
