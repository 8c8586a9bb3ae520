import Corpora
import DeterministicWork
import Evaluation
import Foundation
import Labels
import Reports
import Results
import SafeFiles

/// The folder of a whole run, made of numbers that are the same everywhere: clock, seed and machine are injected, and the
/// contestants' probabilities come from a random stream.
struct SmallRun {
    let folder: RunLayout
    let results: ExperimentResults

    private static let seed: UInt64 = 7
    static let labels = ["calm", "joy", "rage"]
    /// Rows of train, validation and test: distinct primes.
    private static let parts: [(part: Part, rowCount: Int)] = [(.train, 11), (.validation, 31), (.test, 41)]

    /// - Parameters:
    ///   - draws: Resamples of the analysis; few are enough to see whether a number is computed again.
    ///   - contestants: Their ids, and how well each knows the gold labels; the third decides without probabilities.
    ///   - dummy: The place of one that counts as a dummy, if any.
    ///   - words: What the quoted texts hold.
    ///   - against: Published results, which have addresses.
    ///   - quotes: Whether texts may be quoted.
    init(
        _ kind: LabelKind, draws: Int = 100, labels: [String] = SmallRun.labels,
        contestants entries: [(id: String, skill: Double)] = [
            ("keen", 2.4), ("plain", 1.0), ("sure | blunt", 1.5),
        ], dummy: Int? = nil, rankBy: MetricName = .f1Macro, compare: String? = nil,
        calibration: ProbabilityScaling.Method = .platt,
        words: String = "text | with a bar, *stars* & <tags>",
        against: [String]? = nil, quotes: Bool = true
    ) throws {
        let folder = RunLayout(
            FileManager.default.temporaryDirectory.appendingPathComponent("run-\(UUID().uuidString)"))
        let labelSpace = try LabelSpace(
            kind: kind, names: kind == .binary ? Array(labels.prefix(2)) : labels)
        let gold = Self.gold(labelSpace)
        let (split, summary) = Self.split(labelSpace, gold)
        try split.save(folder: folder.splitFolder)
        var splitSummary = summary
        splitSummary.recordSHA256 = try Fingerprint.sha256(ofFile: folder.splitRecord)
        let dataset = Self.dataset(labelSpace)

        var options = AnalysisOptions()
        options.draws = draws
        options.thresholds.draws = 20
        options.thresholds.minSupport = 5
        options.calibration = calibration
        options.compare = compare
        options.against = against ?? (kind == .multilabel ? ["goemotions-paper"] : ["vader-paper"])
        options.quotes = quotes
        let contestants = try entries.enumerated().map { place, entry in
            try Self.contestant(
                place, id: entry.id, model: place == dummy ? "dummy" : "by hand", skill: entry.skill,
                labelSpace,
                gold, options: options, in: folder)
        }
        var task = TaskResults(name: nil, dataset: dataset, split: splitSummary, contestants: contestants)
        let experiment = ExperimentSummary(
            name: "small", description: "A run of known numbers.", fileSHA256: "ab12", seed: Self.seed,
            rankBy: rankBy, bakeoffVersion: "0.0.0")
        let unread = ExperimentResults(
            experiment: experiment, tasks: [task], timings: .none)
        let stored = try StoredPredictions(unread, in: folder)
        var analysis = try unread.analysis(of: stored, options: options)
        analysis.errors.texts = Dictionary(
            uniqueKeysWithValues: analysis.errors.ids.map {
                ($0, "\($0) \(words)")
            })
        let leak = Leak(row: 42, part: .test, kind: .near, trainRow: 1)
        let leakText = leaksCSV([leak])
        try OutputFile.write(leakText, to: folder.leaks)
        task.leaks = LeakSummary(
            [leak], parts: Self.parts.flatMap { Array(repeating: $0.part, count: $0.rowCount) },
            predictions: stored,
            sha256: Fingerprint.sha256(of: Data(leakText.utf8)))
        task.analysis = analysis
        task.errorsSHA256 = try unread.writeErrors(stored, texts: nil, in: folder)
        self.folder = folder
        results = ExperimentResults(
            experiment: experiment, tasks: [task],
            timings: Self.timings(contestants.map(\.id), logs: try Self.log.write(to: folder)))
        try results.write(to: folder)
        try writeReport(results, to: folder)
    }

    /// To be called when the folder is done with.
    func remove() { try? FileManager.default.removeItem(at: folder.url) }

    // MARK: Its parts

    /// Of all rows, train first.
    private static func gold(_ labelSpace: LabelSpace) -> Targets {
        var random = RandomStream(seed: seed, stream: 1)
        let N = parts.reduce(0) { $0 + $1.rowCount }
        let K = labelSpace.count
        if labelSpace.kind == .multilabel {
            return .sets(
                IndicatorMatrix(
                    labelCount: K,
                    rows: (0..<N).map { _ in (0..<K).filter { _ in random.nextUniform() < 0.4 } }))
        }
        return .classes((0..<N).map { _ in random.next(below: K) })
    }

    private static func rows(of part: Part) -> [Int] {
        var start = 0
        for entry in parts {
            if entry.part == part { return Array(start..<start + entry.rowCount) }
            start += entry.rowCount
        }
        return []
    }

