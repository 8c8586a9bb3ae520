import Experiments
import Foundation
import Results
import Synchronization
import TestSupport
import Testing

/// Programs of the user's own as contestants, written in shell: what they are told, and what comes of their answers.
@Suite struct CommandContestantTests {
    /// An experiment of one program, which is the file `p.sh`, and a dummy.
    private func experiment(
        _ script: String, _ keys: String = "", folds: Bool = false, data: String? = nil
    ) throws -> SmallExperiment {
        let split =
            folds
            ? "{folds: 2, validation: 0, seed: 1}" : "{train: 0.5, validation: 0.25, test: 0.25, seed: 1}"
        let experiment = try SmallExperiment(
            """
            name: small
            dataset: {file: data.csv, columns: {id: id}, labels: {column: label}}
            split: \(split)
            contestants:
              - {id: own, model: command, command: [sh, p.sh]\(keys.isEmpty ? "" : ", " + keys)}
              - {id: majority, model: dummy}
            report: {analysis: false}

            """, files: ["p.sh": script])
        if let data { try experiment.write(data, to: "data.csv") }
        return experiment
    }

    private func run(_ experiment: SmallExperiment) throws -> ExperimentResults {
        try experiment.run { $0.allowsPrograms = { _ in true } }
    }

    /// Spam where the text's number ends in 0, 4 or 8, with probabilities.
    private static let good = """
        [ "$1" = fit ] && exit 0
        awk -F, 'NR == 1 { print "p_spam,id,p_ham"; next }
            { n = $2; sub(/.* /, "", n); p = n % 4 == 0 ? 0.75 : 0.125; print p "," $1 "," 1 - p }' \\
            "$2/predict.csv" | sort -r > "$2/predictions.csv"

        """

