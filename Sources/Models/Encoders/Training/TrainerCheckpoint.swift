import Foundation
import LinearAlgebra
import SafeFiles
import TensorFiles

/// A training's whole state in one file: the model in the layout that it computes with, AdamW's moments, and a `TrainerState`.
struct TrainerCheckpoint {
    let file: URL
    private static let key = "bakeoff_state"

    /// What stands before the names of a token table's moments: nothing for the first table.
    private static func prefix(_ index: Int) -> String { index == 0 ? "" : "\(index)/" }

    /// - Throws: `FileError`, such as a full disk; the file of before is then still there.
    func write(_ state: TrainerState, _ trainable: TrainableModel<some Module>, _ team: Team) throws {
        var state = state
        var tensors: [Safetensors.Pending] = []
        func add(_ name: String, _ numbers: UnsafeMutablePointer<Float>, count: Int) {
            nonisolated(unsafe) let numbers = numbers
            tensors.append(
                Safetensors.Pending(name, .float32, shape: [count]) {
                    .float32(Array(UnsafeBufferPointer(start: numbers, count: count)))
                })
        }
        trainable.settle(team)
        for tensor in trainable.gradients.tensors {
            add("values/\(tensor.name)", tensor.values, count: tensor.count)
            add("first/\(tensor.name)", tensor.first.pointer, count: tensor.count)
            add("second/\(tensor.name)", tensor.second.pointer, count: tensor.count)
            state.updates[tensor.name] = tensor.updates
        }
        for (index, table) in trainable.gradients.tables.enumerated() {
            state.wordUpdates = table.updates
            let (ids, moments) = table.touchedMoments()
            let prefix = TrainerCheckpoint.prefix(index)
            add("values/\(table.name)", table.values, count: table.vocabulary * table.hidden)
            tensors.append(
                Safetensors.Pending("\(prefix)words", .int64, shape: [ids.count]) {
                    .int64(ids.map { Int64($0) })
                })
            tensors.append(
                Safetensors.Pending("\(prefix)moments", .float32, shape: [moments.count]) {
                    .float32(moments)
                })
        }
        let metadata = [
            TrainerCheckpoint.key: String(decoding: try JSONEncoder().encode(state), as: UTF8.self)
        ]
        try DigestedFile(file).write { try Safetensors.write(tensors, metadata: metadata, to: $0) }
    }

    /// Brings the model and the optimizer to where they were.
    /// - Returns: Nil if there is no checkpoint.
    func read(into trainable: TrainableModel<some Module>, _ team: Team) throws -> TrainerState? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        try DigestedFile(file).verified()
        let saved = try SafetensorsFile(file)
        guard let text = saved.metadata[TrainerCheckpoint.key],
            let state = try? JSONDecoder().decode(TrainerState.self, from: Data(text.utf8))
        else { throw TrainingError.badCheckpoint(path: file.path, reason: "has no state of a training") }
        func read(_ name: String, into numbers: UnsafeMutablePointer<Float>, count: Int) throws {
            try saved.copyFloats(
                name, shape: [count], into: UnsafeMutableBufferPointer(start: numbers, count: count))
        }
        trainable.settle(team)
        for tensor in trainable.gradients.tensors {
            try read("values/\(tensor.name)", into: tensor.values, count: tensor.count)
            try read("first/\(tensor.name)", into: tensor.first.pointer, count: tensor.count)
            try read("second/\(tensor.name)", into: tensor.second.pointer, count: tensor.count)
            tensor.updates = state.updates[tensor.name] ?? 0
        }
        for adapter in trainable.gradients.adapters { adapter.merge(team) }
        for (index, table) in trainable.gradients.tables.enumerated() {
            let prefix = TrainerCheckpoint.prefix(index)
            try read("values/\(table.name)", into: table.values, count: table.vocabulary * table.hidden)
            let ids = try saved.integers("\(prefix)words", shape: saved.shape(of: "\(prefix)words") ?? [])
            let moments = try saved.floats(
                "\(prefix)moments", shape: saved.shape(of: "\(prefix)moments") ?? [])
            guard moments.count == ids.count * 2 * table.hidden,
                ids.allSatisfy({ (0..<table.vocabulary).contains($0) })
            else {
                throw TrainingError.badCheckpoint(path: file.path, reason: "words and moments do not fit")
            }
            table.restore(ids: ids, moments: moments, updates: state.wordUpdates)
        }
        return state
    }
}
