import Features
import Foundation

/// What a fitting needs besides the data: the seed, places for what outlives a kill, and who is told and who may stop it.
public struct FitContext: Sendable {
    /// Decides everything random.
    public var seed: UInt64
    /// Which fold of the rows is the test part, from 0; nil where rows are split once.
    public var fold: Int?
    /// A folder for checkpoints, the same for all tasks that are fitted together; made by whoever writes the first. Nil keeps
    /// none.
    ///
    /// It survives a kill, and goes when what was fitted has been scored. What is in it was written by a fitting of the same
    /// options on the same data with the same seed.
    public var workFolder: URL?
    /// The file for one JSON object a step, epoch or problem, the same for all tasks that are fitted together. Nil writes
    /// none.
    public var log: URL?
    /// The terms of texts that other fittings counted; nil to count each time.
    package var counts: CountingMemory?
    /// Told how far the fitting is.
    public var progress: @Sendable (FitProgress) -> Void
    /// Whether the user asked for a stop: a fitting saves what it needs to go on, and throws `RunStopped`.
    public var shouldStop: @Sendable () -> Bool

    public init(
        seed: UInt64 = 42, fold: Int? = nil, workFolder: URL? = nil, log: URL? = nil,
        progress: @escaping @Sendable (FitProgress) -> Void = { _ in },
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) {
        self.seed = seed
        self.fold = fold
        self.workFolder = workFolder
        self.log = log
        self.progress = progress
        self.shouldStop = shouldStop
    }

    /// Throws if the user asked for a stop.
    public func stopIfAsked() throws(RunStopped) {
        if shouldStop() { throw RunStopped() }
    }

    /// The same for one of several tasks that is fitted by itself: with a work folder and a log of its own.
    /// - Parameter name: Nil where there is one task alone.
    public func alone(task name: String?) -> FitContext {
        guard let name else { return self }
        var context = self
        context.workFolder = workFolder?.appendingPathComponent(name)
        context.log = log?.deletingPathExtension().appendingPathComponent("\(name).jsonl")
        return context
    }
}
