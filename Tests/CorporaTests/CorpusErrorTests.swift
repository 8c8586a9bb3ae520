import Corpora
import Labels
import Testing

/// Every kind of bad data, with what is said about it.
@Suite struct CorpusErrorTests {
    private static let leaveOut =
        "; leave such rows out with 'clean: {drop-missing: true}' (--drop-missing)"

    /// A dataset of one file, and the complaint about it.
    private static let cases: [(file: String, yaml: String, complaint: String)] = [
        ("", "{file: data, format: csv, labels: {column: y}}", "data: the file is empty"),
        ("", "{file: data, format: jsonl, labels: {column: y}}", "data: the file is empty"),
        ("", "{file: data, format: lines, labels: {column: 0}}", "data: the file is empty"),
        ("text,y\n", "{file: data, format: csv, labels: {column: y}}", "data: there are no rows"),
        (
            "text,y\na,0\nb,1,2\n", "{file: data, format: csv, labels: {column: y}}",
            "data:3: found 3 fields, expected 2"
                + "; if a text holds the delimiter or a tab, put it in quotes (and set 'quoting: rfc4180' for tsv)"
        ),
        (
            "text,y\n\"a\nb\",0\nc\n", "{file: data, format: csv, labels: {column: y}}",
            "data:4: found 1 field, expected 2"
                + "; if a text holds a line ending, put it in quotes (and set 'quoting: rfc4180' for tsv)"
        ),
        (
            "a;joy\nno delimiter\n",
            "{file: data, format: csv, delimiter: \";\", header: false, text-last-delimiter: true, labels: {column: 1}}",
            "data:2: found 1 field, expected 2"
                + "; if a text holds a line ending, put it in quotes (and set 'quoting: rfc4180' for tsv)"
        ),
        (
            "text,y\na,0\nb,\"1\nc,0\n", "{file: data, format: csv, labels: {column: y}}",
            "data:3: a quote that opens here is never closed; "
                + "if quotes stand for themselves in this file, set 'quoting: none' (--quoting none)"
        ),
        (
            "text,y,text\na,0,b\n", "{file: data, format: csv, labels: {column: y}}",
            "data:1: the header names column 'text' twice; rename one, or give the number of the one that is meant: "
                + "0, 2"
        ),
        (
            "text,label\na,0\n", "{file: data, format: csv, labels: {column: labels}}",
            "data: there is no column 'labels'; did you mean 'label'?; columns found: text, label"
        ),
        (
            "body,label\na,0\n", "{file: data, format: csv, labels: {column: label}}",
            "data: there is no column 'text'; columns found: body, label; name the text column with --text, in a file with "
                + "'columns: {text: ...}'"
        ),
        (
            "a\t0\n", "{file: data, format: tsv, header: false, columns: {text: 0}, labels: {column: 2}}",
            "data: there is no column '2'; columns found: 0, 1"
        ),
        (
            "{\"text\": \"a\"}\n", "{file: data, format: jsonl, labels: {column: y}}",
            "data: there is no column 'y'; columns found: text"
        ),
        (
            "text,a,b\nx,0,1\n", "{file: data, format: csv, labels: {columns: b..a}}",
            "data: the range of columns 'b..a' ends before it begins"
        ),
        (
            "text,y\na,0\n,1\n", "{file: data, format: csv, labels: {column: y}}",
            "data:3: the text is empty" + leaveOut
        ),
        (
            "{\"text\": \"a\", \"y\": 1}\n{\"y\": 2}\n", "{file: data, format: jsonl, labels: {column: y}}",
            "data:2: the text is empty" + leaveOut
        ),
        (
            "a\n\nb\n", "{file: data, format: lines, labels: {from: none}}",
            "data:2: the text is empty" + leaveOut
        ),
        (
            "id,text,y\n,a,0\n", "{file: data, format: csv, columns: {id: id}, labels: {column: y}}",
            "data:2: the id is empty"
        ),
        (
            "id,text,y\n7,a,0\n8,b,1\n7,c,0\n",
            "{file: data, format: csv, columns: {id: id}, labels: {column: y}}",
            "data:4: id '7' stands already at data:2"
        ),
        (
            "text,y\na,0\nb,\n", "{file: data, format: csv, labels: {column: y}}",
            "data:3: column 'y': the label is empty" + leaveOut + ", or, "
                + "if a row may have no label or several, say what joins them: 'labels: {separator: \";\"}'"
        ),
        (
            "{\"text\": \"a\", \"y\": null}\n", "{file: data, format: jsonl, labels: {column: y}}",
            "data:1: column 'y': the label is empty" + leaveOut + ", or, "
                + "if a row may have no label or several, say what joins them: 'labels: {separator: \";\"}'"
        ),
        (
            "text,y\na,joy||fear\n", "{file: data, format: csv, labels: {kind: multilabel, column: y}}",
            "data:2: column 'y': the label is empty" + leaveOut
        ),
        (
            "text,y\na,joy\nb,feer\n", "{file: data, format: csv, labels: {column: y, names: [fear, joy]}}",
            "data:3: found label 'feer'; did you mean 'fear'?; expected one of fear, joy, or its number, 0 to 1"
        ),
        (
            "text,y\na,0\nb,2\n", "{file: data, format: csv, labels: {column: y, names: [ham, spam]}}",
            "data:3: found label '2'; expected one of ham, spam, or its number, 0 to 1"
        ),
        (
            "text,y\na,1\nb,0x1\n",
            "{file: data, format: csv, labels: {column: y, bins: {edges: [0], names: [low, high]}}}",
            "data:3: column 'y': found '0x1', expected a number"
        ),
        (
            "text,y\na,1\nb,yes\n", "{file: data, format: csv, labels: {columns: [y]}}",
            "data:3: column 'y': found 'yes', expected 0 or 1, or false or true"
        ),
        (
            "{\"text\": \"a\", \"y\": 1}\n\n{\"text\": \"b\", \"y\": {}}\n",
            "{file: data, format: jsonl, labels: {column: y}}",
            "data:3: not valid JSON Lines at byte 20 of the line: found an object or array inside another value; "
                + "only plain values and arrays of them are read"
        ),
        (
            "{\"text\": [\"a\"], \"y\": 1}\n", "{file: data, format: jsonl, labels: {column: y}}",
            "data:1: column 'text': found a list, expected one value"
        ),
        (
            "{\"text\": \"a\", \"y\": [1]}\n",
            "{file: data, format: jsonl, labels: {kind: binary, column: y}}",
            "data:1: column 'y': found a list, expected one value"
        ),
        (
            "text,y\na,ham\n", "{file: data, format: csv, labels: {column: y}}",
            "data: a multiclass task needs at least 2 labels, found 1: ham"
        ),
        (
            "text,y\na,1\nb,2\nc,3\n", "{file: data, format: csv, labels: {kind: binary, column: y}}",
            "data: a binary task needs exactly 2 labels, found 3: 1, 2, 3"
        ),
        (
            "text,a,b\nx,0,1\n", "{file: data, format: csv, labels: {columns: [a, b], names: [only]}}",
            "data: found 1 label name, expected 2, one for each label column"
        ),
        (
            "a\n", "{file: data, format: lines, labels: {from: vadr}}",
            "there is no labeler 'vadr'; did you mean 'vader'?; known labelers: vader"
        ),
        ("a\n", "{file: other.csv, labels: {column: y}}", "other.csv: no such file"),
        (
            "text,y\na,0\n", "{file: data, format: csv, labels: {column: y, names: names.txt}}",
            "names.txt: no such file"
        ),
    ]

