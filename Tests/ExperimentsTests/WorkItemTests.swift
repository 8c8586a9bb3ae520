import Experiments
import Foundation
import Labels
import SettingKeys
import TestSupport
import Testing
import TextClassifiers

/// What a result depends on, whether it is there, and how an item is told.
@Suite struct WorkItemTests {
    private static let experiment = """
        name: small
        seed: 42
        dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}
        split: {train: 0.5, validation: 0.25, test: 0.25, seed: 1}
        contestants:
          - {id: bayes, model: naive-bayes, tfidf: {stop-words: {file: stop.txt}}, naive-bayes: {alpha: 2}}
          - {id: mine, model: external, predictions: mine.csv}
        report: {analysis: false}

        """
    private static let files = [
        "stop.txt": "number\n", "mine.csv": "id,predicted\n" + (0..<32).map { "r\($0),ham\n" }.joined(),
    ]

    private func small() throws -> SmallExperiment {
        try SmallExperiment(Self.experiment, files: Self.files)
    }

    private func digests(
        _ small: SmallExperiment, _ change: (inout RunOptions) -> Void = { _ in }
    ) throws -> [String] { try small.items(change).map(\.digest) }

    @Test(arguments: [
        ("e.yaml", "alpha: 2", "alpha: 3", [true, false]),
        ("e.yaml", "seed: 42", "seed: 43", [true, true]),
        ("e.yaml", "seed: 1}", "seed: 2}", [true, true]),
        ("e.yaml", "label}}", "label, names: [spam, ham]}}", [true, true]),
        ("e.yaml", "report:", "clean: {rows: 28}\nreport:", [true, true]),
        ("data.csv", "number 3,", "number three,", [true, true]),
        ("data.csv", "number 3,ham", "number 3,spam", [true, true]),
        ("stop.txt", "number", "text", [true, false]),
        ("mine.csv", "r7,ham", "r7,spam", [false, true]),
    ])
    func whatGoesIntoAResultIsInItsDigest(file: String, old: String, new: String, changed: [Bool]) throws {
        let small = try small()
        let before = try digests(small)
        try small.replace(old, with: new, in: file)
        #expect(zip(try digests(small), before).map { $0 != $1 } == changed)
    }

    @Test(arguments: [
        ("name: small", "name: other # and a remark\ndescription: other words"),
        ("{id: bayes, model: naive-bayes,", "{model: naive-bayes, id: b,"),
        ("{alpha: 2}", "{\"alpha\": 2 }"),
        ("report: {", "thresholds: {use: 0.3}\nreport: {rank-by: accuracy, "),
    ])
    func whatDoesNotIsNot(old: String, new: String) throws {
        let small = try small()
        let before = try digests(small)
        try small.replace(old, with: new)
        #expect(try digests(small) == before)
        let elsewhere = try digests(small) {
            ($0.output, $0.models) = ($0.models, $0.output)
            ($0.command, $0.force, $0.only) = ("", true, ["mine"])
            $0.build = { "0123456789ab" }
        }
        #expect(elsewhere == before)
    }

    @Test func anotherVersionOfTheFamilysCodeIsAnotherResult() throws {
        let small = try SmallExperiment(
            SmallExperiment.yaml.replacing("model: dummy}", with: "model: fixed}"))
        func digests(_ family: any Contestant.Type) throws -> [String] {
            try small.engine(.standard.adding(family)).plan().items.map(\.digest)
        }
        let (first, second) = (try digests(FixedFirst.self), try digests(FixedSecond.self))
        #expect(first[0] != second[0] && first[1] == second[1])
    }

