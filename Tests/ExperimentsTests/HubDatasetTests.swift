import Corpora
import Experiments
import Foundation
import Labels
import Recipes
import SafeFiles
import TestSupport
import Testing

/// Datasets of the hub as Python has left them in its cache: from `dataset:` to rows.
@Suite struct HubDatasetTests {
    private static let commit = String(repeating: "7b", count: 20)

    /// The bytes of Tests/Oracles/Corpora/hub.
    private static func golden(_ name: String) throws -> [UInt8] {
        try InputFile(oracle("Corpora/hub/\(name)")).readToEnd()
    }

    /// A cache with the repository `org/tiny`.
    private final class Cache {
        let folder: TemporaryFolder
        private let commit: String

        init(_ commit: String = HubDatasetTests.commit, reference: String = "main") throws {
            folder = try TemporaryFolder()
            self.commit = commit
            try OutputFile.write(commit, to: root.appendingPathComponent("refs/\(reference)"))
        }

        private var root: URL { folder.file("hub").appendingPathComponent("datasets--org--tiny") }

        func place(_ path: String) -> URL { root.appendingPathComponent("snapshots/\(commit)/\(path)") }

        func write(_ bytes: some Sequence<UInt8>, to path: String) throws {
            try OutputFile.write(Array(bytes), to: place(path))
        }

        var hub: HubFetcher {
            HubFetcher(HubEnvironment(["HF_HUB_CACHE": folder.file("hub").path, "HF_HUB_OFFLINE": "1"]))
        }

        /// The dataset of an experiment file.
        func dataset(_ keys: String) throws -> LoadedDataset {
            let file = try folder.write("dataset: {\(keys)}\ncontestants: [dummy]\n", to: "e.yaml")
            var dataset = try ExperimentFile(contentsOf: file).tasks[0].dataset
            dataset.hub = hub
            return try dataset.load(cache: folder.file("cache"))
        }
    }

    /// Two shards of train, and a test split.
    private func cache() throws -> Cache {
        let cache = try Cache()
        for shard in ["00000", "00001"] {
            let name = "train-\(shard)-of-00002.parquet"
            try cache.write(Self.golden(name), to: "data/\(name)")
        }
        try cache.write(Self.golden("test.parquet"), to: "data/test-00000-of-00001.parquet")
        return cache
    }

