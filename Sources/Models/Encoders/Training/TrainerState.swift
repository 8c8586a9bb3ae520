import Foundation
import LinearAlgebra
import SafeFiles
import TensorFiles

/// Where a training is, beside the weights and the optimizer's moments: what the metadata of a checkpoint holds.
struct TrainerState: Codable, Equatable {
    /// Steps of the optimizer so far.
    var step = 0
    /// From 0.
    var epoch = 0
    /// Steps of this epoch so far.
    var position = 0
    /// Batches so far, by which dropout is numbered.
    var batches = 0
    var bestScore: Double?
    var bestStep: Int?
    var evaluations = 0
    /// Evaluations whose score was undefined.
    var undefinedEvaluations = 0
    /// Evaluations since the best one.
    var evaluationsSinceBest = 0
    var isFinished = false
    /// Since the last line of the log.
    var lossSum = 0.0
    var lossCount = 0
    /// Of the log, in bytes.
    var logLength = 0
    /// Steps that each parameter has seen; one without a gradient sees none.
    var updates: [String: Int] = [:]
    var wordUpdates = 0
}

/// A training's whole state in one file: the model in the layout that it computes with, AdamW's moments, and a `TrainerState`.
struct TrainerCheckpoint {
    let file: URL
    private static let key = "bakeoff_state"

    /// - Throws: `FileError`, such as a full disk; the file of before is then still there.
    func write(_ state: TrainerState, _ training: ClassifierTraining) throws {
        var state = state
        var tensors: [Safetensors.Pending] = []
        func add(_ name: String, _ buffer: FloatBuffer, count: Int) {
            tensors.append(
                Safetensors.Pending(name, .float32, shape: [count]) {
                    .float32(Array(buffer.values[..<count]))
                })
        }
        for parameter in training.parameters {
            let count = parameter.values.count
            add("values/\(parameter.name)", parameter.values, count: count)
            add("first/\(parameter.name)", parameter.first, count: count)
            add("second/\(parameter.name)", parameter.second, count: count)
            state.updates[parameter.name] = parameter.updates
        }
        if let words = training.embeddings?.words {
            words.prepareAll(training.team)
            state.wordUpdates = words.updates
            let (ids, moments) = words.touchedMoments()
            add("values/\(words.name)", words.values, count: words.vocabulary * words.hidden)
            tensors.append(
                Safetensors.Pending("words", .int64, shape: [ids.count]) { .int64(ids.map { Int64($0) }) })
            tensors.append(
                Safetensors.Pending("moments", .float32, shape: [moments.count]) { .float32(moments) })
        }
        let metadata = [
            TrainerCheckpoint.key: String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
        ]
        try DigestedFile(file).write { try Safetensors.write(tensors, metadata: metadata, to: $0) }
    }

    /// Brings the model and the optimizer to where they were.
    /// - Returns: Nil if there is no checkpoint.
    func read(into training: ClassifierTraining) throws -> TrainerState? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        try DigestedFile(file).verified()
        let saved = try SafetensorsFile(file)
        guard let text = saved.metadata[TrainerCheckpoint.key],
            let state = try? JSONDecoder().decode(TrainerState.self, from: Data(text.utf8))
        else { throw TrainingError.badCheckpoint(path: file.path, reason: "has no state of a training") }
        for parameter in training.parameters {
            let shape = [parameter.values.count]
            try saved.copyFloats("values/\(parameter.name)", shape: shape, into: parameter.values.values)
            try saved.copyFloats("first/\(parameter.name)", shape: shape, into: parameter.first.values)
            try saved.copyFloats("second/\(parameter.name)", shape: shape, into: parameter.second.values)
            parameter.updates = state.updates[parameter.name] ?? 0
        }
        if let words = training.embeddings?.words {
            let count = words.vocabulary * words.hidden
            try saved.copyFloats(
                "values/\(words.name)", shape: [count],
                into: UnsafeMutableBufferPointer(rebasing: words.values.values[..<count]))
            let ids = try saved.integers("words", shape: saved.shape(of: "words") ?? [])
            let moments = try saved.floats("moments", shape: saved.shape(of: "moments") ?? [])
            guard moments.count == ids.count * 2 * words.hidden,
                ids.allSatisfy({ (0..<words.vocabulary).contains($0) })
            else {
                throw TrainingError.badCheckpoint(path: file.path, reason: "words and moments do not fit")
            }
            words.restore(ids: ids, moments: moments, updates: state.wordUpdates)
        }
        return state
    }
}
