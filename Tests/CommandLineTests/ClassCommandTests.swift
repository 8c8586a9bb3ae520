import Foundation
import Testing

/// `class create`, `class grade` and `class board`, from an experiment to a graded board.
@Suite struct ClassCommandTests {
    private static let experiment = Program.moods("hotel") + "\nreport: {rank-by: accuracy}"

    /// The class, made with a key of its own, so that every run of this test sees the same rows.
    private func prepared() throws -> Program {
        let program = try Program()
        try program.write(Self.experiment, to: "hotel.yaml")
        try program.write(String(repeating: "1f", count: 32) + "\n", to: "key")
        let made = try program.run("class", "create", "hotel.yaml", "--output", "hotel", "--key", "key")
        try #require(made.status == 0, "\(made.errors)")
        #expect(made.lines == ["for students: hotel/students", "secret: hotel/secret"])
        #expect(made.errors.contains("whoever finds it there has the labels of test.csv"))
        return program
    }

    private func grade(_ program: Program, _ entries: [String], _ options: [String] = []) throws -> [[String:
        Any]]
    {
        let outcome = try program.run(
            ["class", "grade", "--secret", "hotel/secret", "--format", "json"] + options + entries)
        try #require(outcome.status == 0, "\(outcome.errors)")
        return try #require(JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [[String: Any]])
    }

    /// Ten teams: one that does as the instructions say, eight whose entries are broken, each in another way, and one that
    /// tries 500 times.
    @Test func fromAnExperimentToAGradedBoard() throws {
        let program = try prepared()
        // What the instructions say, in the students' folder.
        let page = try program.read("hotel/students/README.md")
        let commands = try #require(
            page.split(separator: "```sh\n").dropFirst().first?.split(separator: "```").first)
        try program.write("set -e\ncd hotel/students\n\(commands)", to: "first.sh")
        let first = try program.runScript("first.sh")
        try #require(first.status == 0, "\(first.errors)")
        let valid = try program.read("hotel/students/entry.csv")
        #expect(valid.hasPrefix("id,predicted,p_negative,p_neutral,p_positive\n"))
        try program.write(valid, to: "entries/owls/1.csv")
        try program.write("reported: 0.58\n", to: "entries/owls/1.yaml")

