import Foundation
import Testing

/// Every file of `experiments/`: read, run and verified, on rows of our own corpus in the shape of each dataset, with
/// one epoch of a tiny encoder and a tiny table.
@Suite struct NotebookTests {
    private static let folder = Program.repository.appendingPathComponent("experiments")

    static var experiments: [String] {
        let files = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (files ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
    }

    @Test func theNotebooksAreThere() {
        for name in [
            "multitask-sentiment-emotion", "goemotions-raw", "goemotions", "sms-spam", "semeval-ec",
            "tweeteval",
        ] {
            #expect(Self.experiments.contains("\(name).yaml"))
        }
    }

    @Test(arguments: experiments) func runs(_ file: String) throws {
        let program = try Program()
        try program.writeTinyEncoder(to: "model")
        try program.writeTinyTable(to: "table")
        try StandIns(program).write()
        var text = try String(contentsOf: Self.folder.appendingPathComponent(file), encoding: .utf8)
        text.replace(#/all-(MiniLM-L6|mpnet-base)-v2/#, with: "model")
        text.replace(#/wordllama-l2-supercat-256/#, with: "table")
        text.replace(#/epochs: \d+/#, with: "epochs: 1")
        // Samples of real corpora are larger than the stand-ins.
        text.replace(#/rows: (\d+|{train.*?})/#, with: "rows: 160")
        try program.write(text, to: "experiment.yaml")

        let outcome = try program.run("run", "experiment.yaml", "--output", "out", "--models", "models")
        try #require(outcome.status == 0, "\(outcome.errors)")
        #expect(try program.run("report", "out", "--verify").status == 0)
        for id in text.matches(of: #/id: ([a-z-]+)/#).map(\.1) {
            #expect(try program.read("out/README.md").contains(" \(id) "), "\(id)")
        }
    }
}

/// Recipes with the names and columns of the real ones, over rows of the front-desk corpus.
private struct StandIns {
    let program: Program
    let rows: [[String: String]]

    private static let rowCount = 240

    init(_ program: Program) throws {
        self.program = program
        let corpus = Program.repository.appendingPathComponent("datasets/front-desk/messages.csv")
        // Only rows that stand on a line and hold no quotes, so that no CSV parser is needed.
        let lines = try String(contentsOf: corpus, encoding: .utf8).split(separator: "\n")
        let header = lines[0].split(separator: ",").map(String.init)
        rows = lines.dropFirst().filter { !$0.contains("\"") && !$0.contains(";") }
            .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            .filter { $0.count == header.count }.prefix(Self.rowCount)
            .map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
    }

    private static let emotions = ["anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral"]

    private func emotions(of row: [String: String]) -> [String] {
        row["emotions", default: ""].split(separator: "|").map(String.init)
    }

    private func table(_ line: ([String: String], Int) -> String, header: String? = nil) -> String {
        ([header].compactMap(\.self) + rows.enumerated().map { line($1, $0) }).joined(separator: "\n") + "\n"
    }

    func write() throws {
        let names = Self.emotions.joined(separator: ", ")
        for corpus in ["", "-tweets", "-movies", "-products", "-editorials"] {
            try recipe(
                "icwsm14\(corpus)",
                table({ row, _ in "\(row["text", default: ""])\t\(row["sentiment", default: ""])" }),
                "header: false, columns: {text: 0}, "
                    + "labels: {column: 1, names: [negative, neutral, positive]}")
        }
        for name in ["sms-spam", "tweeteval-hate", "tweeteval-irony", "tweeteval-offensive"] {
            try recipe(
                name, table { row, _ in "\(row["spam", default: ""])\t\(row["text", default: ""])" },
                "header: false, columns: {text: 1}, labels: {kind: binary, column: 0, names: [ham, spam]}")
        }
        for name in ["emotion", "tweeteval-emotion"] {
            try recipe(
                name, table { row, _ in "\(row["text", default: ""])\t\(emotions(of: row)[0])" },
                "header: false, columns: {text: 0}, labels: {column: 1}")
        }
        try official("goemotions", names)
        try official("semeval-2018-ec", names)
        let indicators = { (row: [String: String]) in
            Self.emotions.map { emotions(of: row).contains($0) ? "1" : "0" }.joined(separator: "\t")
        }
        try recipe(
            "goemotions-raw",
            table(
                { row, index in
                    "\(row["text", default: ""])\t\(index)\t\(index % 20 == 0 ? "True" : "False")\t\(indicators(row))"
                },
                header: "text\tid\texample_very_unclear\t" + Self.emotions.joined(separator: "\t")),
            "columns: {text: text, id: id}, labels: {columns: anger..neutral}")
    }

    /// Train, validation and test files with a list of labels in a column.
    private func official(_ name: String, _ labels: String) throws {
        let lines = table { row, _ in
            "\(row["text", default: ""])\t\(row["emotions", default: ""].replacing("|", with: ","))"
        }.split(separator: "\n")
        let (dev, test) = (lines.prefix(60), lines.dropFirst(60).prefix(60))
        for (part, rows) in [("train", lines.dropFirst(120)), ("dev", dev), ("test", test)] {
            try program.write(
                rows.joined(separator: "\n") + "\n", to: "datasets/\(name)-\(part).tsv")
        }
        try recipe(
            name, files: ["train", "dev", "test"].map { "\(name)-\($0).tsv" },
            "files: {train: \(name)-train.tsv, validation: \(name)-dev.tsv, test: \(name)-test.tsv}, "
                + "header: false, columns: {text: 0}, "
                + "labels: {kind: multilabel, column: 1, separator: \",\", names: [\(labels)]}")
    }

    private func recipe(_ name: String, _ table: String, _ dataset: String) throws {
        try program.write(table, to: "datasets/\(name).tsv")
        try recipe(name, files: ["\(name).tsv"], "file: \(name).tsv, \(dataset)")
    }

    /// Found first, since the working folder's `datasets` hides the package's own.
    private func recipe(_ name: String, files: [String], _ dataset: String) throws {
        try program.write(
            """
            name: \(name)
            title: Stand-in
            licence: CC0 1.0
            source: our own
            kind: dataset
            files: [\(files.joined(separator: ", "))]
            dataset: {\(dataset)}
            """, to: "datasets/\(name).yaml")
    }
}
