import Bakeoff
import Foundation

extension FuzzTarget {
    static let all: [FuzzTarget] =
        [
            table(
                "csv",
                #"id,text,label,stars\#n1,"the room, ""quiet"" and clean",good,3.5\#n2,noisy,bad,1\#n3,fine,good,4\#n"#
            ),
            table("tsv", "id\ttext\tlabel\n1\tthe room was clean\tgood\n2\tnoisy\tbad\n"),
            table(
                "jsonl",
                #"{"id": 1, "text": "clean \u00e9 \ud83d\ude42", "label": "good", "more": {"a": [1, 2.5e3, null]}}"#
                    + "\n"
                    + #"{"id": 2, "text": "noisy", "label": "bad", "more": null}"# + "\n"),
            table(
                "json",
                #"[{"id": 1, "text": "clean", "label": ["good"]}, {"id": 2, "text": "noisy", "label": ["bad"]}]"#
            ),
            table(
                "csv", "text,label\nclean,\"['joy', 'love']\"\nnoisy,[]\nfine,\"[\"\"joy\"\"]\"\n",
                name: "lists",
                labels: "{kind: multilabel, column: label, separator: \",\"}"),
            gzip, archive, experiment, recipe, tokenizer, encoder, lexicon, scores, server, fits, report,
        ] + parquet + models

    /// An experiment that reads `data.<ending>` and fits a dummy would do the same; here its dataset alone is loaded.
    private static func table(
        _ ending: String, _ text: String, name: String? = nil, labels: String = "{column: label}"
    ) -> FuzzTarget {
        FuzzTarget(
            name: name ?? ending,
            prepare: { folder, _ in
                try write(text, to: folder, "data.\(ending)")
                try writeExperiment(in: folder, data: "data.\(ending)", labels: labels)
            }, isChanged: { $0.hasPrefix("data.") }, run: load)
    }

    private static func writeExperiment(in folder: URL, data: String, labels: String = "{column: label}")
        throws
    {
        try write(
            """
            name: fuzz
            dataset: {file: \(data), columns: {text: text}, labels: \(labels)}
            split: {train: 0.6, validation: 0.2, test: 0.2, seed: 1}
            contestants: [{id: m, model: dummy}]

            """, to: folder, "e.yaml")
    }

    @Sendable private static func load(_ folder: URL) throws {
        let file = try ExperimentFile(contentsOf: folder.appendingPathComponent("e.yaml"))
        for task in file.tasks {
            let corpus = try task.dataset.load(cache: folder.appendingPathComponent("cache")).corpus
            if corpus.count < 200 { _ = CorpusProfile(corpus).text }
        }
    }

    private static let gzip = FuzzTarget(
        name: "gzip",
        prepare: { folder, runs in
            try copy(runs.appendingPathComponent("data.csv.gz").path, to: folder)
            try writeExperiment(in: folder, data: "data.csv.gz")
        }, isChanged: { $0.hasPrefix("data.") }, run: load)

    private static let parquet = ["plain", "groups", "snappy-v2", "zstd-v1", "gzip-v1", "delta-v2", "pandas"]
        .map { name in
            FuzzTarget(
                name: "parquet-\(name)",
                prepare: { folder, _ in
                    try copy("Tests/Oracles/Corpora/parquet/\(name).parquet", to: folder, as: "data.parquet")
                    try writeExperiment(in: folder, data: "data.parquet", labels: "{column: sentiment}")
                }, isChanged: { $0.hasPrefix("data.") }, run: load)
        }

    private static let archive = FuzzTarget(
        name: "archive",
        prepare: { folder, runs in
            for name in ["a.tar.gz", "a.zip"] { try copy(runs.appendingPathComponent(name).path, to: folder) }
        },
        run: { folder in
            for name in ["a.tar.gz", "a.zip"] {
                let place = folder.appendingPathComponent("unpacked")
                try? FileManager.default.removeItem(at: place)
                var limits = Archive.Limits()
                limits.bytes = 1 << 24
                try Archive(folder.appendingPathComponent(name), limits: limits).unpack(to: place)
            }
        })

    private static let experiment = FuzzTarget(
        name: "experiment",
        prepare: { folder, _ in
            for file in try FileManager.default.contentsOfDirectory(
                atPath: repository.appendingPathComponent("experiments").path)
            {
                try copy("experiments/\(file)", to: folder)
            }
        },
        run: { folder in
            for file in try FileManager.default.contentsOfDirectory(atPath: folder.path)
            where file.hasSuffix(".yaml") {
                _ = try ExperimentFile(contentsOf: folder.appendingPathComponent(file))
            }
        })

    private static let recipe = FuzzTarget(
        name: "recipe",
        prepare: { folder, _ in
            for name in [
                "goemotions", "emotion", "semeval-2018-ec", "all-MiniLM-L6-v2", "front-desk", "gte-base",
            ] {
                try copy("datasets/\(name).yaml", to: folder)
            }
        },
        run: { folder in
            for recipe in try RecipeBook(folders: [folder]).all() {
                if recipe.kind == .dataset { _ = try DatasetReference(recipe: recipe) }
                _ = recipe.presence(cache: folder)
            }
        })

    private static let tokenizer = FuzzTarget(
        name: "tokenizer",
        prepare: { folder, runs in try copy(runs.appendingPathComponent("encoder").path, to: folder, as: "e")
        },
        isChanged: { !$0.hasSuffix(".safetensors") && !$0.hasSuffix("/config.json") },
        run: { folder in
            let encoder = try TextEncoder(EncoderFolder(named: "e", relativeTo: folder))
            for text in ["a b c", "", "\u{1F642} abc\0 \u{E9}"] {
                _ = encoder.tokenizer.encode([text], maxLength: 7)
            }
        })

    private static let encoder = FuzzTarget(
        name: "encoder",
        prepare: { folder, runs in try copy(runs.appendingPathComponent("encoder").path, to: folder, as: "e")
        },
        isChanged: { $0.hasSuffix(".safetensors") || $0.hasSuffix("/config.json") },
        run: { folder in
            let encoder = try TextEncoder(EncoderFolder(named: "e", relativeTo: folder))
            _ = try encoder.embed(["a b c", ""], encoder.view(pooling: .mean, normalize: true))
        })

    private static let lexicon = FuzzTarget(
        name: "lexicon",
        prepare: { folder, _ in try write("good\t1.9\nbad\t-2.5\t0.8\t[1, 2]\n:)\t2.0\n", to: folder, "l.txt")
        },
        run: { folder in
            let vader = Vader(
                variant: .upstream,
                lexicon: try VaderLexicon(contentsOf: folder.appendingPathComponent("l.txt")))
            _ = vader.polarities(of: ["very GOOD!!! :)", ""])
        })

    private static let scores = FuzzTarget(
        name: "scores",
        prepare: { folder, _ in
            try write("id,gold\n1,a\n2,b\n3,a\n", to: folder, "t.csv")
            try write("id,predicted,p_a,p_b\n3,a,0.9,0.1\n1,a,0.6,0.4\n2,a,0.5,0.5\n", to: folder, "p.csv")
            try write("{\"gold\": [\"a\"]}\n{\"gold\": []}\n", to: folder, "t.jsonl")
            try write("a\n\n", to: folder, "p.txt")
        },
        run: { folder in
            for (truth, predictions) in [("t.csv", "p.csv"), ("t.jsonl", "p.txt")] {
                _ = try scorePredictions(
                    truth: folder.appendingPathComponent(truth).path,
                    predictions: folder.appendingPathComponent(predictions).path, kind: nil, labels: nil)
            }
        })

    /// A whole run on rows that are good, with settings that are not.
    private static let fits = FuzzTarget(
        name: "fits",
        prepare: { folder, runs in
            let rows = (0..<40).map {
                "\($0),the room \($0 % 7) was \($0 % 2 == 0 ? "good" : "bad"),\($0 % 2)\n"
            }
            try write("id,text,label\n" + rows.joined(), to: folder, "data.csv")
            try copy(runs.appendingPathComponent("encoder").path, to: folder)
            try write(
                """
                name: fuzz
                seed: 3
                dataset: {file: data.csv, columns: {text: text}, labels: {column: label}}
                split: {train: 0.6, validation: 0.2, test: 0.2, seed: 1}
                contestants:
                  - {id: lr, model: tfidf-logreg, tfidf: {ngram-range: [1, 2], max-features: 50, min-df: 1, max-df: 0.9}, logistic: {C: 1.0, tol: 0.0001, max-iter: 50}}
                  - {id: svm, model: linear-svm, svm: {C: 1.0, intercept-scaling: 1.0, tol: 0.001, max-iter: 50}}
                  - {id: nb, model: naive-bayes, naive-bayes: {alpha: 1.0}}
                  - {id: fr, model: frozen-encoder, encoder: encoder, max-length: 8, head: {C: 1.0, max-iter: 20}}
                thresholds: {tune: global, min-support: 2}

                """, to: folder, "e.yaml")
        }, isChanged: { $0 == "e.yaml" },
        run: { folder in
            let place = folder.appendingPathComponent("out")
            defer { try? FileManager.default.removeItem(at: place) }
            var options = RunOptions(
                output: place.appendingPathComponent("o"), models: place.appendingPathComponent("m"),
                command: "fuzz",
                machine: .init(cpu: "", cores: 1, memoryBytes: 0, system: "", swift: "", blas: ""))
            options.cache = place
            let file = try ExperimentFile(contentsOf: folder.appendingPathComponent("e.yaml"))
            let results = try ExperimentRun(file: file, options: options).run { _ in }
            _ = try RenderedReport(results, in: RunLayout(options.output))
        })

    /// What a run left, changed, and then reported on and compared.
    private static let report = FuzzTarget(
        name: "report",
        prepare: { folder, runs in
            for name in ["o", "multilabel", "tasks"] {
                try copy(runs.appendingPathComponent("reports/\(name)").path, to: folder, as: name)
            }
        },
        isChanged: { path in
            ["json", "csv", "jsonl"].contains((path as NSString).pathExtension) && !path.contains("/tables/")
        },
        run: { folder in
            var problem: (any Error)?
            var compared: [ComparedRun] = []
            for name in ["o", "multilabel", "tasks"] {
                let place = RunLayout(folder.appendingPathComponent(name))
                do {
                    let results = try ExperimentResults(contentsOf: place)
                    let report = try RenderedReport(results, in: place)
                    compared += ComparedRun.each(of: results, named: name, in: place)
                    try verifyResults(results, in: place)
                    try report.verify()
                } catch { problem = error }
            }
            _ = try comparisonText(compared + compared)
            if let problem { throw problem }
        })

    /// One for each contestant of the runs.
    private static let models = ["lr", "svm", "nb", "vader", "majority", "frozen", "fine"].map { id in
        FuzzTarget(
            name: "model-\(id)",
            prepare: { folder, runs in
                try copy(runs.appendingPathComponent("models/o/\(id)").path, to: folder, as: "m")
            },
            run: { folder in
                let model = try SavedModel(folder: folder.appendingPathComponent("m"))
                _ = try model.predict(["the room was good", "", "a b"])
                _ = try? model.explanation(of: "the room was good")
            })
    }
}