    @Test func whatIsDoneStaysDoneUntilItIsChanged() throws {
        let small = try small()
        func done() throws -> [Bool] { try small.items().map { $0.costWhenDone != nil } }
        #expect(try done() == [false, false])
        try small.run { $0.only = ["bayes"] }
        #expect(try done() == [true, false])
        try small.run()
        #expect(try done() == [true, true])
        #expect(try small.items()[0].costWhenDone?.predictedTexts == 8)
        try small.replace("report: {", with: "thresholds: {use: 0.3}\nreport: {")
        #expect(try done() == [true, true])
        try small.replace("ham", with: "spam", in: "report/predictions/mine.csv")
        #expect(try done() == [true, false])
        try small.write("{", to: "models/bayes/contestant.json")
        #expect(try done() == [false, false])
        try small.run()
        #expect(try done() == [true, true])
        try small.remove("report/predictions/bayes.validation.csv")
        #expect(try done() == [false, true])
    }

    @Test func aLineTellsTheItem() throws {
        let small = try small()
        let item = try small.items()[0]
        #expect(item.digest.count == 64)
        #expect(
            try item.line()
                == "{\"algorithm_version\":1,\"contestant\":\"bayes\",\"digest\":\"\(item.digest)\",\"done\":false,"
                + "\"model\":\"naive-bayes\",\"seed\":42}\n")
        try small.run()
        func keys(_ item: WorkItem) throws -> Set<String> {
            let line = try JSONSerialization.jsonObject(with: Data(item.line().utf8))
            return Set(try #require(line as? [String: Any]).keys)
        }
        let plain: Set = ["algorithm_version", "contestant", "digest", "done", "model", "seed"]
        #expect(try keys(small.items()[0]) == plain.union(["fit_seconds", "peak_memory_bytes"]))
        // What predictions cost that were made elsewhere, nobody knows.
        #expect(try keys(small.items()[1]) == plain)
    }

    @Test func tasksFoldsAndEncodersAreTold() throws {
        let encoder = try ModelFolder()
        let small = try SmallExperiment(
            """
            tasks:
              - {name: spam, dataset: {file: data.csv, labels: {column: label}}, split: {folds: 2}}
              - {name: kind, dataset: {file: data.csv, labels: {column: kind}}, split: {folds: 2}}
            contestants:
              - {id: frozen, model: frozen-encoder, encoder: \(encoder.url.path), tasks: kind}
              - {id: words, model: features, features: tfidf}
            """)
        let items = try small.items()
        #expect(items.map(\.tasks) == [["kind"], ["spam", "kind"], ["kind"], ["spam", "kind"]])
        #expect(items.map(\.encoder) == [encoder.url.path, nil, encoder.url.path, nil])
        #expect(Set(items.map(\.digest)).count == 4)
        #expect(
            try items[3].line().hasSuffix(
                "\"done\":false,\"fold\":1,\"model\":\"features\",\"seed\":42,\"tasks\":[\"spam\",\"kind\"]}\n"
            ))
        #expect(try items[0].line().contains("\"encoder\":\"\(encoder.url.path)\","))
        #expect(
            try planText(items) == """
                to do  frozen on kind, fold 0
                to do  words on spam, kind, fold 0
                to do  frozen on kind, fold 1
                to do  words on spam, kind, fold 1
                0 of 4 done

                """)
    }

    @Test func aListTellsHowManyAreDone() throws {
        let small = try SmallExperiment()
        try small.run { $0.only = ["drawn"] }
        #expect(
            try planText(small.items()) == "to do  majority, seed 42\ndone   drawn, seed 42\n1 of 2 done\n")
        #expect(try planText([]) == "0 of 0 done\n")
    }
}

/// A family that knows nothing, in two versions of its code.
private protocol Fixed: Contestant {
    init()
}

extension Fixed {
    static var model: String { "fixed" }
    static var purpose: String { "Knows nothing." }

    init(settings: SettingsMapping, folder: URL) { self.init() }

    var summary: String { "fixed" }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { DummyTextClassifier() }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedDummy(from: folder, labelSpace: labelSpace)
    }
}

private struct FixedFirst: Fixed {}

private struct FixedSecond: Fixed {
    static let algorithmVersion = 2
}
