import Foundation
import Results
import SafeFiles
import TextClassifiers

// The trials of a search as items of the plan.
extension WorkItem {
    /// - Parameter workFolder: Of the item.
    static func trials(
        of contestant: ConfiguredContestant, _ runs: [ContestantRun], _ resources: ContestantResources,
        seed: UInt64, workFolder: URL
    ) -> [TrialItem] {
        guard let classifier = (contestant.contestant as? any Searched)?.searchClassifier(resources),
            // What cannot be read back would have to be fitted again by who executes the item.
            classifier.load != nil
        else { return [] }
        let isOfOneTask = !classifier.sharesTasks
        let parts = isOfOneTask ? runs.map { [$0] } : [runs]
        let searches = parts.map { part in
            let name = isOfOneTask ? part[0].task.name : nil
            return ItemSearch(
                classifier, part, isOfOneTask: isOfOneTask, seed: seed,
                workFolder: name.map { workFolder.appendingPathComponent($0) } ?? workFolder)
        }
        return searches.flatMap { search in
            search.places.enumerated().map { TrialItem(search: search, place: $1, number: $0) }
        }
    }

    /// Whether all trials left what they were to leave.
    var areTrialsStored: Bool { get throws { try trials.allSatisfy { try $0.isStored } } }

    /// Holds no models of trials in memory any more, since the item is done.
    func releaseModels() { resources.trialModels.forgetAll() }

    /// Fits a trial, and stores what it gave.
    /// - Parameter lock: The trial's; once another process has taken it over, this one writes nothing more of it.
    /// - Throws: `RunStopped` besides what fitting throws.
    func execute(_ trial: Trial, at place: TrialItem, under lock: FolderLock) throws -> TrialRecord {
        begin()
        // It is in the trial's record.
        defer { _ = resources.keptWork.take() }
        var run = place.search.run(fitContext(under: lock))
        run.machine = options.machine
        run.stopIfLost = { if !lock.isStillMine { throw RunStopped() } }
        return try run.fitAndStore(trial, number: place.number + 1, of: place.search.trialCount + 1)
    }
}

extension RunEvent {
    /// - Parameter record: What the trial left.
    static func tried(contestant: String, _ place: TrialItem, _ record: TrialRecord) throws -> RunEvent {
        let search = place.search.classifier.search
        let metric = search.metric.settingName
        let score = record.score.map { "\(metric) \(String(format: "%.4f", $0))" } ?? "\(metric) is undefined"
        return .tried(
            contestant: contestant, trial: place.name + (try place.settingsText),
            outcome: record.failure.map { "no model: \($0)" } ?? score, seconds: record.seconds)
    }
}
