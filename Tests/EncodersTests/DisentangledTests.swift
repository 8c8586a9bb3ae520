import Encoders
import Foundation
import LinearAlgebra
import TensorFiles
import TestSupport
import Testing

/// What DeBERTa has and BERT has not.
@Suite struct DisentangledTests {
    private struct Case: Decodable {
        let buckets, max_distance: Int
        let rows: [Int]
    }

    /// As `transformers` finds them (Tests/Oracles/Encoders/make_distances.py).
    @Test func rowsOfDistances() throws {
        let cases = try JSONDecoder().decode(
            [Case].self, from: Data(contentsOf: oracle("Encoders/distances.json")))
        #expect(cases.count == 8)
        for one in cases {
            let distances =
                one.buckets < 1
                ? RelativeDistances(span: one.max_distance)
                : RelativeDistances(buckets: one.buckets, maxDistance: one.max_distance)
            let length = (one.rows.count + 1) / 2
            #expect((1 - length..<length).map(distances.row) == one.rows, "\(one.buckets)")

            // A shorter sequence, or its first token alone, reads a part of the longest one's rows.
            let rows = RelativeRows(distances, length: length)
            for (tokens, queries) in [(length, length), (7, 7), (length, 1), (1, 1), (5, 1)] {
                let window = rows.window(tokens: tokens, queries: queries)
                #expect(rows.range.lowerBound + window.lowerBound == distances.row(of: 1 - tokens))
                #expect(rows.range.lowerBound + window.upperBound - 1 == distances.row(of: queries - 1))
            }
            rows.withRows { row in
                for distance in 1 - length..<length {
                    #expect(rows.range.lowerBound + row[distance] == distances.row(of: distance))
                }
            }
        }
    }

    private func naive(_ name: String, _ golden: Golden) throws -> NaiveDisentangled {
        func twin(
            _ prefix: String, _ terms: Set<String>, shares: Bool, norm: Bool, _ distances: RelativeDistances
        ) throws -> NaiveDisentangled {
            NaiveDisentangled(
                file: try SafetensorsFile(golden.folder.appendingPathComponent("model.safetensors")),
                prefix: prefix, sizes: golden.encoder.configuration, terms: terms, sharesProjections: shares,
                normalizesTable: norm, distances: distances)
        }
        switch name {
        case "deberta-v3":
            return try twin(
                "deberta.", ["c2p", "p2c"], shares: true, norm: true,
                RelativeDistances(buckets: 10, maxDistance: 47))
        case "deberta-v2":
            return try twin("", ["c2p", "p2c"], shares: false, norm: false, RelativeDistances(span: 11))
        case "deberta-c2p":
            return try twin(
                "deberta.", ["c2p"], shares: true, norm: false, RelativeDistances(buckets: 6, maxDistance: 41)
            )
        default:
            return try twin(
                "deberta.", ["p2c"], shares: false, norm: true, RelativeDistances(span: 41))
        }
    }

