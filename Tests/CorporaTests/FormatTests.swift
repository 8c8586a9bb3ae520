import Corpora
import Foundation
import Labels
import Tables
import Testing

/// The shapes in which people keep datasets, beyond plain tables.
@Suite struct FormatTests {
    /// `text,label`, `"a, b",x` and `c,y`; then, as a second member, `d,x`. Made by gzip 1.12.
    private static let packed =
        "H4sIAAAAAAACAytJrSjRyUlMSs3hUkrUUUhS0qngStap5AIAqu4kKxgAAAAfiwgAAAAAAAIDS9Gp4AIALBpkowQAAAA="

    private static func packedBytes() throws -> [UInt8] {
        [UInt8](try #require(Data(base64Encoded: packed)))
    }

    @Test func gzippedTable() throws {
        let folder = try TestFolder([:])
        try folder.write(Self.packedBytes(), to: "a.csv.gz")
        let corpus = try loadCorpus(folder.schema("{file: a.csv.gz, labels: {column: label}}"))
        #expect(corpus.texts == ["a, b", "c", "d"] && corpus.targets == .classes([0, 1, 0]))
        let union = try loadCorpus(folder.schema("{file: [a.csv.gz], labels: {column: label}}"))
        #expect(union.ids[0] == "a/0")
    }

    /// Each file is read by its own ending, and their labels are still values.
    @Test func partsOfUnlikeEndings() throws {
        let folder = try TestFolder([
            "train.jsonl": "{\"text\": \"a\", \"label\": true}\n{\"text\": \"b\", \"label\": false}\n",
            "test.csv": "label,text\nTrue,\"c, d\"\nfalse,e\n", "more.tsv": "text\tlabel\nf \"g\tTRUE\n",
        ])
        let corpus = try loadCorpus(
            folder.schema(
                "{files: {train: [train.jsonl, more.tsv], test: test.csv}, labels: {column: label}}"))
        #expect(corpus.texts == ["a", "b", "f \"g", "c, d", "e"])
        #expect(corpus.targets == .classes([1, 0, 1, 1, 0]) && corpus.labelSpace.names == ["false", "true"])
        let union = try loadCorpus(
            folder.schema("{file: [test.csv, more.tsv], labels: {column: label}}"))
        #expect(union.ids == ["test/0", "test/1", "more/0"])
        // What is said of all files is said of all.
        #expect(
            folder.complaint("{file: [test.csv, train.jsonl], format: csv, labels: {column: label}}")?
                .contains("train.jsonl") == true)
        #expect(
            folder.complaint("{file: [test.csv, more.tsv], delimiter: \";\", labels: {column: label}}")?
                .contains("separated by tabs") == true)
    }

    @Test func damagedGzip() throws {
        let folder = try TestFolder([:])
        try folder.write(Array(Self.packedBytes().dropLast(9)), to: "short.csv.gz")
        #expect(
            folder.complaint("{file: short.csv.gz, labels: {column: label}}")?.contains(
                "gzip: it ends too early") == true)
        var bytes = try Self.packedBytes()
        bytes[20] ^= 0xFF
        try folder.write(bytes, to: "wrong.csv.gz")
        #expect(folder.complaint("{file: wrong.csv.gz, labels: {column: label}}")?.contains("gzip") == true)
    }

    @Test(arguments: [1, 2, 7, 4096]) func arrayOfObjects(pieceSize: Int) throws {
        let text = " [\n {\"text\": \"a, ]}\\\" b\",\n  \"label\": 1},\n{\"text\":\"c\",\"label\":[0, 2]} ]\n"
        var reader = try JSONLinesReader(ByteSource(Array(text.utf8), name: "data", pieceSize: pieceSize))
        let rows = [try reader.next(), try reader.next(), try reader.next(), try reader.next()]
        #expect(rows.map { $0?.line } == [2, 4, nil, nil])
        #expect(rows[0]?["text"] == .text("a, ]}\" b") && rows[1]?["label"] == .list(["0", "2"]))
    }

    @Test(arguments: [
        ("[{\"a\":1}", "found the end of the file, expected an object or ']'"),
        ("[{\"a\":1}] x", "the end of the file"),
        ("[{\"a\":1", "found the end of the line"), ("[1]", "found '1', expected an object"),
    ]) func brokenArrays(text: String, expected: String) throws {
        #expect {
            var reader = try JSONLinesReader(ByteSource(Array(text.utf8), name: "data"))
            while try reader.next() != nil {}
        } throws: {
            "\($0)".contains(expected)
        }
    }

    @Test func tweetEval() throws {
        let folder = try TestFolder([
            "train_text.txt": "first \nsecond, one\n", "train_labels.txt": "1\n0\n",
            "test_text.txt": "third\n",
            "test_labels.txt": "2\n", "mapping.txt": "0\tanger\n1\tjoy\n2\toptimism\n",
        ])
        let yaml = """
            {files: {train: train_text.txt, test: test_text.txt}, format: lines,
            labels: {files: {train: train_labels.txt, test: test_labels.txt}, names: mapping.txt}}
            """
        let corpus = try loadCorpus(folder.schema(yaml))
        #expect(
            corpus.labelSpace.names == ["anger", "joy", "optimism"] && corpus.targets == .classes([1, 0, 2]))
        #expect(corpus.officialParts == [.train, .train, .test])
        try folder.write(Array("1\n0\n1\n".utf8), to: "train_labels.txt")
        #expect(
            folder.complaint(yaml) == "train_text.txt: 2 rows, but 3 labels in train_labels.txt; "
                + "expected one label for each row, in the same order")
        try folder.write(Array("1\n".utf8), to: "train_labels.txt")
        #expect(folder.complaint(yaml)?.contains("the label is empty") == true)
    }

    @Test func semEval2018() throws {
        let folder = try TestFolder([
            "train.txt": "ID\tTweet\tanger\tjoy\n2017-1\t\"Worry is\t1\t0\n2017-2\tfine\t0\t1\n",
            "test.txt": "ID\tTweet\tanger\tjoy\n2018-1\tunknown\tNONE\tNONE\n2018-2\tknown\t1\t1\n",
        ])
        let yaml = """
            {files: {train: train.txt, test: test.txt}, format: tsv, columns: {id: ID, text: Tweet},
            labels: {columns: anger..joy}}
            """
        #expect(
            folder.complaint(yaml)
                == "test.txt:2: column 'anger': the label is empty; leave such rows out with 'clean: {drop-missing: true}' (--drop-missing)"
        )
        let corpus = try loadCorpus(folder.schema(yaml), missing: .dropped)
        #expect(corpus.ids == ["2017-1", "2017-2", "2018-2"] && corpus.droppedRowCount == 1)
        #expect(corpus.texts[0] == "\"Worry is")
    }

    /// Rows that are written as Hugging Face's `datasets` does, with label numbers and lists of them.
    @Test func exportsOfDatasets() throws {
        let folder = try TestFolder([
            "train.json":
                "{\"text\":\"a \\u00e9\",\"labels\":[0,2],\"id\":\"x\"}\n{\"text\":\"b\",\"labels\":[1],\"id\":\"y\"}\n"
        ])
        let corpus = try loadCorpus(
            folder.schema("{file: train.json, columns: {id: id}, labels: {column: labels, names: [p, q, r]}}")
        )
        #expect(corpus.texts == ["a é", "b"])
        #expect(corpus.targets == .sets(IndicatorMatrix(labelCount: 3, rows: [[0, 2], [1]])))
    }
}
