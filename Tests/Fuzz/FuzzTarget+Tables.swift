import Bakeoff
import Foundation

extension FuzzTarget {
    /// Tables of every format, archives, and what `init` makes of them.
    static let tables: [FuzzTarget] =
        [
            table(
                "csv",
                "id,text,label,stars\n1,\"the room, \"\"quiet\"\" and clean\",good,3.5\n2,noisy,bad,1\n3,fine,good,4\n"
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
                name: "lists", labels: "{kind: multilabel, column: label, separator: \",\"}"),
            table(
                "csv", "text,joy,anger,group\nclean,1,0,a\nnoisy,0,1,b\nfine,1.0,false,a\n",
                name: "indicators",
                labels: "{kind: multilabel, columns: joy..anger}"),
            table(
                "csv", "text,label\nclean,4.5\nnoisy,-1\nfine,2e0\n", name: "bins",
                labels: "{column: label, bins: {edges: [0, 3], names: [bad, fair, good]}}"),
            gzip, archive, draft,
        ] + parquet

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

    @Sendable private static func load(_ folder: URL, _ random: Mutation) throws {
        let file = try ExperimentFile(contentsOf: folder.appendingPathComponent("e.yaml"))
        for task in file.tasks {
            let corpus = try task.dataset.load(cache: folder.appendingPathComponent("cache")).corpus
            if corpus.count < 200 { _ = CorpusProfile(corpus).text }
            // Few rows can be dealt; that none of them traps is what counts.
            _ = try? SplitPlan.usual.split(
                corpus.targets, labels: corpus.labelSpace, official: corpus.officialParts)
        }
    }

    private static let gzip = FuzzTarget(
        name: "compressed",
        prepare: { folder, runs in
            for name in ["data.csv.gz", "data.csv.bz2", "data.csv.xz", "data.csv.zst"]
            where FileManager.default.fileExists(atPath: runs.appendingPathComponent(name).path) {
                try copy(runs.appendingPathComponent(name).path, to: folder)
                try writeExperiment(in: folder, data: name)
                try FileManager.default.moveItem(
                    at: folder.appendingPathComponent("e.yaml"),
                    to: folder.appendingPathComponent("\(name).yaml"))
            }
        }, isChanged: { $0.hasPrefix("data.") && !$0.hasSuffix(".yaml") },
        run: { folder, random in
            var failure: (any Error)?
            for name in files(below: folder) where name.hasSuffix(".yaml") {
                do {
                    let file = try ExperimentFile(contentsOf: folder.appendingPathComponent(name))
                    for task in file.tasks {
                        _ = try task.dataset.load(cache: folder.appendingPathComponent("cache"))
                    }
                } catch { failure = error }
            }
            if let failure { throw failure }
        })

    private static let parquet = ["plain", "groups", "snappy-v2", "zstd-v1", "gzip-v1", "delta-v2", "pandas"]
        .map { name in
            FuzzTarget(
                name: "parquet-\(name)",
                prepare: { folder, _ in
                    try copy("Tests/Oracles/Corpora/parquet/\(name).parquet", to: folder, as: "data.parquet")
                    try writeExperiment(in: folder, data: "data.parquet", labels: "{column: sentiment}")
                }, isChanged: { $0.hasPrefix("data.") },
                run: { folder, _ in
                    let file = try ExperimentFile(contentsOf: folder.appendingPathComponent("e.yaml"))
                    for task in file.tasks {
                        _ = try task.dataset.load(cache: folder.appendingPathComponent("cache"))
                    }
                })
        }

    private static let archive = FuzzTarget(
        name: "archive",
        prepare: { folder, runs in
            for name in ["a.tar.gz", "a.zip"] { try copy(runs.appendingPathComponent(name).path, to: folder) }
        },
        run: { folder, _ in
            for name in ["a.tar.gz", "a.zip"] {
                let place = folder.appendingPathComponent("unpacked")
                try? FileManager.default.removeItem(at: place)
                var limits = Archive.Limits()
                limits.bytes = 1 << 24
                try Archive(folder.appendingPathComponent(name), limits: limits).unpack(to: place)
            }
        })

    /// What `init` writes for a table must be an experiment whose data can be loaded.
    private static let draft = FuzzTarget(
        name: "draft",
        prepare: { folder, _ in
            let texts = (0..<24).map { "the room \($0 % 5) was \($0 % 2 == 0 ? "good" : "bad") on day \($0)" }
            try write(
                "id;text;label;note\n"
                    + texts.enumerated().map { "\($0);\($1);\($0 % 3 == 0 ? "yes" : "no");n\($0)\n" }.joined(),
                to: folder, "a.csv")
            try write(
                texts.enumerated().map {
                    "{\"n\": \($0), \"body\": \"\($1)\", \"tags\": [\($0 % 2 == 0 ? "\"x\"" : "\"x\", \"y\"")]}\n"
                }.joined(), to: folder, "b.jsonl")
            try write(
                "sentence\tstars\n" + texts.enumerated().map { "\($1)\t\($0 % 4)\n" }.joined(), to: folder,
                "c.tsv")
        }, isChanged: { !$0.hasSuffix(".yaml") },
        run: { folder, _ in
            var failure: (any Error)?
            for name in ["a.csv", "b.jsonl", "c.tsv"] {
                let draft: ExperimentDraft
                do { draft = try ExperimentDraft(of: name, folder: folder) } catch {
                    failure = error
                    continue
                }
                do {
                    try write(draft.yaml, to: folder, "draft.yaml")
                    let file = try ExperimentFile(contentsOf: folder.appendingPathComponent("draft.yaml"))
                    for task in file.tasks {
                        _ = try task.dataset.load(cache: folder.appendingPathComponent("cache"))
                    }
                } catch { throw Finding(.cut, "init wrote for \(name) what does not load: \(error)") }
            }
            if let failure { throw failure }
        })
}