        let lines = valid.split(separator: "\n").map(String.init)
        let label = try program.read("hotel/students/example-entry.csv").split(separator: "\n").map(
            String.init)
        let broken: [(team: String, text: String, fault: String)] = [
            ("missing", lines.dropLast().joined(separator: "\n"), "missing-ids"),
            ("doubled", (lines + [lines[1]]).joined(separator: "\n"), "repeated-ids"),
            ("unknown", (lines + ["x" + lines[1]]).joined(separator: "\n"), "unknown-ids"),
            (
                "label", (label.dropLast() + [label[1].prefix(13) + "Negative!"]).joined(separator: "\n"),
                "unknown-labels"
            ),
            (
                "outside",
                (lines.dropLast() + [lines[180].prefix(13) + "negative,1.5,0,0"]).joined(separator: "\n"),
                "probabilities"
            ),
            (
                "sums",
                (lines.dropLast() + [lines[180].prefix(13) + "negative,0.9,0.9,0"]).joined(separator: "\n"),
                "sums"
            ),
            ("header", (["ID,answer"] + label.dropFirst()).joined(separator: "\n"), "id-column"),
            ("empty", "", "unreadable"),
        ]
        for (team, text, _) in broken { try program.write(text, to: "entries/\(team).csv") }
        // 500 guesses: whoever shows the best of them on the public rows shows what chance gave.
        let ids = lines.dropFirst().map { $0.prefix(12) }
        var state: UInt64 = 88_172_645_463_325_252
        func draw() -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % 3)
        }
        for number in 1...500 {
            let rows = ids.map { "\($0),\(["negative", "neutral", "positive"][draw()])\n" }
            try program.write("id,predicted\n" + rows.joined(), to: "entries/guessers/\(number).csv")
        }

        // Every broken entry is told what is wrong with it, and gets no points; the valid one is scored.
        let names = ["owls/1"] + broken.map(\.team)
        let grades = try grade(program, names.map { "entries/\($0).csv" })
        #expect(grades.map { $0["valid"] as? Bool } == [true] + broken.map { _ in false })
        for (grade, (team, _, fault)) in zip(grades.dropFirst(), broken) {
            let faults = try #require(grade["faults"] as? [[String: Any]])
            #expect(faults.contains { $0["kind"] as? String == fault }, "\(team): \(faults)")
            #expect(grade["total"] as? Double == 0 && grade["score"] is NSNull)
        }
        let owls = grades[0]
        #expect(owls["rows"] as? String == "final" && owls["claim"] as? Double == 0.58)
        #expect((owls["comparisons"] as? [[String: Any]])?.count == 3)
        #expect((owls["points"] as? [[String: Any]])?.count == 5 && owls["total"] as? Double ?? 0 >= 2)
        // All test rows: the score is the one of `score`, given the secret's labels.
        let whole = try #require(grade(program, ["entries/owls/1.csv"], ["--rows", "all"]).first)
        let score = try program.run(
            "score", "--truth", "hotel/secret/gold.csv", "--predictions", "entries/owls/1.csv")
        #expect(
            try whole["score"] as? Double == object(score.output)["accuracy"] as? Double, "\(score.errors)")

        // A model instead of its predictions is worth the same.
        let model = try grade(program, ["hotel/students/models/tfidf-lr"])[0]
        #expect(model["score"] as? Double == owls["score"] as? Double)

        let board = try program.run("class", "board", "--secret", "hotel/secret", "entries", "--final")
        try #require(board.status == 0, "\(board.errors)")
        #expect(board.output == "board/index.html\n")
        let stored = try object(program.read("board/board.json"))
        let teams = try #require(stored["teams"] as? [[String: Any]])
        #expect(teams.count == 10)
        let guesses = try #require(
            teams.first { $0["name"] as? String == "guessers" }?["entries"] as? [[String: Any]])
        #expect(guesses.count == 500)
        let shown = guesses.compactMap { $0["shown"] as? Double }
        #expect(try #require(shown.last) - shown[0] < 0.005, "\(shown[0]) to \(shown.last ?? 0)")
        // What a board without the Ladder would have shown.
        try program.write("points: [{for: valid, points: 1}]\n", to: "rubric.yaml")
        let scores = try grade(
            program, (1...500).map { "entries/guessers/\($0).csv" },
            ["--rows", "public", "--rubric", "rubric.yaml"]
        ).compactMap { $0["score"] as? Double }
        #expect(try #require(scores.max()) - 1.0 / 3 > 0.03)
        let final = try #require((stored["final"] as? [String: Any])?["places"] as? [[String: Any]])
        let names10 = final.compactMap { $0["name"] as? String }
        #expect(Set(names10) == ["owls", "guessers", "majority", "vader", "tfidf-lr"])
        let html = try program.read("board/index.html")
        for word in ["owls", "guessers", "missing-ids", "unreadable", "cannot be told apart"] {
            #expect(html.contains(word))
        }
    }

    @Test func graderFormatsAndWrongUse() throws {
        let program = try prepared()
        let entry = "hotel/students/example-entry.csv"
        func run(_ arguments: String...) throws -> Program.Outcome {
            try program.run(["class", "grade", "--secret", "hotel/secret"] + arguments)
        }
        let text = try run(entry)
        #expect(text.status == 0 && text.output.hasPrefix("example-entry.csv: valid\n"), "\(text.output)")
        #expect(text.output.contains("accuracy 0.") && text.output.contains("final rows"))
        let gradescope = try run(entry, "--format", "gradescope", "--output", "results/results.json")
        #expect(gradescope.status == 0 && gradescope.output.isEmpty)
        #expect(try object(program.read("results/results.json"))["tests"] is [Any])
        #expect(try object(run(entry, "--format", "otter").output)["test_file_results"] is [Any])
        // One result is of one entry.
        let two = try run(entry, entry, "--format", "gradescope")
        #expect(two.status == 2 && two.errors.contains("found 2"))
        #expect(two.errors.contains("See 'bakeoff class grade --help'"), "\(two.errors)")
        // An entry that is not there is the students' matter, a secret that is none the lecturer's.
        let missing = try run("entry.csv")
        #expect(missing.status == 0 && missing.output.contains("There is no entry.csv; found"))
        let secret = try program.run("class", "grade", "--secret", "hotel/students", entry)
        #expect(secret.status == 2 && secret.errors.contains("not the secret of a class"))
        let again = try program.run("class", "create", "hotel.yaml", "--output", "hotel")
        #expect(again.status == 2 && again.errors.contains("a class was made here already"))
        for (option, value) in [("--public", "1"), ("--step", "0"), ("--key", "hotel.yaml")] {
            let wrong = try program.run("class", "create", "hotel.yaml", "--output", "other", option, value)
            #expect(wrong.status == 2 && wrong.errors.contains(option), "\(wrong.errors)")
        }
        #expect(!program.exists("other"))
        let misspelt = try program.run("class", "grad")
        #expect(
            misspelt.status == 2
                && misspelt.errors.hasPrefix("Error: there is no command 'class grad'; did you mean 'grade'?")
        )
        let help = try program.run("class", "--help")
        #expect(help.status == 0 && help.output.contains("board"))
        #expect(try program.run("help", "class").output == help.output)
        #expect(try program.run("help", "rubric").output.contains("partial: a share from 0 to 1"))
        let nobody = try program.run("class", "board", "--secret", "hotel/secret", "nowhere")
        #expect(
            nobody.status == 2 && nobody.errors.contains("nowhere: no entries") && !program.exists("board"))
    }
}
