import Foundation
import Testing

/// What is worth knowing about files stands where a reader looks: on the terminal, and in the report.
@Suite struct NotesTests {
    private static let words = ["cold", "rude", "warm", "kind", "noisy", "quiet", "late", "quick"]

    /// Sixty rows in turn labelled by `labels`.
    private func table(_ labels: [String]) -> String {
        "text,label\n"
            + (0..<60).map { row in
                "\(Self.words[row % 8]) \(Self.words[row / 8]) \(row),\(labels[row % labels.count])\n"
            }.joined()
    }

    private func experiment(_ contestants: String, dataset: String = "{file: d.csv, labels: {column: label}}")
        -> String
    {
        """
        name: e
        dataset: \(dataset)
        split: {train: 0.7, validation: 0.15, test: 0.15, stratify: none}
        contestants: [\(contestants)]
        report: {analysis: false}
        """
    }

    @Test func whatLabelsNeedToldStandsInTheReport() throws {
        let program = try Program()
        try program.write(table(["Good", "good", "bad", "Bad", "1", "2"]), to: "d.csv")
        try program.write(experiment("{id: m, model: dummy}"), to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        #expect(run.errors.contains("'Good'") && run.errors.contains("'good'"))
        let report = try program.read("reports/e/README.md")
        #expect(report.contains("Good") && report.contains("differ"), "\(report)")
        let results = try program.read("reports/e/results.json")
        let dataset = try #require(
            (JSONSerialization.jsonObject(with: Data(results.utf8)) as? [String: Any])?["dataset"]
                as? [String: Any])
        #expect((dataset["notices"] as? [String])?.isEmpty == false)
        #expect(!results.contains(program.folder.path), "a report names no folder of a machine")
        #expect(try program.run("report", "reports/e", "--verify").status == 0)
    }

    @Test func predictionsMadeElsewhere() throws {
        let program = try Program()
        try program.write(table(["a", "b"]), to: "d.csv")
        let rows = (0..<70).map { "\($0),\($0 % 2 == 0 ? "a" : "b")\n" }.joined()
        try program.write("id,predicted\n" + rows, to: "p.csv")
        try program.write(experiment("{id: mine, model: external, predictions: p.csv}"), to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        #expect(!run.errors.contains("fitted in") && run.errors.contains("what they cost is not known"))
        let notice = "10 rows of p.csv have ids that no row of the dataset has, such as '60'"
        #expect(run.errors.contains(notice), "\(run.errors)")
        #expect(try program.read("reports/e/README.md").contains("10 rows of p.csv"))
        // A stored result tells the same.
        #expect(try program.run("run", "e.yaml").status == 0)
        #expect(try program.read("reports/e/README.md").contains("10 rows of p.csv"))
    }

    /// Files that people write with an editor may begin with a byte order mark.
    @Test func wordsBehindAByteOrderMark() throws {
        let program = try Program()
        try program.write(table(["a", "b"]), to: "d.csv")
        try program.write("warm\ncold\n", to: "plain.txt")
        try program.write("\u{FEFF}warm\r\ncold\r\n", to: "marked.txt")
        func contestant(_ id: String, _ file: String) -> String {
            "{id: \(id), model: tfidf-logreg, tfidf: {stop-words: {file: \(file)}}}"
        }
        try program.write(
            experiment(contestant("a", "plain.txt") + ", " + contestant("b", "marked.txt")), to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        #expect(
            try program.read("reports/e/predictions/a.csv") == program.read("reports/e/predictions/b.csv"))
        try program.write("\u{FEFF}\r\n", to: "empty.txt")
        try program.write(experiment(contestant("a", "empty.txt")), to: "e.yaml")
        let empty = try program.run("run", "e.yaml")
        #expect(empty.status == 2 && empty.errors.contains("expected a file of words, and it has none"))
        try program.write("\u{FEFF}warm\t3.5\n", to: "lexicon.txt")
        let vader = try program.run("vader", "--lexicon", "lexicon.txt", input: "warm\n")
        #expect(vader.status == 0 && vader.output.contains("0.6"), "\(vader.output)\(vader.errors)")
    }

    /// What people write first, and what they are told to write instead.
    @Test(arguments: [
        ("tickets.csv", "such as {file: tickets.csv, labels: {column: label}}"),
        ("front-desk", "a mapping: {recipe: front-desk}"),
        ("{file: d.csv, labels: category}", "such as {column: category}"),
        ("{file: d.csv, columns: {label: mood}, labels: {column: x}}", "write 'labels: {column: mood}'"),
        ("{file: d.csv, file: d.csv, labels: {column: x}}", "e.yaml:2: key 'dataset.file' occurs twice"),
    ])
    func remedies(dataset: String, expected: String) throws {
        let program = try Program()
        try program.write(experiment("{id: m, model: dummy}", dataset: dataset), to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        #expect(run.status == 2 && run.errors.contains(expected), "\(run.errors)")
    }

    @Test func scoreTakesASeparator() throws {
        let program = try Program()
        try program.write("gold\na;b\nb\n", to: "g.csv")
        try program.write("predicted\nb;a\na\n", to: "p.csv")
        let score = try program.run(
            "score", "--truth", "g.csv", "--predictions", "p.csv", "--separator", ";")
        #expect(score.status == 0 && score.output.contains("\"subset_accuracy\" : 0.5"), "\(score.errors)")
        let empty = try program.run("score", "--truth", "g.csv", "--predictions", "p.csv", "--separator", "")
        #expect(empty.status == 2 && empty.errors.contains("--separator"))
    }

    /// A model knows the columns that its labels stood in.
    @Test func evaluateFindsTheModelsOwnColumns() throws {
        let program = try Program()
        let rows = (0..<60).map { row in
            "\(Self.words[row % 8]) \(Self.words[row / 8]) \(row),\(row % 2),\(row % 8 < 2 ? 1 : 0)\n"
        }
        try program.write("text,cold,busy\n" + rows.joined(), to: "d.csv")
        try program.write(
            experiment(
                "{id: lr, model: tfidf-logreg}", dataset: "{file: d.csv, labels: {columns: [cold, busy]}}"),
            to: "e.yaml")
        let run = try program.run("run", "e.yaml")
        try #require(run.status == 0, "\(run.errors)")
        func evaluate(_ table: String, _ more: String...) throws -> Program.Outcome {
            try program.write(table, to: "new.csv")
            return try program.run(
                ["evaluate", "--model", "runs/e/lr", "--input", "new.csv", "--format", "json"] + more)
        }
        // In another order and with a column besides.
        let new = "busy,text,note,cold\n" + "1,cold rude,x,0\n0,rude warm,y,1\n0,kind late,z,0\n"
        let found = try evaluate(new)
        #expect(found.status == 0, "\(found.errors)")
        #expect(found.errors.contains("the columns named as the model's labels (cold, busy) are read"))
        let told = try evaluate(new, "--label-columns", "cold", "busy")
        #expect(told.output == found.output && !told.errors.contains("named as the model's labels"))
        let other = try evaluate("text,cold\ncold rude,1\n")
        #expect(other.status == 2 && other.errors.contains("--label-columns"), "\(other.errors)")
    }
}
