import Encoders
import Labels
import SettingKeys
import TextClassifiers

/// The values of the keys of `training:` that choose what is minimised.
struct LossKeys: Sendable {
    enum Kind: String, CaseIterable {
        case crossEntropy = "cross-entropy"
        case focal, asymmetric
    }

    var kind = Kind.crossEntropy
    var focalGamma = LossFunction.defaultFocalGamma
    var focusing = AsymmetricFocusing()

    /// What the keys say together.
    var function: LossFunction {
        switch kind {
        case .crossEntropy: .crossEntropy
        case .focal: .focal(gamma: focalGamma)
        case .asymmetric: .asymmetric(focusing)
        }
    }

    static let keys = KeyTable(LossKeys()) {
        SettingKey(
            "loss", \.kind, .choice,
            "What training minimises. `focal` takes weight from rows that are decided well already; `asymmetric` is for several labels a row, and takes it from absent labels most."
        )
        SettingKey(
            "focal-gamma", \.focalGamma, .nonNegative,
            "Loss `focal`: the power of the probability that is missing to 1.")
        SettingKey(
            "gamma-negative", \.focusing.gammaNegative, .nonNegative,
            "Loss `asymmetric`: the power of the probability of a label that the row does not have.")
        SettingKey(
            "gamma-positive", \.focusing.gammaPositive, .nonNegative,
            "Loss `asymmetric`: the power of the probability missing to 1 of a label that the row has.")
        SettingKey(
            "clip", \.focusing.clip, .shareBelowOne,
            "Loss `asymmetric`: the probability shift, by which the probability of an absent label is lowered; up to it, such a label costs nothing."
        )
    }

    /// Throws for keys of another loss.
    static func check(_ read: ReadSettings<LossKeys>) throws(SettingsError) {
        func without(_ name: String) -> String { "no '\(name)' with loss \(read.kind.rawValue)" }
        if read.kind != .focal { try read.forbid([\.focalGamma], expected: without) }
        if read.kind != .asymmetric {
            try read.forbid(
                [\.focusing.gammaNegative, \.focusing.gammaPositive, \.focusing.clip], expected: without)
        }
    }

    /// Throws for a loss that this kind of labels has no use for.
    static func check(_ kind: LabelKind, _ read: ReadSettings<LossKeys>) throws(SettingsError) {
        if read.kind == .asymmetric && kind != .multilabel {
            try read.forbid([\.kind]) { _ in
                "cross-entropy or focal for \(kind.rawValue) labels; asymmetric is for several labels a row"
            }
        }
    }
}