    private static func split(_ labelSpace: LabelSpace, _ gold: Targets) -> (StoredSplit, SplitSummary) {
        let split = StoredSplit(
            split: Split(parts: parts.flatMap { Array(repeating: $0.part, count: $0.rowCount) }),
            plan: .usual,
            datasetFingerprint: dataset(labelSpace).sha256)
        let summary = SplitSummary(
            plan: "by hand", sha256: split.fingerprint,
            parts: parts.map { entry in
                PartSummary(
                    part: entry.part, rowCount: entry.rowCount,
                    labelCounts: gold.selecting(rows(of: entry.part)).labelCounts(
                        labelCount: labelSpace.count))
            }, notices: ["a notice of the split"])
        return (split, summary)
    }

    private static func dataset(_ labelSpace: LabelSpace) -> DatasetSummary {
        DatasetSummary(
            name: "own", title: "Rows of | nothing", source: "made up", licence: "CC0 1.0", sha256: "cd34",
            rowCount: parts.reduce(0) { $0 + $1.rowCount }, dropped: ["no text": 1], labelSpace: labelSpace,
            silverLabeler: nil)
    }

    /// Its logits are noise, raised by `skill` where a label is gold; the third one decides without probabilities.
    private static func contestant(
        _ place: Int, id: String, model: String, skill: Double, _ labelSpace: LabelSpace, _ gold: Targets,
        options: AnalysisOptions, in folder: RunLayout
    ) throws -> ContestantResults {
        let isProbabilistic = place != 2
        let K = labelSpace.count
        let thresholds = labelSpace.kind == .multilabel ? Array(repeating: 0.5, count: K) : nil
        func predictions(_ part: Part) throws -> Predictions {
            let own = gold.selecting(rows(of: part))
            var random = RandomStream(seed: seed, stream: UInt64(10 * place) + (part == .test ? 2 : 3))
            let indicators = own.indicators(labelCount: K)
            let logits = Logits(
                labelCount: K,
                values: indicators.values.map { skill * ($0 ? 0.5 : -0.5) + 3 * (random.nextUniform() - 0.5) }
            )
            var probabilities = labelSpace.kind == .multilabel ? logits.sigmoid() : logits.softmax()
            if !isProbabilistic {
                let thresholds = thresholds ?? Array(repeating: 0.5, count: K)
                probabilities = Probabilities(
                    certainOf: probabilities.decisions(kind: labelSpace.kind, thresholds: thresholds),
                    labelCount: K)
            }
            let predictions = Predictions(
                labelSpace: labelSpace, ids: rows(of: part).map { "r\($0)" }, gold: own,
                probabilities: probabilities, thresholds: thresholds)
            try predictions.write(to: folder.predictions(of: id, validation: part == .validation))
            return predictions
        }
        let (test, validation) = (try predictions(.test), try predictions(.validation))
        return ContestantResults(
            id: id, model: model, summary: "skill \(skill)", isProbabilistic: isProbabilistic,
            thresholds: thresholds, notices: place == 1 ? ["a notice"] : [],
            predictionsSHA256: try Fingerprint.sha256(ofFile: folder.predictions(of: id)),
            validationPredictionsSHA256: try Fingerprint.sha256(
                ofFile: folder.predictions(of: id, validation: true)),
            test: test.scorecard(isProbabilistic: isProbabilistic),
            validation: validation.scorecard(isProbabilistic: isProbabilistic),
            ledger: isProbabilistic
                ? ThresholdLedger(validation: validation, test: test, options: options.thresholds, seed: seed)
                : nil)
    }

    private static func timings(_ ids: [String], logs: [String: String]) -> Timings {
        var costs: [String: ContestantCost] = [:]
        for (place, id) in ids.enumerated() {
            var cost = ContestantCost(
                fitSeconds: [110, 0.0215, 0.000296][place % 3],
                predictSeconds: [1.4, 0.004, 0.0002][place % 3],
                predictedTexts: 41, peakMemoryBytes: (50 + place) << 20)
            cost.cpuSeconds = cost.fitSeconds * 1.5
            cost.modelBytes = [90 << 20, 226_000, 312][place % 3]
            cost.parameters = place % 3 == 2 ? nil : [22_713_603, 15_003][place % 3]
            cost.logs = logs[id].map { [id: $0] }
            costs[id] = cost
        }
        return Timings(
            date: "2026-01-02T03:04:05Z", command: "bakeoff run small.yaml", threads: 2,
            machine: Machine(
                cpu: "Test CPU", cores: 2, memoryBytes: 8 << 30, system: "Test OS", swift: "6.x",
                blas: "Test BLAS"),
            contestants: costs)
    }

    /// What `keen` told while it was fitted.
    private static let log = TrainingLogText()

    private struct TrainingLogText {
        /// - Returns: Its SHA-256, by contestant.
        func write(to folder: RunLayout) throws -> [String: String] {
            var text = ""
            for step in 1...130 {
                text +=
                    "{\"step\": \(step), \"epoch\": 1, \"loss\": \(1.2 / Double(step) + 0.1 * Double(step % 3))}\n"
                if step % 65 == 0 {
                    text += "{\"step\": \(step), \"epoch\": 1, \"validation/f1_macro\": 0.\(step)}\n"
                }
            }
            try OutputFile.write(text, to: folder.log(of: "keen"))
            return ["keen": Fingerprint.sha256(of: Data(text.utf8))]
        }
    }
}

extension RunLayout {
    /// All that `bakeoff report --verify` does.
    /// - Returns: What could not be computed again.
    @discardableResult
    func verify() throws -> [String] {
        let results = try ExperimentResults(contentsOf: self)
        let unknown = try verifyResults(results, in: self)
        try RenderedReport(results, in: self).verify()
        return unknown
    }
}
