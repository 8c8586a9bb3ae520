import Corpora
import Foundation
import SettingKeys
import Tables
import Testing

@Suite struct DatasetSchemaTests {
    private let folder = URL(fileURLWithPath: "/data")

    private func schema(_ yaml: String) throws -> DatasetSchema {
        try DatasetSchema(setting: Setting(yaml: yaml, file: "d.yaml"), folder: folder)
    }

    private func file(_ name: String) -> DataFile { DataFile(path: name, folder: folder) }

    private func complaint(_ yaml: String) -> String? {
        do {
            _ = try schema(yaml)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func officialPartsWithLabelNumbers() throws {
        let found = try schema(
            """
            files: {train: train.tsv, validation: dev.tsv, test: test.tsv}
            header: false
            columns: {text: 0, id: 2}
            labels: {kind: multilabel, column: 1, separator: ",", names: labels.txt}
            """)
        #expect(
            found
                == DatasetSchema(
                    files: .parts([
                        .train: [file("train.tsv")], .validation: [file("dev.tsv")],
                        .test: [file("test.tsv")],
                    ]),
                    format: .table(
                        TableDialect(
                            delimiter: UInt8(ascii: "\t"), splitting: .everyDelimiter, hasHeader: false)),
                    text: TextColumns("0"), idColumn: "2",
                    labels: LabelSchema(
                        kind: .multilabel, source: .column("1", separator: ","),
                        names: .file(URL(fileURLWithPath: "/data/labels.txt")))))
    }

    @Test func defaults() throws {
        let csv = try schema("{file: a.csv, labels: {column: spam}}")
        #expect(csv.files == .one(file("a.csv")) && csv.format == .table(.csv))
        #expect(csv.text == TextColumns("text") && csv.idColumn == nil)
        #expect(csv.labels == LabelSchema(source: .column("spam", separator: nil)))
        #expect(try schema("{file: a.tsv, labels: {column: x}}").format == .table(.tsv))
        #expect(try schema("{file: a.jsonl, labels: {column: x}}").format == .jsonLines)
        let lines = try schema("{file: a.txt, labels: {from: vader}}")
        #expect(lines.format == .table(.lines) && lines.text == TextColumns("0"))
        #expect(lines.labels?.source == .silver(labeler: "vader"))
        #expect(
            try schema("{file: [a.csv, b.csv], labels: {column: x}}").files
                == .union([file("a.csv"), file("b.csv")]))
        #expect(try schema("{file: \"-\", format: csv, labels: {column: x}}").files == .one(.standardInput))
    }

