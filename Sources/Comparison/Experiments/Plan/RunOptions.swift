import Foundation
import Results
import SafeFiles
import SettingKeys
import TextClassifiers

/// How an experiment is run, apart from what its file says.
public struct RunOptions: Sendable {
    /// Where artifacts go.
    public var output: URL
    /// Where fitted models go, a folder each.
    public var models: URL
    /// Run these contestants alone; all if empty. Others keep their stored results.
    public var only: [String] = []
    /// Replaces the experiment's seed.
    public var seed: UInt64?
    /// Run with that many seeds, counted from the experiment's.
    public var seeds = 1
    /// Make a new split and fit everything again.
    public var force = false
    public var cache: URL = CacheFolder.url
    /// The command line, for the record.
    public var command: String
    /// Clock and machine, injected so that tests give the same bytes everywhere.
    public var date: @Sendable () -> Date = { Date() }
    public var machine: Machine
    /// The first digits of the SHA-256 of the program, for the record, asked for once something is fitted; nil if nobody
    /// tells.
    public var build: @Sendable () -> String? = { nil }
    /// Told how far the fitting of a contestant is.
    public var progress: @Sendable (_ contestant: String, FitProgress) -> Void = { _, _ in }
    /// The work items that this process executes; nil for all.
    public var shard: Shard?
    /// How processes that share the run's folders show each other that they work.
    public var timing = HoldTiming.standard
    /// Asked often while contestants are fitted; once true, the run throws `RunStopped` as soon as it can go on later.
    public var shouldStop: @Sendable () -> Bool = { false }

    /// Asked whether the programs that the experiment names may run, before anything is fitted; by default none may.
    public var allowsPrograms: @Sendable ([NamedProgram]) -> Bool = { _ in false }

    public init(output: URL, models: URL, command: String, machine: Machine) {
        self.output = output
        self.models = models
        self.command = command
        self.machine = machine
    }

    /// The same for one replicate, whose artifacts and models have folders of their own, but for the first seed's.
    package func at(_ replicate: Replicate, firstSeed: UInt64) -> RunOptions {
        func place(_ url: URL) -> URL {
            if let fold = replicate.fold { return RunLayout(url).fold(fold).url }
            if let sample = replicate.sample { return RunLayout(url).sample(sample).url }
            return replicate.seed == firstSeed ? url : RunLayout(url).seed(replicate.seed).url
        }
        var own = self
        (own.output, own.models) = (place(output), place(models))
        return own
    }
}

/// What a run tells while it works.
public enum RunEvent: Sendable {
    case loaded(rows: Int, dataset: String)
    case split(plan: String, reused: Bool)
    case notice(String)
    /// The work of another replicate begins.
    case replicate(Replicate)
    case fitting(contestant: String)
    /// A trial of a search is done.
    case tried(contestant: String, trial: String, outcome: String, seconds: Double)
    /// The cost is nil for predictions that were made elsewhere.
    case finished(contestant: String, ContestantCost?)
    case reused(contestant: String)
    /// Another process has what is to be done next.
    case waiting(for: String, on: String)
    /// A process that ended without finishing a contestant had it before.
    case takenOver(contestant: String, from: String)
    /// Another process took this one for dead, and its contestant over.
    case lost(contestant: String)
}

extension RunEvent: CustomStringConvertible {
    public var description: String {
        switch self {
        case .loaded(let rows, let dataset):
            "\(dataset): \(grouped(rows)) rows"
        case .split(let plan, let reused):
            "split: \(plan)\(reused ? " (stored)" : "")"
        case .notice(let text):
            "notice: \(text)"
        case .replicate(let replicate):
            "\(replicate)"
        case .fitting(let contestant):
            "\(contestant): fitting"
        case .tried(let contestant, let trial, let outcome, let seconds):
            "\(contestant), \(trial): \(outcome), in \(self.seconds(seconds))"
        case .finished(let contestant, nil):
            "\(contestant): predictions read and scored; what they cost is not known"
        case .finished(let contestant, let cost?):
            "\(contestant): fitted in \(seconds(cost.fitSeconds))\(kept(cost.keptForFit)), "
                + "\(cost.predictedTexts) texts scored in \(seconds(cost.predictSeconds))"
                + kept(cost.keptForPrediction)
        case .reused(let contestant):
            "\(contestant): stored result is up to date"
        case .waiting(let what, let process):
            "waiting for \(process): \(what)"
        case .takenOver(let contestant, let process):
            "\(contestant): \(process) ended without finishing it, and it is taken over"
        case .lost(let contestant):
            "\(contestant): another process took it over, since this one slept; nothing of it is written here"
        }
    }

    private func kept(_ work: KeptWork?) -> String {
        work.map { " (and \($0.name), kept\($0.seconds.map { ": \(seconds($0))" } ?? ""))" } ?? ""
    }

    private func seconds(_ value: Double) -> String {
        value < 1 ? String(format: "%.0f ms", value * 1000) : String(format: "%.1f s", value)
    }
}
