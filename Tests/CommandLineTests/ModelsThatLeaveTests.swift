import Foundation
import Testing

/// Models as a run leaves them, for us and for `transformers`.
@Suite struct ModelsThatLeaveTests {
    private static let head = """
        name: leave
        dataset:
          files: {train: train.csv, validation: val.csv, test: test.csv}
          columns: {text: text}
          labels: {column: label, kind: multiclass, names: [x, y, z]}
        split: official
        contestants:

        """

    private func program(_ contestants: String) throws -> Program {
        let program = try Program()
        try program.writeTinyEncoder(to: "model")
        let rows = ["a a b,x", "b b a,y", "c c a,z", "a a c,x", "b b c,y", "c c b,z", "a b b,y", "c a a,x"]
        let table = "text,label\n" + rows.joined(separator: "\n") + "\n"
        try program.write(table, to: "train.csv")
        try program.write("text,label\na b c,x\nb c a,y\nc a b,z\n", to: "test.csv")
        try program.write("text,label\na a,x\nb b a,y\nc b c,z\n", to: "val.csv")
        try program.write(ModelsThatLeaveTests.head + contestants, to: "leave.yaml")
        return program
    }

    @Test func aHeadWithoutPoolerIsNoArchitectureOfTransformers() throws {
        let program = try program(
            """
              - {id: mean, model: fine-tuned, encoder: model, pooling: mean, max-length: 1024, training: {epochs: 2}}
              - {id: cls, model: fine-tuned, encoder: model, pooling: cls, max-length: 9, training: {epochs: 2}}
              - {id: pooler, model: fine-tuned, encoder: model, training: {epochs: 2}}

            """)
        let outcome = try program.run("run", "leave.yaml")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let report = try program.read("reports/leave/README.md")
        #expect(report.contains("at most 67 tokens") && !report.contains("1024 tokens"))
        #expect(
            report.contains("at most 9 tokens")
                && outcome.errors.contains("max-length is 1024, but the encoder has 67"))
        for (id, limit) in [("mean", 67), ("cls", 9), ("pooler", 67)] {
            let config = try object(program.read("runs/leave/\(id)/config.json"))
            let tokenizer = try object(program.read("runs/leave/\(id)/tokenizer_config.json"))
            #expect(tokenizer["model_max_length"] as? Int == limit)
            let isPlain = id == "pooler"
            #expect(config["model_type"] as? String == (isPlain ? "bert" : "bakeoff-bert"))
            #expect((config["bakeoff"] == nil) == isPlain && (config["auto_map"] == nil) == isPlain)
            #expect((config["hidden_act"] as? String == "gelu") == isPlain)
            #expect((config["tokenizer_class"] == nil) == isPlain)
            #expect(program.exists("runs/leave/\(id)/modeling_bakeoff.py") == !isPlain)
            let card = try program.read("runs/leave/\(id)/README.md")
            #expect(card.contains("AutoModelForSequenceClassification.from_pretrained"))
            #expect(card.contains("trust_remote_code=True") == !isPlain)
            #expect(card.contains("The head reads the first token's vector") == (id == "cls"))
            let weights = try String(
                decoding: program.data("runs/leave/\(id)/model.safetensors"), as: UTF8.self)
            #expect(weights.contains("bert.pooler.dense.weight") == isPlain)

            // What was scored is what is read back, with our record beside it and without.
            let stored = try program.read("reports/leave/predictions/\(id).csv").split(separator: "\n")
                .dropFirst()
            let arguments = [
                "predict", "--model", "runs/leave/\(id)", "--format", "csv", "--input", "test.csv",
            ]
            let predicted = try program.run(arguments)
            let found = predicted.lines.dropFirst().map {
                $0.split(separator: ",").dropFirst().compactMap { Double($0) }
            }
            let expected = stored.map { $0.split(separator: ",").dropFirst(3).compactMap { Double($0) } }
            #expect(found.count == 3 && expected.count == 3, "\(predicted.errors)")
            for (a, b) in zip(found.flatMap { $0 }, expected.flatMap { $0 }) { #expect(abs(a - b) < 1e-5) }
            try program.remove("runs/leave/\(id)/contestant.json")
            #expect(try program.run(arguments).output == predicted.output)
        }
    }

