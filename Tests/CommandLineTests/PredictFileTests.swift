import Foundation
import Testing

/// `predict` from files to files: what is kept, where it goes, and that it goes there whole.
@Suite struct PredictFileTests {
    private func prepared() throws -> Program {
        let program = try Program()
        try program.write(
            """
            name: spam
            dataset: {recipe: front-desk-spam}
            split: {train: 0.8, test: 0.2, validation: 0, seed: 1}
            contestants: [{id: bayes, model: naive-bayes, naive-bayes: {class-weight: balanced}}]
            """, to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        return program
    }

    private func predict(_ program: Program, _ more: String...) throws -> Program.Outcome {
        try program.run(["predict", "--model", "runs/spam/bayes"] + more)
    }

    @Test func columnsAreKeptInFront() throws {
        let program = try prepared()
        try program.write(
            "id,body,when\n7,claim your free prize now,\"May, 3\"\n9,the room was cold,June 1\n", to: "t.csv")
        let all = try predict(
            program, "--input", "t.csv", "--text", "body", "--keep", "--output", "out.csv")
        try #require(all.status == 0, "\(all.errors)")
        #expect(all.output.isEmpty)
        let rows = try program.read("out.csv").split(separator: "\n").map(String.init)
        #expect(rows[0] == "id,body,when,predicted,p_ham,p_spam" && rows.count == 3)
        #expect(rows[1].hasPrefix("7,claim your free prize now,\"May, 3\",spam,"))
        #expect(rows[2].hasPrefix("9,the room was cold,June 1,ham,"))

        let ids = try predict(
            program, "--input", "t.csv", "--text", "body", "--keep-column", "id", "--format",
            "jsonl", "--top-k", "1")
        #expect(ids.lines.count == 2)
        #expect(
            ids.lines[1].hasPrefix(#"{"id":"9","predicted":["ham"],"probabilities":{"ham":"#), "\(ids.output)"
        )
    }

    @Test func objectsStayAsTheyAre() throws {
        let program = try prepared()
        try program.write(
            #"{"n": 1.50, "text": "win cash", "m": [1, 2]}"# + "\n" + #"{"text": "a towel", "late": true}"#
                + "\n", to: "t.jsonl")
        let outcome = try predict(program, "--input", "t.jsonl", "--keep", "--output", "out.jsonl")
        try #require(outcome.status == 0, "\(outcome.errors)")
        let lines = try program.read("out.jsonl").split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines[0].hasPrefix(#"{"n": 1.50, "text": "win cash", "m": [1, 2],"predicted":["#))
        #expect(lines[1].hasPrefix(#"{"text": "a towel", "late": true,"predicted":["#))
        for line in lines {
            #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
        }
        let columns = try predict(program, "--input", "t.jsonl", "--keep", "--format", "csv")
        #expect(columns.status == 2 && columns.errors.contains("jsonl"))
    }

    @Test func whatCannotBeKeptIsAnErrorAndLeavesNoFile() throws {
        let program = try prepared()
        try program.write("text,predicted\nhello,ham\n", to: "t.csv")
        try program.write("{\"text\": \"a\"}\n{\"text\": \"b\", \"predicted\": 1}\n", to: "t.jsonl")
        try program.write("{\"text\": \"a\"}\n{\"text\": null}\n", to: "gap.jsonl")
        for (arguments, words) in [
            (["--input", "t.csv", "--keep", "--output", "out.csv"], "'predicted'"),
            (["--input", "t.jsonl", "--keep", "--output", "out.jsonl"], "t.jsonl:2"),
            (["--input", "gap.jsonl", "--output", "out.csv"], "gap.jsonl:2"),
            (["--input", "t.csv", "--keep-column", "id", "--output", "out.csv"], "'id'"),
            (["--input", "t.csv", "--output", "out.json"], "found a name that ends in .json, expected .csv"),
            (["--input", "t.csv", "--output", "out.csv.gz"], "ends in .gz"),
            (["--input", "t.csv", "--output", "./t.csv"], "is the file that is read, and would be lost"),
            (["--input", "t.csv", "--keep"], "--format csv or jsonl"),
            (["--keep", "--format", "csv", "a text"], "--input"),
            (["--input", "t.csv", "--keep", "--keep-column", "text", "--format", "csv"], "not both"),
        ] {
            let outcome = try program.run(["predict", "--model", "runs/spam/bayes"] + arguments)
            #expect(outcome.status == 2 && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
            #expect(!program.exists("out.csv") && !program.exists("out.jsonl"))
        }
        #expect(try program.read("t.csv") == "text,predicted\nhello,ham\n")
        // Any name will do for a form that is asked for.
        let asked = try predict(program, "--input", "t.csv", "--format", "csv", "--output", "out.dat")
        #expect(asked.status == 0 && program.exists("out.dat"), "\(asked.errors)")
        let named = try predict(program, "--input", "t.csv", "--format", "text", "--output", "out.json")
        #expect(named.status == 0 && program.exists("out.json"), "\(named.errors)")
    }
}
