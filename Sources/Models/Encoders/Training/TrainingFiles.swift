import Foundation
import SafeFiles

/// Where a training keeps what it needs to go on, and its log.
public struct TrainingFiles: Sendable {
    /// Where checkpoints go.
    public let folder: URL
    public let log: URL

    public init(folder: URL, log: URL) {
        self.folder = folder
        self.log = log
    }

    var last: TrainerCheckpoint {
        TrainerCheckpoint(file: folder.appendingPathComponent("last.safetensors"))
    }
    /// A folder as the model came from: the best model, or the last where nothing is evaluated.
    public var best: URL { folder.appendingPathComponent("best") }

    private var bestConfiguration: URL { best.appendingPathComponent("config.json") }
    private var bestWeights: DigestedFile {
        DigestedFile(best.appendingPathComponent("model.safetensors"))
    }

    func writeBest(_ model: some Module, _ configuration: Data) throws {
        try OutputFile.write(configuration, to: bestConfiguration)
        try bestWeights.write { sink in try model.write { try sink($0) } }
    }

    /// The SHA-256 of the best model's weights.
    /// - Throws: If weights or configuration are not as they were written.
    public func verifiedBest(_ configuration: Data) throws -> String {
        let digest = try bestWeights.verified()
        guard try InputFile(bestConfiguration).readToEnd() == Array(configuration) else {
            throw FileError.damaged(path: bestConfiguration.path)
        }
        return digest
    }
}
