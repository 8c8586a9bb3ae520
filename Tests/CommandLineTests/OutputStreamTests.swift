import Foundation
import Testing

/// Results that do not arrive are an error, whatever the subcommand, and nothing is run out of the working folder.
@Suite struct OutputStreamTests {
    private static let experiment = """
        name: small
        dataset: {recipe: front-desk}
        contestants: [{id: m, model: dummy}, {id: l, model: tfidf-logreg}]
        """

    @Test func aFullDiskIsAnErrorOfEverySubcommand() throws {
        let program = try Program()
        try program.write(Self.experiment, to: "e.yaml")
        try program.write(String(repeating: "the room was good\n", count: 20_000), to: "t.txt")
        try program.write("text\nhello\n", to: "t.csv")
        try program.write("gold\na\nb\n", to: "g.csv")
        try program.write("predicted\na\nb\n", to: "p.csv")
        try #require(program.run("run", "e.yaml").status == 0)
        let commands = [
            "vader t.txt", "vader --label t.csv", "vader --explain t.txt",
            "predict --model runs/small/l --input t.txt",
            "predict --model runs/small/l --format csv --input t.txt", "explain --model runs/small/l good",
            "explain --model runs/small/l --format json", "probe runs/small",
            "score --truth g.csv --predictions p.csv",
            "describe front-desk", "describe front-desk --json", "report reports/small",
            "compare reports/small reports/small", "run e.yaml", "split front-desk --output s", "list",
            "--help",
            "run --help", "--version", "fetch front-desk",
        ]
        for command in commands {
            let outcome = try program.shell("\"$BAKEOFF\" \(command) > /dev/full")
            #expect(outcome.status == 1, "\(command): \(outcome.errors)")
            #expect(
                outcome.errors.contains("standard output: cannot be written: No space left on device"),
                "\(command): \(outcome.errors)")
        }
        let closed = try program.shell("\"$BAKEOFF\" vader t.txt >&-")
        #expect(closed.status == 1 && closed.errors.contains("standard output: cannot be written"))
        // A file that is opened must not get the bytes that were for the closed stream.
        let both = try program.shell(
            "\"$BAKEOFF\" split front-desk --output s2 >&- 2>&-; cat s2/split.csv | head -1")
        #expect(both.output == "row,split\n")
    }

    @Test func aReaderThatHasSeenEnoughIsNoFailure() throws {
        let program = try Program()
        try program.write(String(repeating: "the room was good\n", count: 50_000), to: "t.txt")
        let outcome = try program.shell("\"$BAKEOFF\" vader t.txt | head -1")
        #expect(outcome.status == 0 && outcome.errors == "" && outcome.lines.count == 1)
    }

    @Test func nothingIsRunOutOfTheWorkingFolder() throws {
        let program = try Program()
        let trap = "open('EXECUTED', 'w').write('')\n"
        for name in ["pip.py", "pip/__init__.py", "pip/__main__.py", "sitecustomize.py", "site.py", "os.py"] {
            try program.write(trap, to: name)
        }
        for name in ["python3", "pip3", "bin/python3"] {
            try program.write("#!/bin/sh\ntouch \"\(program.folder.path)/EXECUTED\"\n", to: name)
        }
        for path in ["$PATH", ".:$PATH", ":$PATH", "bin:$PATH"] {
            let outcome = try program.shell(
                "chmod +x python3 pip3 bin/python3; PATH=\"\(path)\" \"$BAKEOFF\" doctor")
            #expect(outcome.output.contains("pip "), "\(path): \(outcome.errors)")
            #expect(!program.exists("EXECUTED"), "\(path)")
        }
    }

    @Test func aTextCannotMoveTheCursor() throws {
        let program = try Program()
        try program.write(Self.experiment, to: "e.yaml")
        try #require(program.run("run", "e.yaml").status == 0)
        let text = "good\u{1B}[2J\u{1B}]0;x\u{07}\r\u{9B}31m \u{202E}room"
        for command in [
            ["predict", "--model", "runs/small/l", text], ["explain", "--model", "runs/small/l", text],
        ] {
            let outcome = try program.run(command)
            #expect(outcome.status == 0)
            let unseen = outcome.output.unicodeScalars.filter {
                ($0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t") || $0 == "\u{202E}"
            }
            #expect(unseen.isEmpty, "\(command[0]): \(outcome.output.debugDescription)")
        }
        let error = try program.run("run", "no\u{1B}[31m.yaml")
        #expect(error.status == 2 && error.errors.contains("no\\u{1B}[31m.yaml"))
    }
}
