import Foundation
import Labels

/// What a contestant may see when it is fitted, never the test part, and what a long fitting needs.
public struct TrainingTask: Sendable {
    /// Nil where the experiment has one dataset and no `tasks:`.
    public let name: String?
    public let labelSpace: LabelSpace
    public let train: Examples
    /// Absent if the split has no validation part.
    public let validation: Examples?
    public let seed: UInt64
    /// Where fetched encoders are and computed features are kept.
    public let cache: URL

    /// A folder for checkpoints, the same for all tasks of a contestant; made by whoever writes the first.
    ///
    /// It survives a kill and is removed when the contestant is done. What is in it was written by a run with the
    /// same inputs: settings, data, split, seed, version.
    public let workFolder: URL
    /// The file for one JSON object a step or epoch, the same for all tasks of a contestant.
    public let log: URL
    /// Tells how far the fitting is.
    public let progress: @Sendable (FitProgress) -> Void
    /// Whether the user asked for a stop: a fitting saves what it needs to go on, and throws `RunStopped`.
    public let shouldStop: @Sendable () -> Bool

    public init(
        name: String? = nil, labelSpace: LabelSpace, train: Examples, validation: Examples?, seed: UInt64,
        cache: URL, workFolder: URL, log: URL, progress: @escaping @Sendable (FitProgress) -> Void = { _ in },
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
        self.name = name
        self.labelSpace = labelSpace
        self.train = train
        self.validation = validation
        self.seed = seed
        self.cache = cache
        self.workFolder = workFolder
        self.log = log
        self.progress = progress
        self.shouldStop = shouldStop
    }

    /// Throws if the user asked for a stop.
    public func stopIfAsked() throws(RunStopped) {
        if shouldStop() { throw RunStopped() }
    }

    /// The same task for a contestant that fits each by itself: with a work folder and a log of its own.
    var byItself: TrainingTask {
        guard let name else { return self }
        let log = log.deletingPathExtension().appendingPathComponent("\(name).jsonl")
        return TrainingTask(
            name: name, labelSpace: labelSpace, train: train, validation: validation, seed: seed,
            cache: cache, workFolder: workFolder.appendingPathComponent(name), log: log, progress: progress,
            shouldStop: shouldStop)
    }
}

/// Texts with their labels.
public struct Examples: Sendable {
    /// Shape: [N].
    public let texts: [String]
    /// Shape: [N].
    public let targets: Targets

    public init(texts: [String], targets: Targets) {
        precondition(texts.count == targets.count)
        self.texts = texts
        self.targets = targets
    }
}