    @Test func dialects() throws {
        func dialect(_ keys: String) throws -> DataFormat {
            try schema("{file: a, labels: {column: 1}, columns: {text: 0}, header: false, \(keys)}").format
        }
        func table(_ delimiter: Character, _ splitting: TableDialect.Splitting) -> DataFormat {
            .table(TableDialect(delimiter: delimiter.asciiValue ?? 0, splitting: splitting, hasHeader: false))
        }
        #expect(try dialect("format: csv, delimiter: \";\"") == table(";", .quoted))
        #expect(try dialect("format: csv, quoting: none") == table(",", .everyDelimiter))
        #expect(try dialect("format: tsv, quoting: rfc4180") == table("\t", .quoted))
        #expect(try dialect("delimiter: \"|\"") == table("|", .quoted))
        #expect(try schema("{file: a.txt, delimiter: \";\", labels: {column: y}}").format != .table(.lines))
        #expect(try schema("{file: a, format: json, labels: {column: y}}").format == .jsonLines)
        #expect(
            try dialect("format: csv, delimiter: \";\", text-last-delimiter: true")
                == table(";", .lastDelimiter))
    }

    @Test func textsOfSeveralColumns() throws {
        func text(_ keys: String) throws -> TextColumns {
            try schema("{file: a.csv, labels: {column: 1}, \(keys)}").text
        }
        #expect(try text("columns: {text: [a, b]}") == TextColumns(["a", "b"], separator: " "))
        #expect(
            try text("columns: {text: [a, b]}, text-separator: \" [SEP] \"")
                == TextColumns(["a", "b"], separator: " [SEP] "))
        #expect(try text("columns: {text: [a]}") == TextColumns("a"))
        #expect(try text("header: false, columns: {text: [2, 0]}") == TextColumns(["2", "0"]))
    }

    @Test func labelSources() throws {
        func labels(_ keys: String) throws -> LabelSchema? {
            try schema("{file: a.csv, labels: {\(keys)}}").labels
        }
        #expect(
            try labels("columns: [anger, joy..surprise]")
                == LabelSchema(kind: .multilabel, source: .indicators(["anger", "joy..surprise"])))
        #expect(try labels("columns: a..b")?.source == .indicators(["a..b"]))
        #expect(
            try labels("column: m, bins: {edges: [-0.5, 0.5], names: [n, o, p]}")?.source
                == .bins(column: "m", Bins(edges: [-0.5, 0.5], names: ["n", "o", "p"])))
        #expect(
            try labels("kind: binary, column: y, names: [ham, spam]")
                == LabelSchema(
                    kind: .binary, source: .column("y", separator: nil), names: .list(["ham", "spam"])))
        #expect(
            try labels("kind: multilabel, column: y")
                == LabelSchema(kind: .multilabel, source: .column("y", separator: nil)))
    }

    @Test func onlyTextsWanted() throws {
        let setting = try Setting(yaml: "{file: a.csv}", file: "d.yaml")
        #expect(try DatasetSchema(setting: setting, folder: folder, requiringLabels: false).labels == nil)
        #expect(complaint("{file: a.csv}") == "d.yaml:1: key 'labels' is missing")
    }

    @Test(arguments: [
        ("file: a.csv\nlables: {column: y}", "d.yaml:2: unknown key 'lables'; did you mean 'labels'?"),
        (
            "file: a.csv\nlabels: {columm: y}",
            "d.yaml:2: unknown key 'labels.columm'; did you mean 'column'?"
        ),
        (
            "file: a.csv\ncolumns: {txet: y}\nlabels: {column: y}",
            "d.yaml:2: unknown key 'columns.txet'; did you mean 'text'?"
        ),
        ("labels: {column: y}", "d.yaml:1: key 'file' is missing"),
        (
            "file: a.xlsx\nlabels: {column: y}",
            "d.yaml:1: file: found 'a.xlsx', expected a file that ends in .csv, .tsv, .jsonl, .ndjson, .json, .parquet or .txt, or 'format:' beside it"
        ),
        (
            "file: [a.csv, b.xlsx]\nlabels: {column: y}",
            "d.yaml:1: file: found a list, expected tables, which end in .csv, .tsv, .jsonl, .ndjson, .json or .parquet, or 'format:' to say what all files are; b.xlsx ends otherwise"
        ),
        (
            "files: {train: a.csv, test: b.txt}\nlabels: {column: y}",
            "d.yaml:1: files: found a mapping, expected tables, which end in .csv, .tsv, .jsonl, .ndjson, .json or .parquet, or 'format:' to say what all files are; b.txt ends otherwise"
        ),
        (
            "file: [a.csv, b.jsonl]\nheader: false\ncolumns: {text: 0}\nlabels: {column: 1}",
            "d.yaml:2: header: found 'false', expected this key for csv and tsv only, not for jsonl"
        ),
        (
            "file: a.csv\nlabels: category",
            "d.yaml:2: labels: found 'category', expected a mapping, such as {column: category}"
        ),
        (
            "file: a.csv\nlabels: [joy, anger]",
            "d.yaml:2: labels: found a list, expected a mapping, such as {columns: [joy, anger]} for a column of 0 and 1 each"
        ),
        (
            "file: a.csv\ncolumns: {text: t,\n  label: mood}\nlabels: {column: y}",
            "d.yaml:3: columns.label: found 'mood', expected no 'label' among columns of texts and ids: write 'labels: {column: mood}' beside 'columns'"
        ),
        (
            "file: a.csv\ncolumns: body\nlabels: {column: y}",
            "d.yaml:2: columns: found 'body', expected a mapping, such as {text: body}"
        ),
        (
            "file: a.txt\nlabels: {column: y}",
            "d.yaml:2: labels.column: found 'y', expected no column of labels: a .txt file is read as texts alone, one a line; if it is a table, say how it is written with 'format:' or 'delimiter:'"
        ),
        (
            "file: a.txt\nheader: true\nlabels: {column: y}",
            "d.yaml:2: header: found 'true', expected this key for csv and tsv only, not for lines, as a .txt file is read unless 'format:' says otherwise"
        ),
        (
            "file: a.csv\nencoding: cp437\nlabels: {column: y}",
            "d.yaml:2: encoding: found 'cp437', expected one of utf-8, latin-1, windows-1252, utf-16, utf-16-le, utf-16-be; convert others: iconv -f OTHER -t UTF-8 OLD > NEW"
        ),
        (
            "file: a.csv\ntext-separator: x\nlabels: {column: y}",
            "d.yaml:2: text-separator: found 'x', expected several columns of text, which it would join"
        ),
        (
            "file: a.csv\ncolumns: {text: [a, b, a]}\nlabels: {column: y}",
            "d.yaml:2: columns.text[2]: found 'a', expected each column once"
        ),
        (
            "file: a.csv\nfiles: {train: b.csv}\nlabels: {column: y}",
            "d.yaml:1: file: found 'a.csv', expected either 'file' or 'files'"
        ),
        (
            "file: a\nformat: cvs\nlabels: {column: y}",
            "d.yaml:2: format: found 'cvs', expected one of csv, tsv, jsonl, parquet, lines (did you mean 'csv'?)"
        ),
        (
            "file: a.csv\nheader: no\nlabels: {column: y}",
            "d.yaml:2: header: found 'no', expected true or false"
        ),
        ("file: a.csv\nheader: false\nlabels: {column: 1}", "d.yaml:1: key 'columns.text' is missing"),
        (
            "file: a.csv\nheader: false\ncolumns: {text: words}\nlabels: {column: 1}",
            "d.yaml:3: columns.text: found 'words', expected the number of a column, from 0, because there is no header"
        ),
        (
            "file: a.csv\ndelimiter: ab\nlabels: {column: y}",
            "d.yaml:2: delimiter: found 'ab', expected one ASCII character, neither a quote nor a line ending"
        ),
        (
            "file: a.tsv\ndelimiter: \";\"\nlabels: {column: y}",
            "d.yaml:2: delimiter: found ';', expected no delimiter for tsv, which is separated by tabs"
        ),
        (
            "file: a.jsonl\nheader: true\nlabels: {column: y}",
            "d.yaml:2: header: found 'true', expected this key for csv and tsv only, not for jsonl"
        ),
        (
            "file: a.csv\nquoting: rfc4180\ntext-last-delimiter: true\nlabels: {column: y}",
            "d.yaml:2: quoting: found 'rfc4180', expected none, because of text-last-delimiter"
        ),
        (
            "file: no-*.csv\nlabels: {column: y}",
            "d.yaml:1: file: found 'no-*.csv', expected a pattern that some file matches"
        ),
        (
            "files: {train: [a.csv, b.csv], test: [c.csv, c.csv]}\nlabels: {column: y}",
            "d.yaml:1: files.test: found a list, expected each file once, and /data/c.csv is named twice"
        ),
        (
            "file: a.csv\nlabels: {column: y, columns: [a, b]}",
            "d.yaml:2: labels.column: found 'y', expected no such key beside 'columns'"
        ),
        (
            "file: a.csv\nlabels: {kind: binary, columns: [a, b]}",
            "d.yaml:2: labels.kind: found 'binary', expected multilabel, because of 'columns'"
        ),
        (
            "file: a.csv\nlabels: {from: vader, column: y}",
            "d.yaml:2: labels.column: found 'y', expected nothing beside 'from', whose labeler decides it"
        ),
        (
            "file: a.csv\nlabels: {column: y, bins: {edges: [1, 0], names: [a, b, c]}}",
            "d.yaml:2: labels.bins.edges: found a list, expected one number or more, ascending"
        ),
        (
            "file: a.csv\nlabels: {column: y, bins: {edges: [0, 1], names: [a, b]}}",
            "d.yaml:2: labels.bins.names: found a list, expected 3 names, one more than edges"
        ),
    ])
    func refused(yaml: String, expected: String) {
        #expect(complaint(yaml) == expected)
    }

    @Test func binsAndTheirEdges() {
        let three = Bins(edges: [-0.5, 0.5], names: ["negative", "neutral", "positive"])
        #expect([-1, -0.5, -0.49, 0, 0.49, 0.5, 2].map(three.bin) == [0, 0, 1, 1, 1, 2, 2])
        let two = Bins(edges: [3], names: ["low", "high"])
        #expect([2.9, 3, 4].map(two.bin) == [0, 1, 1])
        let five = Bins(edges: [-2, -1, 1, 2], names: ["--", "-", "0", "+", "++"])
        #expect([-3, -2, -1.5, -1, 0, 1, 1.5, 2, 3].map(five.bin) == [0, 0, 1, 1, 2, 3, 3, 4, 4])
    }
}