    @Test func aProgramFitsAndPredicts() throws {
        let experiment = try experiment(Self.good)
        let results = try run(experiment)
        let own = results.tasks[0].contestants[0]
        #expect(own.test[.accuracy] == 1 && own.validation?[.accuracy] == 1)
        #expect(own.isProbabilistic && own.notices == [] && own.summary == "own program: sh p.sh")
        let cost = try #require(results.timings.contestants["own"])
        #expect(cost.fitSeconds > 0 && cost.predictSeconds > 0)
        #expect(!experiment.exists("models/own/checkpoints"))
        // There is no model that could label other texts.
        let saved = try SavedModels(in: experiment.place("models"))
        #expect(saved.models.map(\.id) == ["majority"])
        #expect(saved.notices == ["own is left out: its program runs in an experiment alone"])
        #expect(
            errorText { try SavedModel(folder: experiment.place("models/own")) }.hasSuffix(
                "its program runs in an experiment alone, so there is no model here"))
        // What is stored is not run again, so that nobody need be asked.
        #expect(try experiment.told().contains("own: stored result is up to date"))
    }

    /// The files that it is given: labels of train and validation, and no more than texts of what it predicts.
    @Test func itIsToldOfTheItem() throws {
        let experiment = try experiment(
            "mkdir -p seen; cp \"$2/item.json\" seen/; cp \"$2\"/*.csv seen/; pwd > seen/pwd\n" + Self.good)
        _ = try run(experiment)
        let item = try experiment.object("seen/item.json")
        #expect(item["protocol"] as? Int == 1 && item["seed"] as? Int == 42)
        #expect((item["threads"] as? Int ?? 0) > 0)
        #expect(item["fold"] is NSNull && item["task"] is NSNull)
        let space = try #require(item["label_space"] as? [String: Any])
        #expect(space["kind"] as? String == "binary" && space["names"] as? [String] == ["ham", "spam"])
        func lines(_ name: String) throws -> [Substring] {
            try experiment.read("seen/\(name)").split(separator: "\n")
        }
        let (train, validation, predict) =
            (try lines("train.csv"), try lines("validation.csv"), try lines("predict.csv"))
        #expect(train[0] == "id,text,label" && validation[0] == train[0] && predict[0] == "id,text")
        #expect(train.count == 17 && validation.count == 9 && predict.count == 17)
        for line in train.dropFirst() + validation.dropFirst() {
            let cells = line.split(separator: ",")
            let number = try #require(cells[1].split(separator: " ").last.flatMap { Int($0) })
            #expect(cells[2] == (number % 4 == 0 ? "spam" : "ham"))
        }
        // Ids of the dataset are not told.
        #expect(predict.dropFirst().map { $0.prefix { $0 != "," } } == (0..<16).map { "\($0)" })
        let place = experiment.place("").resolvingSymlinksInPath().path
        #expect(try URL(fileURLWithPath: String(lines("pwd")[0])).resolvingSymlinksInPath().path == place)
    }

    @Test func aFoldIsNamed() throws {
        let experiment = try experiment(
            "mkdir -p seen; cp \"$2/item.json\" seen/$(ls seen | wc -l).json\ngrep -c . \"$2/validation.csv\" > rows\n"
                + Self.good, folds: true)
        _ = try run(experiment)
        let folds = try (0..<4).map { try experiment.object("seen/\($0).json")["fold"] as? Int }
        #expect(folds == [0, 0, 1, 1])
        // No validation: a table without rows.
        #expect(try experiment.read("rows") == "1\n")
    }

    @Test func oneCallDoesBoth() throws {
        let experiment = try experiment("echo $1 >> calls\n" + Self.good, "one-call: true")
        let results = try run(experiment)
        #expect(try experiment.read("calls") == "fit-predict\n")
        #expect(results.tasks[0].contestants[0].test[.accuracy] == 1)
        #expect(results.tasks[0].contestants[0].notices.count == 1)
    }

    @Test func labelsAloneAreDecisions() throws {
        let data =
            "id,text,label\n"
            + (0..<32).map { "r\($0),\"a, \"\"text\"\"\nof \($0)\",\($0 % 3 == 0 ? "x|y" : "y")\n" }
            .joined()
        let experiment = try experiment(
            """
            [ "$1" = fit ] && exit 0
            echo id,predicted > "$2/predictions.csv"
            i=0; while [ $i -lt 16 ]; do echo "$i,x|y" >> "$2/predictions.csv"; i=$((i+1)); done
            """, data: data)
        try experiment.replace("labels: {column: label}", with: "labels: {column: label, separator: '|'}")
        let own = try run(experiment).tasks[0].contestants[0]
        #expect(!own.isProbabilistic && own.test[.recallMicro] == 1)
    }

    @Test func onlyNamedVariablesArePassedOn() throws {
        setenv("BAKEOFF_TEST_SECRET", "s", 1)
        setenv("BAKEOFF_TEST_NAMED", "a b", 1)
        let experiment = try experiment(
            "env | grep -v '^\\(PWD\\|_\\|SHLVL\\)=' | sort > seen\n" + Self.good,
            "environment: [BAKEOFF_TEST_NAMED, BAKEOFF_TEST_NONE]")
        _ = try run(experiment)
        let names = try experiment.read("seen").split(separator: "\n").map { $0.prefix { $0 != "=" } }
        #expect(names == ["BAKEOFF_TEST_NAMED", "LANG", "OMP_NUM_THREADS"])
    }

    /// Each is an error that names the contestant, and the other contestant has its results all the same.
    @Test(arguments: [
        ("exit 0", "ended without an error, and there is no"),
        (
            "echo one >&2; echo 'no module' >&2; exit 3",
            "'sh p.sh fit' ended with exit code 3, expected 0; the last it said:\n  one\n  no module"
        ),
        ("kill -9 $$", "was ended by signal 9; it said nothing on standard error"),
        ("good; sed -i '/^15,/d' $P", "no row has the id '15' of predict.csv"),
        (
            "good; sed -i '4,$d' $P",
            "no row has the id '2' of predict.csv; 14 of 16 rows are missing"
        ),
        ("good; echo 3,1,0 >> $P", "'3'"),
        ("good; echo 99,1,0 >> $P", "found a row with the id '99', which predict.csv does not have"),
        (
            "good; sed -i 's/^5,.*/5,1.5,0/' $P",
            "predictions.csv:7: found '1.5' in p_ham, expected a probability from 0 to 1"
        ),
        ("good; sed -i 's/^5,.*/5,-0.5,1/' $P", "'-0.5'"), ("good; sed -i 's/^5,.*/5,nan,1/' $P", "'nan'"),
        (
            "good; sed -i 's/^5,.*/5,0.5,0.4/' $P",
            "the probabilities of the row with id '5' sum to 0.9, expected 1"
        ),
        ("good; sed -i 's/^5,.*/5,0.5/' $P", "predictions.csv:7"),
        ("good; sed -i 's/p_spam/p_spma/' $P", "p_spma"),
        ("good; sed -i 's/,[^,]*$//' $P", "no column 'p_spam'"),
        ("good; sed -i 's/^id/key/' $P", "found no column 'id'"), (": > $P", "predictions.csv"),
        ("printf 'id,predicted\\n0,eggs\\n' > $P", "eggs"),
        ("head -c 300 /dev/urandom > $P", "predictions.csv"),
        ("good; echo '{\"USD\": -1}' > $2/cost.json", "cost.json: expected an object of numbers"),
    ])
    func badAnswersNameTheContestant(script: String, words: String) throws {
        let experiment = try experiment(
            """
            P="$2/predictions.csv"
            good() {
              echo id,p_ham,p_spam > $P
              i=0; while [ $i -lt 16 ]; do echo "$i,0.75,0.25" >> $P; i=$((i+1)); done
            }
            \(script)
            """)
        var told: [String] = []
        let run = try experiment.engine { $0.allowsPrograms = { _ in true } }
            .assembledRun { told.append("\($0)") }
        #expect(run.results.tasks[0].contestants.map(\.id) == ["majority"])
        #expect(experiment.exists("report/results.json") && !experiment.exists("report/predictions/own.csv"))
        #expect(run.failures.count == 1)
        let error = "\(try #require(run.failures.first))"
        #expect(error.hasPrefix("contestant 'own': ") && error.contains(words), "\(error)")
        #expect(told.contains("notice: \(error); the contestant is left out"))
        #expect(errorText { try run.withoutFailures() } == error)
    }

    /// What it started goes with it.
    @Test func aProgramIsEndedAfterItsTime() throws {
        let experiment = try experiment("(sleep 30; touch late) & sleep 30", "time-limit: 0.3")
        let start = ContinuousClock.now
        let error = errorText { try self.run(experiment) }
        #expect(error.contains("'sh p.sh fit' was ended after its time limit of 0.3 s"))
        #expect(ContinuousClock.now - start < .seconds(10))
    }

    @Test func aProgramIsEndedBeyondItsMemory() throws {
        let experiment = try experiment(
            "awk 'BEGIN { s = \"x\"; while (1) s = s s }'", "memory-limit: 200 MB")
        let error = errorText { try self.run(experiment) }
        #expect(error.contains("its memory limit is 200 MB"), "\(error)")
    }

    @Test func aStopEndsTheProgram() throws {
        let experiment = try experiment("sleep 30")
        let start = ContinuousClock.now
        let asked = start + .seconds(1)
        let error = errorText {
            try experiment.run {
                $0.allowsPrograms = { _ in true }
                $0.shouldStop = { ContinuousClock.now > asked }
            }
        }
        #expect(error.hasPrefix("stopped") && ContinuousClock.now - start < .seconds(10))
    }

    @Test func whatItSaysIsInTheLog() throws {
        let experiment = try experiment("echo \"loss $1\" >&2; echo out\n" + Self.good)
        _ = try run(experiment)
        let lines = try experiment.read("report/logs/own.jsonl").split(separator: "\n")
        #expect(lines.contains(#"{"call":"fit","stderr":"loss fit"}"#))
        #expect(lines.contains(#"{"call":"predict","stdout":"out"}"#))
        #expect(lines.contains { $0.hasPrefix(#"{"call":"predict","seconds":"#) })
    }

    @Test func costIsCounted() throws {
        let experiment = try experiment(
            "echo '{\"USD\": 0.125, \"requests\": 24}' > \"$2/cost.json\"\n" + Self.good)
        let cost = try #require(try run(experiment).timings.contestants["own"])
        #expect(cost.reported == ["USD": 0.125, "requests": 24])
    }

    @Test func nothingRunsUnasked() throws {
        let experiment = try experiment("touch ran\n" + Self.good)
        let error = errorText { try experiment.run() }
        #expect(error.contains("sh p.sh (contestant 'own')") && error.contains("--allow-commands"))
        #expect(!experiment.exists("ran") && !experiment.exists("report/results.json"))
        let asked = Waiting()
        _ = try experiment.run {
            $0.allowsPrograms = {
                asked.add($0); return true
            }
        }
        #expect(asked.programs.map(\.command) == [["sh", "p.sh"]])
        // Who is not wanted is not asked about.
        try experiment.write("exit 1", to: "p.sh")
        _ = try experiment.run { $0.only = ["majority"] }
    }

    /// The files that the program is made of decide whether its results still hold.
    @Test func itsFilesAreInTheFingerprint() throws {
        let experiment = try experiment(Self.good, "inputs: [lexicon, words.txt]")
        #expect(errorText { try self.run(experiment) }.contains("lexicon"))
        try FileManager.default.createDirectory(
            at: experiment.place("lexicon/deep"), withIntermediateDirectories: true)
        try experiment.write("a", to: "lexicon/deep/a.txt")
        try experiment.write("b", to: "words.txt")
        func digest() throws -> String { try experiment.items()[0].digest }
        var digests = [try digest()]
        for (name, text) in [
            ("words.txt", "c"), ("lexicon/deep/a.txt", "d"), ("lexicon/b.txt", ""), ("p.sh", Self.good + "#"),
        ] {
            try experiment.write(text, to: name)
            digests.append(try digest())
        }
        #expect(Set(digests).count == 5)
        try experiment.write("e", to: "other.txt")
        #expect(try digest() == digests[4])
        // A program finds the files of a folder by their names.
        try FileManager.default.moveItem(
            at: experiment.place("lexicon/b.txt"), to: experiment.place("lexicon/c.txt"))
        #expect(try !digests.contains(digest()))
    }

    @Test(arguments: [
        ("command: [nonesuch-program]", "'nonesuch-program': no such program on the PATH"),
        ("command: [./gone.sh]", "'./gone.sh': no such program in"),
        ("command: []", "a program, such as"), ("command: p, memory-limit: 5", "2 GB"),
        ("command: p, time-limit: 0", "above 0"), ("", "command"),
    ])
    func whatCannotBeRunIsAnErrorBefore(keys: String, words: String) throws {
        let experiment = try SmallExperiment(
            SmallExperiment.yaml.replacing(
                "{id: majority, model: dummy}",
                with: "{id: own, model: command\(keys.isEmpty ? "" : ", " + keys)}"))
        let error = errorText { try self.run(experiment) }
        #expect(error.contains(words), "\(error)")
        #expect(!experiment.exists("report/results.json"))
    }
}

/// What somebody was asked.
private final class Waiting: Sendable {
    private let asked = Mutex<[NamedProgram]>([])
    var programs: [NamedProgram] { asked.withLock { $0 } }
    func add(_ programs: [NamedProgram]) { asked.withLock { $0 += programs } }
}
