/// The files of a repository that an encoder is made of: configuration, tokenizer, and the weights in one form.
///
/// Of what stands deeper, only the folders that sentence-transformers numbers are looked into, such as `1_Pooling`: other
/// folders hold the same weights for other programs.
package struct HubSelection: Equatable, Sendable {
    /// Small files: what the encoder is, and how it cuts texts.
    package let descriptions: [String]
    package let weights: [String]

    /// - Parameter paths: Of all files of the repository.
    package init(_ paths: [String]) {
        let own = paths.filter(HubSelection.isOwn)
        let folders = Dictionary(grouping: own, by: HubSelection.folder)
        let chosen = Set(folders.values.flatMap(WeightsForm.best))
        weights = own.filter(chosen.contains)
        descriptions = own.filter { path in
            [".json", ".txt", ".model"].contains { path.hasSuffix($0) }
        }
    }

    /// Whether these files are an encoder: what it is, how it cuts texts, and all of its weights.
    package var isComplete: Bool {
        let names = descriptions.map(HubSelection.name)
        // Static embeddings of sentence-transformers have a list of modules alone.
        return names.contains { ["config.json", "modules.json"].contains($0) }
            && HubSelection.tokenizers.contains { $0.allSatisfy(names.contains) } && hasAllShards
    }

    /// The files of a vocabulary, in any of their forms.
    private static let tokenizers = [
        ["tokenizer.json"], ["vocab.txt"], ["vocab.json", "merges.txt"], ["sentencepiece.bpe.model"],
        ["spiece.model"], ["spm.model"],
    ]

    private var hasAllShards: Bool {
        let own = weights.filter { HubSelection.folder($0).isEmpty }
        guard let first = own.first else { return false }
        return WeightsForm.shardCount(first).map { $0 == own.count } ?? true
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// What stands before the name; empty for the repository itself.
    private static func folder(_ path: String) -> String {
        path.split(separator: "/").dropLast().joined(separator: "/")
    }

    private static func isOwn(_ path: String) -> Bool {
        let parts = path.split(separator: "/")
        switch parts.count {
        case 1: return true
        case 2:
            let digits = parts[0].prefix { $0.isASCII && $0.isNumber }
            return !digits.isEmpty && parts[0].dropFirst(digits.count).hasPrefix("_")
        default: return false
        }
    }
}

/// A form in which a repository keeps weights, the one that is preferred first.
private enum WeightsForm: CaseIterable {
    case safetensors, torch

    private var whole: String {
        switch self {
        case .safetensors: "model.safetensors"
        case .torch: "pytorch_model.bin"
        }
    }

    /// The weights in the first form that is there; some keep the whole beside its shards.
    /// - Parameter paths: Of the files of one folder.
    static func best(_ paths: [String]) -> [String] {
        func name(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }
        for form in allCases {
            if let whole = paths.first(where: { name($0) == form.whole }) { return [whole] }
            let shards = paths.filter { name($0).wholeMatch(of: form.shard) != nil }
            if !shards.isEmpty { return shards }
        }
        return []
    }

    /// How many shards there are of which this is one, such as `model-00001-of-00002.safetensors`; nil for the whole.
    static func shardCount(_ name: String) -> Int? {
        allCases.lazy.compactMap { name.wholeMatch(of: $0.shard) }.first.flatMap { Int($0.1) }
    }

    private var shard: Regex<(Substring, Substring)> {
        switch self {
        case .safetensors: /model-\d{5}-of-(\d{5})\.safetensors/
        case .torch: /pytorch_model-\d{5}-of-(\d{5})\.bin/
        }
    }
}
