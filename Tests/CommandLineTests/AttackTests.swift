import Foundation
import Testing

/// Runs that meet, names that meet, and numbers out of all proportion.
@Suite struct AttackTests {
    private static func rows(_ count: Int) -> String {
        "id,text,label\n"
            + (0..<count).map { "\($0),the room \($0 % 7) was \($0 % 2 == 0 ? "good" : "bad"),\($0 % 2)\n" }
            .joined()
    }

    private static func experiment(name: String = "small", contestants: String = "[{id: m, model: dummy}]")
        -> String
    {
        """
        name: \(name)
        dataset: {file: data.csv, columns: {text: text}, labels: {column: label}}
        split: {train: 0.6, validation: 0.2, test: 0.2, seed: 1}
        contestants: \(contestants)

        """
    }

    private func prepared(_ experiment: String) throws -> Program {
        let program = try Program()
        try program.write(Self.rows(60), to: "data.csv")
        try program.write(experiment, to: "e.yaml")
        return program
    }

    /// Everything below a folder, with the bytes.
    private func contents(_ program: Program, but names: [String] = []) -> [String: Data] {
        let all = FileManager.default.enumerator(atPath: program.folder.path)
        var files: [String: Data] = [:]
        for case let path as String in all ?? .init() {
            if path.hasPrefix(".std") || names.contains(where: path.hasPrefix) { continue }
            files[path] = (try? program.data(path)) ?? Data()
        }
        return files
    }

    // MARK: Two runs

