import Experiments
import Foundation
import Labels
import SettingKeys
import TestSupport
import Testing
import TextClassifiers

/// From an entry of `contestants:` to a configured contestant.
@Suite struct FamilyRegistryTests {
    private struct OtherDummy: Contestant {
        static let model = "dummy"
        static let purpose = "Knows nothing either."
        let summary: String

        init(settings: SettingsMapping, folder: URL) { summary = "from \(folder.lastPathComponent)" }

        func classifier(_ resources: ContestantResources) -> any TextClassifier { DummyTextClassifier() }

        static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
            try FittedDummy(from: folder, labelSpace: labelSpace)
        }
    }

    @Test func aFamilyTakesThePlaceOfOneWithItsName() throws {
        let standard = FamilyRegistry.standard
        let families = standard.adding(OtherDummy.self)
        #expect(families.models.sorted() == standard.models.sorted() && families.models.last == "dummy")
        let folder = try TemporaryFolder()
        let file = try folder.write("dataset: {file: d.csv}\ncontestants: [dummy]\n", to: "e.yaml")
        func summary(_ families: FamilyRegistry) throws -> String {
            try ExperimentFile(contentsOf: file, families: families).contestants[0].contestant.summary
        }
        #expect(try summary(families) == "from \(folder.url.lastPathComponent)")
        #expect(try summary(standard) == "always the most frequent label")
        #expect(
            errorText { try summary(FamilyRegistry([])) }.contains("model: found 'dummy', expected one of "))
    }

    private func contestants(_ list: String, tasks: Bool = false) throws -> [ConfiguredContestant] {
        let folder = try TemporaryFolder()
        let data =
            tasks
            ? "tasks: [{name: spam, dataset: {file: a.csv}}, {name: kind, dataset: {file: b.csv}}]"
            : "dataset: {file: d.csv}"
        let file = try folder.write("\(data)\ncontestants: [\(list)]\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).contestants
    }

    @Test(arguments: [
        ("dummy", "always the most frequent label"),
        ("dummy, strategy: most_frequent", "always the most frequent label"),
        ("dummy, strategy: prior", "each label with its share of the train rows"),
        ("dummy, strategy: stratified", "labels drawn by their shares of the train rows"),
        ("vader", "VADER (upstream), compound ±0.05"),
        ("vader, vader: {variant: nltk, threshold: 0.2}", "VADER (nltk), compound ±0.2"),
    ])
    func summariesSayTheSettings(entry: String, summary: String) throws {
        #expect(try contestants("{model: \(entry)}")[0].contestant.summary == summary)
    }

    /// The settings name a lexicon's file, not what is in it.
    @Test func aLexiconOfOnesOwnIsPartOfTheFingerprint() throws {
        let folder = try TemporaryFolder()
        let entry = "{model: vader, vader: {lexicon: \(folder.file("own.txt").path)}}"
        let resources = ContestantResources(cache: folder.file("cache"))
        try folder.write("room\t3.0\nawful\t-3.0\n", to: "own.txt")
        let first = try contestants(entry)[0].contestant
        #expect(first.summary == "VADER (upstream), compound ±0.05, own lexicon of 2 entries")
        try folder.write("room\t2.0\nawful\t-3.0\n", to: "own.txt")
        #expect(try contestants(entry)[0].contestant.fingerprint(resources) != first.fingerprint(resources))
        #expect(try contestants("vader")[0].contestant.fingerprint(resources) == "")
    }

    @Test func featuresAloneAreAFamily() throws {
        let made = try contestants(
            "{features: tfidf}, {id: b, features: {encoder: e}}, {id: c, model: linear-svm}")
        #expect(made.map(\.id) == ["features", "b", "c"])
        #expect(made.map(\.model) == ["features", "features", "linear-svm"])
    }

    @Test(arguments: [
        ("{id: a/b, model: dummy}", "contestants[0].id: found 'a/b', expected letters, digits"),
        ("{id: .a, model: dummy}", "expected letters, digits, '-', '_' and '.' only"),
        ("{id: \(String(repeating: "a", count: 101)), model: dummy}", "expected 100 letters at most"),
        ("{id: a}", "key 'contestants[0].model' is missing"),
        ("{model: [dummy]}", "contestants[0].model: found a list"),
        (
            "{model: vader, vader: {threshold: 0}}",
            "vader.threshold: found '0', expected a number above 0, of at most 1"
        ),
        ("{model: dummy, strategy: mode}", "strategy: found 'mode', expected one of"),
        ("{model: vadr}", "(did you mean 'vader'?)"),
        ("{id: seeds, model: dummy}", "'seeds' is a folder of the run's own"),
        ("dummy, {id: Dummy, model: vader}", "'dummy' is taken"),
        (
            "{id: a, model: dummy, tasks: [x]}",
            "tasks: found a list, expected no 'tasks' in an experiment of one dataset"
        ),
        (
            "{id: a, model: frozen-encoder, encoder: e, max-length: long}",
            "max-length: found 'long', expected an integer"
        ),
    ])
    func mistakesAreTold(list: String, words: String) {
        let error = errorText { try contestants(list) }
        #expect(error.contains("e.yaml:2: ") && error.contains(words), "\(error)")
    }

    @Test(arguments: [
        ("[]", "tasks: found a list"), ("[spam, knd]", "tasks: found a list"), ("knd", "tasks: found 'knd'"),
    ])
    func tasksAreThoseOfTheExperiment(taken: String, words: String) throws {
        let error = errorText { try contestants("{model: dummy, tasks: \(taken)}", tasks: true) }
        #expect(error.contains("\(words), expected some of spam, kind"), "\(error)")
        #expect(
            try contestants("{model: dummy, tasks: kind}, vader", tasks: true).map(\.id) == [
                "dummy", "vader",
            ])
    }
}
