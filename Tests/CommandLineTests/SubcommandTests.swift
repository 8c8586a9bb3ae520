import Foundation
import Testing

/// The subcommands that are not `run`.
@Suite struct SubcommandTests {
    /// `help` tells of subcommands, as the parser's own does, and of the keys of files.
    @Test func helpOnFilesAndSubcommands() throws {
        let program = try Program()
        let keys = try program.run("help", "experiment")
        #expect(keys.status == 0 && keys.errors.isEmpty)
        #expect(keys.output.hasPrefix("The keys of an experiment file.\n\nname: "))
        #expect(keys.output.contains(" max-features: an integer of at least 1\n"))
        let metrics = try program.run("help", "metrics")
        #expect(
            metrics.status == 0 && metrics.output.contains("f1-macro: all; from labels; higher is better\n"))
        let page = try program.run("help", "recipe", "--markdown")
        #expect(page.status == 0 && page.output.contains("| `name` |"))
        for (arguments, option) in [(["help", "run"], "--seeds"), (["help"], "SUBCOMMANDS")] {
            let help = try program.run(arguments)
            #expect(help.status == 0 && help.output.contains(option), "\(help.output)")
        }
        let run = try program.run("run", "--help")
        #expect(try program.run("help", "run").output == run.output)
        for arguments in [["help", "run", "--markdown"], ["help", "--markdown"]] {
            let idle = try program.run(arguments)
            #expect(idle.status == 2 && idle.output.isEmpty)
            #expect(idle.errors.contains("--markdown goes with one of experiment, dataset, recipe"))
        }
        let unknown = try program.run("help", "experimnet")
        #expect(unknown.status == 2 && unknown.output.isEmpty)
        #expect(unknown.errors.contains("did you mean 'experiment'?"), "\(unknown.errors)")
    }

    @Test func wrongUsageIsAnsweredByTheSubcommandMeant() throws {
        let program = try Program()
        let misspelt = try program.run("runn", "e.yaml")
        #expect(misspelt.status == 2 && misspelt.output.isEmpty)
        #expect(misspelt.errors.hasPrefix("Error: there is no command 'runn'; did you mean 'run'?\n"))
        // What the parser finds and what the subcommand finds look alike.
        for wrong in [["--modle", "m"], ["--model", "m", "--top-k", "0", "a text"]] {
            let outcome = try program.run(["predict"] + wrong)
            #expect(outcome.status == 2 && outcome.errors.hasPrefix("Error: "))
            let usage = """
                Usage: bakeoff predict [<options>] --model <model> [<texts> ...]
                  See 'bakeoff predict --help' for more information.

                """
            #expect(outcome.errors.hasSuffix("\n" + usage), "\(outcome.errors)")
        }
    }

    @Test func vaderKeepsOrderAndBlankLines() throws {
        let program = try Program()
        let outcome = try program.run("vader", input: "I love this hotel!\n\nThe room was not good.\n")
        #expect(outcome.status == 0)
        #expect(outcome.lines.count == 3)
        #expect(outcome.lines[0] == #"{"neg":0.0,"neu":0.4,"pos":0.6,"compound":0.6696}"#)
        #expect(outcome.lines[1] == #"{"neg":0.0,"neu":0.0,"pos":0.0,"compound":0.0}"#)
        #expect(try program.run("vader").output.isEmpty)
    }

    @Test func vaderExplains() throws {
        let outcome = try Program().run("vader", "--explain", input: "The room was NOT very good!\n")
        #expect(outcome.status == 0)
        #expect(outcome.lines.count == 1)
        #expect(outcome.output.contains("negation"))
    }

    @Test func vaderTakesALexicon() throws {
        let program = try Program()
        try program.write("room\t3.0\n", to: "own.txt")
        let outcome = try program.run("vader", "--lexicon", "own.txt", input: "the room\n")
        #expect(outcome.output.contains("\"compound\":0.6124"))
        try program.write("room\tgood\n", to: "own.txt")
        let bad = try program.run("vader", "--lexicon", "own.txt", input: "the room\n")
        #expect(bad.status == 2)
        #expect(bad.errors.contains("own.txt:1") || bad.errors.contains("line 1"), "\(bad.errors)")
    }

    @Test func scoresAnything() throws {
        let program = try Program()
        try program.write("id,gold\n1,a\n2,b\n3,c\n", to: "truth.csv")
        try program.write("id,predicted\n3,c\n1,a\n2,c\n", to: "predictions.csv")
        let table = try program.run("score", "--truth", "truth.csv", "--predictions", "predictions.csv")
        #expect(table.status == 0, "\(table.errors)")
        #expect(table.output.contains("\"accuracy\" : 0.6666666666666666"))

        try program.write("a|b\n\nc\n", to: "truth.txt")
        try program.write(
            "{\"predicted\":[\"a\"]}\n{\"predicted\":[]}\n{\"predicted\":[\"c\"]}\n", to: "predictions.jsonl")
        let sets = try program.run("score", "--truth", "truth.txt", "--predictions", "predictions.jsonl")
        #expect(sets.status == 0, "\(sets.errors)")
        #expect(sets.output.contains("\"kind\" : \"multilabel\""))
        #expect(sets.output.contains("\"f1_micro\" : 0.8"))

        try program.write("a\nb\n", to: "short.txt")
        let short = try program.run("score", "--truth", "truth.txt", "--predictions", "short.txt")
        #expect(short.status == 2)
        #expect(short.errors.contains("3 rows") && short.errors.contains("2"))
        let outside = try program.run(
            "score", "--truth", "truth.csv", "--predictions", "predictions.csv", "--labels", "a,b")
        #expect(outside.status == 2)
        #expect(outside.errors.contains("'c'"))
    }

    @Test func splitsAndKeepsTheSplit() throws {
        let program = try Program()
        let first = try program.run("split", "front-desk-emotions", "--output", "s")
        #expect(first.status == 0, "\(first.errors)")
        let csv = try program.read("s/split.csv")
        #expect(csv.hasPrefix("row,split\n0,"))
        #expect(csv.split(separator: "\n").count == 1201)
        #expect(try program.run("split", "front-desk-emotions", "--output", "s").status == 0)
        #expect(try program.read("s/split.csv") == csv)
        let other = try program.run("split", "front-desk-emotions", "--output", "s", "--seed", "1")
        #expect(other.status == 2)
        #expect(other.errors.contains("seed"))
        #expect(try program.run("split", "front-desk", "--output", "s", "--folds", "5").status == 0)
        #expect(try program.read("s/folds.csv").hasPrefix("row,fold\n0,"))
    }

    /// Files as people make them, and what to try.
    @Test(arguments: [
        ("text;label\na;x\nb;y\n", "csv", "separated by semicolons; set 'delimiter: \";\"'"),
        ("text\tlabel\na\tx\n", "csv", "separated by tabs; set 'format: tsv'"),
        ("text,label,text\na,x,b\n", "csv", "rename one"),
        ("text,label\n\"open,x\nb,y\n", "csv", "quoting: none"),
        ("text\tlabel\na\tb\tx\n", "tsv", "put it in quotes"),
        ("Text,label\na,x\n", "csv", "did you mean 'Text'"),
    ]) func describeSaysWhatToTry(content: String, ending: String, expected: String) throws {
        let program = try Program()
        try program.write(content, to: "bad.\(ending)")
        let outcome = try program.run("describe", "bad.\(ending)")
        #expect(outcome.status == 2 && outcome.errors.contains(expected), "\(outcome.errors)")
    }

    @Test func describesASampleAndTokens() throws {
        let program = try Program()
        let outcome = try program.run("describe", "front-desk", "--sample", "50", "--format", "json")
        #expect(outcome.status == 0 && outcome.output.contains("\"rowCount\" : 50"))
        #expect(try program.run("describe", "front-desk", "--sample", "0").status == 2)
    }

    /// Equal texts stay in one part, the run tells the leaks that are left, and the report is verified with them.
    @Test func leaksAreToldAndGroupsKept() throws {
        let program = try Program()
        let rows = (0..<60).map {
            "\($0 % 3 == 0 ? "the same words again" : "message number \($0) of all"),\($0 % 2)\n"
        }
        try program.write("text,label\n" + rows.joined(), to: "own.csv")
        func experiment(_ split: String) -> String {
            """
            dataset: {file: own.csv, labels: {column: label}}
            split: {train: 0.6, test: 0.4\(split)}
            contestants: [{id: majority, model: dummy}]
            """
        }
        try program.write(experiment(""), to: "mixed.yaml")
        #expect(try program.run("run", "mixed.yaml").status == 0)
        let leaks = try program.read("reports/mixed/leaks.csv").split(separator: "\n")
        #expect(leaks[0] == "row,part,kind,train_row" && leaks.count > 5)
        #expect(try program.read("reports/mixed/README.md").contains("## Leaks"))
        #expect(try program.run("report", "reports/mixed", "--verify").status == 0)
        try program.write(
            try program.read("reports/mixed/leaks.csv") + "59,test,near,1\n", to: "reports/mixed/leaks.csv")
        #expect(try program.run("report", "reports/mixed", "--verify").status == 2)

        try program.write(experiment(", group-by: duplicates"), to: "whole.yaml")
        #expect(try program.run("run", "whole.yaml").status == 0)
        #expect(try !program.read("reports/whole/leaks.csv").contains(",equal,"))
    }

    @Test func describes() throws {
        let program = try Program()
        let text = try program.run("describe", "front-desk")
        #expect(text.status == 0)
        #expect(text.output.contains("1200 rows"))
        let json = try program.run("describe", "front-desk", "--json")
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(object?.isEmpty == false)
        try program.write("a fine day;good\nall; well;bad\n", to: "own.csv")
        try program.write("body,mood\na fine day,good\na bad day,bad\n", to: "own.csv")
        #expect(try program.run("describe", "own.csv", "--text", "body", "--label", "mood").status == 0)
    }

    @Test func listsFetchesAndExaminesItself() throws {
        let program = try Program()
        let list = try program.run("list")
        #expect(list.status == 0)
        for name in ["front-desk", "goemotions", "icwsm14-tweets", "sms-spam", "emotion"] {
            #expect(list.output.contains(name))
        }
        #expect(try program.run("fetch", "front-desk").status == 0)
        let doctor = try program.run("doctor")
        #expect(doctor.output.contains("OpenBLAS"))
        // This program was linked with the system's libraries.
        for name in ["OpenBLAS", "libcurl", "Foundation", "C library"] {
            let line = try #require(doctor.output.split(separator: "\n").first { $0.hasPrefix("\(name)  ") })
            let path = line.dropFirst(name.count).drop { $0 == " " }
            #expect(path.hasPrefix("/") && FileManager.default.fileExists(atPath: String(path)), "\(line)")
        }
        let version = try #require(
            try program.run("--version").output.wholeMatch(of: /(\d+\.\d+\.\d+) \(build ([0-9a-f]{12})\)\n/))
        #expect(doctor.output.contains("\(version.1) (build \(version.2))"))
        let program256 = try program.shell("sha256sum < \"$BAKEOFF\"").output
        #expect(program256.hasPrefix(version.2))
    }

    @Test(arguments: [
        "run", "report", "predict", "vader", "tokenize", "embed", "score", "split", "describe", "fetch",
        "list", "doctor", "compare",
    ])
    func helpIsThere(_ subcommand: String) throws {
        let help = try Program().run(subcommand, "--help")
        #expect(help.status == 0)
        #expect(help.output.contains("USAGE: bakeoff \(subcommand)"))
    }
}
