import Synchronization
import TextClassifiers

/// Fitted models of trials that this process holds, rather than reading them back from the folders of the trials.
final class TrialModels: Sendable {
    struct Kept: Sendable {
        let record: TrialRecord
        /// Shape: [tasks].
        let fitted: [any FittedTextClassifier]
    }

    /// By the path of the trial's folder.
    private let kept = Mutex<[String: Kept]>([:])

    /// The models of the trial with that folder; nil where none are held.
    subscript(folder: String) -> Kept? {
        get { kept.withLock { $0[folder] } }
        set { kept.withLock { $0[folder] = newValue } }
    }

    /// The records of the trials in a folder of which models are held, with the paths of their own folders.
    func records(under root: String) -> [(folder: String, record: TrialRecord)] {
        kept.withLock { kept in
            kept.filter { $0.key.hasPrefix(root) }.map { ($0.key, $0.value.record) }
        }
    }

    /// Holds none any more.
    func forgetAll() { kept.withLock { $0 = [:] } }

    /// Holds none of the trials in a folder any more.
    func forget(under root: String) {
        kept.withLock { kept in kept = kept.filter { !$0.key.hasPrefix(root) } }
    }
}
