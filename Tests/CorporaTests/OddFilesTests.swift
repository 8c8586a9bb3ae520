import Corpora
import Foundation
import SafeFiles
import SettingKeys
import Tables
import Testing

/// Files as programs and people leave them.
@Suite struct OddFilesTests {
    private func labels(_ corpus: Corpus) -> [[String]] {
        (0..<corpus.count).map { row in
            corpus.targets.labels(ofRow: row).map { corpus.labelSpace.names[$0] }
        }
    }

    // MARK: JSON

    /// Columns that nobody asked for may hold anything that JSON can.
    @Test(arguments: [
        #""meta":{"user":7,"tags":[{"a":[1,[2]]}]}"#, #""meta":NaN"#, #""meta":[null,1]"#,
        #""meta":[[1],[2]]"#,
        #""meta":-Infinity"#, #""meta":{}"#, #""meta":[]"#, #""meta":"\ud83d""#, #""meta":1,"meta":2"#,
        #""meta":{"text":"other","label":"other"}"#, #""meta":{"":{"":null}}"#, #""meta":"a\"}b""#,
    ]) func otherColumnsOfJSON(extra: String) throws {
        for line in [
            "{\(extra),\"text\":\"x\",\"label\":\"a\"}", "{\"text\":\"x\",\"label\":\"a\",\(extra)}",
        ] {
            let folder = try TestFolder(["a.jsonl": "\(line)\n{\"text\":\"y\",\"label\":\"b\"}\n"])
            let corpus = try loadCorpus(folder.schema("{file: a.jsonl, labels: {column: label}}"))
            #expect(corpus.texts == ["x", "y"] && labels(corpus) == [["a"], ["b"]])
        }
    }

