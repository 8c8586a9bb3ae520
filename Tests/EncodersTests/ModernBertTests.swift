import Encoders
import Foundation
import LinearAlgebra
import TestSupport
import Testing

/// ModernBERT's configuration, its layers against naive twins, and what training leaves as it is.
@Suite struct ModernBertTests {
    /// As versions before 5 of `transformers` and published checkpoints have it, but for the sizes.
    private static let published = """
        {"model_type": "modernbert", "vocab_size": 11, "hidden_size": 24, "num_hidden_layers": 5, "num_attention_heads": 2,
         "intermediate_size": 17, "max_position_embeddings": 8192, "pad_token_id": 0, "global_attn_every_n_layers": 3,
         "global_rope_theta": 160000.0, "local_rope_theta": 10000.0, "local_attention": 128, "norm_eps": 1e-05,
         "layer_norm_eps": 1e-05, "position_embedding_type": "absolute", "classifier_pooling": "mean",
         "attention_bias": false, "decoder_bias": true, "reference_compile": null}
        """

    private func network(_ text: String) throws -> ModernBertNetwork {
        let file = try ConfigurationFile(Data(text.utf8))
        let sizes = try EncoderConfiguration(file)
        return try #require(sizes.architecture.network(sizes, file) as? ModernBertNetwork)
    }

    private func names(_ module: some Module) -> [String] {
        var names: [String] = []
        module.forEachParameter { name, _ in names.append(name) }
        return names
    }

