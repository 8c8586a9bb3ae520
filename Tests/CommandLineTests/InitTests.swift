import Foundation
import Testing

/// From a data file to a report without editing, or a clear refusal.
@Suite struct InitTests {
    private static let classes = ["billing", "delivery", "praise"]

    /// Invented messages, three kinds in turn.
    private static func message(_ row: Int) -> String {
        let thing = ["parcel", "invoice", "driver", "website", "kettle", "chair", "refund"][row % 7]
        return switch row % 3 {
        case 0: "The invoice \(row) for my \(thing) charges me twice, please correct it"
        case 1: "My \(thing) number \(row) never came, where is the driver"
        default: "What a lovely \(thing), thank you all, order \(row) made me happy"
        }
    }

    private static let rows = (0..<60).map { (text: message($0), label: classes[$0 % 3]) }

    private static func json(_ value: Any) throws -> String {
        String(
            decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys), as: UTF8.self)
    }

    /// A table, its name, what the draft must say, and options.
    struct Table: CustomTestStringConvertible, Sendable {
        let name: String
        let bytes: Data
        var options: [String] = []
        var says: [String] = []
        var keys: [String] = []

        var testDescription: String { name }
    }

    private static func tables() throws -> [Table] {
        func text(_ lines: [String]) -> Data { Data((lines.joined(separator: "\n") + "\n").utf8) }
        let semicolons = text(
            ["nr;Nachricht;Kategorie"] + rows.enumerated().map { "\($0);\"\($1.text)\";\($1.label)" })
        let latin = Data(
            ("text,label\n" + rows.map { "\"\($0.text), na\u{EF}ve caf\u{E9}\",\($0.label)\n" }.joined())
                .unicodeScalars.map { UInt8($0.value) })
        let nested = text(
            try rows.enumerated().map {
                try json([
                    "data": ["text": $1.text, "meta": ["n": $0]],
                    "annotation": ["label": $1.label, "by": [["who": 1]]],
                ])
            })
        let lists = text(
            ["id,text,emotions"]
                + rows.enumerated().map { row, cell in
                    "r\(row),\"\(cell.text)\",\"['\(cell.label)'\(row % 4 == 0 ? ", 'urgent'" : "")]\""
                })
        let pandas = text(
            ["text\tlabel"]
                + rows.map { row in
                    "\"\(row.text) \"\"really\"\"\"\t\(row.label)"
                } + ["plain words without quotes here\tpraise"])
        let mail = text(
            ["subject,body,queue"]
                + rows.enumerated().map { "\"Order \($0) of mine\",\"\($1.text)\",\($1.label)" })
        let noIDs = text(
            try rows.enumerated().map {
                try json(
                    $0 % 5 == 0
                        ? ["text": $1.text, "label": $1.label]
                        : ["text": $1.text, "label": $1.label, "id": $0])
            })
        let oneRow = text(
            ["text,label"] + rows.map { "\"\($0.text)\",\($0.label)" } + ["\"something else entirely\",other"]
        )
        let indicators = text(
            ["text,billing,delivery,praise"]
                + rows.enumerated().map { row, cell in
                    "\"\(cell.text)\",\(row % 3 == 0 ? 1 : 0),\(row % 3 == 1 ? 1 : 0),\(row % 3 == 2 || row % 9 == 0 ? 1 : 0)"
                })
        let headless = text(rows.map { "\($0.label)\t\($0.text)" })
        let spam = text(
            ["text,spam"] + rows.map { "\"\($0.text)\",\($0.label == "praise" ? "spam" : "ham")" })
        let desk = try Data(
            contentsOf: Program.repository.appendingPathComponent("datasets/front-desk/messages.csv"))
        let missing = text(
            ["message;sentiment"]
                + rows.enumerated().map { row, cell in
                    "\(row % 10 == 9 ? "" : cell.text);\(["negative", "neutral", "positive"][row % 3])"
                } + ["\(rows[0].text);negative"])
        return [
            Table(
                name: "semicolons.csv", bytes: semicolons, options: ["--text", "Nachricht"],
                says: ["semicolons"], keys: ["delimiter: \";\"", "column: Kategorie"]),
            Table(name: "latin.csv", bytes: latin, says: ["latin-1"], keys: ["encoding: latin-1"]),
            Table(
                name: "nested.jsonl", bytes: nested, keys: ["text: data.text", "column: annotation.label"]),
            Table(
                name: "lists.csv", bytes: lists, says: ["multilabel"], keys: ["column: emotions", "id: id"]),
            Table(
                name: "pandas.tsv", bytes: pandas, says: ["as pandas writes them"], keys: ["quoting: rfc4180"]
            ),
            Table(
                name: "mail.csv", bytes: mail, says: ["joined by a space"],
                keys: ["text: [subject, body]", "text-separator: \" \""]),
            Table(name: "noids.jsonl", bytes: noIDs, says: ["no id"]),
            Table(
                name: "onerow.csv", bytes: oneRow, says: ["left out"],
                keys: ["min-rows-per-class: 3", "rare-classes: drop"]),
            Table(
                name: "flags.csv", bytes: indicators, says: ["0 and 1"],
                keys: ["columns: [billing, delivery, praise]"]),
            Table(
                name: "SMSSpam", bytes: headless, says: ["no header", "tabs"],
                keys: ["header: false", "format: tsv", "column: \"0\""]),
            // Columns that are called as one of their values.
            Table(name: "spam.csv", bytes: spam, options: ["--label", "spam"], keys: ["column: spam"]),
            Table(
                name: "desk.csv", bytes: desk, options: ["--label", "sentiment"],
                keys: ["text: text", "id: id", "column: sentiment"]),
            Table(
                name: "missing values.csv", bytes: missing, says: ["VADER", "without text", "repeat"],
                keys: ["drop-missing: true", "group-by: duplicates", "name: e\n"]),
            Table(
                name: "hub.parquet",
                bytes: try Data(
                    contentsOf: Program.repository.appendingPathComponent(
                        "Tests/Oracles/Corpora/hub/many.parquet")),
                keys: ["column: label"]),
        ]
    }

    @Test func fromAFileToAReport() throws {
        let program = try Program()
        for table in try Self.tables() {
            try program.write(table.bytes, to: table.name)
            let made = try program.run(["init", table.name, "--output", "e.yaml", "--force"] + table.options)
            #expect(made.status == 0, "\(table.name): \(made.errors)")
            let yaml = try program.read("e.yaml")
            // Comments are of limited width, so that words may stand on two lines.
            let told = yaml.replacingOccurrences(of: "\n# ", with: " ")
            for words in table.says { #expect(told.contains(words), "\(table.name): '\(words)' in \(yaml)") }
            for key in table.keys { #expect(yaml.contains(key), "\(table.name): '\(key)' in \(yaml)") }
            let run = try program.run("run", "e.yaml", "--output", "out", "--models", "models")
            #expect(run.status == 0, "\(table.name): \(run.errors)\n\(yaml)")
            #expect(try program.read("out/README.md").contains("tfidf-lr"))
            #expect(try program.run("report", "out", "--verify").status == 0)
            for folder in ["out", "models"] where program.exists(folder) { try program.remove(folder) }
        }
    }

    @Test func refusals() throws {
        let program = try Program()
        func refused(_ name: String, _ text: String, _ says: [String], options: [String] = []) throws {
            try program.write(text, to: name)
            let outcome = try program.run(["init", name] + options)
            #expect(outcome.status == 2, "\(name): \(outcome.output)")
            for words in says { #expect(outcome.errors.contains(words), "\(name): \(outcome.errors)") }
            if name != "e.yaml" {
                #expect(!program.exists((name as NSString).deletingPathExtension + ".yaml"))
            }
        }
        let pairs = (0..<40).map {
            "first text of row \($0),second text of \($0) row,\($0 % 2 == 0 ? "a" : "b"),\($0 % 3 == 0 ? "x" : "y")"
        }
        try refused(
            "two.csv", "left,right,one,two\n" + pairs.joined(separator: "\n"),
            ["--text 'left'", "--text 'right'"])
        try refused(
            "labels.csv", "left,right,one,two\n" + pairs.joined(separator: "\n"),
            ["--label 'one'", "--label 'two'"],
            options: ["--text", "left"])
        // A column that is called as one of its values is one, since another's name is none.
        let desk = try String(
            contentsOf: Program.repository.appendingPathComponent("datasets/front-desk/messages.csv"),
            encoding: .utf8)
        try refused("desk.csv", desk, ["--label 'spam'", "--label 'sentiment'"])
        try refused(
            "texts.csv", "text\n" + (0..<30).map { "row number \($0)" }.joined(separator: "\n"),
            ["labels cannot be told"])
        try refused(
            "numbers.csv",
            "text,label\n" + (0..<60).map { "row number \($0),\(Double($0) * 0.37)" }.joined(separator: "\n"),
            ["bins"])
        try refused("e.yaml", "name: x\n", ["bakeoff run"])
        try refused("few.csv", "text,label\nsome words here,a\nother words here,b\n", ["few.csv"])
        try program.write("text,label\n", to: "none.csv")
        #expect(try program.run("init", "none.csv").status == 2)
        #expect(try program.run("init", "nothere.csv").status == 2)
    }

    /// What the table suggests stands in the file as a comment, and is told as well.
    @Test func suggestionsAreTold() throws {
        let program = try Program()
        let rows = Self.rows.enumerated().map { row, message in
            "user\(row % 12),2024-0\(row % 9 + 1)-15,\"\(message.text)\",\(message.label)\n"
        }
        try program.write("author,date,text,label\n" + rows.joined(), to: "d.csv")
        let outcome = try program.run("init", "d.csv")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.errors.contains("Column 'author' has 12 values"), "\(outcome.errors)")
        #expect(outcome.errors.contains("Column 'date' holds dates"), "\(outcome.errors)")
        #expect(try program.read("d.yaml").contains("# Column 'author' has 12 values"))
    }

    @Test func anExperimentThatIsThereStays() throws {
        let program = try Program()
        try program.write(
            "text,label\n" + Self.rows.map { "\"\($0.text)\",\($0.label)\n" }.joined(), to: "data/d.csv")
        try program.write("mine", to: "d.yaml")
        let outcome = try program.run("init", "data/d.csv")
        #expect(outcome.status == 2 && outcome.errors.contains("--force"), "\(outcome.errors)")
        #expect(!outcome.errors.contains("Usage"))
        #expect(try program.read("d.yaml") == "mine")
        try program.write(try program.read("data/d.csv"), to: "some texts.csv")
        #expect(try program.run("init", "some texts.csv").status == 0)
        #expect(try program.read("some-texts.yaml").contains("name: some-texts\n"))
        let other = try program.run("init", "data/d.csv", "--output", "data/e.yaml")
        #expect(other.status == 0, "\(other.errors)")
        #expect(try program.read("data/e.yaml").contains("name: e\ndataset:\n  file: d.csv"))
        #expect(try program.run("run", "data/e.yaml", "--output", "o", "--models", "m").status == 0)
    }
}
