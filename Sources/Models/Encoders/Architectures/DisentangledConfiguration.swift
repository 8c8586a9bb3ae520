/// What `config.json` of a DeBERTa says of its attention and embeddings, beyond what every encoder has.
struct DisentangledConfiguration: Sendable {
    /// Whether queries are multiplied with positions: `c2p`.
    let hasContentToPosition: Bool
    /// Whether keys are multiplied with positions: `p2c`.
    let hasPositionToContent: Bool
    /// Whether a layer's own key and query make those of positions.
    let sharesProjections: Bool
    /// The rows of the table of relative positions; nil in a network without.
    let distances: RelativeDistances?
    /// The key that states half the rows of the table.
    let distancesKey: String
    /// Whether the table is normalised.
    let normalizesTable: Bool
    /// Whether the embeddings have positions.
    let hasAbsolutePositions: Bool

    /// With the defaults of `DebertaV2Config` of `transformers`.
    /// - Throws: `.badConfiguration` for what changes the numbers and is not supported.
    init(_ sizes: EncoderConfiguration, _ file: ConfigurationFile) throws(EncoderError) {
        let terms = try file.pieces("pos_att_type")
        for term in terms where !["c2p", "p2c"].contains(term) {
            throw .badConfiguration(
                key: "pos_att_type", found: EncoderError.quoted(term), expected: "c2p, p2c, both or none")
        }
        hasContentToPosition = terms.contains("c2p")
        hasPositionToContent = terms.contains("p2c")
        sharesProjections = try file.bool("share_att_key") ?? false

        let norms = try file.pieces("norm_rel_ebd")
        for norm in norms where !["layer_norm", "none"].contains(norm) {
            throw .badConfiguration(
                key: "norm_rel_ebd", found: EncoderError.quoted(norm), expected: "layer_norm or none")
        }
        normalizesTable = norms.contains("layer_norm")
        hasAbsolutePositions = try file.bool("position_biased_input") ?? true

        try file.require("conv_kernel_size", 0, "0: a convolution after the first layer is not supported")
        try file.require(
            "attention_head_size", sizes.hidden / sizes.heads,
            "\(sizes.hidden / sizes.heads), hidden_size by num_attention_heads")
        try file.require("pooler_hidden_size", sizes.hidden, "\(sizes.hidden), as hidden_size")
        (distances, distancesKey) = try file.distances(sizes)
    }

    /// What scores are multiplied by: 1 / √(D times the number of products that are added up). `transformers` counts those of
    /// `pos_att_type` even where there is no table.
    func scale(headWidth: Int) -> Float {
        let products = 1 + (hasContentToPosition ? 1 : 0) + (hasPositionToContent ? 1 : 0)
        return 1 / Float(headWidth * products).squareRoot()
    }
}

extension ConfigurationFile {
    /// A list of words, or one string of words with bars between them, as published files have it; empty if it is not there.
    fileprivate func pieces(_ key: String) throws(EncoderError) -> [String] {
        if let list = try? strings(key) { return list }
        guard let text = try string(key) else { return [] }
        return text.lowercased().split(separator: "|").map { $0.filter { !$0.isWhitespace } }
            .filter { !$0.isEmpty }
    }

    fileprivate func size(_ key: String, in range: ClosedRange<Int>) throws(EncoderError) -> Int? {
        guard let value = try integer(key) else { return nil }
        guard range.contains(value) else {
            throw .badConfiguration(
                key: key, found: "\(value)", expected: "\(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }

    /// Throws for another value than the one that is supported.
    fileprivate func require(_ key: String, _ value: Int, _ expected: String) throws(EncoderError) {
        if let found = try integer(key), found != value {
            throw .badConfiguration(key: key, found: "\(found)", expected: expected)
        }
    }

    /// The distances that the rows of the table stand for, and the key that states half their number.
    fileprivate func distances(
        _ sizes: EncoderConfiguration
    ) throws(EncoderError) -> (RelativeDistances?, key: String) {
        let positions = sizes.axis(.maxPositions)
        guard try bool("relative_attention") ?? false else { return (nil, "relative_attention") }
        let stated = try size("max_relative_positions", in: Int.min...1 << 24) ?? -1
        let maxDistance = stated < 1 ? positions.size : stated
        let buckets = try size("position_buckets", in: Int.min...RelativeDistances.maxBuckets) ?? -1
        if buckets < 1 {
            return (
                RelativeDistances(span: maxDistance),
                stated < 1 ? positions.key ?? "" : "max_relative_positions"
            )
        }
        // Where no distance goes beyond the middle, none shares a row.
        if positions.size - 1 <= buckets / 2 { return (RelativeDistances(span: buckets), "position_buckets") }
        guard buckets >= 2, maxDistance - 1 > buckets / 2 else {
            throw .badConfiguration(
                key: "position_buckets", found: "\(buckets)",
                expected:
                    "-1 for none, or 2 and more, half of it below \(maxDistance - 1), the largest distance")
        }
        return (RelativeDistances(buckets: buckets, maxDistance: maxDistance), "position_buckets")
    }
}