    @Test func readsAPublishedConfiguration() throws {
        let sizes = try EncoderConfiguration(json: Data(Self.published.utf8))
        #expect(sizes.architecture == .modernbert && sizes.maxPositions == 8192 && sizes.tokenTypes == 0)
        #expect(sizes.dropout == DropoutProbabilities(0) && sizes.layerNormEpsilon == 1e-5)
        #expect(sizes.activation == .geluExact)
        let found = names(try network(Self.published))
        #expect(
            found.prefix(8) == [
                "embeddings.tok_embeddings.weight", "embeddings.norm.weight", "layers.0.attn.Wqkv.weight",
                "layers.0.attn.Wo.weight", "layers.0.mlp_norm.weight", "layers.0.mlp.Wi.weight",
                "layers.0.mlp.Wo.weight", "layers.1.attn_norm.weight",
            ])
        #expect(found.last == "final_norm.weight" && !found.contains { $0.hasSuffix("bias") })
        let (file, text) = (Self.published, #""model_type": "modernbert", "#)
        let named = file.replacing(text, with: #""architectures": ["ModernBertForMaskedLM"], "#)
        #expect(try EncoderConfiguration(json: Data(named.utf8)).architecture == .modernbert)
    }

    @Test(arguments: [
        (
            #""num_attention_heads": 2"#, #""num_attention_heads": 8"#,
            "hidden_size is 24, expected an even multiple"
        ),
        (#""local_attention": 128"#, #""local_attention": 0"#, "local_attention is 0"),
        (
            #""global_attn_every_n_layers": 3"#, #""global_attn_every_n_layers": 0"#,
            "global_attn_every_n_layers is 0"
        ),
        (
            #""reference_compile""#, #""layer_types": ["full_attention"], "reference_compile""#,
            "layer_types is a list of 1, expected one for each of num_hidden_layers, 5"
        ),
        (
            #""reference_compile""#,
            #""layer_types": ["full_attention", "full_attention", "full_attention", "full_attention", "chunked_attention"], "reference_compile""#,
            "layer_types is chunked_attention, expected full_attention or sliding_attention"
        ),
        (
            #""reference_compile""#,
            #""rope_parameters": {"full_attention": {"rope_type": "yarn", "rope_theta": 5.0}}, "reference_compile""#,
            "rope_parameters.full_attention.rope_type is yarn, expected default"
        ),
        (
            #""reference_compile""#,
            #""rope_parameters": {"rope_type": "default", "rope_theta": 5.0}, "reference_compile""#,
            "rope_parameters.rope_type is stated"
        ),
        (
            #""reference_compile""#,
            #""rope_scaling": {"type": "linear", "factor": 2.0}, "reference_compile""#,
            "rope_scaling is stated"
        ),
        (#""local_rope_theta": 10000.0"#, #""local_rope_theta": null"#, "local_rope_theta is null"),
        (#""local_rope_theta": 10000.0"#, #""local_rope_theta": 0"#, "local_rope_theta is 0.0"),
        (#""reference_compile""#, #""head_dim": 13, "reference_compile""#, "head_dim is 13, expected 12"),
        (#""norm_eps": 1e-05"#, #""norm_eps": 2"#, "norm_eps is 2"),
        (#""norm_eps": 1e-05"#, #""norm_eps": 1e-05, "mlp_dropout": 1"#, "mlp_dropout is 1"),
    ]) func configurationsThatAreNotOurs(from: String, to: String, message: String) throws {
        let text = Self.published.replacing(from, with: to)
        #expect(text != Self.published)
        let error = #expect(throws: EncoderError.self) { try network(text) }
        #expect(error.map { "\($0)" }?.contains(message) == true, "\(error.map { "\($0)" } ?? "")")
    }

    @Test(arguments: [
        (#""classifier_pooling": "mean""#, #""classifier_pooling": "max""#, "classifier_pooling is max"),
        (#""reference_compile""#, #""classifier_activation": "silu", "reference_compile""#, "is silu"),
    ]) func headsThatAreNotOurs(from: String, to: String, message: String) throws {
        let file = try ConfigurationFile(Data(Self.published.replacing(from, with: to).utf8))
        let sizes = try EncoderConfiguration(file)
        let place = try #require(sizes.architecture.pooler)
        let error = #expect(throws: EncoderError.self) { try place.pooler(sizes, file) }
        #expect(error.map { "\($0)" }?.contains(message) == true, "\(error.map { "\($0)" } ?? "")")
    }

    // MARK: Layers

    private func flat(_ rows: FloatRows) -> [Float] {
        (0..<rows.rows).flatMap { row in (0..<rows.columns).map { rows[row][$0] } }
    }

    private func fill(_ rows: FloatRows, _ seed: Int) {
        for row in 0..<rows.rows {
            for i in 0..<rows.columns { rows[row][i] = Float((row * 37 + i * 31 + seed * 17) % 101) / 50 - 1 }
        }
    }

    /// Without a bias a norm computes as with one of zeros, forward and back.
    @Test func aNormWithoutBias() {
        func run(hasBias: Bool) -> [[Float]] {
            var norm = LayerNorm(width: 37, epsilon: 1e-5, hasBias: hasBias)
            norm.weight.set((0..<37).map { Float($0) / 7 - 2 })
            norm.bias?.set(Array(repeating: 0, count: 37))
            let trainable = TrainableModel(norm)
            let pass = trainable.makePass(Team(workers: 2))
            pass.begin()
            let (x, y, d) = (
                pass.rows(67, columns: 37), pass.rows(67, columns: 37), pass.rows(67, columns: 37)
            )
            fill(x, 1)
            fill(d, 2)
            trainable.withModel { norm in
                norm.forward(x, into: y, pass)
                norm.backward(x, gradient: d, pass)
            }
            return [flat(y), flat(d), trainable.gradientValues()["weight"] ?? []]
        }
        #expect(run(hasBias: false) == run(hasBias: true))
    }

    /// With biases and without, on rows for more than one thread.
    @Test(arguments: [Activation.geluExact, .geluTanh, .relu], [false, true])
    func gatedFeedForward(activation: Activation, hasBias: Bool) throws {
        let (N, H, I) = (41, 13, 37)
        var layer = GLUFeedForward(
            hidden: Axis(H), intermediate: Axis(I), activation: activation, hasBias: hasBias,
            names: .init(input: "Wi", output: "Wo"))
        func values(_ count: Int, _ seed: Int) -> [Float] {
            (0..<count).map { Float(($0 * 29 + seed * 13) % 97) / 48 - 1 }
        }
        layer.updateParameters { name, parameter in
            parameter.set(values(parameter.count, name.count + (name.hasPrefix("Wi") ? 3 : 0)))
        }
        var known: [String: [Double]] = [:]
        layer.forEachParameter { known[$0] = $1.checkpointValues().map(Double.init) }
        func linear(_ x: Table, _ name: String, outputs: Int) throws -> Table {
            Naive.linear(
                x, try #require(known["\(name).weight"]),
                known["\(name).bias"] ?? Array(repeating: 0, count: outputs))
        }
        let kind: HiddenActivation =
            activation == .relu ? .relu : activation == .geluTanh ? .geluTanh : .geluExact
        for pass in [Pass(team: Team(workers: 2)), TrainableModel(layer).makePass(Team(workers: 2))] {
            pass.begin()
            let (x, y) = (pass.rows(N, columns: H), pass.rows(N, columns: H))
            fill(x, 3)
            _ = layer.forward(x, into: y, pass)
            let inner = try linear(
                (0..<N).map { row in (0..<H).map { Double(x[row][$0]) } }, "Wi", outputs: 2 * I)
            let product = inner.map { row in
                (0..<I).map { Naive.activation(kind, row[$0]) * row[I + $0] }
            }
            let expected = try linear(product, "Wo", outputs: H)
            for row in 0..<N {
                for i in 0..<H { #expect(abs(Double(y[row][i]) - expected[row][i]) < 1e-4) }
            }
        }
    }

    /// The first tokens alone get the bits that they get among all.
    @Test(arguments: ["modernbert", "modernbert-biases"]) func firstTokensAlone(name: String) throws {
        let golden = try Golden(name)
        let H = golden.encoder.configuration.hidden
        let all = try golden.encoder.hiddenStates(of: golden.batch)
        let first = try golden.encoder.embed(golden.batch, pooling: .cls)
        for sequence in 0..<golden.batch.count {
            let token = golden.batch.range(sequence).lowerBound
            #expect(first[sequence * H..<(sequence + 1) * H] == all[token * H..<(token + 1) * H])
        }
    }

    /// Thousands of tokens, whose scores would be hundreds of megabytes at once.
    @Test func longTexts() throws {
        var network = try network(Self.published)
        network.updateParameters { name, parameter in
            let isNorm = name.contains("norm")
            parameter.set(
                (0..<parameter.count).map { isNorm ? 1 : Float(($0 * 7919 + name.count) % 211) / 422 - 0.25 })
        }
        let block = TokenBlock(
            try PackedBatch([(0..<8192).map { Int32($0 * $0 % 11) }, [1, 2, 3]]))
        let alone = TokenBlock(try PackedBatch([[1, 2, 3]]))
        let pass = Pass(team: Team(workers: 2))
        let found = flat(network.forward(block, queries: .all, pass).output)
        #expect(!found.contains { !$0.isFinite })
        #expect(Array(found.suffix(3 * 24)) == flat(network.forward(alone, queries: .all, pass).output))
    }

    // MARK: Training

    /// The gradient of a pass whose memory is used again is that of the first one; the last layer is a local one.
    @Test(arguments: [Pooling.pooler, .cls, .mean]) func gradientsOfTheNextPass(pooling: Pooling) throws {
        let golden = try Golden("modernbert-biases")
        var initialized: [String] = []
        let trainable = TrainableModel(
            try ClassifierModel(
                folder: golden.folder, pooling: pooling, labelCounts: [3], seed: 1, initialized: &initialized)
        )
        let pass = trainable.makePass(Team(workers: 2))
        func addGradient() throws -> [String: [Float]] {
            pass.begin()
            _ = try trainable.withModel {
                try ClassificationObjective.addGradient(
                    golden.batch, .classes([0, 1, 2]), head: 0,
                    .crossEntropy(classWeights: [1, 1, 1], smoothing: 0), scale: 1, $0, pass)
            }
            return trainable.gradientValues()
        }
        let (once, twice) = (try addGradient(), try addGradient())
        for (name, values) in once {
            let sum = try #require(twice[name])
            let largest = values.reduce(0) { max($0, abs($1)) }
            #expect(
                zip(values, sum).allSatisfy { abs(2 * $0 - $1) <= 1e-5 * max(largest, 1e-3) }, "\(name)")
        }
    }

    /// What is trained has the gradients that it has where all is, and nothing else has any.
    @Test(arguments: [
        (Freezing.embeddings, 0, true), (.layers(1), 1, true), (.layers(3), 3, true), (.layers(9), 4, true),
        (.encoder, 4, false),
    ])
    func freezing(freezing: Freezing, layers: Int, hasFinalNorm: Bool) throws {
        let golden = try Golden("modernbert")
        func gradients(_ freezing: Freezing) throws -> [String: [Float]] {
            var initialized: [String] = []
            var model = try ClassifierModel(
                folder: golden.folder, pooling: .pooler, labelCounts: [3], seed: 1, initialized: &initialized)
            #expect(initialized == ["head.dense", "head.norm", "classifier"])
            try model.freeze(freezing)
            let trainable = TrainableModel(model)
            let pass = trainable.makePass(Team(workers: 2))
            pass.begin(dropout: DropoutDraw(DropoutProbabilities(0.1), seed: 7, step: 1))
            _ = try trainable.withModel {
                try ClassificationObjective.addGradient(
                    golden.batch, .classes([0, 1, 2, 1, 0]), head: 0,
                    .crossEntropy(classWeights: [1, 1, 1], smoothing: 0), scale: 1, $0, pass)
            }
            return trainable.gradientValues()
        }
        let (all, some) = (try gradients(.nothing), try gradients(freezing))
        let expected = all.filter { name, _ in
            if name.contains("embeddings") { return false }
            if name.contains("final_norm") { return hasFinalNorm }
            return !(0..<layers).contains { name.contains("layers.\($0).") }
        }
        #expect(some == expected)
        #expect(some.count >= 4)
    }
}
