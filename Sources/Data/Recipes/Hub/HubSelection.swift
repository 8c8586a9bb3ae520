/// The files of a repository that an encoder is made of: configuration, tokenizer, and the weights in one form.
///
/// Of what stands deeper, only the folders that sentence-transformers numbers are looked into, such as `1_Pooling`: other
/// folders hold the same weights for other programs.
struct HubSelection: Equatable, Sendable {
    /// Small files: what the encoder is, and how it cuts texts.
    let descriptions: [String]
    let weights: [String]

    /// - Parameter paths: Of all files of the repository.
    init(_ paths: [String]) {
        let own = paths.filter(HubSelection.isOwn)
        // Some keep the whole beside its shards.
        let isWhole = own.contains("model.safetensors")
        weights = own.filter { HubSelection.isWeights($0) && !(isWhole && $0.hasPrefix("model-")) }
        descriptions = own.filter { path in
            [".json", ".txt", ".model"].contains { path.hasSuffix($0) }
        }
    }

    /// Whether these files are an encoder: what it is, how it cuts texts, and all of its weights.
    var isComplete: Bool {
        let names = descriptions.map(HubSelection.name)
        return names.contains("config.json") && names.contains { HubSelection.isTokenizer($0) }
            && hasAllShards
    }

    private var hasAllShards: Bool {
        guard let first = weights.first else { return false }
        guard let shard = HubSelection.name(first).wholeMatch(of: HubSelection.shard) else { return true }
        return Int(shard.1) == weights.count
    }

    private static func name(_ path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    private static func isTokenizer(_ name: String) -> Bool {
        ["tokenizer.json", "vocab.txt"].contains(name)
    }

    private static var shard: Regex<(Substring, Substring)> { /model-\d{5}-of-(\d{5})\.safetensors/ }

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

    /// `model.safetensors`, or one of its shards, such as `model-00001-of-00002.safetensors`.
    private static func isWeights(_ path: String) -> Bool {
        let name = name(path)
        return name == "model.safetensors" || name.wholeMatch(of: shard) != nil
    }
}
