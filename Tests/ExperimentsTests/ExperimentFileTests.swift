import Corpora
import Evaluation
import Experiments
import Results
import SettingKeys
import TestSupport
import Testing

/// What the keys of an experiment file mean, and what is said of those that cannot be.
@Suite struct ExperimentFileTests {
    private func read(_ yaml: String) throws -> ExperimentFile {
        let folder = try TemporaryFolder()
        return try ExperimentFile(contentsOf: folder.write(yaml, to: "tickets.yaml"))
    }

    private static let least = "dataset: {file: none.csv}\ncontestants: [dummy]\n"

    @Test func absentKeysHaveTheirDefaults() throws {
        let file = try read(Self.least)
        #expect(file.name == "tickets" && file.description == nil && file.seed == 42)
        #expect(file.tasks.count == 1 && file.tasks[0].name == nil && file.tasks[0].split == nil)
        #expect(file.rankBy == .f1Macro && file.analysis == AnalysisOptions())
        #expect(file.contestants.map(\.id) == ["dummy"])
    }

    /// Who only wants the rows of an experiment is not told how they cannot be divided.
    @Test func theDataOfAFileWithoutItsSplit() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write(Self.least + "split: {folds: 1}\n", to: "e.yaml")
        #expect(throws: SettingsError.self) { try ExperimentFile(contentsOf: file) }
        #expect(try DatasetReference(naming: file.path).namesOwnFiles)
        try folder.write("dataset: {file: none.csv}\nclean: {rows: 0}\n", to: "e.yaml")
        #expect(throws: SettingsError.self) { try DatasetReference(naming: file.path) }
    }

    @Test func everyKeyIsRead() throws {
        let file = try read(
            """
            name: my tickets
            description: What it is about.
            seed: 7
            tasks:
              - {name: spam, dataset: {file: a.csv}, split: {train: 0.5, test: 0.5, seed: 3}}
              - {name: topic, dataset: {file: b.csv}, split: official}
            contestants: [dummy, {id: words, model: tfidf-logreg, tasks: spam}]
            thresholds: {tune: [global, 0.2], objective: f1-weighted, use: per-label, min-support: 3}
            report: {quotes: true, rank-by: "recall:spam", against: goemotions-paper, analysis: false, compare: words}
            """)
        #expect(file.name == "my tickets" && file.description == "What it is about." && file.seed == 7)
        #expect(file.tasks.map(\.name) == ["spam", "topic"])
        #expect(file.tasks[0].split?.seed == 3 && file.tasks[1].split == .official)
        #expect(file.rankBy == .recallOf(label: "spam"))
        var expected = AnalysisOptions()
        expected.thresholds.tune = [.global, .fixed(0.2)]
        expected.thresholds.objective = .f1Weighted
        expected.thresholds.use = .perLabel
        expected.thresholds.minSupport = 3
        (expected.quotes, expected.isWanted) = (true, false)
        (expected.against, expected.compare) = (["goemotions-paper"], "words")
        #expect(file.analysis == expected)
    }

    @Test(arguments: [
        ("name: a/b", "name: found 'a/b', expected a name without '/'"),
        ("seed: -1", "seed: found '-1', expected an integer from 0"),
        ("seeds: 3", "unknown key 'seeds'; did you mean 'seed'?"),
        ("recipe: goemotions", "unknown key 'recipe'; did you mean 'dataset: {recipe: ...}'?"),
        ("drop_missing: true", "unknown key 'drop_missing'; did you mean 'clean: {drop-missing: ...}'?"),
        ("model: dummy", "unknown key 'model'; did you mean 'contestants: [{model: ...}]'?"),
        (
            "tasks: [{name: a, dataset: {file: a.csv}}]",
            "dataset: found a mapping, expected no 'dataset' beside 'tasks'"
        ),
        ("split: {train: 0.5, tset: 0.5}", "unknown key 'split.tset'; did you mean 'test'?"),
        ("split: random", "split: found 'random', expected 'official' or shares"),
        ("clean: {rows: 0}", "clean.rows: found '0', expected an integer of at least 1"),
        ("thresholds: {tune: [globl]}", "(did you mean 'global'?)"),
        (
            "thresholds: {objective: accuracy}",
            "thresholds.objective: found 'accuracy', expected one of f1-micro"
        ),
        ("report: {rank-by: f1-mikro}", "(did you mean 'f1-micro'?)"),
        ("report: {compare: dumy}", "(did you mean 'dummy'?)"),
        ("report: {against: goemotions-papr}", "(did you mean 'goemotions-paper'?)"),
        ("report: {quotes: yes}", "report.quotes: found 'yes', expected true or false"),
        ("report: [quotes]", "report: found a list, expected a mapping"),
    ])
    func mistakesAreTold(line: String, complaint: String) throws {
        let error = #expect(throws: SettingsError.self) { try read("\(Self.least)\(line)\n") }
        let text = try #require(error).description
        #expect(text.contains("tickets.yaml:"), "\(text)")
        #expect(text.contains(complaint), "\(text)")
    }

    @Test(arguments: [
        ("contestants: [dummy]", "key 'dataset' is missing"),
        ("dataset: {file: a.csv}", "key 'contestants' is missing"),
        ("dataset: {file: a.csv}\ncontestants: []", "expected at least one contestant"),
        ("dataset: a.csv\ncontestants: [dummy]", "expected a mapping, such as {file: a.csv"),
        ("tasks: []\ncontestants: [dummy]", "expected at least one task"),
        ("tasks: [{dataset: {file: a.csv}}]\ncontestants: [dummy]", "key 'tasks[0].name' is missing"),
        ("tasks: [{name: a}]\ncontestants: [dummy]", "key 'tasks[0].dataset' is missing"),
        (
            "tasks: [{name: a, dataset: {file: a.csv}}, {name: b, dataset: {file: a.csv}}]\n"
                + "contestants: [dummy]\nreport: {costs: {a: {b: 1}}}",
            "report.costs: found a mapping, expected one dataset"
        ),
        (
            "tasks: [{name: a, dataset: {file: a.csv}, split: {folds: 3}}, {name: b, dataset: {file: a.csv}}]\n"
                + "contestants: [dummy]",
            "expected as many folds and repeats in every task"
        ),
    ])
    func whatIsMissing(yaml: String, complaint: String) throws {
        let error = #expect(throws: SettingsError.self) { try read(yaml + "\n") }
        let text = try #require(error).description
        #expect(text.contains(complaint), "\(text)")
    }
}
