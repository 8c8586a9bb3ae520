import Foundation
import Results
import SafeFiles
import TextClassifiers

/// One contestant on all tasks that it takes part in: fitted on them together, so that they may share what is learnt.
struct ContestantFit {
    let contestant: ConfiguredContestant
    /// One a task, at least one.
    private let runs: [ContestantRun]
    private let seed: UInt64
    private let options: RunOptions
    private let resources: ContestantResources

    init(
        _ contestant: ConfiguredContestant, tasks: [RunTask], seed: UInt64, analysis: AnalysisOptions,
        options: RunOptions
    ) throws {
        self.contestant = contestant
        self.seed = seed
        self.options = options
        let resources = ContestantResources(cache: options.cache)
        self.resources = resources
        let version = type(of: contestant.contestant).algorithmVersion
        let inputs = Fingerprint.sha256(
            of: Data(
                """
                bakeoff \(BakeoffVersion.current)
                \(contestant.settings)
                \(try contestant.contestant.fingerprint(resources))
                \(tasks.map(\.fingerprint).joined(separator: "\n"))
                seed \(seed)\(version == 1 ? "" : "\nalgorithm \(version)")
                """.utf8))
        let models = options.models.appendingPathComponent(contestant.id)
        runs = tasks.map { task in
            ContestantRun(
                contestant: contestant, task: task,
                modelFolder: task.name.map { models.appendingPathComponent($0) } ?? models,
                analysis: analysis, options: options, keptWork: resources.keptWork, seed: seed, inputs: inputs
            )
        }
    }

    /// Throws if the contestant cannot be fitted on its parts.
    func check() throws {
        try contestant.contestant.check(runs.map(\.trainingTask), resources)
    }

    /// The records of an earlier run, one a task, if all that went into them is the same.
    func storedRecords() throws -> [ContestantRecord]? {
        let records = try runs.compactMap { try $0.storedRecord() }
        return records.count == runs.count ? records : nil
    }

    /// Fits and scores.
    /// - Returns: One record a task, in order.
    func fitAndScore() throws -> [ContestantRecord] {
        if !FileManager.default.fileExists(atPath: workFolder.path) { removeLogs() }
        PeakMemory.reset()
        let cpuBefore = cpuSeconds()
        let (fitted, seconds) = try timed {
            try contestant.contestant.fit(runs.map(\.trainingTask), fitContext, resources)
        }
        let cpu = cpuSeconds() - cpuBefore
        let records = try zip(runs, fitted).map { run, fitted in
            try run.score(fitted, fitSeconds: seconds, cpuSeconds: cpu)
        }
        forget()
        return records
    }

    /// Removes the checkpoints of earlier runs, so that nothing goes on from them; nothing else that stands beside them.
    func forget() {
        let own = ContestantFit.names(in: checkpoints).filter(ContestantFit.isCheckpoint)
        for name in own {
            try? FileManager.default.removeItem(at: checkpoints.appendingPathComponent(name))
        }
        // A folder that held none is somebody else's.
        if !own.isEmpty { rmdir(checkpoints.path) }
    }

    /// Removes what earlier fittings told, which is not of the one to come.
    private func removeLogs() {
        let layout = RunLayout(options.output)
        for log in [layout.log(of: contestant.id)]
            + runs.map({ layout.log(of: contestant.id, task: $0.task.name) })
        {
            try? FileManager.default.removeItem(at: log)
        }
    }

    static let checkpointsName = "work"

    /// Whether a folder holds checkpoints and nothing else.
    static func areCheckpoints(in folder: URL) -> Bool {
        let names = names(in: folder)
        return !names.isEmpty && names.allSatisfy(isCheckpoint)
    }

    /// Named after the SHA-256 of what went into them.
    private static func isCheckpoint(_ name: String) -> Bool {
        name.utf8.count == 64 && name.allSatisfy { $0.isASCII && $0.isHexDigit }
    }

    private static func names(in folder: URL) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    }

    private var checkpoints: URL {
        options.models.appendingPathComponent(contestant.id)
            .appendingPathComponent(ContestantFit.checkpointsName)
    }

    private var workFolder: URL { checkpoints.appendingPathComponent(runs[0].inputs) }

    private var fitContext: FitContext {
        let (id, progress) = (contestant.id, options.progress)
        return FitContext(
            seed: seed, workFolder: workFolder, log: RunLayout(options.output).log(of: id),
            progress: { progress(id, $0) }, shouldStop: options.shouldStop)
    }
}

extension ContestantCost {
    /// Of a contestant that was fitted once and scored on several tasks.
    static func total(_ tasks: [ContestantCost]) -> ContestantCost {
        var total = ContestantCost(
            fitSeconds: tasks.map(\.fitSeconds).max() ?? 0,
            predictSeconds: tasks.map(\.predictSeconds).reduce(0, +),
            predictedTexts: tasks.map(\.predictedTexts).reduce(0, +),
            peakMemoryBytes: tasks.map(\.peakMemoryBytes).max() ?? 0)
        total.build = tasks.first?.build
        total.cpuSeconds = tasks.compactMap(\.cpuSeconds).max()
        total.parameters = tasks.compactMap(\.parameters).max()
        total.keptForFit = KeptWork.total(tasks.compactMap(\.keptForFit))
        total.keptForPrediction = KeptWork.total(tasks.compactMap(\.keptForPrediction))
        total.modelBytes = tasks.compactMap(\.modelBytes).reduce(0, +)
        for logs in tasks.compactMap(\.logs) { total.logs = (total.logs ?? [:]).merging(logs) { $1 } }
        return total
    }
}

extension KeptWork {
    /// All together; nil for none.
    fileprivate static func total(_ works: [KeptWork]) -> KeptWork? {
        works.first.map { works.dropFirst().reduce($0, +) }
    }
}