    @Test(arguments: cases.indices) func complaintNamesFileAndRow(index: Int) throws {
        let example = CorpusErrorTests.cases[index]
        let space = try LabelSpace(kind: .binary, names: ["a", "b"])
        let none: Labeler = { texts in (.classes(texts.map { _ in 0 }), space) }
        let folder = try TestFolder(["data": example.file])
        let labelers = example.yaml.contains("vadr") ? ["vader": none] : ["none": none]
        #expect(folder.complaint(example.yaml, labelers: labelers) == example.complaint)
    }

    @Test func invalidUTF8() throws {
        let folder = try TestFolder([:])
        try folder.write(
            Array("text,y\na,0\nb\u{E9},1\nc".utf8) + [0xE9] + Array(",1\n".utf8), to: "data.csv")
        #expect(
            folder.complaint("{file: data.csv, labels: {column: y}}")
                == "data.csv:4: not UTF-8 text at byte 18; if it is Latin-1 or Windows-1252, set 'encoding: windows-1252' (--encoding windows-1252), or convert it: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"
        )
    }

    @Test func duplicateIDInAPart() throws {
        let folder = try TestFolder(["a.csv": "id,text,y\n1,a,0\n", "b.csv": "id,text,y\n2,b,1\n1,c,1\n"])
        #expect(
            folder.complaint("{files: {train: [a.csv, b.csv]}, columns: {id: id}, labels: {column: y}}")
                == "b.csv:3: id '1' stands already at a.csv:2")
    }
}
