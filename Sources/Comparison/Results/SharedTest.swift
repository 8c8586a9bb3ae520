import Evaluation

/// Runs on the same test rows, and the contestants of all of them that are no baselines.
struct SharedTest {
    /// A contestant, and the place of its run among `runs`.
    struct Entry {
        let run: Int
        let contestant: ContestantResults
    }

    /// At least one.
    let runs: [ComparedRun]
    /// That scores are compared by.
    let metric: MetricName
    /// In the order of the runs; several runs may have a contestant of one id.
    let entries: [Entry]

    /// Whether every run has as many seeds, so that all of them count; else the first does.
    private let takesSeeds: Bool

    /// - Parameter metric: Nil for that of the first run's ranking.
    init(_ runs: [ComparedRun], metric: MetricName? = nil) {
        precondition(!runs.isEmpty)
        self.runs = runs
        self.metric = metric ?? runs[0].results.experiment.rankBy
        takesSeeds = Set(runs.map(\.otherSeeds.count)).count == 1
        entries = runs.enumerated().flatMap { place, run in
            run.results.contestants.filter { !run.results.isBaseline($0) }.map {
                Entry(run: place, contestant: $0)
            }
        }
    }

    /// Runs by the test rows that they share, in their own order: of several splits of the same data the first, since these are
    /// no independent datasets.
    ///
    /// - Returns: Beside them, which runs are left out and why.
    static func onePerDataset(
        _ runs: [ComparedRun], metric: MetricName?
    ) -> (tests: [SharedTest], leftOut: [String]) {
        var groups: [[ComparedRun]] = []
        var leftOut: [String] = []
        for run in runs {
            guard let place = groups.firstIndex(where: { $0[0].sharesData(with: run) }) else {
                groups.append([run])
                continue
            }
            let first = groups[place][0]
            if first.sharesTest(with: run) {
                groups[place].append(run)
            } else {
                leftOut.append(
                    "\(run.name) is left out, as it is another split of the data of \(first.name).")
            }
        }
        return (groups.map { SharedTest($0, metric: metric) }, leftOut)
    }

    /// The contestant of that id, of several the first.
    subscript(id: String) -> Entry? { entries.first { $0.contestant.id == id } }

    /// The ids of all contestants, each once.
    var ids: [String] {
        var seen: Set<String> = []
        return entries.map(\.contestant.id).filter { seen.insert($0).inserted }
    }

    var name: String { runs[0].name }

    var testRows: Int { runs[0].results.contestants.first?.test.support ?? 0 }

    /// - Throws: `ResultsError.noSuchMetric` if the labels have no such metric.
    func checkMetric() throws(ResultsError) {
        if !metric.applies(to: runs[0].results.dataset.labelSpace) {
            throw .noSuchMetric(metric.settingName, run: name)
        }
    }

    func score(of entry: Entry) -> Double? {
        takesSeeds
            ? runs[entry.run].results.score(of: entry.contestant, metric) : entry.contestant.test[metric]
    }

    /// Who is better by more than chance: 1 where the first of two is, -1 where the second is, 0 where neither is told to be.
    ///
    /// As the run's own analysis has it where one run tested all pairs, else by tests of these contestants' stored predictions.
    ///
    /// - Returns: Shape: [contestants][contestants], in the order of `ids`.
    func outcomes(_ ids: [String]) throws -> [[Int]] {
        let tested = try storedPairs ?? comparisons(of: ids.compactMap { self[$0] }, named: \.contestant.id)
        var outcomes = Array(repeating: Array(repeating: 0, count: ids.count), count: ids.count)
        for pair in tested where pair.areApart {
            guard let i = ids.firstIndex(of: pair.first), let j = ids.firstIndex(of: pair.second) else {
                continue
            }
            // Where the metric has no test, exactly right rows decide, of which the lower ranked may have more.
            let firstWins = pair.isTestedByMetric || pair.onlyFirstRight > pair.onlySecondRight
            (outcomes[i][j], outcomes[j][i]) = firstWins ? (1, -1) : (-1, 1)
        }
        return outcomes
    }

    /// The tests of an only run that compared all pairs by this metric.
    private var storedPairs: [PairedComparison]? {
        guard runs.count == 1, runs[0].results.experiment.rankBy == metric,
            let analysis = runs[0].results.analysis, analysis.family?.compare == ComparisonFamily.all
        else { return nil }
        return analysis.comparisons
    }

    /// Paired tests, the better one of each first, with Holm's correction for all of them together; with the seed and draws of
    /// the first run.
    ///
    /// - Parameters:
    ///   - pairsWanted: Whether two entries are tested.
    /// - Throws: What reading stored predictions throws.
    func comparisons(
        of entries: [Entry], named name: (Entry) -> String,
        wanted pairsWanted: (Entry, Entry) -> Bool = { _, _ in true }
    ) throws -> [PairedComparison] {
        let ranked = ranked(entries, by: metric, score)
        let pairs = ranked.indices.flatMap { i in
            ranked.indices.filter { $0 > i && pairsWanted(ranked[i], ranked[$0]) }.map { (i, $0) }
        }
        if pairs.isEmpty { return [] }
        let first = runs[0].results
        let predictions = try ranked.map { entry in
            let run = runs[entry.run]
            let stored = try ScoredPredictions(
                entry.contestant, labelSpace: first.dataset.labelSpace, in: run.folder,
                otherSeeds: takesSeeds ? run.otherSeeds : [])
            return ScoredPredictions(
                id: name(entry), isProbabilistic: stored.isProbabilistic, test: stored.test, validation: nil,
                otherSeeds: stored.otherSeeds)
        }
        try checkSameRows(predictions)
        let test = predictions[0].test
        let resampling = PairedResampling(
            gold: test.gold, runs: predictions.map { $0.rows(for: [metric]) }, labelSpace: test.labelSpace,
            draws: first.analysis?.options.draws ?? PairedResampling.usualDraws,
            seed: first.experiment.seed)
        return PairedTests(
            predictions, metric: metric, resampling: resampling,
            drawn: metric.isResampled ? resampling.bootstrap([metric]).first : nil
        ).comparisons(of: pairs)
    }
}
