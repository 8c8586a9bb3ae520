import Foundation
import Testing

/// `tokenize` and `embed`, on a tiny checkpoint with random weights.
@Suite struct EncoderCommandTests {
    private func program() throws -> Program {
        let program = try Program()
        try program.writeTinyEncoder(to: "model")
        return program
    }

    @Test func tokenizesLineByLine() throws {
        let outcome = try program().run("tokenize", "--model", "model", input: "A bb\n\nx [MASK]\n")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
            outcome.lines == [
                ###"{"ids":[2,5,6,7,3],"tokens":["[CLS]","a","b","##b","[SEP]"]}"###,
                #"{"ids":[2,3],"tokens":["[CLS]","[SEP]"]}"#,
                #"{"ids":[2,1,4,3],"tokens":["[CLS]","[UNK]","[MASK]","[SEP]"]}"#,
            ])
        let short = try program().run("tokenize", "--model", "model", "--max-length", "3", input: "a b c\n")
        #expect(short.lines == [#"{"ids":[2,5,3],"tokens":["[CLS]","a","[SEP]"]}"#])
    }

    @Test func embedsIntoANumPyFile() throws {
        let program = try program()
        let outcome = try program.run(
            "embed", "--model", "model", "--output", "x.npy", "--normalize", input: "a b\nc\na b\n")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let bytes = [UInt8](try Data(contentsOf: program.folder.appendingPathComponent("x.npy")))
        #expect(Array(bytes[..<8]) == [0x93] + Array("NUMPY".utf8) + [1, 0])
        let start = 10 + Int(bytes[8]) + Int(bytes[9]) << 8
        #expect(start.isMultiple(of: 64))
        let header = String(decoding: bytes[10..<start], as: UTF8.self)
        let width = (bytes.count - start) / 4 / 3
        #expect(header.contains("'shape': (3, \(width))") && header.contains("'<f4'"))
        let values = stride(from: start, to: bytes.count, by: 4).map { place in
            Float(
                bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) })
        }
        let rows = (0..<3).map { Array(values[$0 * width..<($0 + 1) * width]) }
        #expect(rows[0] == rows[2] && rows[0] != rows[1])
        for row in rows { #expect(abs(row.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5) }
    }

    /// Vectors and labels with weights in fewer bits; a contestant that is the same but for them stands beside it.
    @Test func weightsInFewerBits() throws {
        let program = try program()
        var vectors: [Data] = []
        for precision in ["f32", "bf16", "int8"] {
            let outcome = try program.run(
                "embed", "--model", "model", "--output", "x.npy", "--precision", precision, input: "a b\nc\n")
            #expect(outcome.status == 0, "\(outcome.errors)")
            vectors.append(try Data(contentsOf: program.folder.appendingPathComponent("x.npy")))
        }
        #expect(Set(vectors).count == 3 && Set(vectors.map(\.count)).count == 1)
        let unknown = try program.run(
            "embed", "--model", "model", "--output", "x.npy", "--precision", "int4", input: "a\n")
        #expect(unknown.status == 2 && unknown.errors.contains("int8"), "\(unknown.errors)")

        try program.write(
            """
            name: bits
            dataset: {recipe: front-desk-spam}
            contestants:
              - {id: f32, model: frozen-encoder, encoder: model}
              - {id: int8, model: frozen-encoder, encoder: model, precision: int8}
              - {id: terms, model: tfidf-logreg}
            """, to: "bits.yaml")
        let run = try program.run("run", "bits.yaml")
        #expect(run.status == 0, "\(run.errors)")
        #expect(try program.read("reports/bits/README.md").contains("frozen, int8, mean pooling"))
        let probabilities = try ["f32", "int8"].map { try program.read("reports/bits/predictions/\($0).csv") }
        #expect(probabilities[0] != probabilities[1])

        func label(_ model: String, _ options: String...) throws -> String {
            let outcome = try program.run(
                ["predict", "--model", "runs/bits/\(model)", "--format", "jsonl"] + options + ["a b c"])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return outcome.output
        }
        let own = try label("int8")
        #expect(try own == label("int8", "--precision", "int8"))
        #expect(try own != label("int8", "--precision", "f32"))
        #expect(try label("f32") == label("f32", "--precision", "f32"))
        let terms = try program.run("predict", "--model", "runs/bits/terms", "--precision", "int8", "a b c")
        #expect(terms.status == 2 && terms.errors.contains("no encoder"), "\(terms.errors)")
    }

    @Test func aFrozenEncoderIsAContestant() throws {
        let program = try program()
        try program.write(
            """
            name: frozen
            dataset: {recipe: front-desk-spam}
            contestants:
              - {id: exact, model: frozen-encoder, encoder: model, head: {class-weight: balanced}}
              - {id: cls, model: frozen-encoder, encoder: model, pooling: cls, normalize: true, max-length: 12}
              - id: trained
                model: frozen-encoder
                encoder: model
                head: {solver: adamw, epochs: 2, learning-rate: 0.01, batch-size: 16}
            """, to: "frozen.yaml")
        let first = try program.run("run", "frozen.yaml")
        #expect(first.status == 0, "\(first.errors)")
        #expect(program.exists("cache/bakeoff/features"))
        let predictions = try ["exact", "cls", "trained"].map {
            try program.read("reports/frozen/predictions/\($0).csv")
        }
        #expect(Set(predictions).count == 3)

        // From the kept features, on one thread, and from none: the same bytes.
        _ = try program.run("run", "frozen.yaml", "--force", "--threads", "1")
        #expect(try program.read("reports/frozen/predictions/exact.csv") == predictions[0])
        try FileManager.default.removeItem(
            at: program.folder.appendingPathComponent("cache/bakeoff/features"))
        _ = try program.run("run", "frozen.yaml", "--force")
        #expect(try program.read("reports/frozen/predictions/trained.csv") == predictions[2])

        let embed = try program.run(
            "embed", "--model", "runs/frozen/exact", "--output", "x.npy", input: "a\n")
        #expect(embed.status == 2 && embed.errors.contains("name that encoder: "), "\(embed.errors)")
        let label = try program.run("predict", "--model", "runs/frozen/exact", "--format", "jsonl", "a b c")
        #expect(label.status == 0, "\(label.errors)")
        #expect(label.output.hasPrefix("{\"predicted\":[\""))

        // Another encoder in the same place is noticed.
        try program.write(
            program.read("model/vocab.txt").replacingOccurrences(of: "[unused20]", with: "zz"),
            to: "model/vocab.txt")
        let changed = try program.run("predict", "--model", "runs/frozen/exact", "a b c")
        #expect(changed.status == 2)
        #expect(try program.run("run", "frozen.yaml").errors.contains("exact: fitting"))
    }

    /// A line of a plan is JSON whatever a path holds: what people would see as an escape stands as it is.
    @Test func aPlanTellsPathsAsTheyAre() throws {
        let program = try Program()
        try program.writeTinyEncoder(to: "a\u{2028}b")
        try program.write(
            #"{name: e, dataset: {recipe: front-desk}, contestants: [{model: frozen-encoder, encoder: "a\u2028b"}]}"#,
            to: "e.yaml")
        let outcome = try program.run("plan", "e.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let item = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        #expect(item?["encoder"] as? String == "a\u{2028}b")
    }

    @Test func aMissingEncoderIsNoticedBeforeAnythingIsWritten() throws {
        let program = try Program()
        try program.write(
            """
            name: frozen
            dataset: {recipe: front-desk-spam}
            contestants: [{id: a, model: dummy}, {id: b, model: frozen-encoder, encoder: all-MiniLM-L6-v2}]
            """, to: "frozen.yaml")
        let outcome = try program.run("run", "frozen.yaml", "--offline")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("bakeoff fetch all-MiniLM-L6-v2"))
        #expect(!program.exists("reports"))
    }

    @Test func refusesWhatIsNoModel() throws {
        let program = try program()
        let unknown = try program.run("embed", "--model", "nowhere", "--output", "x.npy", input: "a\n")
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("nowhere"))
        // More tokens than the model has embeddings.
        let tokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + (0..<99).map { "t\($0)" }
        try program.write(tokens.joined(separator: "\n") + "\n", to: "model/vocab.txt")
        let misfit = try program.run("embed", "--model", "model", "--output", "x.npy", input: "a\n")
        #expect(misfit.status == 2, "\(misfit.errors)")
        try program.write("not safetensors", to: "model/model.safetensors")
        let broken = try program.run("embed", "--model", "model", "--output", "x.npy", input: "a\n")
        #expect(broken.status == 2)
        #expect(!program.exists("x.npy"))
    }
}

