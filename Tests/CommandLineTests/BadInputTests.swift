import Foundation
import Testing

/// Each kind of bad input gives its error, exit code 2, and no output file.
@Suite struct BadInputTests {
    /// A wrong experiment or data file, and what the message must name.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        var experiment = BadInputTests.experiment
        var data: Data = Data("text,label\na fine day,good\na bad day,bad\n".utf8)
        let expected: [String]

        var testDescription: String { name }

        init(_ name: String, experiment: String = BadInputTests.experiment, expected: [String]) {
            self.name = name
            self.experiment = experiment
            self.expected = expected
        }

        init(_ name: String, data: String, experiment: String = BadInputTests.experiment, expected: [String])
        {
            self.init(name, bytes: Array(data.utf8), experiment: experiment, expected: expected)
        }

        init(
            _ name: String, bytes: [UInt8], experiment: String = BadInputTests.experiment, expected: [String]
        ) {
            self.name = name
            self.experiment = experiment
            data = Data(bytes)
            self.expected = expected
        }
    }

    static let experiment = """
        name: bad
        dataset: {file: data.csv, labels: {column: label}}
        split: {train: 0.5, test: 0.5, stratify: none}
        contestants: [{id: majority, model: dummy}]
        """

    static func experiment(labels: String, contestants: String = "[{id: majority, model: dummy}]") -> String {
        """
        name: bad
        dataset: {file: data.csv, labels: \(labels)}
        split: {train: 0.5, test: 0.5, stratify: none}
        contestants: \(contestants)
        """
    }

    static let cases = [
        Case(
            "unknown key", experiment: experiment.replacingOccurrences(of: "split:", with: "splt:"),
            expected: ["bad.yaml:3", "splt", "split"]),
        Case(
            "unknown key of a contestant",
            experiment: experiment(
                labels: "{column: label}", contestants: "[{id: a, model: dummy, stratgy: prior}]"),
            expected: ["bad.yaml:4", "stratgy", "strategy"]),
        Case(
            "unknown model",
            experiment: experiment(labels: "{column: label}", contestants: "[{id: a, model: tfidf-logrec}]"),
            expected: ["bad.yaml:4", "tfidf-logrec", "tfidf-logreg"]),
        Case(
            "repeated id",
            experiment: experiment(
                labels: "{column: label}", contestants: "[{id: a, model: dummy}, {id: a, model: vader}]"),
            expected: ["bad.yaml:4", "taken"]),
        Case(
            "id that is no file name",
            experiment: experiment(labels: "{column: label}", contestants: "[{id: ../a, model: dummy}]"),
            expected: ["bad.yaml:4", "../a"]),
        Case(
            "not YAML", experiment: "name: [bad\n", expected: ["bad.yaml", "YAML"]),
        Case(
            "wrong type", experiment: experiment.replacingOccurrences(of: "train: 0.5", with: "train: half"),
            expected: ["bad.yaml:3", "half", "a number"]),
        Case(
            "shares that do not sum to 1",
            experiment: experiment.replacingOccurrences(of: "train: 0.5", with: "train: 0.6"),
            expected: ["bad.yaml:3", "sum to 1"]),
        Case(
            "missing column", experiment: experiment(labels: "{column: lable}"),
            expected: ["data.csv", "lable", "text, label"]),
        Case(
            "ragged row", data: "text,label\na fine day,good\na bad, bad day,bad\n",
            expected: ["data.csv:3", "3", "2"]),
        Case(
            "label outside the label space", data: "text,label\na fine day,good\na bad day,ugly\n",
            experiment: experiment(labels: "{column: label, names: [good, bad]}"),
            expected: ["data.csv:3", "ugly", "good"]),
        Case(
            "invalid UTF-8",
            bytes: Array("text,label\na fine day,good\na b".utf8) + [0xE9] + Array("d day,bad\n".utf8),
            expected: ["data.csv:3", "UTF-8"]),
        Case("empty file", data: "", expected: ["data.csv", "empty"]),
        Case("header alone", data: "text,label\n", expected: ["data.csv"]),
        Case(
            "unbalanced quote", data: "text,label\n\"a fine day,good\na bad day,bad\n",
            expected: ["data.csv:2", "quote"]),
        Case(
            "duplicate header", data: "text,label,text\na,good,b\n", expected: ["data.csv:1", "text"]),
        Case("empty text", data: "text,label\na fine day,good\n,bad\n", expected: ["data.csv:3"]),
        Case("empty label", data: "text,label\na fine day,good\na bad day,\n", expected: ["data.csv:3"]),
        Case(
            "value that is no 0 or 1", data: "text,joy,anger\na fine day,1,0\na bad day,0,2\n",
            experiment: experiment(labels: "{columns: [joy, anger]}"), expected: ["data.csv:3", "anger", "2"]),
        Case(
            "value that is no number", data: "text,rating\na fine day,1.5\na bad day,bad\n",
            experiment: experiment(
                labels: "{column: rating, bins: {edges: [0], names: [negative, positive]}}"),
            expected: ["data.csv:3", "bad"]),
        Case(
            "one class alone", data: "text,label\na fine day,good\na bad day,good\n", expected: ["label"]),
        Case(
            "class with too few rows",
            data: "text,label\na,good\nb,good\nc,good\nd,good\ne,rare\n",
            experiment: experiment.replacingOccurrences(of: "none", with: "labels"), expected: ["rare"]),
        Case(
            "no test part",
            experiment: experiment.replacingOccurrences(of: "train: 0.5, test: 0.5", with: "train: 1.0"),
            expected: ["test"]),
        Case(
            "labels that are no sentiments",
            experiment: experiment(labels: "{column: label}", contestants: "[{id: v, model: vader}]"),
            expected: ["vader", "good", "negative"]),
    ]

    @Test(arguments: cases)
    func failsClearlyAndLeavesNothing(_ bad: Case) throws {
        let program = try Program()
        try program.write(bad.experiment, to: "bad.yaml")
        try program.write(bad.data, to: "data.csv")
        let outcome = try program.run("run", "bad.yaml", "--output", "out", "--models", "models")
        #expect(outcome.status == 2, "\(outcome.errors)")
        for part in bad.expected { #expect(outcome.errors.contains(part), "'\(part)' in: \(outcome.errors)") }
        #expect(!program.exists("out"))
        #expect(!program.exists("models"))
        #expect(outcome.output.isEmpty)
    }

    @Test func missingFiles() throws {
        let program = try Program()
        for arguments in [
            ["run", "none.yaml"], ["report", "none"], ["predict", "--model", "none", "text"],
            ["vader", "none.txt"],
            ["score", "--truth", "none.csv", "--predictions", "none.csv"], ["describe", "none.csv"],
            ["split", "none.csv", "--output", "out"],
        ] {
            let outcome = try program.run(arguments)
            #expect(outcome.status == 2, "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains("none"), "\(outcome.errors)")
            #expect(!program.exists("out"))
        }
    }

    @Test func wrongUsage() throws {
        let program = try Program()
        for arguments in [
            ["run"], ["run", "--thread", "2"], ["frobnicate"], ["predict", "text"],
            ["vader", "--variant", "python"],
        ] {
            let outcome = try program.run(arguments)
            #expect(outcome.status == 2, "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
    }

    @Test func unknownAndUnfetchedRecipes() throws {
        let program = try Program()
        let unknown = try program.run("describe", "goemotion")
        #expect(unknown.status == 2)
        #expect(unknown.errors.contains("goemotions"))
        let unfetched = try program.run("describe", "goemotions", "--offline")
        #expect(unfetched.status == 2)
        #expect(unfetched.errors.contains("bakeoff fetch goemotions"))
    }

    /// A path that holds nothing, or a file where a folder belongs, is a wrong input, and is told as what it is.
    @Test func pathsThatHoldNoRunOrModel() throws {
        let program = try Program()
        try program.write("x", to: "x.txt")
        for path in ["x.txt", "nope"] {
            let report = try program.run("report", path)
            #expect(report.status == 2 && report.errors.contains("\(path)/results.json"), "\(report.errors)")
        }
        #expect(!program.exists("nope"))
        let predict = try program.run("predict", "--model", "nope", "a text")
        #expect(predict.status == 2 && predict.errors.contains("no such folder"), "\(predict.errors)")
    }

    /// A number out of its range is told before what is missing beside it.
    @Test(arguments: ["0", "-1"]) func rareClassesNeedANumber(number: String) throws {
        let program = try Program()
        try program.write("text,label\na,x\nb,y\n", to: "d.csv")
        try program.write(
            "dataset: {file: d.csv}\nclean: {min-rows-per-class: \(number)}\ncontestants: [dummy]\n",
            to: "e.yaml")
        let outcome = try program.run("run", "e.yaml")
        #expect(outcome.status == 2 && outcome.errors.contains("min-rows-per-class"), "\(outcome.errors)")
    }
}
