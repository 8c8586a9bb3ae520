import Foundation
import Recipes
import TestSupport
import Testing

/// Which files of a repository are which split, against what `datasets` finds (Tests/Oracles/Recipes/make_hub_splits.py).
@Suite struct HubSplitsTests {
    private struct Repository: Decodable {
        let paths: [String]
        let patterns: [String: [String]]?
        /// As `datasets` lists them; a file that two patterns match stands twice. Nil where it refuses the whole, because one
        /// pattern of several matches nothing or a split's name has a hyphen, which is no reason to refuse here.
        let splits: [String: [String]]?
    }

    private static func repositories(_ file: URL) throws -> [Repository] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Repository.self, from: Data($0.utf8))
        }
    }

    /// Each file once, which is on purpose: `datasets` would read the rows of such a file again.
    private static func once(_ paths: [String]) -> [String] {
        var seen: Set<String> = []
        return paths.filter { seen.insert($0).inserted }
    }

    private static func found(_ repository: Repository) throws -> [String: [String]] {
        let data = repository.paths.filter { $0.hasSuffix(".csv") }
        guard let patterns = repository.patterns else {
            return Dictionary(
                uniqueKeysWithValues: HubSplitPatterns.splits(of: data, in: "").map { ($0.name, $0.paths) })
        }
        // JSON is YAML.
        let list = try patterns.map { name, patterns in
            let texts = try JSONEncoder().encode(patterns)
            return #"{split: \#(name), path: \#(String(decoding: texts, as: UTF8.self))}"#
        }
        let card = try DatasetCard(
            readme: "---\nconfigs: [{config_name: c, data_files: [\(list.joined(separator: ", "))]}]\n---\n",
            file: "README.md")
        let name = try #require(HubName("org/name", kind: .dataset))
        guard
            let selection = try? HubDatasetSelection(
                repository.paths, card: card, of: name, configuration: nil)
        else { return [:] }
        return Dictionary(uniqueKeysWithValues: selection.splits.map { ($0.name, $0.paths) })
    }

    @Test func filesOfSplitsAreThoseOfDatasets() throws {
        let repositories = try Self.repositories(oracle("Recipes/hub-splits.jsonl"))
        #expect(repositories.count { $0.splits != nil } >= 100)
        for repository in repositories {
            guard let splits = repository.splits else { continue }
            let expected = splits.mapValues(Self.once).filter { !$0.value.isEmpty }
            #expect(try Self.found(repository) == expected, "\(repository)")
        }
    }

    @Test func aFileThatTwoPatternsMatchIsReadOnce() throws {
        let found = HubSplitPatterns.splits(of: ["dev-dev.csv"], in: "")
        #expect(found.map(\.name) == ["validation"] && found.map(\.paths) == [["dev-dev.csv"]])
    }

    @Test func shardsAreCounted() {
        let two = (0..<2).map { "data/train-0000\($0)-of-00002.parquet" }
        #expect(HubShards.areComplete(two + ["a.csv", "data/test-00000-of-00001-7f1c.parquet"]))
        #expect(!HubShards.areComplete([two[1]]))
        #expect(!HubShards.areComplete(two + ["data/test-00000-of-00003.parquet"]))
        #expect(HubShards.areComplete([]))
    }

    // MARK: Configurations

    private func selection(
        _ paths: [String], _ yaml: String = "", configuration: String? = nil, revision: String? = nil
    ) throws -> HubDatasetSelection {
        let name = try #require(HubName("org/name" + (revision.map { "@\($0)" } ?? ""), kind: .dataset))
        return try HubDatasetSelection(
            paths, card: DatasetCard(readme: "---\n\(yaml)\n---\n# Words\n", file: "README.md"), of: name,
            configuration: configuration)
    }

    private static let configurations = """
        configs:
        - {config_name: a, data_files: "a/*.csv"}
        - {config_name: b, data_dir: b}
        - {config_name: c, data_files: [{split: dev, path: [b/test.csv]}, {split: train, path: none/*}]}
        - {config_name: d, data_files: none.csv}
        - {config_name: e, data_dir: a, skiprows: 2}
        - {config_name: f, data_dir: a, sep: ";", licence: odd}
        """
    private static let paths = ["README.md", "a/x.csv", "b/train.csv", "b/test.csv", "b/notes.md"]

    @Test func aConfigurationHasTheFilesThatTheReadmeSays() throws {
        func splits(_ name: String?) throws -> [String: [String]] {
            let all = try selection(Self.paths, Self.configurations, configuration: name)
            return Dictionary(uniqueKeysWithValues: all.splits.map { ($0.name, $0.paths) })
        }
        #expect(try splits("a") == ["train": ["a/x.csv"]])
        #expect(try splits("b") == ["train": ["b/train.csv"], "test": ["b/test.csv"]])
        // A split without files is one that there should be.
        let partial = try selection(Self.paths, Self.configurations, configuration: "c")
        #expect(partial.splits.map(\.name) == ["dev"] && partial.names == ["dev", "train"])
        #expect(partial.incomplete(of: ["dev", "train"]) == ["train"])
        #expect(try selection(Self.paths, Self.configurations, configuration: "f").delimiter == ";")
        let marked = Self.configurations.replacing("config_name: b", with: "config_name: b, default: true")
        #expect(try selection(Self.paths, marked).configuration == "b")
        #expect(try selection(Self.paths, "configs: [{config_name: z, data_dir: a}]").configuration == "z")
    }

    @Test func whatIsNotThereIsSaid() {
        func words(_ name: String?, _ paths: [String] = Self.paths, _ yaml: String = Self.configurations)
            -> String
        {
            errorText { try selection(paths, yaml, configuration: name) }
        }
        #expect(words(nil) == "it has several configurations; name one with 'config': a, b, c, d, e, f")
        #expect(
            words("bb").hasPrefix("it has no configuration 'bb' (did you mean 'b'?); it has: a, b"),
            "\(words("bb"))")
        #expect(
            words("d")
                == "its README says that split 'train' is in none.csv, which no file that can be read matches"
        )
        #expect(
            words("e").hasPrefix("its README has 'skiprows' for configuration 'e', which is not done here"))
        #expect(
            words(nil, ["data.arrow", "x/y.tar"], "")
                == "it has no data file that can be read: Parquet, JSON Lines, JSON, CSV or TSV; found files ending in .arrow, .tar"
        )
        #expect(
            words("z", Self.paths, "")
                == "it has no configuration 'z' (did you mean 'a'?); it has: default, a, b")
        #expect(
            words(nil, ["name.py", "data.csv"], "")
                == "its rows are made by a program, name.py, which is not run; the hub's own Parquet of them is at revision "
                + "refs/convert/parquet")
        #expect(
            errorText { try selection(["name.py"], revision: "v1") }.hasSuffix(
                "and the hub has no Parquet of them"))
    }

    @Test func parquetIsTakenFirstAndOneFormAlone() throws {
        let mixed = ["train.csv", "train.json", "train-2.json", "test.csv", "test.parquet", "test.json"]
        #expect(try selection(mixed).splits.map(\.paths) == [["test.parquet"]])
        let texts = mixed.filter { !$0.hasSuffix("parquet") }
        #expect(try selection(texts).splits.map(\.paths) == [["train-2.json", "train.json"], ["test.json"]])
        #expect(try selection(["train.csv.gz", "x.txt"]).splits.map(\.paths) == [["train.csv.gz"]])
    }

    @Test func theHubsOwnParquetLiesByConfigurationAndSplit() throws {
        let paths = [
            "a/test/0000.parquet", "a/train/0001.parquet", "a/train/0000.parquet",
            "b/partial-train/0000.parquet",
        ]
        let a = try selection(paths, configuration: "a", revision: "refs/convert/parquet")
        #expect(a.splits.map(\.name) == ["test", "train"])
        #expect(a.splits[1].paths == ["a/train/0000.parquet", "a/train/0001.parquet"])
        #expect(errorText { try selection(paths) }.hasSuffix("name one with 'config': a, b"))
        #expect(try selection(Array(paths[3...])).configuration == "b")
    }
}