    @Test func splitsArePartsAndClassLabelsHaveTheirNames() throws {
        let loaded = try cache().dataset("hub: org/tiny")
        #expect(loaded.name == "org/tiny" && loaded.corpus.count == 18)
        #expect(loaded.corpus.labelSpace.names == ["sad", "glad", "mad"])
        #expect(loaded.corpus.targets == .classes([2, 0, 1, 0, 0, 1, 2, 0, 1, 0, 0, 1, 0, 1, 0, 1, 0, 1]))
        #expect(
            loaded.corpus.officialParts == Array(repeating: .train, count: 12)
                + Array(repeating: .test, count: 6))
        #expect(loaded.corpus.texts[12] == "message number 12")
        #expect(loaded.summary.source == "https://huggingface.co/datasets/org/tiny/tree/\(Self.commit)")
        #expect(
            loaded.summary.notices == [
                "dataset org/tiny of the Hugging Face hub is that of commit \(Self.commit)",
                "the labels are column 'label', the only one of class labels",
            ])
    }

    @Test func theKeysOfEveryDatasetGoBesideIt() throws {
        let cache = try cache()
        let rows = try cache.dataset("hub: org/tiny, splits: test, labels: {column: label, rename: {}}")
        #expect(rows.corpus.count == 6 && rows.corpus.officialParts == nil)
        #expect(rows.corpus.ids == ["0", "1", "2", "3", "4", "5"])
        let swapped = try cache.dataset("hub: org/tiny, splits: {train: test, test: train}")
        #expect(swapped.corpus.officialParts?.count { $0 == .train } == 6)
        let revision = try cache.dataset("hub: org/tiny, revision: \(Self.commit)")
        #expect(revision.corpus.count == 18)
        // A recipe's or the hub's parts may be dealt anew.
        #expect(try !dataset("hub: org/tiny").namesOwnFiles)
        #expect(try cache.dataset("hub: org/tiny, labels: {kind: multiclass}").corpus.labelSpace.count == 3)
    }

    private func dataset(_ keys: String) throws -> DatasetReference {
        let folder = try TemporaryFolder()
        let file = try folder.write("dataset: {\(keys)}\ncontestants: [dummy]\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).tasks[0].dataset
    }

    @Test func listsOfClassLabelsAreSeveralLabels() throws {
        let cache = try Cache()
        try cache.write(Self.golden("lists.parquet"), to: "train.parquet")
        let loaded = try cache.dataset("hub: org/tiny")
        #expect(loaded.corpus.labelSpace.kind == .multilabel)
        let file = try cache.dataset("file: 'hf://datasets/org/tiny/train.parquet', labels: {column: labels}")
        #expect(file.corpus.targets == loaded.corpus.targets && file.name == "train.parquet")
        #expect(file.summary.source == loaded.summary.source)
    }

    // MARK: Addresses

    @Test func anAddressIsAFileAndAPatternSeveral() throws {
        let cache = try cache()
        let labels = "labels: {column: label}"
        let train = try cache.dataset("file: 'hf://datasets/org/tiny/data/train-*.parquet', \(labels)")
        #expect(train.corpus.count == 12 && train.corpus.officialParts == nil)
        #expect(train.corpus.ids[6] == "train-00001-of-00002/0")
        let whole = try cache.dataset(
            "files: {train: ['hf://datasets/org/tiny/data/train-*'], test: 'hf://datasets/org/tiny@\(Self.commit)/data/test-00000-of-00001.parquet'}, \(labels)"
        )
        let named = try cache.dataset("hub: org/tiny")
        #expect(
            whole.corpus.texts == named.corpus.texts && whole.corpus.fingerprint == named.corpus.fingerprint)
        #expect(whole.corpus.officialParts == named.corpus.officialParts)
        let error = errorText { try cache.dataset("file: 'hf://datasets/org/tiny/x.csv', \(labels)") }
        #expect(
            error
                == "'hf://datasets/org/tiny/x.csv' is not in the cache of the Hugging Face hub: `bakeoff run` gets it, or "
                + "`bakeoff fetch hf://datasets/org/tiny/x.csv`")
        let wrong = errorText { try cache.dataset("file: 'hf://org/tiny/x.csv', \(labels)") }
        #expect(
            wrong.contains("file: found 'hf://org/tiny/x.csv', expected hf://datasets/ORG/NAME/PATH"),
            "\(wrong)")
    }

    // MARK: What a README tells

    @Test func namesOfClassesMayStandInTheReadme() throws {
        let cache = try Cache()
        try cache.write("sentence,note,topic\nno key,x,1\nbad,y,0\nfine,z,-1\n".utf8, to: "train.csv")
        try cache.write("sentence,note,topic\nwarm,x,1\ncold,y,0\n".utf8, to: "test.csv")
        let readme = """
            ---
            dataset_info:
              features:
              - {name: sentence, dtype: string}
              - {name: note, dtype: int64}
              - {name: topic, dtype: {class_label: {names: {'0': sport, '1': world}}}}
            ---
            """
        try cache.write(readme.utf8, to: "README.md")
        let error = errorText { try cache.dataset("hub: org/tiny") }
        #expect(error.contains("train.csv:4: column 'topic': the label is empty"), "\(error)")
        let file = try cache.folder.write(
            "dataset: {hub: org/tiny}\nclean: {drop-missing: true}\ncontestants: [dummy]\n", to: "e.yaml")
        var dataset = try ExperimentFile(contentsOf: file).tasks[0].dataset
        dataset.hub = cache.hub
        let loaded = try dataset.load(cache: cache.folder.file("cache"))
        #expect(loaded.corpus.texts == ["no key", "bad", "warm", "cold"])
        #expect(loaded.corpus.labelSpace.names == ["sport", "world"])
        #expect(loaded.corpus.targets == .classes([1, 0, 1, 0]))
        #expect(
            loaded.summary.notices?.contains("the texts are column 'sentence', the only one of texts") == true
        )
    }

    /// pandas, by which `datasets` reads tables, takes quotes for quotes in files with tabs too.
    @Test func quotesOfTabbedFilesAreQuotes() throws {
        let cache = try Cache()
        try cache.write("text\tlabel\n\"a \"\"b\"\"\tc\"\tx\nd\ty\n".utf8, to: "train.tsv")
        #expect(try cache.dataset("hub: org/tiny").corpus.texts == ["a \"b\"\tc", "d"])
        try cache.write("text;label\na;x\nd;y\n".utf8, to: "b/all.csv")
        try cache.write("---\nconfigs: [{config_name: b, data_dir: b, sep: ;}]\n---\n".utf8, to: "README.md")
        #expect(try cache.dataset("hub: org/tiny, config: b").corpus.texts == ["a", "d"])
    }

    @Test func theHubsOwnParquetIsFound() throws {
        let cache = try Cache(reference: "refs/convert/parquet")
        try cache.write(Self.golden("test.parquet"), to: "plain/train/0000.parquet")
        try cache.write(Self.golden("test.parquet"), to: "plain/test/0000.parquet")
        #expect(try cache.dataset("hub: org/tiny").corpus.count == 12)
        #expect(
            try cache.dataset("hub: org/tiny, config: plain, revision: refs/convert/parquet").corpus.count
                == 12)
    }

    /// As the test splits of benchmarks are whose labels are kept back.
    @Test func aSplitWithoutLabelsIsToBeLeftOut() throws {
        let cache = try Cache()
        let features = """
            ---
            dataset_info: {features: [{name: text, dtype: string}, {name: label, dtype: {class_label: {names: [a, b]}}}],
              splits: [{name: train}, {name: validation}, {name: test}]}
            ---
            """
        try cache.write(features.utf8, to: "README.md")
        for (part, rows) in [("train", "x,0\ny,1\n"), ("validation", "x,0\nz,1\n"), ("test", "x,-1\ny,-1\n")]
        {
            try cache.write("text,label\n\(rows)".utf8, to: "\(part).csv")
        }
        func load(_ keys: String) throws -> LoadedDataset {
            let text = "dataset: {hub: org/tiny\(keys)}\nclean: {drop-missing: true}\ncontestants: [dummy]\n"
            var dataset = try ExperimentFile(contentsOf: cache.folder.write(text, to: "e.yaml")).tasks[0]
                .dataset
            dataset.hub = cache.hub
            return try dataset.load(cache: cache.folder.file("cache"))
        }
        let error = errorText { try load("") }
        #expect(
            error.hasSuffix(
                "such as {train: train, test: validation}, since no row of test.csv has a label"), "\(error)")
        let loaded = try load(", splits: {train: train, test: validation}")
        #expect(loaded.corpus.count == 4 && loaded.corpus.officialParts == [.train, .train, .test, .test])
        #expect(loaded.summary.notices?.contains("of its splits these are not read: test") == true)
    }

    // MARK: Complaints

    @Test(arguments: [
        (
            "hub: org/other",
            "'hub:org/other' is not in the cache of the Hugging Face hub: `bakeoff run` gets it"
        ),
        ("hub: org/tiny, revision: v2", "'hub:org/tiny@v2' is not in the cache"),
        ("hub: org/tiny, config: x", "it has no configuration 'x'; it has: default"),
        (
            "hub: org/tiny, splits: {test: dev}",
            "splits: found a mapping, expected splits that the dataset has, which are train, test"
        ),
        ("hub: a/b/c", "hub: found 'a/b/c', expected ORG/NAME, as the Hugging Face hub names datasets"),
        ("hub: 'org/tiny@v1', revision: v2", "expected one revision, and 'hub' names one already"),
        ("hub: org/tiny, revision: a b", "revision: found 'a b', expected a branch, a tag or a commit"),
        ("hub: org/tiny, file: a.csv", "file: found 'a.csv', expected no such key beside 'hub'"),
        (
            "hub: org/tiny, recipe: front-desk",
            "recipe: found 'front-desk', expected no such key beside 'hub'"
        ),
        ("file: a.csv, config: x", "config: found 'x', expected no 'config' without 'hub'"),
        ("hub: org/tiny, confg: x", "did you mean 'config'?"),
    ])
    func whatIsNotThereIsSaid(keys: String, words: String) throws {
        let cache = try cache()
        let error = errorText { try cache.dataset(keys) }
        #expect(error.contains(words), "\(error)")
    }

    @Test func aChoiceAmongColumnsIsThePersons() throws {
        let cache = try Cache()
        try cache.write(#"{"a": "x", "b": "y"}"#.utf8, to: "train.jsonl")
        #expect(
            errorText { try cache.dataset("hub: org/tiny") }.hasSuffix(
                "expected 'columns: {text: ...}' beside it, since no column is called text and none is known to hold texts; "
                    + "columns: a, b"))
        #expect(
            errorText { try cache.dataset("hub: org/tiny, columns: {text: a}") }.hasSuffix(
                "expected 'labels: {column: ...}' beside it, since no column holds class labels or is called label; "
                    + "columns: a, b"))
    }

    // MARK: The command line's words

    @Test func aCommandNamesItByHub() throws {
        let cache = try cache()
        var reference = try DatasetReference(naming: "hub:org/tiny", splits: ["test"])
        reference.hub = cache.hub
        #expect(try reference.load(cache: cache.folder.file("cache")).corpus.count == 6)
        #expect(
            errorText { try DatasetReference(naming: "front-desk", configuration: "x") }.hasPrefix(
                "--config speaks of a dataset"))
        #expect(errorText { try DatasetReference(naming: "hub:org") }.isEmpty)
        #expect(errorText { try DatasetReference(naming: "hub:a/b/c") }.contains("expected ORG/NAME"))
        let bare = "org/tiny: no such file; a dataset of the Hugging Face hub is named hub:org/tiny"
        #expect(errorText { try DatasetReference(naming: "org/tiny") } == bare)
        #expect(errorText { try ExperimentDraft(of: "org/tiny", folder: cache.folder.url) } == bare)
    }

    @Test func anExperimentIsDraftedForIt() throws {
        let cache = try cache()
        var source = DraftSource("hub:org/tiny", folder: cache.folder.url)
        source.hub = cache.hub
        let draft = try ExperimentDraft(of: source)
        #expect(draft.name == "tiny")
        #expect(
            draft.yaml.contains(
                "dataset:\n  hub: org/tiny\n  columns: {text: text}\n  labels: {column: label}\n"))
        #expect(draft.yaml.contains("split: {official: true, validation: 0.15}"), "\(draft.yaml)")
        // What it says is what is loaded: of one class there are too few rows.
        let file = try cache.folder.write(draft.yaml, to: "tiny.yaml")
        var dataset = try ExperimentFile(contentsOf: file).tasks[0].dataset
        dataset.hub = cache.hub
        #expect(try dataset.load(cache: cache.folder.file("cache")).corpus.count == 16)
    }
}