    /// What is no JSON stays an error, whoever asked for it.
    @Test(arguments: [
        #"{"text":"x","label":"a","m":{"b":}}"#, #"{"text":"x","label":"a","m":[1,]}"#,
        #"{"text":"x","label":"a","m":{"b" 1}}"#, #"{"text":"x","label":"a","m":"b}"#,
        #"{"text":"x","label":"a","m":[1}"#, #"{"text":"x","label":"a","m":{"b":1]}"#,
        #"{"text":"x","label":"a","m":tru}"#, #"{"text":"x","text":"y","label":"a"}"#,
    ]) func brokenJSON(line: String) throws {
        let folder = try TestFolder(["a.jsonl": "{\"text\":\"y\",\"label\":\"b\"}\n\(line)\n"])
        let complaint = folder.complaint("{file: a.jsonl, labels: {column: label}}")
        #expect(
            complaint?.hasPrefix("a.jsonl:2: not valid JSON Lines at byte") == true, "\(complaint ?? "none")")
    }

    /// As pandas' `json_normalize` names them.
    @Test func namesInsideObjects() throws {
        let folder = try TestFolder([
            "a.jsonl": """
            {"data": {"text": "x", "n": {"id": 7}}, "annotations": {"label": "a"}}
            {"annotations": {"label": "b", "by": [{"who": 1}]}, "data": {"n": {"id": 8}, "text": "y"}}
            """
        ])
        let corpus = try loadCorpus(
            folder.schema(
                "{file: a.jsonl, columns: {text: data.text, id: data.n.id}, labels: {column: annotations.label}}"
            ))
        #expect(corpus.texts == ["x", "y"] && corpus.ids == ["7", "8"] && labels(corpus) == [["a"], ["b"]])
        #expect(
            folder.complaint("{file: a.jsonl, columns: {text: data}, labels: {column: annotations.label}}")
                != nil)
    }

    /// As pandas' `to_json` writes a table unless told otherwise.
    @Test func objectsOfColumns() throws {
        let folder = try TestFolder([
            "a.json": "{\"text\":{\"0\":\"x\",\"1\":\"y\"},\"label\":{\"0\":1,\"1\":0}}"
        ])
        let complaint = folder.complaint("{file: a.json, labels: {column: label}}")
        #expect(
            complaint?.contains("'text' is an object") == true
                && complaint?.contains("orient='records'") == true)
    }

    @Test func keysThatTheFirstObjectLacks() throws {
        let folder = try TestFolder([
            "a.jsonl":
                "{\"text\":\"x1\"}\n{\"text\":\"x2\",\"label\":\"b\",\"id\":\"7\"}\n{\"text\":\"x3\",\"label\":\"c\"}\n"
        ])
        let schema = "{file: a.jsonl, labels: {column: label}}"
        #expect(folder.complaint(schema)?.hasPrefix("a.jsonl:1: column 'label': the label is empty") == true)
        let corpus = try loadCorpus(folder.schema(schema), missing: .dropped)
        #expect(corpus.texts == ["x2", "x3"] && corpus.missingValues == MissingValues(texts: 0, labels: 1))
        // A key that no object has is a mistake, whether rows may lack it or not.
        let wrong = "{file: a.jsonl, labels: {column: lable}}"
        #expect(folder.complaint(wrong)?.contains("no column 'lable'") == true)
        #expect {
            try loadCorpus(folder.schema(wrong), missing: .dropped)
        } throws: {
            "\($0)".contains("no column 'lable'")
        }
        let named = try loadCorpus(
            folder.schema("{file: a.jsonl, columns: {id: id}, labels: {column: label}}"), missing: .dropped)
        #expect(
            named.ids == ["7", "row-2"] && named.notices.count == 1
                && named.notices[0].hasPrefix("1 rows have no 'id'"))
    }

    /// Time and memory are of the order of the line.
    @Test(.timeLimit(.minutes(1))) func manyKeys() throws {
        let keys = (0..<200_000).map { "\"k\($0)\":1" }.joined(separator: ",")
        let folder = try TestFolder([
            "a.jsonl": "{\(keys),\"text\":\"x\",\"label\":\"a\"}\n{\"label\":\"b\",\"text\":\"y\",\(keys)}\n"
        ])
        let start = ContinuousClock.now
        let corpus = try loadCorpus(folder.schema("{file: a.jsonl, labels: {column: label}}"))
        #expect(corpus.texts == ["x", "y"])
        #expect(start.duration(to: .now) < .seconds(20))
    }

    @Test func deepNesting() throws {
        let deep = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        let objects =
            String(repeating: "{\"a\":", count: 50_000) + "1" + String(repeating: "}", count: 50_000)
        let folder = try TestFolder([
            "a.jsonl":
                "{\"m\":\(deep),\"o\":\(objects),\"text\":\"x\",\"label\":1}\n{\"text\":\"y\",\"label\":2}\n"
        ])
        #expect(
            try loadCorpus(folder.schema("{file: a.jsonl, labels: {column: label}}")).texts == ["x", "y"])
    }

    // MARK: Tables

    @Test func repeatedHeadersThatNobodyAskedFor() throws {
        let folder = try TestFolder(["a.csv": "text,label,note,note,,\nhi,a,1,2,,\nho,b,3,4,,\n"])
        #expect(
            try loadCorpus(folder.schema("{file: a.csv, labels: {column: label}}")).texts == ["hi", "ho"])
        let complaint = folder.complaint("{file: a.csv, columns: {text: note}, labels: {column: label}}")
        #expect(complaint?.contains("'note' twice") == true && complaint?.contains("2, 3") == true)
        let second = try loadCorpus(
            folder.schema("{file: a.csv, columns: {text: 3}, labels: {column: label}}"))
        #expect(second.texts == ["2", "4"])
        let twice = try TestFolder(["b.csv": "text,f,f\nx,1,0\ny,0,1\n"])
        let flags = try loadCorpus(twice.schema("{file: b.csv, labels: {columns: [1, 2]}}"))
        #expect(flags.labelSpace.names == ["1", "2"])
    }

    /// What pandas' `to_csv(sep="\t")` writes, and what it does not.
    @Test func quotesInTabSeparatedFiles() throws {
        let written = "text\tlabel\n\"say \"\"hi\"\"\"\ta\n\"he said \"\"no\"\" twice\"\tb\nplain\tc\n"
        let folder = try TestFolder(["a.tsv": written])
        let corpus = try loadCorpus(folder.schema("{file: a.tsv, labels: {column: label}}"))
        #expect(corpus.texts[0] == "\"say \"\"hi\"\"\"")
        #expect(corpus.notices.count == 1 && corpus.notices[0].contains("'quoting: rfc4180'"))
        let quoted = try loadCorpus(folder.schema("{file: a.tsv, quoting: rfc4180, labels: {column: label}}"))
        #expect(quoted.texts[0] == "say \"hi\"" && quoted.notices.isEmpty)
        #expect(
            try loadCorpus(folder.schema("{file: a.tsv, quoting: none, labels: {column: label}}")).notices
                .isEmpty)
        // Stray quotes, as in the SMS Spam collection: no writer of quoted fields leaves them.
        for text in [
            "\"say \"\"hi\"\"\"\ta\nu \"ok\" there\tb\n", "\"hello\" she said\ta\nfine\tb\n", "\"\ta\nb\tb\n",
        ] {
            let stray = try TestFolder(["a.tsv": "text\tlabel\n" + text])
            #expect(try loadCorpus(stray.schema("{file: a.tsv, labels: {column: label}}")).notices.isEmpty)
        }
        // Whole sentences in quotes may be either; and tabs and line endings inside quotes make other rows of them.
        for text in ["\"hello\"\ta\nfine\tb\n", "\"a\tb\nc\"\tx\nfine\ty\n"] {
            let quoted = try TestFolder(["a.tsv": "text\tlabel\n" + text])
            #expect(
                try loadCorpus(quoted.schema("{file: a.tsv, labels: {column: label}}")).notices.count == 1)
        }
    }

    // MARK: Several files

    @Test func filesOfTheSameNameInTwoFolders() throws {
        let folder = try TestFolder([:])
        for (place, text) in [("u1", "x"), ("u2", "y"), ("deep/u2", "z")] {
            let url = folder.url.appendingPathComponent(place)
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
            try folder.write(Array("text,label\n\(text)1,a\n\(text)2,b\n".utf8), to: "\(place)/data.csv")
        }
        try folder.write(Array("text,label\nw,a\n".utf8), to: "own.csv")
        let corpus = try loadCorpus(
            folder.schema("{file: [u1/data.csv, u2/data.csv, own.csv], labels: {column: label}}"))
        #expect(corpus.ids == ["u1/data/0", "u1/data/1", "u2/data/0", "u2/data/1", "own/0"])
        let deeper = try loadCorpus(
            folder.schema("{file: [u1/data.csv, u2/data.csv, deep/u2/data.csv], labels: {column: label}}"))
        #expect(
            Set(deeper.ids).count == 6 && deeper.ids[0] == "u1/data/0" && deeper.ids[4] == "deep/u2/data/0")
        // Two files of one folder that differ in their endings alone.
        try folder.write(Self.bytes(Self.packed["zst"] ?? ""), to: "own.csv.zst")
        let endings = try loadCorpus(
            folder.schema("{file: [own.csv, own.csv.zst, u1/data.csv], labels: {column: label}}"))
        #expect(
            endings.ids == [
                "own.csv/0", "own.csv.zst/0", "own.csv.zst/1", "own.csv.zst/2", "data/0", "data/1",
            ])
    }

    @Test func idsThatBeginAnewInEachPart() throws {
        let folder = try TestFolder([
            "tr.csv": "id,text,label\n0,x1,a\n1,x2,b\n", "te.csv": "id,text,label\n0,x3,a\n1,x4,b\n",
            "own.csv": "id,text,label\n7,x3,a\n8,x4,b\n",
        ])
        func corpus(_ test: String) throws -> Corpus {
            try loadCorpus(
                folder.schema(
                    "{files: {train: tr.csv, test: \(test)}, columns: {id: id}, labels: {column: label}}"))
        }
        let anew = try corpus("te.csv")
        #expect(anew.ids == ["train/0", "train/1", "test/0", "test/1"] && anew.notices.count == 1)
        let own = try corpus("own.csv")
        #expect(own.ids == ["0", "1", "7", "8"] && own.notices.isEmpty)
    }

    @Test func shardsAndPatterns() throws {
        let folder = try TestFolder([
            "train-1.csv": "text,label\nb,1\n", "train-0.csv": "text,label\na,0\n",
            "train-10.csv": "text,label\nc,1\n",
            "test.csv": "text,label\nd,0\n", ".train-2.csv": "nothing",
        ])
        let parts = try loadCorpus(
            folder.schema(
                "{files: {train: [train-1.csv, train-0.csv], test: test.csv}, labels: {column: label}}"))
        #expect(parts.ids == ["0", "1", "2"] && parts.texts == ["b", "a", "d"])
        #expect(parts.officialParts == [.train, .train, .test])
        let pattern = try loadCorpus(
            folder.schema("{files: {train: train-*.csv, test: \"te?t.csv\"}, labels: {column: label}}"))
        #expect(pattern.texts == ["a", "b", "c", "d"])
        let union = try loadCorpus(folder.schema("{file: \"train-[0-9].csv\", labels: {column: label}}"))
        #expect(union.ids == ["train-0/0", "train-1/0"])
        let everywhere = try loadCorpus(folder.schema("{file: \"**/train-?.csv\", labels: {column: label}}"))
        #expect(everywhere.ids == union.ids)
        // A file that is called like a pattern is that file.
        try folder.write(Array("text,label\nq,0\nr,1\n".utf8), to: "a[1].csv")
        #expect(
            try loadCorpus(folder.schema("{file: \"a[1].csv\", labels: {column: label}}")).texts == [
                "q", "r",
            ])
    }

    // MARK: Packed files

    /// `text,label`, `"a, b",x`, `c,y` and `d,x`, packed by Python's `bz2` (in two streams) and `lzma`, by zstd 1.5, and by
    /// `zipfile` with what macOS adds.
    private static let packed = [
        "bz2":
            "QlpoOTFBWSZTWcFDiUQAAAnRgAAQUAQ6BARAIAAxANNNBADTJywWES3HNARUNPi7kinChIYKHEogQlpoOTFBWSZTWXtTNe0AAALRgAAQAAQEAABgIAAwzQDBoBicXckU4UJB7UzXtA==",
        "xz":
            "/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAbdGV4dCxsYWJlbAoiYSwgYiIseApjLHkKZCx4CgCcnU+cpORjzQABNByTGq2PH7bzfQEAAAAABFla",
        "zst": "KLUv/QRY4QAAdGV4dCxsYWJlbAoiYSwgYiIseApjLHkKZCx4Cm+/gKg=",
        "zip":
            "UEsDBBQAAAAIAAAAIVgBBpp/HAAAABwAAAAOAAAAZGF0YS90cmFpbi5jc3YrSa0o0clJTErN4VJK1FFIUtKp4ErWqeRKAdIAUEsDBBQAAAAIAAAAIViDFtyMAwAAAAEAAAAZAAAAX19NQUNPU1gvZGF0YS8uX3RyYWluLmNzdqsAAFBLAQIUAxQAAAAIAAAAIVgBBpp/HAAAABwAAAAOAAAAAAAAAAAAAACAAQAAAABkYXRhL3RyYWluLmNzdlBLAQIUAxQAAAAIAAAAIViDFtyMAwAAAAEAAAAZAAAAAAAAAAAAAACAAUgAAABfX01BQ09TWC9kYXRhLy5fdHJhaW4uY3N2UEsFBgAAAAACAAIAgwAAAIIAAAAAAA==",
    ]
    /// Two tables, and the beginning of a workbook.
    private static let severalTables =
        "UEsDBBQAAAAIAAAAIVgBBpp/HAAAABwAAAAFAAAAYS5jc3YrSa0o0clJTErN4VJK1FFIUtKp4ErWqeRKAdIAUEsDBBQAAAAIAAAAIVgBBpp/HAAAABwAAAAFAAAAYi5jc3YrSa0o0clJTErN4VJK1FFIUtKp4ErWqeRKAdIAUEsBAhQDFAAAAAgAAAAhWAEGmn8cAAAAHAAAAAUAAAAAAAAAAAAAAIABAAAAAGEuY3N2UEsBAhQDFAAAAAgAAAAhWAEGmn8cAAAAHAAAAAUAAAAAAAAAAAAAAIABPwAAAGIuY3N2UEsFBgAAAAACAAIAZgAAAH4AAAAAAA=="
    private static let workbook =
        "UEsDBBQAAAAIAAAAIVgrhCYSBgAAAAQAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLOp0LcDAFBLAwQUAAAACAAAACFYK4QmEgYAAAAEAAAADwAAAHhsL3dvcmtib29rLnhtbLOp0LcDAFBLAQIUAxQAAAAIAAAAIVgrhCYSBgAAAAQAAAATAAAAAAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAgAAAAhWCuEJhIGAAAABAAAAA8AAAAAAAAAAAAAAIABNwAAAHhsL3dvcmtib29rLnhtbFBLBQYAAAAAAgACAH4AAABqAAAAAAA="

    private static func bytes(_ base64: String) throws -> [UInt8] {
        [UInt8](try #require(Data(base64Encoded: base64)))
    }

    @Test(arguments: packed.keys.sorted()) func isUnpacked(ending: String) throws {
        let folder = try TestFolder([:])
        let bytes = try Self.bytes(#require(Self.packed[ending]))
        try folder.write(bytes, to: "a.csv.\(ending)")
        try folder.write(bytes, to: "b.csv")
        let corpus = try loadCorpus(folder.schema("{file: a.csv.\(ending), labels: {column: label}}"))
        #expect(corpus.texts == ["a, b", "c", "d"] && corpus.targets == .classes([0, 1, 0]))
        // By its content, whatever its name; and the fingerprint is that of the file as it is.
        let renamed = try loadCorpus(folder.schema("{file: b.csv, labels: {column: label}}"))
        #expect(renamed.texts == corpus.texts && renamed.fingerprint == corpus.fingerprint)
        #expect(corpus.fingerprint == Fingerprint.sha256(of: bytes))
        #expect(
            try loadCorpus(folder.schema("{file: [a.csv.\(ending)], labels: {column: label}}")).ids[0]
                == "a/0")
        // At the end of a zip archive stands a list of what was there already.
        for cut in ending == "zip" ? [bytes.count - 60] : [1, 9, bytes.count / 3] {
            try folder.write(Array(bytes.dropLast(cut)), to: "short.csv.\(ending)")
            let complaint = folder.complaint("{file: short.csv.\(ending), labels: {column: label}}")
            #expect(
                complaint?.hasPrefix("short.csv") == true,
                "\(ending) without \(cut) bytes: \(complaint ?? "read")")
        }
    }

    @Test func plainFilesWithPackedNames() throws {
        let folder = try TestFolder(["a.csv.gz": "text,label\nx,0\ny,1\n"])
        #expect(
            try loadCorpus(folder.schema("{file: a.csv.gz, labels: {column: label}}")).texts == ["x", "y"])
        let words = try TestFolder(["a.csv": "BZhello,label\nx,0\ny,1\n"])
        #expect(
            try loadCorpus(words.schema("{file: a.csv, columns: {text: BZhello}, labels: {column: label}}"))
                .count == 2)
    }

    @Test func archivesOfSeveralFiles() throws {
        let folder = try TestFolder([:])
        try folder.write(Self.bytes(Self.severalTables), to: "a.csv.zip")
        let several = folder.complaint("{file: a.csv.zip, labels: {column: label}}")
        #expect(several?.contains("2 files (a.csv, b.csv)") == true, "\(several ?? "none")")
        try folder.write(Self.bytes(Self.packed["zip"] ?? ""), to: "one.zip")
        #expect(try loadCorpus(folder.schema("{file: one.zip, labels: {column: label}}")).count == 3)
        try folder.write(Self.bytes(Self.severalTables), to: "two.zip")
        #expect(
            folder.complaint("{file: two.zip, labels: {column: label}}")?.contains("a.csv, b.csv") == true)
        try folder.write(Self.bytes(Self.workbook), to: "a.xlsx")
        #expect(folder.complaint("{file: a.xlsx, labels: {column: label}}")?.contains("workbook") == true)
        #expect(
            folder.complaint("{file: a.xlsx, format: csv, labels: {column: label}}")?.contains("workbook")
                == true)
    }

    // MARK: Parquet

    private static let hub = oracles.appendingPathComponent("hub")

    private func fromHub(_ yaml: String) throws -> Corpus {
        let root = try Setting(yaml: yaml, file: "d.yaml")
        return try loadCorpus(DatasetSchema(setting: root, folder: Self.hub))
    }

    @Test func namesOfClassesInTheFile() throws {
        let parts = try fromHub(
            "{files: {train: train-*.parquet, test: test.parquet}, labels: {column: label}}")
        #expect(parts.labelSpace.names == ["sad", "glad", "mad"] && parts.count == 18)
        #expect(labels(parts)[0] == ["mad"] && parts.officialParts?[12] == .test)
        // The test part alone has two of them, and the third is a class nevertheless.
        #expect(try fromHub("{file: test.parquet, labels: {column: label}}").labelSpace.count == 3)
        for file in ["lists", "old-lists"] {
            let lists = try fromHub("{file: \(file).parquet, labels: {column: labels}}")
            #expect(lists.labelSpace.names == ["sad", "glad", "mad"] && lists.labelSpace.kind == .multilabel)
            #expect(labels(lists)[1] == ["glad", "mad"] && labels(lists)[2].isEmpty)
        }
        #expect(
            try fromHub("{file: plain.parquet, labels: {column: label}}").labelSpace.names == ["0", "1", "2"])
        // A number is a place, whatever the names are; and a shard may be empty.
        let stars = try fromHub("{file: stars.parquet, labels: {column: label}}")
        #expect(
            stars.labelSpace.names == ["1", "2", "3"]
                && labels(stars) == [["1"], ["2"], ["3"], ["1"], ["2"], ["3"]])
        let shards = try fromHub("{file: [test.parquet, empty.parquet], labels: {column: label}}")
        #expect(shards.count == 6 && shards.notices.count == 1)
        // Names of the schema go before those of the file.
        let named = try fromHub("{file: test.parquet, labels: {column: label, names: [x, y, z]}}")
        #expect(named.labelSpace.names == ["x", "y", "z"])
        #expect {
            try fromHub("{file: [test.parquet, other-order.parquet], labels: {column: label}}")
        } throws: {
            "\($0)".contains("has the classes glad, sad, mad") && "\($0)".contains("labels.names")
        }
    }

    /// A length in the metadata that ends a few bytes past it, in each place where lengths stand.
    @Test(arguments: 1...12) func lengthsBeyondTheMetadata(excess: Int) throws {
        let name: [UInt8] = Array("column".utf8)
        let footers: [[UInt8]] = [
            // Field 2, a list of one structure whose field 4 is a text.
            [0x29, 0x1C, 0x48, UInt8(name.count + excess)] + name,
            // Field 7, a text to be passed over; field 7, a list of bytes; field 7, a map.
            [0x78, UInt8(name.count + excess)] + name,
            [0x79, 0xF3, UInt8(name.count + excess)] + name, [0x7B, UInt8(name.count + excess), 0x88] + name,
            // A field whose number cannot be added to.
            [0x08, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01, 0x00, 0xF8, 0x00],
        ]
        for footer in footers {
            let size = UInt32(footer.count)
            let tail = (0..<4).map { UInt8(truncatingIfNeeded: size >> (8 * $0)) }
            let bytes = Array("PAR1".utf8) + footer + tail + Array("PAR1".utf8)
            #expect(throws: TableError.self) {
                _ = try RecordReader(ByteSource(bytes, name: "data"), .parquet)
            }
        }
    }
}
