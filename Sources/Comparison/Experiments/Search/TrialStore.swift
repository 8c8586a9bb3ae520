import Foundation
import SafeFiles
import TextClassifiers

/// The folder in which a search keeps what its trials left, so that any process goes on with those that are missing.
///
/// Each trial has a folder named after its key: `trial.json`, which is written last, its log, and its work folder while it is
/// fitted. `models/<key>/<task>` has the models that may be needed: the default's, and that of the best trial so far.
struct TrialStore: Sendable {
    let root: URL

    /// - Parameter workFolder: Of the search's work item, or of the task that it is of.
    init(in workFolder: URL) { root = workFolder.appendingPathComponent("trials") }

    func folder(of key: String) -> URL { root.appendingPathComponent(key) }

    func workFolder(of trial: Trial) -> URL { folder(of: trial.key).appendingPathComponent("work") }

    func log(of trial: Trial) -> URL { folder(of: trial.key).appendingPathComponent("log.jsonl") }

    // MARK: Records

    /// What the trial left; nil where it is to be fitted.
    func record(of trial: Trial) -> TrialRecord? {
        // Perhaps another host has just written it.
        for folder in [root, folder(of: trial.key)] { lookAnew(folder) }
        guard let record = TrialRecord(readingFrom: folder(of: trial.key)), record.settings == trial.settings,
            record.rows == trial.rowCounts
        else { return nil }
        return record
    }

    func write(_ record: TrialRecord, of trial: Trial) throws {
        try makeFolder(folder(of: trial.key))
        try record.write(to: folder(of: trial.key))
    }

    /// Removes the temporary files that a process left which was killed while it fitted the trial, on whatever host.
    func removePartials(of trial: Trial) { OutputFile.removePartials(in: folder(of: trial.key)) }

    // MARK: Models

    private var models: URL { root.appendingPathComponent("models") }

    private func models(of key: String) -> URL { models.appendingPathComponent(key) }

    /// - Parameter task: The place among the tasks.
    func modelFolder(of trial: Trial, _ task: Int) -> URL {
        models(of: trial.key).appendingPathComponent("\(task)")
    }

    /// - Parameter fitted: One a task.
    func save(_ fitted: [any FittedTextClassifier], of trial: Trial) throws {
        // Perhaps half of one, which a kill left.
        removeModels(of: trial.key)
        for (task, fitted) in fitted.enumerated() {
            let folder = modelFolder(of: trial, task)
            try makeFolder(folder)
            try fitted.save(to: folder)
        }
    }

    /// Has a network file system tell what another host has just written.
    func lookAtModels(of trial: Trial) {
        let own = models(of: trial.key)
        for folder in [models, own] { lookAnew(folder) }
        for name in fileNames(in: own) { lookAnew(own.appendingPathComponent(name)) }
    }

    func removeModels(of key: String) { try? FileManager.default.removeItem(at: models(of: key)) }

    /// The records of finished trials whose models are kept, by key.
    var kept: [(key: String, record: TrialRecord)] {
        lookAnew(models)
        return fileNames(in: models).sorted().compactMap { key in
            TrialRecord(readingFrom: folder(of: key)).map { (key, $0) }
        }
    }
}
