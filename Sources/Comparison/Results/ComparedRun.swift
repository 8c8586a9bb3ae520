import Evaluation

/// A run, or a task of one, that is set beside others.
public struct ComparedRun: Sendable {
    public let name: String
    /// Of one task.
    public let results: ExperimentResults
    /// Where the task's predictions are, and those under the run's other seeds.
    let folder: RunLayout
    let otherSeeds: [RunLayout]

    /// A task of a run stands as a run of its own.
    public static func each(of results: ExperimentResults, named name: String, in folder: RunLayout)
        -> [ComparedRun]
    {
        results.tasks.map { task in
            let alone = results.alone(task)
            return ComparedRun(
                name: task.name.map { "\(name), \($0)" } ?? name, results: alone,
                folder: folder.task(task.name), otherSeeds: alone.otherSeeds(of: task.name, in: folder))
        }
    }

    /// Whether both were scored on the same rows with the same labels.
    public func sharesTest(with other: ComparedRun) -> Bool {
        results.dataset.sha256 == other.results.dataset.sha256
            && results.dataset.labelSpace == other.results.dataset.labelSpace
            && results.split.sha256 == other.results.split.sha256
    }
}

/// Paired tests of every two contestants of different runs that share their test rows, the better one first, with
/// Holm's correction for all of them together; in the ranking's metric, and with the seed and draws, of the first run.
/// Dummies take no part. A run with several seeds takes part with all of them if all runs have as many, else with its
/// first.
///
/// - Throws: What reading stored predictions throws.
public func pairedComparisons(_ runs: [ComparedRun]) throws -> [PairedComparison] {
    guard let first = runs.first else { return [] }
    let metric = first.results.experiment.rankBy
    let same = runs.filter { $0.sharesTest(with: first) }
    let takesSeeds = Set(same.map(\.otherSeeds.count)).count == 1
    let all = same.enumerated().flatMap { run, compared in
        compared.results.contestants.filter { !compared.results.isBaseline($0) }.map { (run, $0) }
    }
    let ranked = ranked(all, by: metric) { run, contestant in
        takesSeeds ? same[run].results.score(of: contestant, metric) : contestant.test[metric]
    }
    let predictions = try ranked.map { run, contestant in
        let stored = try ScoredPredictions(
            contestant, labelSpace: first.results.dataset.labelSpace, in: same[run].folder,
            otherSeeds: takesSeeds ? same[run].otherSeeds : [])
        return ScoredPredictions(
            id: "\(contestant.id) (\(same[run].name))", isProbabilistic: stored.isProbabilistic,
            test: stored.test, validation: nil, otherSeeds: stored.otherSeeds)
    }
    try checkSameRows(predictions)
    let pairs = ranked.indices.flatMap { i in
        ranked.indices.filter { $0 > i && ranked[$0].0 != ranked[i].0 }.map { (i, $0) }
    }
    guard !pairs.isEmpty, let test = predictions.first?.test else { return [] }
    let resampling = PairedResampling(
        gold: test.gold, runs: predictions.map { $0.rows(for: [metric]) }, labelSpace: test.labelSpace,
        draws: first.results.analysis?.options.draws ?? PairedResampling.usualDraws,
        seed: first.results.experiment.seed)
    return PairedTests(
        predictions, metric: metric, resampling: resampling,
        drawn: metric.isResampled ? resampling.bootstrap([metric]).first : nil
    ).comparisons(of: pairs)
}
