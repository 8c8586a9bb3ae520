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
    ///
    /// - Parameter name: Of the run, which stands before that of the task; nil where there is no other run.
    public static func each(
        of results: ExperimentResults, named name: String?, in folder: RunLayout
    ) -> [ComparedRun] {
        results.tasks.map { task in
            let alone = results.alone(task)
            let names = [name, task.name].compactMap(\.self)
            return ComparedRun(
                name: names.isEmpty ? results.experiment.name : names.joined(separator: ", "), results: alone,
                folder: folder.task(task.name), otherSeeds: alone.otherSeeds(of: task.name, in: folder))
        }
    }

    /// Whether both were scored on the same rows with the same labels.
    public func sharesTest(with other: ComparedRun) -> Bool {
        sharesData(with: other) && results.split.sha256 == other.results.split.sha256
    }

    /// Whether both are on the same rows with the same labels, however these are split.
    func sharesData(with other: ComparedRun) -> Bool {
        results.dataset.sha256 == other.results.dataset.sha256
            && results.dataset.labelSpace == other.results.dataset.labelSpace
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
    let test = SharedTest(runs.filter { $0.sharesTest(with: first) })
    return try test.comparisons(
        of: test.entries, named: { "\($0.contestant.id) (\(test.runs[$0.run].name))" },
        wanted: { $0.run != $1.run })
}
