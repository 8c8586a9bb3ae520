import Evaluation
import Foundation
import Results
import SafeFiles

/// Several runs side by side: all their contestants in one table, best first within a run, whether they may be compared at
/// all; where they share test rows, which differences are more than chance; and where the same contestants were run on several
/// datasets, who is better in general.
public struct ComparisonReport: Sendable {
    private let runs: [ComparedRun]
    private let metrics: [MetricName]
    private let pairs: [PairedComparison]
    private let datasets: DatasetsComparison?

    /// - Parameters:
    ///   - runs: At least one.
    ///   - metric: That datasets are compared by; nil for each dataset's own.
    /// - Throws: What reading stored predictions throws, `ResultsError.noSuchMetric`, and `.nothingToRank` for a metric where no
    ///   datasets are compared.
    public init(_ runs: [ComparedRun], metric: MetricName? = nil) throws {
        precondition(!runs.isEmpty)
        self.runs = runs
        metrics = Ranking(runs[0].results).metrics
        pairs = try pairedComparisons(runs)
        datasets = try DatasetsComparison(runs, metric: metric)
        if let metric, datasets == nil { throw ResultsError.nothingToRank(by: metric.settingName) }
    }

    /// As Markdown for a terminal, without pictures.
    public var markdown: String { document(hasFigures: false).markdown }

    /// As a page that needs nothing else.
    public var html: String { HTMLPage(document(hasFigures: true)).text }

    /// The tables, as LaTeX.
    public var latex: String { tables.map { $0.latex }.joined(separator: "\n") }

    /// For programs.
    public var json: [UInt8] {
        get throws {
            try StableJSON.encode(
                Numbers(
                    runs: runs.map { run in
                        Numbers.Run(
                            name: run.name, testRows: run.results.contestants.first?.test.support ?? 0,
                            rankBy: run.results.experiment.rankBy,
                            contestants: Ranking(run.results).contestants.map { contestant in
                                Numbers.Contestant(
                                    id: contestant.id,
                                    scores: MetricName.headline(
                                        of: run.results.dataset.labelSpace,
                                        first: run.results.experiment.rankBy
                                    ).reduce(into: [:]) { $0[$1] = run.results.score(of: contestant, $1) })
                            })
                    }, comparisons: pairs, datasets: datasets))
        }
    }

    /// What the JSON holds.
    private struct Numbers: Encodable {
        struct Run: Encodable {
            let name: String
            let testRows: Int
            let rankBy: MetricName
            let contestants: [Contestant]

            enum CodingKeys: String, CodingKey {
                case name, contestants
                case testRows = "test_rows"
                case rankBy = "rank_by"
            }
        }
        struct Contestant: Encodable {
            let id: String
            let scores: [MetricName: Double]
        }
        let runs: [Run]
        let comparisons: [PairedComparison]
        let datasets: DatasetsComparison?
    }

    // MARK: The folder

    /// What stands in the folder of a comparison.
    private static let names = ["README.md", "report.html", "comparison.json", "tables", "figures"]

    /// Writes the page in Markdown and HTML, `comparison.json`, and the tables and figures as files.
    ///
    /// - Throws: `ResultsError.holdsRun` for the folder of a run; `FileError.notOwn` where somebody else's file stands in the
    ///   way; what writing throws.
    public func write(to folder: URL) throws {
        // A run's folder has pages of the same names, which are not this comparison's.
        if FileManager.default.fileExists(atPath: RunLayout(folder).results.path) {
            throw ResultsError.holdsRun(folder: folder.relativePath)
        }
        var made = try MadeFiles(in: folder)
        try made.check(Self.names)
        try made.note(Self.names)
        let page = document(hasFigures: true)
        var files: [(path: String, bytes: [UInt8])] = [
            ("README.md", Array(page.markdown.utf8)), ("report.html", Array(HTMLPage(page).text.utf8)),
            ("comparison.json", try json),
        ]
        for table in tables {
            files.append((RunLayout.tablePath(table.name, ending: "tex"), Array(table.latex.utf8)))
            files.append((RunLayout.tablePath(table.name, ending: "csv"), Array(table.table.csv.utf8)))
        }
        if let figure = datasetsPage?.figure {
            files.append((RunLayout.figurePath(figure.name), Array(figure.svg.utf8)))
        }
        for (path, bytes) in files { try OutputFile.write(bytes, to: folder.appendingPathComponent(path)) }
        try made.forgetMissing()
    }

    // MARK: Its parts

    private var datasetsPage: DatasetsSection? { datasets.map(DatasetsSection.init) }

    private func document(hasFigures: Bool) -> Document {
        Document {
            if hasFigures { Block.heading(1, "Runs side by side") }
            Block.table(scoreTable)
            Block.list(differences)
            if !pairs.isEmpty {
                Block.paragraph(
                    """
                    Contestants of different runs on the same test rows, dummies aside, by \(metrics[0].readableName) and \
                    approximate randomization, and by the rows that only one of two has right (McNemar); Holm's correction \
                    covers all pairs.
                    """)
                Block.table(pairTable(pairs))
            }
            datasetsPage?.document(hasFigure: hasFigures)
            if datasets == nil, isOfSeveralDatasets {
                Block.paragraph(
                    "No two contestants, dummies aside, are on all of these datasets, so that none are ranked over datasets."
                )
            }
        }
    }

    private var isOfSeveralDatasets: Bool {
        let first = runs[0].results.dataset
        return runs.contains {
            $0.results.dataset.sha256 != first.sha256 || $0.results.dataset.labelSpace != first.labelSpace
        }
    }

    private struct NamedTable {
        let name: String
        let caption: String
        let table: Table

        var latex: String { table.latex(caption: caption, label: "tab:comparison-\(name)") }
    }

    private var tables: [NamedTable] {
        [NamedTable(name: "runs", caption: "Scores on the test rows of each run", table: scoreTable)]
            + (pairs.isEmpty
                ? []
                : [
                    NamedTable(
                        name: "pairs", caption: "Contestants of different runs on the same test rows",
                        table: pairTable(pairs))
                ])
            + (datasetsPage.map {
                [
                    NamedTable(
                        name: "datasets", caption: "Contestants over several datasets", table: $0.scoreTable),
                    NamedTable(
                        name: "dataset-pairs", caption: "Pairs of contestants over several datasets",
                        table: $0.pairTable),
                ]
            } ?? [])
    }

    private var scoreTable: Table {
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

    /// Which runs have scores that do not compare with the first run's, and why; nothing where all do.
    private var differences: [Inline] {
        let (first, name) = (runs[0].results, runs[0].name)
        var rest = Array(runs.dropFirst())
        func told(
            _ singular: String, _ plural: String, _ words: String, _ differs: (ExperimentResults) -> Bool
        ) -> Inline? {
            let names = rest.filter { differs($0.results) }.map(\.name)
            rest.removeAll { differs($0.results) }
            if names.isEmpty { return nil }
            let verb = names.count == 1 ? singular : plural
            return
                "\(names.joined(separator: ", ")) \(verb) \(words) than \(name): the scores do not compare."
        }
        return [
            told("is", "are", "on other data") { $0.dataset.sha256 != first.dataset.sha256 },
            told("has", "have", "other labels") { $0.dataset.labelSpace != first.dataset.labelSpace },
            told("has", "have", "another split") { $0.split.sha256 != first.split.sha256 },
        ].compactMap(\.self)
    }
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