/// Encoders of the Hugging Face hub, as Python has left them in its cache.
@Suite struct HubEncoderTests {
    private static let commit = String(repeating: "5a", count: 20)

    /// A program in whose cache of the hub there is `org/tiny`.
    private func program() throws -> Program {
        let program = try Program()
        let repository = "cache/huggingface/hub/models--org--tiny"
        try program.writeTinyEncoder(to: "\(repository)/snapshots/\(Self.commit)")
        try program.write(Self.commit, to: "\(repository)/refs/main")
        return program
    }

    @Test func aRunTakesThemAndTellsTheirCommit() throws {
        let program = try program()
        try program.write(
            """
            name: hub
            dataset: {recipe: front-desk-spam}
            contestants:
              - {id: frozen, model: frozen-encoder, encoder: org/tiny, max-length: 12}
              - {id: tuned, model: fine-tuned, encoder: org/tiny, max-length: 12, training: {epochs: 1}}
            """, to: "hub.yaml")
        let outcome = try program.run("run", "hub.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        let commit = "encoder org/tiny of the Hugging Face hub is that of commit \(Self.commit)"
        let report = try program.read("reports/hub/README.md")
        #expect(report.components(separatedBy: commit).count == 3, "\(report)")
        #expect(try program.read("reports/hub/results.json").contains(commit))
        // The model finds its encoder again, by the commit.
        let labelled = try program.run("predict", "--model", "runs/hub/frozen", "a b c")
        #expect(labelled.status == 0, "\(labelled.errors)")
        // A classifier of the hub predicts by its name as it does from its folder.
        let repository = program.folder.appendingPathComponent("cache/huggingface/hub/models--org--tuned")
        try program.write(Self.commit, to: "cache/huggingface/hub/models--org--tuned/refs/main")
        let snapshots = repository.appendingPathComponent("snapshots")
        try FileManager.default.createDirectory(at: snapshots, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: program.folder.appendingPathComponent("runs/hub/tuned"),
            to: snapshots.appendingPathComponent(Self.commit))
        let published = try program.run("predict", "--model", "org/tuned", "--offline", "a b c", "b")
        let own = try program.run("predict", "--model", "runs/hub/tuned", "a b c", "b")
        #expect(published.status == 0 && published.output == own.output, "\(published.errors)")
        #expect(
            published.errors.contains("org/tuned of the Hugging Face hub is that of commit \(Self.commit)"))
        let explained = try ["org/tuned", "runs/hub/tuned"].map {
            try program.run("explain", "--model", $0, "--format", "json", "a b c")
        }
        #expect(
            explained[0].status == 0 && explained[0].output == explained[1].output, "\(explained[0].errors)")
    }

    @Test func predictTellsPathsFromNames() throws {
        let program = try program()
        let bare = try program.run("predict", "--model", "org/tiny", "--offline", "a")
        #expect(
            bare.status == 2 && bare.errors.contains("models--org--tiny")
                && bare.errors.contains("not a fitted model"), "\(bare.errors)")
        let other = try program.run("predict", "--model", "org/other", "--offline", "a")
        #expect(
            other.status == 2 && other.errors.contains("nothing may be fetched"), "\(other.errors)")
        for command in [["explain"], ["evaluate", "--input", "none.csv"]] {
            let found = try program.run(command + ["--model", "org/other", "--offline"])
            #expect(found.status == 2 && found.errors.contains("nothing may be fetched"), "\(found.errors)")
        }
        // What would be in a folder that is here is a path.
        try program.write("x", to: "runs/x.txt")
        let path = try program.run("predict", "--model", "runs/typo", "a")
        #expect(
            path.status == 2 && path.errors.contains("runs/typo: not a fitted model: no such folder"),
            "\(path.errors)")
    }

    @Test func everyCommandWithAModelTakesThem() throws {
        let program = try program()
        let named = try program.run("tokenize", "--model", "org/tiny", input: "a b\n")
        #expect(named.lines == [#"{"ids":[2,5,6,3],"tokens":["[CLS]","a","b","[SEP]"]}"#], "\(named.errors)")
        let fixed = try program.run(
            "embed", "--model", "org/tiny@\(Self.commit)", "--output", "x.npy", input: "a\n")
        #expect(fixed.status == 0, "\(fixed.errors)")
    }

    @Test func whatIsNotInTheCacheIsNotFetchedOffline() throws {
        let program = try program()
        for name in ["org/other", "org/tiny@v2", "tiny"] {
            let outcome = try program.run("tokenize", "--model", name, "--offline", input: "a\n")
            #expect(outcome.status == 2 && outcome.output.isEmpty)
            #expect(
                outcome.errors.contains("no encoder '\(name)': there is no folder")
                    && outcome.errors.contains(
                        "it is not in the cache of the hub, and nothing may be fetched"),
                "\(outcome.errors)")
        }
        let fetched = try program.run("fetch", "org/other")
        #expect(
            fetched.status == 1 && fetched.errors.contains("cannot fetch 'org/other'"), "\(fetched.errors)")
    }
}