    @Test func aFolderThatIsUsedIsRefused() throws {
        let program = try prepared(
            Self.experiment(contestants: "[{id: m, model: dummy}, {id: n, model: dummy}]"))
        try #require(program.run("run", "e.yaml").status == 0)
        for (folder, elsewhere) in [("reports/small", "--models"), ("runs/small", "--output")] {
            // Another run, of other seeds, that has begun and does not go on; it cannot end before it is stopped, since what it
            // tells does not fit into a pipe of which nobody reads more.
            let outcome = try program.shell(
                """
                rm -f other.err; mkfifo other.err
                "$BAKEOFF" run e.yaml --seed 7 --seeds 1000 \(elsewhere) elsewhere >other.out 2>other.err &
                exec 3<other.err
                while read -r line <&3; do case $line in *fitting) break ;; esac; done
                kill -STOP $!
                "$BAKEOFF" run e.yaml
                status=$?
                kill -KILL $!
                exit $status
                """)
            #expect(outcome.status == 1, "\(outcome.errors)")
            #expect(
                outcome.errors.contains("\(folder): process ")
                    && outcome.errors.contains("is using this folder"),
                "\(outcome.errors)")
        }
        #expect(try program.run("run", "e.yaml").status == 0, "whoever held the folders is dead")
        #expect(!program.exists("reports/small/.bakeoff.work") && !program.exists("runs/small/.bakeoff.work"))
    }

    @Test func aRunThatFailsEarlyLeavesNothing() throws {
        let program = try prepared(Self.experiment())
        try program.remove("data.csv")
        let before = contents(program)
        #expect(try program.run("run", "e.yaml", "--output", "a/b/o", "--models", "a/m").status == 2)
        #expect(try program.run("split", "e.yaml", "--output", "s/t").status == 2)
        #expect(contents(program) == before)
    }

    @Test func foldsAreNotReplacedUnasked() throws {
        let program = try Program()
        let split = ["split", "front-desk", "--output", "s", "--folds"]
        try #require(program.run(split + ["5"]).status == 0)
        let five = try program.read("s/folds.csv")
        #expect(try program.run(split + ["5"]).status == 0, "the same again")
        let refused = try program.run(split + ["4"])
        #expect(
            refused.status == 2 && refused.errors.contains("s/folds.csv: is there already"),
            "\(refused.errors)")
        #expect(try program.read("s/folds.csv") == five)
        #expect(try program.run(split + ["4", "--force"]).status == 0)
        #expect(try program.read("s/folds.csv") != five)
    }

    /// Not even with `--force`: that is for what the program made itself.
    @Test(arguments: [
        ("s/split.csv", []), ("s/split.json", []), ("s/folds.csv", ["--folds", "5"]), ("s/split.csv/x", []),
    ]) func splitsOfSomebodyElseAreKept(path: String, options: [String]) throws {
        let program = try Program()
        try program.write("mine\n", to: path)
        let before = contents(program)
        for force in [[], ["--force"]] {
            let outcome = try program.run(["split", "front-desk", "--output", "s"] + options + force)
            #expect(
                outcome.status == 2 && outcome.errors.contains("was not made by bakeoff"), "\(outcome.errors)"
            )
            #expect(contents(program) == before)
        }
    }

    @Test func ownSplitsAreReplacedWhenAsked() throws {
        let program = try Program()
        let split = ["split", "front-desk", "--output", "s"]
        try #require(program.run(split).status == 0)
        let first = try program.read("s/split.csv")
        #expect(try program.run(split + ["--seed", "7"]).status == 2)
        #expect(try program.run(split + ["--seed", "7", "--force"]).status == 0)
        #expect(try program.read("s/split.csv") != first)
        // A record that was damaged, as the error for it says.
        try program.write("{", to: "s/split.json")
        #expect(try program.run(split).errors.contains("--force"))
        #expect(try program.run(split + ["--force"]).status == 0)
        // That of a version which noted nothing is known by its record.
        try program.remove("s/.bakeoff")
        #expect(try program.run(split + ["--seed", "7", "--force"]).status == 0)
    }

    /// An empty folder of somebody else's is no place for checkpoints, and is not removed after them.
    @Test func anEmptyWorkFolderIsKept() throws {
        let program = try prepared(Self.experiment())
        let work = program.folder.appendingPathComponent("m2/m/work")
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        let refused = try program.run("run", "e.yaml", "--output", "o", "--models", "m2")
        #expect(
            refused.status == 2 && refused.errors.contains("was not made by bakeoff"), "\(refused.errors)")
        #expect(program.exists("m2/m/work"))
        try FileManager.default.removeItem(at: work)
        for _ in 0..<2 {
            #expect(
                try program.run("run", "e.yaml", "--force", "--output", "o", "--models", "m2").status == 0)
            try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)
        }
        #expect(program.exists("m2/m/work"))
    }

    // MARK: Disks

    /// A disk on which nothing fits any more, one that nobody may write to, and a path through a file: the work failed.
    @Test(arguments: [
        ["split", "front-desk", "--output", "OUT"],
        ["split", "front-desk", "--folds", "5", "--output", "OUT"],
        ["run", "e.yaml", "--output", "OUT", "--models", "OUT/m"],
        ["run", "e.yaml", "--output", "o", "--models", "OUT"],
        ["vader", "--label", "t.csv", "--output", "OUT/x.csv"],
        ["predict", "--model", "fitted/l", "--input", "t.csv", "--output", "OUT/x.csv"],
        ["evaluate", "--model", "fitted/l", "--input", "data.csv", "--output", "OUT/x.txt"],
        ["probe", "fitted/l", "--input", "t.csv", "--output", "OUT/x.txt"],
        ["embed", "--model", "enc", "t.csv", "--output", "OUT/x.npy"],
        ["init", "data.csv", "--output", "OUT/x.yaml"],
    ]) func whereNothingCanBeWrittenTheWorkFails(command: [String]) throws {
        let program = try prepared(Self.experiment(contestants: "[{id: l, model: tfidf-logreg}]"))
        try program.write("text\n" + String(repeating: "the room was good\n", count: 5000), to: "t.csv")
        try program.writeTinyEncoder(to: "enc")
        try #require(program.run("run", "e.yaml", "--output", "r", "--models", "fitted").status == 0)
        try program.write("mine\n", to: "file")

        // What it says goes through a pipe, for which there is always room.
        func fails(_ folder: String, limit: String = "", _ reason: String) throws {
            let arguments = command.map { $0.replacingOccurrences(of: "OUT", with: folder) }
            let line = "\(limit) \"$BAKEOFF\" \(arguments.joined(separator: " ")) 2>&1; echo \"rc $?\""
            let outcome = try program.shell("(\(line)) | cat")
            #expect(outcome.lines.last == "rc 1", "\(arguments): \(outcome.output)")
            #expect(
                outcome.output.contains("cannot be written: \(reason)"), "\(arguments): \(outcome.output)")
        }
        try fails("file", "it is no folder")
        try fails("/proc/none", "No such file or directory")
        // No file may grow, as on a full disk.
        try fails("full", limit: "trap '' XFSZ; ulimit -f 0;", "File too large")
        let left = contents(program).filter { $0.key.hasPrefix("full/") && !$0.value.isEmpty }
        #expect(left.isEmpty, "\(left.keys)")
        #expect(try program.read("file") == "mine\n")
    }

    @Test func manyRunsAtOnceAreLetIn() throws {
        let program = try prepared(
            Self.experiment(contestants: "[{id: m, model: dummy}, {id: l, model: tfidf-logreg}]"))
        try program.write(Self.rows(20_000), to: "data.csv")
        let outcome = try program.shell(
            """
            for i in 1 2 3 4; do "$BAKEOFF" run e.yaml >/dev/null 2>err$i & p[$i]=$!; done
            for i in 1 2 3 4; do wait ${p[$i]}; echo "rc $?"; done
            "$BAKEOFF" report reports/small --verify
            """)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let codes = outcome.lines.filter { $0.hasPrefix("rc ") }
        #expect(codes == Array(repeating: "rc 0", count: 4))
    }

    @Test func aKilledRunGoesOn() throws {
        let program = try prepared(
            Self.experiment(contestants: "[{id: m, model: dummy}, {id: l, model: tfidf-logreg}]"))
        try program.write(Self.rows(30_000), to: "data.csv")
        try #require(program.run("run", "e.yaml", "--output", "ref", "--models", "refm").status == 0)
        for delay in [0.03, 0.1, 0.2, 0.4] {
            _ = try program.run(["run", "e.yaml"], killedAfter: delay)
        }
        let outcome = try program.run("run", "e.yaml")
        #expect(outcome.status == 0, "\(outcome.errors)")
        for file in ["split.csv", "predictions/l.csv", "predictions/m.csv", "tables/per-label.csv"] {
            #expect(try program.data("reports/small/\(file)") == program.data("ref/\(file)"), "\(file)")
        }
        #expect(try program.run("report", "reports/small", "--verify").status == 0)
        #expect(contents(program).keys.filter { $0.contains(".partial") || $0.contains(".work") } == [])
    }

    // MARK: Names and folders

    @Test(arguments: [
        ("[{id: a, model: dummy}, {id: a.validation, model: dummy}]", "id"),
        ("[{id: a, model: dummy}, {id: A, model: dummy}]", "id"), ("[{id: seeds, model: dummy}]", "id"),
        ("[{id: ../x, model: dummy}]", "id"), ("[{id: '', model: dummy}]", "id"),
        ("[{id: .a, model: dummy}]", "id"),
        ("[{id: \(String(repeating: "a", count: 240)), model: dummy}]", "id"),
        ("[{id: ok, model: dummy}, {id: ok, model: vader}]", "id"),
    ]) func idsThatCannotBe(contestants: String, key: String) throws {
        let program = try prepared(Self.experiment(contestants: contestants))
        let before = contents(program)
        let outcome = try program.run("run", "e.yaml")
        #expect(outcome.status == 2)
        #expect(
            outcome.errors.contains("e.yaml:4: contestants[") && outcome.errors.contains(".\(key): "),
            "\(outcome.errors)")
        #expect(outcome.errors.count < 500)
        #expect(contents(program) == before)
    }

    @Test(arguments: [
        "../../x", "a/b", "..", ".", ".hidden", "''", "\"a\\u0000b\"", "\"a\\u001b[31m\"", "/tmp/x",
        String(repeating: "n", count: 240),
    ]) func experimentNamesThatCannotBe(name: String) throws {
        let program = try prepared(Self.experiment(name: name))
        let before = contents(program)
        let outcome = try program.run("run", "e.yaml")
        #expect(outcome.status == 2 && outcome.errors.contains("e.yaml:1: name: "), "\(outcome.errors)")
        #expect(contents(program) == before)
    }

    @Test func aNameMayHaveSpacesAndLettersOfAnyLanguage() throws {
        let program = try prepared(Self.experiment(name: "Zimmer – ein Vergleich"))
        #expect(try program.run("run", "e.yaml").status == 0)
        #expect(program.exists("reports/Zimmer – ein Vergleich/README.md"))
    }

    @Test(arguments: ["README.md", "results.json", "report.html", "Seeds", "data.md", "work", "predictions"])
    func tasksThatCannotBe(name: String) throws {
        let program = try Program()
        try program.write(Self.rows(60), to: "data.csv")
        let dataset = "dataset: {file: data.csv, columns: {text: text}, labels: {column: label}}"
        try program.write(
            "name: t\ntasks:\n  - {name: \(name), \(dataset)}\n  - {name: b, \(dataset)}\ncontestants: [{id: m, model: dummy}]\n",
            to: "e.yaml")
        let outcome = try program.run("run", "e.yaml")
        #expect(
            outcome.status == 2 && outcome.errors.contains("e.yaml:3: tasks[0].name: "), "\(outcome.errors)")
        #expect(!program.exists("reports") && !program.exists("runs"))
    }

    /// What stood in the folders before is there afterwards, byte for byte, whether the run was refused or not.
    @Test(arguments: [
        ("README.md", ".", "."), ("o/README.md", "o", "m2"), ("o/results.json", "o", "m2"),
        ("o/split.csv", "o", "m2"),
        ("o/predictions/m.csv", "o", "m2"), ("m2/m/work/precious.txt", "o", "m2"),
        ("m2/m/README.md", "o", "m2"),
        ("m2/m", "o", "m2"), ("m2/seeds/notes.txt", "o", "m2"), ("o/logs", "o", "m2"),
    ]) func filesOfSomebodyElseAreKept(path: String, output: String, models: String) throws {
        let program = try prepared(Self.experiment())
        try program.write("mine\n", to: path)
        let before = contents(program)
        let outcome = try program.run("run", "e.yaml", "--output", output, "--models", models)
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(outcome.errors.contains("was not made by bakeoff"), "\(outcome.errors)")
        let after = contents(program)
        for (name, data) in before { #expect(after[name] == data, "\(name)") }
    }

    /// A folder of somebody else's, with links where a run writes.
    @Test(arguments: [
        "reports/small/README.md", "reports/small/tables", "reports/small/tables/ranking.csv",
        "reports/small/.bakeoff", "runs/small/m", "runs/small/m/contestant.json",
        "reports/small/.bakeoff.work",
    ])
    func nothingIsWrittenThroughALink(path: String) throws {
        let program = try prepared(Self.experiment())
        try #require(program.run("run", "e.yaml").status == 0)
        let place = program.folder.appendingPathComponent(path)
        let isFolder = !path.contains(".") || path.hasSuffix("/m")
        try program.write("precious\n", to: isFolder ? "elsewhere/ranking.csv" : "elsewhere.txt")
        try? FileManager.default.removeItem(at: place)
        try FileManager.default.createSymbolicLink(
            atPath: place.path,
            withDestinationPath: program.folder.appendingPathComponent(
                isFolder ? "elsewhere" : "elsewhere.txt"
            ).path)
        for command in [["run", "e.yaml", "--force"], ["report", "reports/small"]] {
            let outcome = try program.run(command)
            if path.hasPrefix("reports") && !path.hasSuffix(".bakeoff") || command[0] == "run" {
                #expect(outcome.status != 0, "\(command) \(outcome.errors)")
            }
        }
        #expect(try program.read(isFolder ? "elsewhere/ranking.csv" : "elsewhere.txt") == "precious\n")
        if isFolder {
            #expect(
                try FileManager.default.contentsOfDirectory(
                    atPath: program.folder.appendingPathComponent("elsewhere").path) == ["ranking.csv"])
        }
    }

    @Test func ownFilesBesideARunsAreKept() throws {
        let program = try prepared(Self.experiment())
        for path in ["o/notes.txt", "o/mine/a.csv", "m2/other/model.bin"] {
            try program.write("mine\n", to: path)
        }
        for _ in 0..<2 {
            let outcome = try program.run("run", "e.yaml", "--force", "--output", "o", "--models", "m2")
            #expect(outcome.status == 0, "\(outcome.errors)")
            try program.write("mine\n", to: "m2/m/work/precious.txt")
        }
        for path in ["o/notes.txt", "o/mine/a.csv", "m2/other/model.bin", "m2/m/work/precious.txt"] {
            #expect(try program.read(path) == "mine\n", "\(path)")
        }
        // Another contestant's folder that was there before it was one.
        try program.write(
            Self.experiment(contestants: "[{id: m, model: dummy}, {id: other, model: dummy}]"), to: "e.yaml")
        let outcome = try program.run("run", "e.yaml", "--output", "o", "--models", "m2")
        #expect(
            outcome.status == 2 && outcome.errors.contains("m2/other: is there already"), "\(outcome.errors)")
        #expect(try program.read("m2/other/model.bin") == "mine\n")
    }

    /// A run of a version that noted nothing goes on being a run.
    @Test func whatEarlierVersionsMadeIsTheirOwn() throws {
        let program = try prepared(Self.experiment())
        try #require(program.run("run", "e.yaml").status == 0)
        try program.remove("reports/small/.bakeoff")
        try program.remove("runs/small/.bakeoff")
        let again = try program.run("run", "e.yaml")
        #expect(again.status == 0 && again.errors.contains("stored result is up to date"), "\(again.errors)")
        try #require(
            program.run(
                "split", "e.yaml", "--output", "made", "--train", "0.6", "--validation", "0.2", "--test",
                "0.2", "--seed", "1"
            ).status == 0)
        #expect(try program.run("run", "e.yaml", "--output", "made").status == 0)
    }

    @Test func reportAndModelsInOneFolder() throws {
        let program = try prepared(
            Self.experiment(contestants: "[{id: m, model: dummy}, {id: l, model: naive-bayes}]"))
        for _ in 0..<2 {
            #expect(try program.run("run", "e.yaml", "--output", "x", "--models", "x").status == 0)
        }
        #expect(try program.run("report", "x", "--verify").status == 0)
        try program.write(Self.experiment(contestants: "[{id: tables, model: dummy}]"), to: "e.yaml")
        let outcome = try program.run("run", "e.yaml", "--output", "y", "--models", "y")
        #expect(outcome.status == 2 && outcome.errors.contains("'tables'"), "\(outcome.errors)")
    }

    // MARK: Numbers

    @Test(arguments: [
        "{id: x, model: tfidf-logreg, logistic: {C: 1e-320}}",
        "{id: x, model: tfidf-logreg, logistic: {C: 1e308}}",
        "{id: x, model: naive-bayes, naive-bayes: {alpha: 1e308}}",
        "{id: x, model: tfidf-logreg, tfidf: {ngram-range: [1, 1000000000]}}",
        "{id: x, model: tfidf-logreg, tfidf: {max-features: 9223372036854775808}}",
        "{id: x, model: linear-svm, svm: {intercept-scaling: 5e-324}}",
        "{id: x, model: tfidf-logreg, logistic: {max-iter: 18446744073709551615}}",
    ]) func settingsOutOfRange(contestant: String) throws {
        let program = try prepared(Self.experiment(contestants: "[\(contestant)]"))
        let outcome = try program.run("run", "e.yaml")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("e.yaml:4: contestants[0]."), "\(outcome.errors)")
        #expect(!program.exists("reports"))
    }

    @Test(arguments: [
        "{id: x, model: tfidf-logreg, logistic: {C: 1e-30}}",
        "{id: x, model: tfidf-logreg, logistic: {C: 1e30}}",
        "{id: x, model: naive-bayes, naive-bayes: {alpha: 1e30}}",
        "{id: x, model: naive-bayes, naive-bayes: {alpha: 1e-30}}",
        "{id: x, model: linear-svm, svm: {C: 1e30}}",
        "{id: x, model: linear-svm, svm: {C: 1e-30}}",
        "{id: x, model: tfidf-logreg, tfidf: {ngram-range: [1, 100], analyzer: char}}",
        "{id: x, model: tfidf-logreg, logistic: {tol: 1e-30, C: 1e30, penalty: l1}}",
    ]) func settingsAtTheEdgeEnd(contestant: String) throws {
        let program = try prepared(Self.experiment(contestants: "[\(contestant)]"))
        let start = Date()
        let outcome = try program.run("run", "e.yaml")
        #expect([0, 1, 2].contains(outcome.status), "\(outcome.status) \(outcome.errors)")
        if outcome.status != 0 { #expect(outcome.errors.contains("x: "), "\(outcome.errors)") }
        #expect(Date().timeIntervalSince(start) < 60)
    }

    /// A length that a saved model tells is counted down from, so that the least number there is would trap.
    @Test(arguments: ["-9223372036854775808", "-1", "0"])
    func lengthsOfASavedModelOutOfRange(length: String) throws {
        let program = try prepared(
            Self.experiment(contestants: "[{id: fr, model: frozen-encoder, encoder: enc, max-length: 7}]"))
        try program.writeTinyEncoder(to: "enc")
        try #require(program.run("run", "e.yaml").status == 0)
        let file = "runs/small/fr/encoder.json"
        let changed = try program.read(file).replacingOccurrences(
            of: "\"max_length\" : 7", with: "\"max_length\" : \(length)")
        try #require(changed.contains(length))
        try program.write(changed, to: file)
        let outcome = try program.run("predict", "--model", "runs/small/fr", "a b")
        #expect(outcome.status == 2, "\(outcome.errors)")
        #expect(
            outcome.errors.contains("encoder.json")
                && outcome.errors.contains("view.max_length is \(length)"),
            "\(outcome.errors)")
    }

    @Test func probabilitiesThatAreNoNumbersStopTheContestantByName() throws {
        let program = try prepared(
            Self.experiment(
                contestants:
                    "[{id: wild, model: frozen-encoder, encoder: enc, head: {solver: adamw, learning-rate: 1e25}}]"
            ))
        try program.writeTinyEncoder(to: "enc")
        let outcome = try program.run("run", "e.yaml")
        if outcome.status != 0 {
            #expect(outcome.status == 2 && outcome.errors.contains("wild"), "\(outcome.errors)")
        }
    }

    @Test func seedsAtTheEnd() throws {
        let program = try prepared(Self.experiment())
        let outcome = try program.run("run", "e.yaml", "--seed", "18446744073709551615", "--seeds", "2")
        #expect(outcome.status == 2 && outcome.errors.contains("--seeds"), "\(outcome.errors)")
        #expect(!program.exists("reports"))
        let one = try program.run("run", "e.yaml", "--seed", "18446744073709551615")
        #expect(one.status == 0, "\(one.errors)")
        let two = try program.run("run", "e.yaml", "--seed", "18446744073709551614", "--seeds", "2")
        #expect(two.status == 0, "\(two.errors)")
        #expect(try program.run("report", "reports/small", "--verify").status == 0)
        try program.write(
            "seed: 18446744073709551615\n" + Self.experiment(name: "b"), to: "e.yaml")
        #expect(try program.run("run", "e.yaml", "--seeds", "2").status == 2)
        for arguments in [
            ["--seeds", "0"], ["--seeds", "99999999999"], ["--threads", "99999999999"], ["--seed", "-1"],
        ] {
            #expect(try program.run(["run", "e.yaml"] + arguments).status == 2, "\(arguments)")
        }
    }

    @Test(arguments: ["nan", "inf", "-inf", "1e999", "1.01", "-2"]) func thresholdsThatAreNoScores(
        text: String
    ) throws {
        let program = try Program()
        try program.write("text\nhi\n", to: "d.csv")
        for option in ["--negative", "--positive"] {
            let outcome = try program.run("vader", "--label", option, text, "d.csv")
            #expect(outcome.status == 2 && outcome.output == "", "\(option) \(text): \(outcome.errors)")
        }
    }

    /// Every number among the options has its range, and what is out of it is named.
    @Test(arguments: [
        ["describe", "data.csv", "--max-length", "N"], ["describe", "data.csv", "--sample", "N"],
        ["tokenize", "--model", "enc", "data.csv", "--max-length", "N"],
        ["predict", "--model", "m", "--top-k", "N", "text"], ["explain", "--model", "m", "--top-k", "N"],
        ["explain", "--model", "m", "--top-terms", "N"], ["run", "e.yaml", "--threads", "N"],
        ["run", "e.yaml", "--seeds", "N"], ["split", "data.csv", "--output", "s", "--folds", "N"],
        ["split", "data.csv", "--output", "s", "--train", "N"],
    ]) func everyOptionHasItsRange(command: [String]) throws {
        let program = try prepared(Self.experiment())
        let before = contents(program)
        let place = try #require(command.firstIndex(of: "N"))
        for number in ["0", "-1", "nan", "1e3", "9223372036854775808", ""] {
            if number == "0", command[place - 1] == "--train" { continue }
            var arguments = command
            arguments[place - 1] += "=\(number)"
            arguments.remove(at: place)
            let outcome = try program.run(arguments)
            #expect(outcome.status == 2 && outcome.output == "", "\(arguments): \(outcome.errors)")
            #expect(outcome.errors.contains(command[place - 1].dropFirst(2)), "\(outcome.errors)")
            #expect(contents(program) == before)
        }
    }

    @Test func instructionsAreNamed() throws {
        let program = try Program()
        for name in ["sse9", "AVX2", "baseline "] {
            let outcome = try program.shell("echo hi | BAKEOFF_INSTRUCTIONS='\(name)' \"$BAKEOFF\" vader")
            #expect(
                outcome.status == 2 && outcome.errors.contains("BAKEOFF_INSTRUCTIONS"),
                "\(name): \(outcome.errors)")
        }
        for name in ["baseline", "avx2", "avx512", ""] {
            #expect(
                try program.shell("echo hi | BAKEOFF_INSTRUCTIONS='\(name)' \"$BAKEOFF\" vader").status == 0)
        }
    }

    /// OpenBLAS asks for memory until it gets it, unless it is told that one thread is enough.
    @Test func littleMemoryIsNoHang() throws {
        let program = try Program()
        for kibibytes in [250_000, 300_000, 400_000, 1_000_000] {
            let start = Date()
            let outcome = try program.shell("ulimit -v \(kibibytes); echo hi | timeout 60 \"$BAKEOFF\" vader")
            #expect(outcome.status != 124, "hangs with \(kibibytes) KiB")
            if kibibytes >= 400_000 { #expect(outcome.status == 0, "\(kibibytes) KiB: \(outcome.errors)") }
            #expect(Date().timeIntervalSince(start) < 60)
        }
    }
}

