/// LoRA (Hu et al. 2022): the encoder stays as it is but for matrices W of some linear layers, which become
/// W + (alpha / rank) B A. A, B and the heads are trained, and a pooler that the checkpoint did not have; nothing else.
public struct LowRankAdaptation: Equatable, Sendable {
    /// The rows of A and the columns of B.
    public var rank = 8
    public var alpha = 16.0
    /// The linear layers by the ends of their names, such as `query` or `attention.output.dense`.
    public var targets = ["query", "value"]

    public init() {}

    /// What B A is multiplied by.
    var scale: Double { alpha / Double(rank) }

    /// The name of the linear layer whose matrix is called so; nil of what is no weight.
    static func linear(ofWeight name: String) -> String? {
        name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : nil
    }

    private static let suffix = ".weight"

    /// Whether a target names this linear layer: the last parts of its name, whole, as in peft.
    static func matches(_ target: String, _ linear: String) -> Bool {
        linear == target || linear.hasSuffix(".\(target)")
    }
}

extension LayeredModule {
    /// Has training leave all of the encoder as it is but the targets' matrices, and what is new in it.
    /// - Throws: `.tooFewLayers` where layers share weights, `.noSuchLinear`, `.badRank`.
    mutating func adapt(_ adaptation: LowRankAdaptation) throws(EncoderError) {
        try requireLayers(1, for: EncoderInspection.adapting)
        try freeze(.embeddings)
        var known: [String] = []
        var found: Set<String> = []
        var misfit: EncoderError?
        visit(
            ParameterVisitor { place, parameter in
                if place.depth == .aboveLayers || parameter.isNew { return }
                parameter.isFrozen = true
                guard case .layer = place.depth, case .packed = parameter.layout,
                    let linear = LowRankAdaptation.linear(ofWeight: place.name)
                else { return }
                let own = linear.split(separator: ".").last.map(String.init) ?? linear
                if !known.contains(own) { known.append(own) }
                let matching = adaptation.targets.filter { LowRankAdaptation.matches($0, linear) }
                if matching.isEmpty { return }
                found.formUnion(matching)
                (parameter.isFrozen, parameter.isAdapted) = (false, true)
                let limit = min(parameter.shape[0].size, parameter.shape[1].size)
                if misfit == nil && !(1...limit).contains(adaptation.rank) {
                    misfit = .badRank(adaptation.rank, limit: limit, linear: linear)
                }
            })
        if let missing = adaptation.targets.first(where: { !found.contains($0) }) {
            throw .noSuchLinear(target: missing, known: known)
        }
        if let misfit { throw misfit }
    }
}
