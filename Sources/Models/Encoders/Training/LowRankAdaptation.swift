/// LoRA (Hu et al. 2022): the encoder stays as it is but for matrices W of some linear layers, which become
/// W + (alpha / rank) B A. A, B and the heads are trained, nothing else.
public struct LowRankAdaptation: Equatable, Sendable {
    /// The rows of A and the columns of B.
    public var rank = 8
    public var alpha = 16.0
    /// The linear layers by the ends of their names, such as `query`.
    public var targets = ["query", "value"]

    public init() {}

    /// What B A is multiplied by.
    var scale: Double { alpha / Double(rank) }
}

extension LayeredModule {
    /// Has training leave all of the encoder as it is but the targets' matrices.
    /// - Throws: `.tooFewLayers` where layers share weights, `.noSuchLinear`.
    mutating func adapt(_ adaptation: LowRankAdaptation) throws(EncoderError) {
        try requireLayers(1, for: "lora")
        try freeze(.embeddings)
        var known: [String] = []
        var found: Set<String> = []
        visit(
            ParameterVisitor { place, parameter in
                if place.depth == .aboveLayers { return }
                parameter.isFrozen = true
                guard case .layer = place.depth, case .packed = parameter.layout else { return }
                let linear = String(place.name.dropLast(".weight".count))
                let own = linear.split(separator: ".").last.map(String.init) ?? linear
                if !known.contains(own) { known.append(own) }
                guard let target = adaptation.targets.first(where: { linear.hasSuffix(".\($0)") }) else {
                    return
                }
                found.insert(target)
                (parameter.isFrozen, parameter.isAdapted) = (false, true)
            })
        if let missing = adaptation.targets.first(where: { !found.contains($0) }) {
            throw .noSuchLinear(target: missing, known: known)
        }
    }
}
