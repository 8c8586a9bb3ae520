import DeterministicWork
import Encoders
import Foundation
import SafeFiles
import TensorFiles
import TestSupport
import Testing

/// Whole trainings: against PyTorch's (Tests/Oracles/Encoders/make_trajectories.py), and against themselves after
/// a stop.
@Suite final class TrainerTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Tasks, heads and what PyTorch found.
    private struct Trajectory {
        let file: SafetensorsFile
        let prefix: String
        let labels: [Int]

        init(_ name: String, labels: [Int]) throws {
            file = try SafetensorsFile(
                Golden.folder("bert-gelu").deletingLastPathComponent().appendingPathComponent(
                    "trajectories.safetensors"))
            prefix = "\(name)."
            self.labels = labels
        }

        func integers(_ task: Int, _ name: String) throws -> [Int] {
            let key = "\(prefix)\(task).\(name)"
            return try file.integers(key, shape: file.shape(of: key) ?? [])
        }

        func floats(_ name: String) throws -> [Float] {
            try file.floats(prefix + name, shape: file.shape(of: prefix + name) ?? [])
        }

        func sequences(_ task: Int) throws -> [[Int32]] {
            let (ids, offsets) = (try integers(task, "ids"), try integers(task, "offsets"))
            return zip(offsets, offsets.dropFirst()).map { ids[$0..<$1].map { Int32($0) } }
        }

        func model() throws -> ClassifierModel {
            var initialized: [String] = []
            var model = try ClassifierModel(
                folder: Golden.folder("bert-gelu"), pooling: .pooler, labelCounts: labels, seed: 1,
                initialized: &initialized)
            for task in labels.indices {
                model.heads[task].weight.set(try floats("\(task).weight"))
                model.heads[task].bias?.set(try floats("\(task).bias"))
            }
            return model
        }

        func tasks(balanced: Bool) throws -> [ClassificationTask] {
            try labels.enumerated().map { task, K in
                let classes = try integers(task, "labels")
                let weights = (0..<K).map { label in
                    balanced ? Double(classes.count) / Double(K * classes.count { $0 == label }) : 1
                }
                return ClassificationTask(
                    name: labels.count > 1 ? "task\(task)" : nil, sequences: try sequences(task),
                    targets: .classes(classes), loss: .crossEntropy(classWeights: weights, smoothing: 0))
            }
        }
    }

    private func files(_ name: String) -> TrainingFiles {
        TrainingFiles(
            folder: folder.appendingPathComponent(name), log: folder.appendingPathComponent("\(name).jsonl"))
    }

    private func configuration() throws -> Data {
        try Data(contentsOf: Golden.folder("bert-gelu").appendingPathComponent("config.json"))
    }

    private func log(_ name: String) throws -> [[String: Any]] {
        try logLines(folder.appendingPathComponent("\(name).jsonl"))
    }

    private func expectTrajectory(_ trajectory: Trajectory, _ name: String, _ model: ClassifierModel) throws {
        let lines = try log(name)
        for (key, expected) in [
            ("loss", try trajectory.floats("losses")), ("grad_norm", try trajectory.floats("norms")),
        ] {
            let found = lines.compactMap { $0[key] as? Double }
            #expect(found.count == expected.count)
            for (step, (found, expected)) in zip(found, expected).enumerated() {
                // The largest error seen is 4e-6.
                #expect(abs(found / Double(expected) - 1) < 3e-5, "\(key) of step \(step)")
            }
        }
        for task in trajectory.labels.indices {
            let logits = try model.logits(PackedBatch(trajectory.sequences(task)), task: task)
            let difference = largestDifference(
                logits.values.map { Float($0) }, try trajectory.floats("\(task).logits"))
            #expect(difference < 1e-4, "task \(task)")
        }
    }

    @Test func oneTaskAsPyTorchTrainsIt() throws {
        let trajectory = try Trajectory("single", labels: [5])
        var options = TrainingOptions()
        options.batchSize = 4
        options.accumulation = 2
        options.learningRate = 1e-3
        options.weightDecay = 0.1
        options.warmup = .steps(2)
        options.dropout = 0
        options.shuffles = false
        let trainer = try Trainer(
            trajectory.model(), on: ClassificationObjective(trajectory.tasks(balanced: false)),
            options: options, files: files("single"), configuration: configuration(), evaluate: nil)
        let outcome = try trainer.run()
        #expect(
            outcome
                == TrainingOutcome(
                    steps: 9, bestStep: 9, bestScore: nil, stoppedEarly: false,
                    lastEpochLosses: outcome.lastEpochLosses))
        try expectTrajectory(trajectory, "single", trainer.model)
    }

    @Test func tasksInTurnAsPyTorchTrainsThem() throws {
        let trajectory = try Trajectory("turns", labels: [5, 3])
        var options = TrainingOptions()
        options.batchSize = 4
        options.learningRate = 5e-4
        options.maxGradientNorm = 0
        options.schedule = .step(epochs: 2, factor: 0.1)
        options.dropout = 0
        options.shuffles = false
        let trainer = try Trainer(
            trajectory.model(), on: ClassificationObjective(trajectory.tasks(balanced: true)),
            options: options, files: files("turns"), configuration: configuration(), evaluate: nil)
        let outcome = try trainer.run()
        #expect(outcome.steps == 30)
        try expectTrajectory(trajectory, "turns", trainer.model)
    }

    /// A new head, shuffled rows and dropout: PyTorch drew all three from an independent writing of our generator, so
    /// that whole trainings agree with what is random in them.
    @Test func whatIsRandomIsTrainedOnAsPyTorchDoes() throws {
        let trajectory = try Trajectory("drawn", labels: [5])
        var options = TrainingOptions()
        options.batchSize = 4
        options.learningRate = 1e-3
        options.weightDecay = 0.1
        options.warmup = .steps(2)
        options.dropout = 0.1
        options.seed = 20_260_104
        var initialized: [String] = []
        let model = try ClassifierModel(
            folder: Golden.folder("bert-gelu"), pooling: .pooler, labelCounts: [5], seed: options.seed,
            initialized: &initialized)
        #expect(initialized == ["classifier"])
        let head = model.heads[0].weight.checkpointValues()
        #expect(largestDifference(head, try trajectory.floats("head")) < 1e-8)
        let trainer = try Trainer(
            model, on: ClassificationObjective(trajectory.tasks(balanced: false)), options: options,
            files: files("drawn"), configuration: configuration(), evaluate: nil)
        let outcome = try trainer.run()
        #expect(outcome.steps == 18)
        try expectTrajectory(trajectory, "drawn", trainer.model)
        // The model that it began with is what it was.
        #expect(model.heads[0].weight.checkpointValues() == head)
    }

    /// A model that an evaluation kept is what it was, however long training goes on.
    @Test func whatIsHandedOutNeverChanges() throws {
        let trajectory = try Trajectory("single", labels: [5])
        let batch = try PackedBatch(trajectory.sequences(0))
        var options = TrainingOptions()
        options.learningRate = 1e-3
        var kept: [(model: ClassifierModel, logits: [Double])] = []
        let trainer = try Trainer(
            trajectory.model(), on: ClassificationObjective(trajectory.tasks(balanced: false)),
            options: options, files: files("kept"), configuration: configuration(),
            evaluate: { model in
                kept.append((model, try model.logits(batch, task: 0).values))
                return TrainingScore(metrics: [], value: Double(kept.count))
            })
        _ = try trainer.run()
        #expect(kept.count == 3 && kept[0].logits != kept[1].logits)
        for one in kept { #expect(try one.model.logits(batch, task: 0).values == one.logits) }
        #expect(try trainer.model.logits(batch, task: 0).values == kept[2].logits)
    }

    /// Twice the mean of the vectors' squared distances from those of their neighbours: an objective without labels and heads.
    private struct NeighbourObjective: TrainingObjective {
        let sequences: [[Int32]]
        var tasks: [TrainingRows] { [TrainingRows(tokenCounts: sequences.map(\.count))] }

        func activationsPerToken(of model: TokenEncoder) -> Int { model.activationsPerToken }

        func dropout(of model: TokenEncoder) -> DropoutProbabilities { DropoutProbabilities(0) }

        func addGradient(
            of rows: [Int], task: Int, scale: Double, _ model: TokenEncoder, _ pass: Pass
        ) throws -> Double {
            let batch = try PackedBatch(rows.map { sequences[$0] })
            var loss = 0.0
            model.withPooled(TokenBlock(batch), pooling: .mean, pass) { x in
                let d = pass.rows(x.rows, columns: x.columns)
                let share = 1 / Float(x.rows)
                for row in 0..<x.rows {
                    let (next, last) = (x[(row + 1) % x.rows], x[(row + x.rows - 1) % x.rows])
                    for i in 0..<x.columns {
                        let (a, b) = (x[row][i] - next[i], x[row][i] - last[i])
                        loss += Double(share * (a * a + b * b))
                        d[row][i] = Float(scale) * 4 * share * (a + b)
                    }
                }
                return d
            }
            return loss
        }
    }

    /// The loss falls, and as the gradient says: a step against it of length s makes s times its norm of difference.
    @Test func anotherObjective() throws {
        let trajectory = try Trajectory("single", labels: [5])
        var options = TrainingOptions()
        options.batchSize = 4
        options.epochs = 8
        options.learningRate = 1e-3
        options.shuffles = false
        let objective = NeighbourObjective(sequences: Array(try trajectory.sequences(0).prefix(4)))
        let trainer = try Trainer(
            TokenEncoder(folder: Golden.folder("bert-gelu")), on: objective, options: options,
            files: files("neighbours"), configuration: configuration(), evaluate: nil)
        let outcome = try trainer.run()
        #expect(outcome.steps == 8)
        let losses = try log("neighbours").compactMap { $0["loss"] as? Double }
        #expect(losses.count == 8 && losses[7] < losses[0] / 2, "\(losses)")
        // What was saved is an encoder.
        let batch = try PackedBatch(trajectory.sequences(0))
        #expect(
            try TokenEncoder(folder: files("neighbours").best).embed(batch, pooling: .mean)
                == trainer.model.embed(batch, pooling: .mean))
    }

    /// Before anything is trained: the tiny model needs some 300 kB.
    @Test func aTrainingThatDoesNotFitIsRefused() throws {
        let trajectory = try Trajectory("single", labels: [5])
        func trainer(available: Int) throws -> Trainer<ClassificationObjective> {
            try Trainer(
                trajectory.model(), on: ClassificationObjective(trajectory.tasks(balanced: false)),
                options: TrainingOptions(),
                files: files("memory"), configuration: configuration(), evaluate: nil,
                availableMemory: available)
        }
        _ = try trainer(available: 10 << 20)
        #expect {
            try trainer(available: 100_000)
        } throws: { error in
            guard case .notEnoughMemory(let needed, 100_000) = error as? TrainingError else { return false }
            return needed > 100_000
        }
    }

    // MARK: Stopping and going on

    /// A training with dropout, shuffling, evaluations between, and two tasks of which the shorter begins again.
    private func train(
        _ name: String, stoppingAfter limit: Int? = nil, mixing: TrainingOptions.Mixing,
        precision: TrainingPrecision = .f32
    ) throws -> TrainingOutcome {
        let trajectory = try Trajectory("turns", labels: [5, 3])
        var options = TrainingOptions()
        options.batchSize = 8
        options.learningRate = 2e-3
        options.warmup = .share(0.2)
        options.mixing = mixing
        options.precision = precision
        options.evaluation = .every(steps: 3)
        options.dropout = 0.1
        let tasks = try trajectory.tasks(balanced: true)
        var steps = 0
        let trainer = try Trainer(
            trajectory.model(), on: ClassificationObjective(tasks), options: options, files: files(name),
            configuration: configuration(),
            evaluate: { model in
                let losses = try tasks.indices.map { task in
                    tasks[task].loss.value(
                        try model.logits(PackedBatch(tasks[task].sequences), task: task), tasks[task].targets)
                }
                return TrainingScore(metrics: [("loss", losses[0])], value: -losses.reduce(0, +))
            }, report: { _ in steps += 1 }, shouldStop: { steps == limit })
        return try trainer.run()
    }

    private func bestModel(_ name: String) throws -> Data {
        try Data(contentsOf: files(name).best.appendingPathComponent("model.safetensors"))
    }

    @Test(arguments: [TrainingOptions.Mixing.alternateCycling, .joint], TrainingPrecision.allCases)
    func goesOnToTheSameBytes(mixing: TrainingOptions.Mixing, precision: TrainingPrecision) throws {
        let whole = try train("whole", mixing: mixing, precision: precision)
        #expect(whole.steps == (mixing == .joint ? 12 : 24))
        for stop in [0, 1, 3, 7, whole.steps - 1] {
            let name = "stopped-\(stop)"
            #expect(throws: TrainingError.stopped) {
                try train(name, stoppingAfter: stop, mixing: mixing, precision: precision)
            }
            #expect(try train(name, mixing: mixing, precision: precision) == whole)
            #expect(try bestModel(name) == bestModel("whole"))
            let steps = try log(name).map { $0["step"] as? Int }
            #expect(try steps == log("whole").map { $0["step"] as? Int })
        }
    }

    @Test(arguments: TrainingPrecision.allCases) func threadsChangeNoByte(precision: TrainingPrecision) throws
    {
        let usual = Threads.count
        defer { Threads.count = usual }
        for threads in [1, 2, 3] {
            Threads.count = threads
            _ = try train("threads-\(threads)", mixing: .joint, precision: precision)
        }
        #expect(try bestModel("threads-1") == bestModel("threads-2"))
        #expect(try bestModel("threads-1") == bestModel("threads-3"))
    }

    /// In bfloat16 other weights are learnt, along nearly the same losses.
    @Test func bfloat16LearnsAsFloat32Does() throws {
        for precision in TrainingPrecision.allCases {
            _ = try train("\(precision)", mixing: .joint, precision: precision)
        }
        let losses = try ["f32", "bf16"].map { try log($0).compactMap { $0["loss"] as? Double } }
        #expect(losses[0].count == 12 && losses[0] != losses[1])
        for (exact, rounded) in zip(losses[0], losses[1]) { #expect(abs(rounded / exact - 1) < 0.03) }
    }

    @Test func aLossThatIsNoNumberStopsTheTraining() throws {
        let trajectory = try Trajectory("single", labels: [5])
        var options = TrainingOptions()
        options.learningRate = 1e30
        options.maxGradientNorm = 0
        #expect {
            try Trainer(
                trajectory.model(), on: ClassificationObjective(trajectory.tasks(balanced: false)),
                options: options,
                files: files("nan"),
                configuration: configuration(), evaluate: nil
            ).run()
        } throws: { error in
            switch error as? TrainingError {
            case .lossNotFinite, .gradientNotFinite: true
            default: false
            }
        }
    }

    /// A bit that flipped anywhere in what a stopped training left is an error, and nothing is trained on from it.
    @Test(arguments: ["last.safetensors", "best/model.safetensors", "best/config.json"])
    func aDamagedCheckpointIsRefused(name: String) throws {
        let run = "damaged-\(name.count)"
        #expect(throws: TrainingError.stopped) { try train(run, stoppingAfter: 9, mixing: .joint) }
        let file = files(run).folder.appendingPathComponent(name)
        let whole = try Data(contentsOf: file)
        for place in [whole.count / 3, whole.count / 2, whole.count - 2] {
            var flipped = whole
            flipped[place] ^= 4
            try flipped.write(to: file)
            #expect(throws: FileError.damaged(path: file.path), "byte \(place)") {
                try train(run, mixing: .joint)
            }
        }
        try whole.write(to: file)
        #expect(try train(run, mixing: .joint).steps == 12)
    }

    /// Evaluations without a score are never the best; where none has one, no model is.
    @Test func undefinedScores() throws {
        let trajectory = try Trajectory("single", labels: [5])
        func run(_ name: String, _ scores: [Double?]) throws -> TrainingOutcome {
            var options = TrainingOptions()
            options.epochs = scores.count
            nonisolated(unsafe) var rest = scores[...]
            return try Trainer(
                trajectory.model(), on: ClassificationObjective(trajectory.tasks(balanced: false)),
                options: options,
                files: files(name),
                configuration: configuration(),
                evaluate: { _ in TrainingScore(metrics: [], value: rest.popFirst() ?? nil) }
            ).run()
        }
        let outcome = try run("some", [nil, -2, nil, -1, -1])
        #expect(outcome.bestScore == -1 && outcome.undefinedEvaluations == 2)
        #expect(outcome.bestStep == outcome.steps * 4 / 5)
        #expect(throws: TrainingError.nothingDefined(evaluations: 2)) { try run("none", [nil, nil]) }
    }

    @Test func aCheckpointOfAnotherModelIsRefused() throws {
        let files = files("foreign")
        try FileManager.default.createDirectory(at: files.folder, withIntermediateDirectories: true)
        let weights = try Data(
            contentsOf: Golden.folder("bert-gelu").appendingPathComponent("model.safetensors"))
        try DigestedFile(files.folder.appendingPathComponent("last.safetensors")).write { sink in
            try weights.withUnsafeBytes { try sink($0) }
        }
        let trajectory = try Trajectory("single", labels: [5])
        #expect(throws: TrainingError.self) {
            try Trainer(
                trajectory.model(), on: ClassificationObjective(trajectory.tasks(balanced: false)),
                options: TrainingOptions(),
                files: files,
                configuration: configuration(), evaluate: nil
            ).run()
        }
    }
}
