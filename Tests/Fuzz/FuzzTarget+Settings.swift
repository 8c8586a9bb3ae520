import Bakeoff
import Foundation

extension FuzzTarget {
    /// Files that people write: experiments, recipes, lexicons, files to score; and whole runs by such settings.
    static let settings = [experiment, recipe, card, lexicon, scores, fits, checkpoint]

    private static let experiment = FuzzTarget(
        name: "experiment",
        prepare: { folder, _ in
            for file in try FileManager.default.contentsOfDirectory(
                atPath: repository.appendingPathComponent("experiments").path)
            {
                try copy("experiments/\(file)", to: folder)
            }
        },
        run: { folder, _ in
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
        run: { folder, _ in
            for recipe in try RecipeBook(folders: [folder]).all() {
                if recipe.kind == .dataset { _ = try DatasetReference(recipe: recipe) }
                _ = recipe.presence(cache: folder)
            }
        })

    /// The README of a dataset on the hub.
    private static let card = FuzzTarget(
        name: "card",
        prepare: { folder, _ in
            try write(
                """
                ---
                dataset_info:
                - config_name: a
                  features:
                  - {name: text, dtype: string}
                  - name: label
                    dtype: {class_label: {names: {'0': ham, '1': spam}}}
                  splits: [{name: train}, {name: test}]
                configs:
                - config_name: a
                  data_files:
                  - {split: train, path: "data/[a-t]*/*-[0-9][0-9]*.csv"}
                  - {split: test, path: [test?.csv, "**/x/**"]}
                - {config_name: b, data_dir: raw, sep: ";", default: true}
                ---

                """, to: folder, "README.md")
        },
        run: { folder, _ in
            let bytes = try Data(contentsOf: folder.appendingPathComponent("README.md"))
            let card = try DatasetCard(readme: String(decoding: bytes, as: UTF8.self), file: "README.md")
            let paths = ["README.md", "data/train/x-01.csv", "test1.csv", "raw/train.csv", "raw/x/dev.csv"]
            guard let name = HubName("org/name", kind: .dataset) else { return }
            for configuration in [nil, "a", "b"] {
                let selection = try HubDatasetSelection(
                    paths, card: card, of: name, configuration: configuration)
                if !selection.splits.allSatisfy({ Set($0.paths).isSubset(of: paths) }) {
                    throw Finding(.cut, "paths \(selection.splits)")
                }
            }
        })

    private static let lexicon = FuzzTarget(
        name: "lexicon",
        prepare: { folder, _ in try write("good\t1.9\nbad\t-2.5\t0.8\t[1, 2]\n:)\t2.0\n", to: folder, "l.txt")
        },
        run: { folder, _ in
            let vader = Vader(
                variant: .upstream,
                lexicon: try VaderLexicon(contentsOf: folder.appendingPathComponent("l.txt")))
            for polarity in vader.polarities(of: ["very GOOD!!! :)", ""]) {
                let numbers = [polarity.neg, polarity.neu, polarity.pos, polarity.compound]
                if !numbers.allSatisfy(\.isFinite) { throw Finding(.cut, "polarities \(numbers)") }
            }
        })

    private static let scores = FuzzTarget(
        name: "scores",
        prepare: { folder, _ in
            try write("id,gold\n1,a\n2,b\n3,a\n", to: folder, "t.csv")
            try write("id,predicted,p_a,p_b\n3,a,0.9,0.1\n1,a,0.6,0.4\n2,a,0.5,0.5\n", to: folder, "p.csv")
            try write("{\"gold\": [\"a\"]}\n{\"gold\": []}\n", to: folder, "t.jsonl")
            try write("a\n\n", to: folder, "p.txt")
        },
        run: { folder, _ in
            var failure: (any Error)?
            for (truth, predictions) in [("t.csv", "p.csv"), ("t.jsonl", "p.txt")] {
                do {
                    _ = try scorePredictions(
                        truth: folder.appendingPathComponent(truth).path,
                        predictions: folder.appendingPathComponent(predictions).path, kind: nil, labels: nil)
                } catch { failure = error }
            }
            if let failure { throw failure }
        })

    /// A whole run on rows that are good, by settings of which most are allowed and many are at an edge.
    private static let fits = FuzzTarget(
        name: "fits",
        prepare: { folder, runs in
            try copy(runs.appendingPathComponent("encoder").path, to: folder)
            try DrawnExperiment.writeData(to: folder)
        },
        draw: { folder, random in
            try write(DrawnExperiment.yaml(&random), to: folder, "e.yaml")
        },
        run: { folder, _ in
            defer { try? FileManager.default.removeItem(at: folder.appendingPathComponent("out")) }
            _ = try fit("e.yaml", in: folder)
            let layout = RunLayout(folder.appendingPathComponent("out/o"))
            let results = try ExperimentResults(contentsOf: layout)
            _ = try RenderedReport(results, in: layout)
            do { try verifyResults(results, in: layout) } catch {
                throw Finding(.cut, "not verified: \(error)")
            }
            for contestant in results.tasks.flatMap(\.contestants) {
                let model = try SavedModel(folder: folder.appendingPathComponent("out/m/\(contestant.id)"))
                _ = try model.predict(["the room was good", ""])
            }
        })

    static func fit(
        _ experiment: String, in folder: URL, stopAfter count: Int = .max
    ) throws -> ExperimentResults {
        let place = folder.appendingPathComponent("out")
        var options = RunOptions(
            output: place.appendingPathComponent("o"), models: place.appendingPathComponent("m"),
            command: "fuzz",
            machine: .init(cpu: "", cores: 1, memoryBytes: 0, system: "", swift: "", blas: ""))
        options.cache = place
        let asked = Counter()
        options.shouldStop = { asked.next() > count }
        let file = try ExperimentFile(contentsOf: folder.appendingPathComponent(experiment))
        return try ExperimentRun(file: file, options: options).run { _ in }
    }

    /// A training that was stopped and whose checkpoint is changed: it is refused, begun anew, or goes on to what it
    /// would have given.
    private static let checkpoint = FuzzTarget(
        name: "checkpoint",
        prepare: { folder, runs in
            try copy(runs.appendingPathComponent("encoder").path, to: folder)
            try DrawnExperiment.writeData(to: folder)
            try write(
                """
                name: fuzz
                seed: 3
                dataset: {file: data.csv, columns: {text: text}, labels: {column: label}}
                split: {train: 0.6, validation: 0.2, test: 0.2, seed: 1}
                contestants:
                  - {id: ft, model: fine-tuned, encoder: encoder, max-length: 8, training: {epochs: 3, batch-size: 4, learning-rate: 0.001, evaluate-every: 3, log-every: 1}}
                report: {analysis: false}

                """, to: folder, "e.yaml")
            let out = folder.appendingPathComponent("out")
            _ = try fit("e.yaml", in: folder)
            try FileManager.default.moveItem(at: out, to: folder.appendingPathComponent("undisturbed"))
            do {
                _ = try fit("e.yaml", in: folder, stopAfter: 12)
            } catch is RunStopped {}
            try FileManager.default.moveItem(at: out, to: folder.appendingPathComponent("stopped"))
        }, isChanged: { $0.hasPrefix("stopped/m/ft/work/") },
        run: { folder, _ in
            let out = folder.appendingPathComponent("out")
            try? FileManager.default.removeItem(at: out)
            defer { try? FileManager.default.removeItem(at: out) }
            try FileManager.default.copyItem(at: folder.appendingPathComponent("stopped"), to: out)
            _ = try fit("e.yaml", in: folder)
            for path in ["o/predictions/ft.csv", "m/ft/model.safetensors"] {
                let undisturbed = try Data(contentsOf: folder.appendingPathComponent("undisturbed/\(path)"))
                if try Data(contentsOf: out.appendingPathComponent(path)) != undisturbed {
                    throw Finding(.cut, "went on from a changed checkpoint to another \(path)")
                }
            }
        })
}