    /// Whichever byte of the encoder's weights changed, the head on it is another model's.
    @Test func aChangedEncoderIsRefused() throws {
        let program = try program("  - {id: fz, model: frozen-encoder, encoder: model}\n")
        #expect(try program.run("run", "leave.yaml").status == 0)
        let arguments = ["predict", "--model", "runs/leave/fz", "a b c"]
        let before = try program.run(arguments)
        #expect(before.status == 0, "\(before.errors)")
        let weights = try program.data("model/model.safetensors")
        for place in [weights.count - 3, weights.count / 2, weights.count - 9000] {
            var changed = weights
            changed[place] ^= 1
            try program.write(changed, to: "model/model.safetensors")
            let outcome = try program.run(arguments)
            #expect(
                outcome.status == 2 && outcome.errors.contains("is not the one it was fitted on"),
                "\(outcome.errors)")
        }
        try program.write(weights, to: "model/model.safetensors")
        #expect(try program.run(arguments).output == before.output)
    }

    @Test(arguments: [
        (
            "{id: t, model: fine-tuned, encoder: model, training: {gradient-accumulation: 1000000000000000000}}",
            "at most 1000000000"
        ),
        (
            "{id: t, model: fine-tuned, encoder: model, training: {batch-size: 9223372036854775807}}",
            "at most 1000000000"
        ),
        (
            "{id: t, model: fine-tuned, encoder: model, training: {epochs: 9223372036854775807}}",
            "at most 1000000000"
        ),
        (
            "{id: t, model: frozen-encoder, encoder: model, head: {solver: adamw, learning-rate: 1e30, epochs: 99}}",
            "diverged"
        ),
        ("{id: t, model: frozen-encoder, encoder: nobody-base}", "no encoder 'nobody-base'"),
        ("{id: t, model: frozen-encoder, encoder: broken}", "hidden_dropout_prob is 1.5"),
        ("{id: t, model: fine-tuned, encoder: other}", "model_type is bart"),
    ])
    func numbersAndNamesOutOfRange(contestant: String, words: String) throws {
        let program = try program("  - {id: m, model: dummy}\n  - \(contestant)\n")
        for (name, key, value) in [
            ("broken", "hidden_dropout_prob", 1.5 as Any), ("other", "model_type", "bart" as Any),
        ] {
            try program.writeTinyEncoder(to: name)
            var keys = try object(program.read("\(name)/config.json"))
            keys[key] = value
            try program.write(JSONSerialization.data(withJSONObject: keys), to: "\(name)/config.json")
        }
        let outcome = try program.run("run", "leave.yaml")
        #expect(outcome.status != 0 && outcome.errors.contains(words), "\(outcome.errors)")
        // Of two contestants, the one that it happened to.
        let isSetting = words.hasPrefix("at most") || words.hasPrefix("no encoder")
        #expect(outcome.errors.contains("contestant 't': ") != isSetting, "\(outcome.errors)")
        // All but the divergence is told before anything is fitted.
        #expect(outcome.errors.contains("m: fitting") == (words == "diverged"), "\(outcome.errors)")
    }

    /// A head on the transformer leaves out what follows the pooling, and says so; a frozen encoder computes with it.
    @Test func denseLayersThatFineTuningLeavesOutAreTold() throws {
        let program = try program(
            """
              - {id: tuned, model: fine-tuned, encoder: model, pooling: mean, max-length: 9, training: {epochs: 1}}

            """)
        func told() throws -> Bool {
            let outcome = try program.run("run", "leave.yaml", "--force")
            try #require(outcome.status == 0, "\(outcome.errors)")
            return outcome.errors.contains(
                "a dense layer after its pooling (2_Dense), which fine-tuning leaves out")
                && outcome.errors.contains("the head reads the mean of all tokens' vectors")
        }
        func modules(_ names: [(path: String, type: String)]) throws {
            let list = names.map {
                #"{"path": "\#($0.path)", "type": "sentence_transformers.models.\#($0.type)"}"#
            }
            try program.write("[\(list.joined(separator: ", "))]", to: "model/modules.json")
        }
        #expect(try !told())
        try program.write(#"{"pooling_mode": "mean"}"#, to: "model/1_Pooling/config.json")
        try program.write(
            #"{"in_features": 35, "out_features": 11, "bias": true, "activation_function": "torch.nn.modules.activation.Tanh"}"#,
            to: "model/2_Dense/config.json")
        try modules([("", "Transformer"), ("1_Pooling", "Pooling"), ("3_Normalize", "Normalize")])
        #expect(try !told())
        try modules([("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Dense", "Dense")])
        #expect(try told())
    }
}
