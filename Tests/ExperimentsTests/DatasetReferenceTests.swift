import Corpora
import Experiments
import Foundation
import Labels
import Recipes
import TestSupport
import Testing

/// From what names a dataset to its rows.
@Suite struct DatasetReferenceTests {
    private static let table = "id,text,label\na,one,ham\nb,two,spam\nc,three,ham\n"

    /// The dataset of an experiment file.
    private func dataset(_ keys: String, in folder: TemporaryFolder) throws -> LoadedDataset {
        let file = try folder.write("dataset: {\(keys)}\ncontestants: [dummy]\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).tasks[0].dataset.load(cache: folder.file("cache"))
    }

    // MARK: Keys

    @Test func pathsStartFromTheExperimentFile() throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.table, to: "d.csv")
        let own = try dataset("file: d.csv, labels: {column: label}", in: folder)
        #expect(own.name == "d.csv" && own.corpus.ids == ["0", "1", "2"])
        #expect(own.corpus.labelSpace.names == ["ham", "spam"] && own.corpus.targets == .classes([0, 1, 0]))
        // `path` is the file, or the folder of the files.
        let keys = "columns: {id: id}, labels: {column: label}"
        let inside = try TemporaryFolder()
        try inside.write(Self.table, to: "x.csv")
        for path in ["path: \(inside.file("x.csv").path)", "path: \(inside.url.path), file: x.csv"] {
            let loaded = try dataset("\(path), \(keys)", in: folder)
            #expect(loaded.name == "x.csv" && loaded.corpus.ids == ["a", "b", "c"])
        }
    }

    @Test func keysBesideARecipeTakeThePlaceOfIts() throws {
        let folder = try TemporaryFolder()
        let recipe = try dataset("recipe: front-desk", in: folder)
        #expect(recipe.name == "front-desk" && recipe.corpus.count == 1200)
        #expect(recipe.summary.title == "Messages to a hotel's front desk, negative, neutral or positive")
        let spam = try dataset("recipe: front-desk, labels: {column: spam}", in: folder)
        #expect(spam.name == "front-desk" && spam.corpus.labelSpace.names == ["ham", "spam"])
        #expect(spam.corpus.ids == recipe.corpus.ids && spam.corpus.fingerprint == recipe.corpus.fingerprint)
        try folder.write(Self.table, to: "d.csv")
        let own = try dataset(
            "recipe: front-desk, path: d.csv, labels: {column: label, kind: binary, names: [spam, ham]}",
            in: folder)
        #expect(own.corpus.count == 3 && own.corpus.targets == .classes([1, 0, 1]))
    }

    @Test(arguments: [
        ("recipe: front-dsk", "no recipe named 'front-dsk'; did you mean 'front-desk'?"),
        ("recipe: all-MiniLM-L6-v2", "'all-MiniLM-L6-v2' is an encoder, not a dataset"),
        ("recipe: goemotions", "'goemotions' is not in"),
        ("recipe: goemotions", "`bakeoff run` gets it, or `bakeoff fetch goemotions`"),
        ("file: none.csv, labels: {column: label}", "none.csv"), ("file: d.csv", "labels"),
        ("file: d.csv, labels: {from: {model: models/a}}", "models/a: not a fitted model: no such folder"),
    ])
    func whatIsNoDataset(keys: String, words: String) throws {
        let folder = try TemporaryFolder()
        try folder.write(Self.table, to: "d.csv")
        let error = errorText { try dataset(keys, in: folder) }
        #expect(error.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("front-desk", "expected a mapping: {recipe: front-desk}"),
        (
            "d.csv",
            "expected a mapping, such as {file: d.csv, labels: {column: label}}; 'bakeoff init d.csv' writes it"
        ),
    ])
    func aTextAloneIsNoDataset(text: String, words: String) throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("dataset: \(text)\ncontestants: [dummy]\n", to: "e.yaml")
        #expect(
            errorText { try ExperimentFile(contentsOf: file) }.contains("dataset: found '\(text)', \(words)"))
    }

    /// What is left out, changed and worth knowing is in the summary, without the paths of this machine.
    @Test func theSummaryTellsWhatHappened() throws {
        let folder = try TemporaryFolder()
        try folder.write("text,label\none,ham\n,spam\nthree &amp; four,spam\nfive,Spam\n", to: "d.csv")
        let file = try folder.write(
            """
            dataset: {file: d.csv, labels: {column: label}}
            clean: {drop-missing: true, html-entities: true}
            contestants: [dummy]
            """, to: "e.yaml")
        let loaded = try ExperimentFile(contentsOf: file).tasks[0].dataset.load(cache: folder.file("cache"))
        #expect(loaded.corpus.texts.contains("three & four"))
        #expect(loaded.summary.rowCount == 3 && loaded.summary.dropped.values.reduce(0, +) == 1)
        #expect(loaded.summary.changed?.values.reduce(0, +) == 1)
        let notices = loaded.summary.notices ?? []
        #expect(notices.count == loaded.corpus.notices.count)
        #expect(!notices.contains { $0.contains(folder.url.path) })
    }

    // MARK: Names on a command line

    @Test func aCommandLineNamesADatasetInThreeWays() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.table, to: "d.csv").path
        let cache = folder.file("cache")
        #expect(try DatasetReference(naming: file).load(cache: cache).corpus.count == 3)
        #expect(
            try DatasetReference(naming: folder.file("d.*").path, options: .csv).load(cache: cache).corpus
                .count == 3)
        #expect(try DatasetReference(naming: "front-desk").load(cache: cache).corpus.count == 1200)
        let experiment = try folder.write("dataset: {file: d.csv, labels: {column: label}}\n", to: "e.yaml")
            .path
        #expect(try DatasetReference(naming: experiment).load(cache: cache).corpus.count == 3)
        var options = DatasetOptions()
        options.id = "id"
        #expect(
            errorText { try DatasetReference(naming: "front-desk", options: options) }
                == "--id speaks of a data file, but a recipe is named, which says itself how its data is read"
        )
        #expect(
            errorText { try DatasetReference(naming: experiment, options: options) }.hasPrefix(
                "--id speaks of a data file, but an experiment file is named"))
        #expect(errorText { try DatasetReference(naming: "nothing") }.hasPrefix("no recipe named 'nothing'"))
        #expect(
            errorText { try DatasetReference(naming: folder.file("nothing").path) }
                == "\(folder.file("nothing").path): no such file")
    }

    @Test func rowsThatLackSomethingMayBeLeftOut() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.table + "d,,ham\n", to: "d.csv").path
        let cache = folder.file("cache")
        #expect(errorText { try DatasetReference(naming: file).load(cache: cache) }.contains("d.csv:5"))
        #expect(try DatasetReference(naming: file, dropMissing: true).load(cache: cache).corpus.count == 3)
        #expect(try DatasetReference(naming: file).withoutMissing.load(cache: cache).corpus.count == 3)
    }

    @Test func largeFilesAreSampled() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(SmallExperiment.data, to: "d.csv")
        let reference = try DatasetReference(naming: file.path)
        let cache = folder.file("cache")
        #expect(try reference.sampleForDescription(cache: cache) == nil)
        #expect(try reference.sampled(20).load(cache: cache).corpus.count == 20)
        // A file with a hole has its size.
        try FileHandle(forWritingTo: file).truncate(atOffset: 1 << 30 + 1)
        #expect(try reference.sampleForDescription(cache: cache) == 200_000)
        #expect(try reference.sampled(20).sampleForDescription(cache: cache) == nil)
    }

    // MARK: Labels that are known

    private static let grades = ["good", "bad", "odd"]

    private func load(
        _ table: String, _ known: LabelSpace, change: (inout DatasetOptions) -> Void = { _ in }
    ) throws -> Corpus {
        let folder = try TemporaryFolder()
        var options = DatasetOptions()
        change(&options)
        let file = try folder.write(table, to: "d.csv")
        return try DatasetReference(naming: file.path, options: options).load(
            cache: folder.file("cache"), labels: known
        )
        .corpus
    }

    /// The model's order counts, and its labels need not all occur.
    @Test func labelsAreThoseOfTheModel() throws {
        let known = try LabelSpace(kind: .multiclass, names: Self.grades)
        let corpus = try load("text,label\none,bad\ntwo,good\nthree,bad\n", known)
        #expect(corpus.labelSpace == known && corpus.targets == .classes([1, 0, 1]))
        // What the dataset names itself is looked up by name.
        let named = try load("text,label\none,0\ntwo,1\n", known) { $0.labelNames = ["bad", "good"] }
        #expect(named.labelSpace == known && named.targets == .classes([1, 0]))
        var graded = known
        graded.isOrdinal = true
        #expect(try load("text,label\none,bad\ntwo,good\n", graded).labelSpace == graded)
        let error = errorText { try load("text,label\none,bad\ntwo,worse\n", known) }
        #expect(error.contains("d.csv:3") && error.contains("'worse'"), "\(error)")
        #expect(
            errorText { try load("text,label\none,0\ntwo,1\n", known) { $0.labelNames = ["bad", "worse"] } }
                == "d.csv: row with id '1': found label 'worse', expected the model's labels good, bad, odd")
    }

    @Test func columnsNamedAsTheModelsLabelsAreRead() throws {
        let known = try LabelSpace(kind: .multilabel, names: Self.grades)
        let corpus = try load("text,bad,odd,good\none,1,0,1\ntwo,0,0,0\n", known)
        #expect(corpus.labelSpace == known)
        #expect((0..<2).map { corpus.targets.labels(ofRow: $0) } == [[0, 1], []])
        #expect(corpus.notices.contains { $0.hasPrefix("there is no column 'label'; the columns named as") })
        let joined = try load("text,label\none,bad|good\ntwo,\n", known) { $0.separator = "|" }
        #expect((0..<2).map { joined.targets.labels(ofRow: $0) } == [[0, 1], []])
        let one = try LabelSpace(kind: .multiclass, names: Self.grades)
        let error = errorText {
            try load("text,bad,odd\none,1,0\ntwo,1,1\n", one) { $0.labelColumns = ["bad", "odd"] }
        }
        #expect(error == "d.csv: the labels are bad, odd, expected one label a row, as the model gives")
    }
}

extension DatasetOptions {
    fileprivate static var csv: DatasetOptions {
        var options = DatasetOptions()
        options.format = "csv"
        return options
    }
}
