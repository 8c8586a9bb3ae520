import Encoders
import SettingKeys

private struct FrozenLayersKey: Sendable {
    var layers = 0

    static let keys = KeyTable(FrozenLayersKey()) {
        SettingKey(
            "layers", \.layers, .count(atLeast: 0),
            "The number of layers that are frozen, counted from the embeddings on.")
    }
}

extension ValueForm<TrainingOptions.Warmup> {
    static var warmup: ValueForm {
        ValueForm(
            "a share below 1, or an integer number of steps",
            spell: {
                switch $0 {
                case .share(let share): "\(share)"
                case .steps(let steps): "\(steps)"
                }
            }
        ) { (setting) throws(SettingsError) in
            let number = try setting.nonNegativeDouble()
            if number < 1 { return .share(number) }
            guard let steps = Int(exactly: number), steps <= Setting.maxCount else {
                throw setting.badValue(expected: "a share below 1, or an integer number of steps")
            }
            return .steps(steps)
        }
    }
}

extension ValueForm<TrainingOptions.Evaluation> {
    static var evaluation: ValueForm {
        ValueForm(
            "epoch, or a number of steps",
            spell: {
                switch $0 {
                case .everyEpoch: "epoch"
                case .every(let steps): "\(steps)"
                }
            }
        ) { (setting) throws(SettingsError) in
            if try setting.string() == "epoch" { return .everyEpoch }
            guard let steps = try? setting.int(atLeast: 1) else {
                throw setting.badValue(expected: "'epoch', or a number of steps")
            }
            return .every(steps: steps)
        }
    }
}

extension ValueForm<Freezing> {
    static var freezing: ValueForm {
        ValueForm(
            "none, embeddings, encoder, or a mapping", keys: { FrozenLayersKey.keys.reference },
            spell: { $0 == .nothing ? "none" : nil }
        ) { (setting) throws(SettingsError) in
            if case .mapping = setting.value {
                return .layers(try FrozenLayersKey.keys.read(setting).layers)
            }
            return switch try? setting.string() {
            case "none": .nothing
            case "embeddings": .embeddings
            case "encoder": .encoder
            default: throw setting.badValue(expected: "none, embeddings, encoder or {layers: N}")
            }
        }
    }
}

extension ValueForm<TrainingOptions.Mixing> {
    private static var spellings: [(name: String, mixing: TrainingOptions.Mixing)] {
        [("alternate", .alternateShortest), ("alternate-cycle", .alternateCycling), ("joint", .joint)]
    }

    static var mixing: ValueForm {
        let names = "one of \(spellings.map(\.name).joined(separator: ", "))"
        return ValueForm(names, spell: { mixing in spellings.first { $0.mixing == mixing }?.name }) {
            (setting) throws(SettingsError) in
            let name = try setting.string()
            guard let spelling = spellings.first(where: { $0.name == name }) else {
                throw setting.badName(expected: names, near: spellings.map(\.name))
            }
            return spelling.mixing
        }
    }
}

extension ValueForm<[String: Double]> {
    static var taskWeights: ValueForm {
        ValueForm("a mapping {TASK: number above 0, ...}", spell: { $0.isEmpty ? "1 for each" : nil }) {
            (setting) throws(SettingsError) in
            var weights: [String: Double] = [:]
            for (task, weight) in try setting.mappingWithAnyKeys().entries {
                weights[task] = try weight.positiveDouble()
            }
            return weights
        }
    }
}

extension ValueForm<Double> {
    static var shareBelowOne: ValueForm {
        .number("a number of at least 0 and below 1") { (0..<1).contains($0) }
    }

    static var layerDecay: ValueForm {
        .number("a number above 0 and at most 1") { $0 > 0 && $0 <= 1 }
    }
}

private let lowRankKeys = KeyTable(LowRankAdaptation()) {
    SettingKey(
        "rank", \.rank, .count(atLeast: 1), "The rank of what is added to a matrix.")
    SettingKey(
        "alpha", \.alpha, .positive, "What is added is multiplied by alpha / rank.")
    SettingKey(
        "targets", \.targets, .texts("the names of linear layers, or one"),
        "The linear layers of the encoder's layers that are changed, by the ends of their names.")
}

extension ValueForm<LowRankAdaptation> {
    static var lowRank: ValueForm {
        ValueForm("a mapping", keys: { lowRankKeys.reference }) { (setting) throws(SettingsError) in
            let keys = try lowRankKeys.read(setting)
            if keys.targets.isEmpty, let targets = keys.setting(\.targets) {
                throw targets.badValue(expected: "at least one linear layer")
            }
            return keys.values
        }
    }
}
