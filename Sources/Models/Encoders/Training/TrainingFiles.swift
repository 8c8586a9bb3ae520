import Foundation
import SafeFiles
import TensorFiles

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

    private var bestFactors: DigestedFile {
        DigestedFile(best.appendingPathComponent("low-rank.safetensors"))
    }

    /// - Parameter factors: What low-rank adaptation has added to the model; nil without.
    func writeBest(_ model: some Module, _ configuration: Data, _ factors: LowRankFactors?) throws {
        try OutputFile.write(configuration, to: bestConfiguration)
        try bestWeights.write { sink in try model.write { try sink($0) } }
        if let factors {
            try bestFactors.write { sink in
                try Safetensors.write(factors.tensors, metadata: ["format": "pt"]) { try sink($0) }
            }
        }
    }

    /// What low-rank adaptation has added to the best model.
    /// - Parameter model: The best model.
    /// - Throws: If the file is not as it was written.
    public func bestFactors(
        _ adaptation: LowRankAdaptation, of model: some Module
    ) throws -> LowRankFactors {
        try bestFactors.verified()
        return try LowRankFactors(bestFactors.file, of: model, adaptation)
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
