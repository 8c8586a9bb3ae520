import Encoders
import Foundation
import SafeFiles
import TensorFiles
import TextTokenizers

/// The folder `adapter` in that of a fine-tuned model: what low-rank adaptation has learnt, apart from the encoder, as peft's
/// `PeftModel.from_pretrained(base, folder)` loads it.
///
/// `adapter_model.safetensors` has A and B of each adapted matrix, and what was trained whole: the head, and parts that the
/// encoder did not have. `adapter_config.json` names the adapted layers one by one, since the end of a name that stands in the
/// encoder's layers may also be one of the head's.
struct PeftAdapter: Sendable {
    let factors: LowRankFactors
    /// The encoder as the user names it, without a revision of the hub.
    private let base: String
    private let revision: String?
    /// The parts of the encoder that its checkpoint did not have, such as `bert.pooler.dense`.
    private let newParts: [String]

    static let folder = "adapter"
    private static let weights = "adapter_model.safetensors"
    private static let configuration = "adapter_config.json"
    /// What peft puts before the names of the model that it wraps.
    private static let prefix = "base_model.model."

    /// - Parameters:
    ///   - encoder: As the user names it: a folder, a recipe, `ORG/NAME` or `ORG/NAME@REVISION`.
    ///   - newParts: The parts of the model that began with random weights, by their names.
    init(_ factors: LowRankFactors, encoder: String, newParts: [String]) {
        self.factors = factors
        self.newParts = newParts
        let parts = encoder.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
        let isOnHub = parts.count == 2 && parts[0].split(separator: "/").count == 2 && parts[0].first != "/"
        (base, revision) = isOnHub ? (parts[0], parts[1]) : (encoder, nil)
    }

    /// Writes the folder into that of the model.
    /// - Parameter model: The encoder with what was added to it, and the head of one task.
    func write(_ model: ClassifierModel, to place: URL) throws {
        let folder = place.appendingPathComponent(PeftAdapter.folder)
        let whole = model.trainedWhole(newParts: newParts)
        let tensors =
            factors.tensors
            + whole.map { name, parameter in
                Safetensors.Pending(name, .float32, shape: parameter.shape.map(\.size)) {
                    .float32(parameter.checkpointValues())
                }
            }
        try OutputFile.write(
            Data("\(configuration(model, whole.map(\.name)).indentedText)\n".utf8),
            to: folder.appendingPathComponent(PeftAdapter.configuration))
        let output = try OutputFile(folder.appendingPathComponent(PeftAdapter.weights))
        try Safetensors.write(
            tensors.map {
                Safetensors.Pending(
                    "\(PeftAdapter.prefix)\($0.name)", $0.type, shape: $0.shape, values: $0.values)
            }, metadata: ["format": "pt"]
        ) { try output.write($0) }
        try output.commit()
    }

    /// Takes an adapter away that an earlier model has left there.
    static func remove(from place: URL) {
        let folder = place.appendingPathComponent(PeftAdapter.folder)
        for file in [weights, configuration] {
            try? FileManager.default.removeItem(at: folder.appendingPathComponent(file))
        }
        // What somebody put there stays.
        if (try? FileManager.default.contentsOfDirectory(atPath: folder.path))?.isEmpty == true {
            try? FileManager.default.removeItem(at: folder)
        }
    }

    /// - Parameter whole: The names of the parameters that were trained whole.
    private func configuration(_ model: ClassifierModel, _ whole: [String]) -> JSONValue {
        // peft knows a module by the end of its name, and takes a head of several layers as one.
        let encoder = "\(model.encoder.configuration.architecture.prefix)."
        var modules: [String] = []
        for name in whole {
            let parts = name.split(separator: ".")
            let module = name.hasPrefix(encoder) ? parts.dropLast().joined(separator: ".") : String(parts[0])
            if !modules.contains(module) { modules.append(module) }
        }
        let (alpha, rank) = (factors.adaptation.alpha, factors.adaptation.rank)
        return .members([
            "base_model_name_or_path": .string(base),
            "revision": revision.map { .string($0) } ?? .null,
            "peft_type": .string("LORA"),
            "task_type": .string("SEQ_CLS"),
            "r": .integer(rank),
            "lora_alpha": Int(exactly: alpha).map { .integer($0) } ?? .number(alpha),
            "lora_dropout": .number(0),
            "bias": .string("none"),
            "fan_in_fan_out": .bool(false),
            "inference_mode": .bool(true),
            "target_modules": .array(factors.pairs.map { .string($0.linear) }),
            "modules_to_save": .array(modules.map { .string($0) }),
        ])
    }
}