/// What is promised of bytes on CPUs of different make.
@Suite struct InstructionTests {
    private func vectors(
        _ program: Program, _ instructions: String, _ precision: String
    ) throws -> (bytes: Data, floats: [Float]) {
        let outcome = try program.shell(
            "BAKEOFF_INSTRUCTIONS=\(instructions) \"$BAKEOFF\" embed --model enc t.txt --precision \(precision) --output x.npy"
        )
        try #require(outcome.status == 0, "\(outcome.errors)")
        let bytes = try program.data("x.npy")
        let numbers = bytes.dropFirst(128)
        return (
            bytes,
            stride(from: numbers.startIndex, to: numbers.endIndex, by: 4).map { place in
                Float(bitPattern: numbers[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
            }
        )
    }

    /// All that this CPU has, AVX-512 and AVX2 to the bit; a CPU without a fused multiply-add within its rounding, which with few
    /// bits is as large as a bit of them. (Where a CPU lacks one of them, the next lower is what is compared.)
    @Test(arguments: [("f32", Float(1e-5)), ("bf16", 0.03), ("int8", 0.03)])
    func encodersGiveTheSameBytesWithAVX2AndAVX512(precision: String, tolerance: Float) throws {
        let program = try Program()
        try program.writeTinyEncoder(to: "enc")
        try program.write(
            (0..<61).map { String(repeating: "a b c ", count: $0 % 5 + 1) + "\n" }.joined(), to: "t.txt")
        let own = try vectors(program, "", precision)
        for instructions in ["avx512", "avx2"] {
            #expect(try vectors(program, instructions, precision).bytes == own.bytes, "\(instructions)")
        }
        let plain = try vectors(program, "baseline", precision).floats
        #expect(plain.count == own.floats.count && plain.count > 61)
        for (a, b) in zip(plain, own.floats) { #expect(abs(a - b) <= tolerance * max(1, abs(b))) }
    }
}