    @Test(arguments: Golden.debertas) func layersAgreeWithTheirTwins(name: String) throws {
        let golden = try Golden(name)
        let naive = try naive(name, golden)
        let network = try #require(golden.encoder.network as? DisentangledNetwork)
        let block = TokenBlock(golden.batch)
        let pass = Pass(team: Team(workers: 2))
        let x = network.embeddings.forward(block, pass).output
        let table = network.table?.forward(length: 47, pass)
        #expect(table != nil)
        let rows = { (x: FloatRows) in
            (0..<x.rows).map { row in (0..<x.columns).map { Double(x[row][$0]) } }
        }
        for (index, layer) in network.layers.enumerated() {
            let before = rows(x)
            let first = pass.rows(block.spans.count, columns: x.columns)
            block.copyFirst(of: x, to: first)
            _ = layer.forward(x, queryRows: first, spans: block.firstSpans, table: table, pass)
            _ = layer.forward(x, queryRows: x, spans: block.spans, table: table, pass)
            let after = rows(x)
            for (sequence, span) in block.spans.enumerated() {
                let expected = try naive.layer(Array(before[span.tokens]), index)
                for (token, values) in zip(span.tokens, expected) {
                    for (a, b) in zip(after[token], values) { #expect(abs(a - b) < 1e-5) }
                }
                // The first tokens alone get the same bits.
                #expect(rows(first)[sequence] == after[span.tokens.lowerBound])
            }
        }
    }

    private static let published = """
        {"model_type": "deberta-v2", "vocab_size": 19, "hidden_size": 26, "num_hidden_layers": 2,
         "num_attention_heads": 2, "intermediate_size": 31, "max_position_embeddings": 47,
         "relative_attention": true, "position_buckets": 10, "norm_rel_ebd": "layer_norm",
         "share_att_key": true, "pos_att_type": "p2c|c2p", "position_biased_input": false}
        """

    /// A folder with the weights of deberta-v3 and another configuration.
    private func encoder(_ configuration: String) throws -> TokenEncoder {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.copyItem(at: Golden.folder("deberta-v3"), to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(configuration.utf8).write(to: folder.appendingPathComponent("config.json"))
        return try TokenEncoder(folder: folder)
    }

    /// As the files of DeBERTa-v3 were published: what they leave out has the defaults of `transformers`.
    @Test func aPublishedConfiguration() throws {
        let golden = try Golden("deberta-v3")
        let encoder = try encoder(DisentangledTests.published)
        #expect(try encoder.hiddenStates(of: golden.batch) == golden.encoder.hiddenStates(of: golden.batch))
        let sizes = encoder.configuration
        #expect(sizes.architecture == .debertaV2 && sizes.tokenTypes == 0 && sizes.layerNormEpsilon == 1e-7)
        #expect(
            sizes.dropout == DropoutProbabilities(hidden: 0.1, attention: 0.1, classifier: 0.1, pooler: 0))
        #expect(!encoder.hasPooler && sizes.maxPositions == 47)
    }

    /// What changes the numbers and is not done is refused by its key.
    @Test(arguments: [
        (#""conv_kernel_size": 3"#, "conv_kernel_size is 3, expected 0"),
        (#""pos_att_type": "p2c|p2p""#, "pos_att_type is p2p, expected c2p, p2c, both or none"),
        (#""pos_att_type": ["C2P"]"#, "pos_att_type is C2P"),
        (#""pos_att_type": 3"#, "'pos_att_type' is not of type"),
        (#""norm_rel_ebd": "batch_norm""#, "norm_rel_ebd is batch_norm, expected layer_norm or none"),
        (#""attention_head_size": 7"#, "attention_head_size is 7, expected 13"),
        (#""pooler_hidden_size": 7"#, "pooler_hidden_size is 7, expected 26"),
        (#""pooler_hidden_act": "swish""#, "pooler_hidden_act is swish"),
        (#""pooler_dropout": 1.5"#, "pooler_dropout is 1.5"),
        (#""embedding_size": 0"#, "embedding size is 0, expected 1 to"),
        (#""position_buckets": 1"#, "position_buckets is 1, expected"),
        (#""position_buckets": 9223372036854775807"#, "position_buckets is 9223372036854775807, expected"),
        (#""max_relative_positions": 6"#, "position_buckets is 10, expected"),
        (#""max_relative_positions": 9223372036854775807"#, "max_relative_positions is 9223372036854775807"),
        (#""position_buckets": 12"#, "2 * position_buckets 24;"),
        (#""position_biased_input": true"#, "'deberta.embeddings.position_embeddings.weight' is missing"),
        (#""share_att_key": false"#, "attention.self.pos_key_proj.weight' is missing"),
        (#""model_type": "deberta""#, "model_type is deberta, expected bert"),
    ]) func configurationsThatAreNotDone(change: String, message: String) throws {
        let key = change.prefix { $0 != ":" }
        var lines = DisentangledTests.published.split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        lines = lines.map { $0.hasPrefix("{\(key)") ? "{\(change)" : $0.hasPrefix(key) ? change : $0 }
        if !lines.contains(where: { $0.contains(change) }) { lines.insert(change, at: 1) }
        if !lines[lines.count - 1].hasSuffix("}") { lines[lines.count - 1] += "}" }
        let error = try #require(throws: EncoderError.self) { try encoder(lines.joined(separator: ", ")) }
        #expect("\(error)".contains(message), "\(error)")
        #expect("\(error)".contains("config.json"), "\(error)")
    }

    /// A checkpoint of the pretraining model: its heads are not read.
    @Test func aPretrainingModel() throws {
        let golden = try Golden("deberta-v3")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.copyItem(at: golden.folder, to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("model.safetensors")
        var tensors = try Safetensors(Array(Data(contentsOf: file)))
        for name in ["lm_predictions.lm_head.bias", "mask_predictions.dense.weight", "cls.predictions.bias"] {
            tensors.tensors[name] = .init(shape: [3], values: .float32([1, 2, 3]))
        }
        try Data(tensors.encoded()).write(to: file)
        #expect(
            try TokenEncoder(folder: folder).hiddenStates(of: golden.batch)
                == golden.encoder.hiddenStates(of: golden.batch))
    }
}
