import Corpora
import Foundation
import Labels
import SafeFiles
import Testing

@Suite struct LoadCorpusTests {
    /// The label names of each row.
    private func labels(_ corpus: Corpus) -> [[String]] {
        (0..<corpus.count).map { row in
            corpus.targets.labels(ofRow: row).map { corpus.labelSpace.names[$0] }
        }
    }

    @Test func oneLabelColumn() throws {
        let folder = try TestFolder(["a.csv": "id,text,kind\nx,\"Hello, you\",spam\ny,Bye, ham \n"])
        let corpus = try loadCorpus(folder.schema("{file: a.csv, columns: {id: id}, labels: {column: kind}}"))
        #expect(corpus.ids == ["x", "y"] && corpus.texts == ["Hello, you", "Bye"])
        #expect(try corpus.labelSpace == LabelSpace(kind: .binary, names: ["ham", "spam"]))
        #expect(corpus.targets == .classes([1, 0]) && corpus.officialParts == nil && !corpus.isSilver)
        let bytes = try InputFile(folder.url.appendingPathComponent("a.csv")).readToEnd()
        #expect(corpus.fingerprint == Fingerprint.sha256(of: bytes))
    }

    @Test func namesGiveTheOrderAndTheKind() throws {
        let folder = try TestFolder(["a.csv": "text,y\na,good\nb,bad\n"])
        let corpus = try loadCorpus(folder.schema("{file: a.csv, labels: {column: y, names: [good, bad]}}"))
        #expect(corpus.targets == .classes([0, 1]) && corpus.labelSpace.kind == .binary)
        let three = try loadCorpus(
            folder.schema("{file: a.csv, labels: {column: y, names: [good, fair, bad]}}"))
        #expect(three.targets == .classes([0, 2]) && three.labelSpace.kind == .multiclass)
        let two = try loadCorpus(folder.schema("{file: a.csv, labels: {kind: multiclass, column: y}}"))
        #expect(two.labelSpace.kind == .multiclass && two.labelSpace.names == ["bad", "good"])
    }

    @Test func numbersAreLookedUp() throws {
        let folder = try TestFolder([
            "a.csv": "text,y\na,2\nb,0.0\nc,joy\n", "names.txt": "anger\r\njoy\r\nfear\r\n",
        ])
        let corpus = try loadCorpus(folder.schema("{file: a.csv, labels: {column: y, names: names.txt}}"))
        #expect(labels(corpus) == [["fear"], ["anger"], ["joy"]])
        // A value that is a name is that name, even if it looks like the number of another.
        let named = try TestFolder(["a.csv": "text,y\na,1\nb,0\n"])
        #expect(
            try loadCorpus(named.schema("{file: a.csv, labels: {column: y, names: [1, 0]}}")).targets
                == .classes([0, 1]))
    }

    /// scikit-learn's `LabelEncoder`: numbers by size, texts by code point.
    @Test func distinctValuesAreSorted() throws {
        func names(_ values: [String]) throws -> [String] {
            let rows = values.map { "t,\($0)" }
            let folder = try TestFolder(["a.csv": "text,y\n" + rows.joined(separator: "\n")])
            return try loadCorpus(folder.schema("{file: a.csv, labels: {column: y}}")).labelSpace.names
        }
        #expect(try names(["10", "9", "-1", "10"]) == ["-1", "9", "10"])
        #expect(try names(["b", "ä", "B", "a", "10", "9"]) == ["10", "9", "B", "a", "b", "ä"])
        #expect(try names(["\u{FF5E}", "\u{1F600}", "z"]) == ["z", "\u{FF5E}", "\u{1F600}"])
    }

    @Test func listColumns() throws {
        let folder = try TestFolder([
            "a.csv": "text,y\na,joy|fear\nb,\nc,anger\nd,joy|joy\n", "b.tsv": "0, 2\tx\n1\ty\n",
        ])
        let piped = try loadCorpus(folder.schema("{file: a.csv, labels: {kind: multilabel, column: y}}"))
        #expect(piped.labelSpace.names == ["anger", "fear", "joy"] && piped.labelSpace.kind == .multilabel)
        #expect(labels(piped) == [["fear", "joy"], [], ["anger"], ["joy"]])
        let numbered = try loadCorpus(
            folder.schema(
                """
                {file: b.tsv, header: false, columns: {text: 1},
                labels: {column: 0, separator: ",", names: [anger, fear, joy]}}
                """))
        #expect(labels(numbered) == [["anger", "joy"], ["fear"]])
    }

    @Test func indicatorColumns() throws {
        let folder = try TestFolder(["a.csv": "anger,text,joy,fear\n1,a,0.0,TRUE\n0,b,1.0,false\n0,c,0,0\n"])
        let ranged = try loadCorpus(folder.schema("{file: a.csv, labels: {columns: [anger, joy..fear]}}"))
        #expect(ranged.labelSpace.names == ["anger", "joy", "fear"] && ranged.labelSpace.kind == .multilabel)
        #expect(labels(ranged) == [["anger", "fear"], ["joy"], []])
        let renamed = try loadCorpus(
            folder.schema("{file: a.csv, labels: {columns: joy..fear, names: [j, f]}}"))
        #expect(labels(renamed) == [["f"], ["j"], []])
        let numbered = try TestFolder(["b.tsv": "a\t1\t0\n"])
        #expect(
            try loadCorpus(
                numbered.schema(
                    "{file: b.tsv, header: false, columns: {text: 0}, labels: {columns: 1..2, names: [x, y]}}"
                )
            ).targets == .sets(IndicatorMatrix(labelCount: 2, rows: [[0]])))
    }

    @Test func binnedNumbers() throws {
        let folder = try TestFolder(["a.csv": "text,y\na,-3.5\nb,.1\nc,0.5\nd,1e0\n"])
        let corpus = try loadCorpus(
            folder.schema(
                "{file: a.csv, labels: {column: y, bins: {edges: [-0.5, 0.5], names: [neg, neu, pos]}}}"))
        #expect(corpus.targets == .classes([0, 1, 2, 2]) && corpus.labelSpace.kind == .multiclass)
    }

    @Test func jsonLines() throws {
        let folder = try TestFolder([
            "a.jsonl": """
            {"id": 7, "text": "a", "y": ["joy", "fear"], "spam": true, "n": 1}
            {"n": 0, "spam": false, "y": [], "text": "b", "id": 8}
            """
        ])
        let lists = try loadCorpus(folder.schema("{file: a.jsonl, columns: {id: id}, labels: {column: y}}"))
        #expect(lists.ids == ["7", "8"] && lists.labelSpace.kind == .multilabel)
        #expect(labels(lists) == [["fear", "joy"], []])
        #expect(
            try loadCorpus(folder.schema("{file: a.jsonl, labels: {column: spam}}")).labelSpace.names
                == ["false", "true"])
        #expect(
            try loadCorpus(folder.schema("{file: a.jsonl, labels: {column: n, names: [ham, spam]}}")).targets
                == .classes([1, 0]))
        #expect(
            try labels(loadCorpus(folder.schema("{file: a.jsonl, labels: {columns: [n, spam]}}")))
                == [["n", "spam"], []])
    }

    @Test func officialParts() throws {
        let folder = try TestFolder(["train.csv": "text,y\na,0\nb,1\n", "test.csv": "y,text\n1,c\n"])
        let corpus = try loadCorpus(
            folder.schema("{files: {test: test.csv, train: train.csv}, labels: {column: y}}"))
        #expect(corpus.ids == ["0", "1", "2"] && corpus.texts == ["a", "b", "c"])
        #expect(corpus.officialParts == [.train, .train, .test] && corpus.targets == .classes([0, 1, 1]))
        #expect(corpus.fingerprint == Fingerprint.sha256(of: Array("text,y\na,0\nb,1\ny,text\n1,c\n".utf8)))
    }

    @Test func unionOfFiles() throws {
        let folder = try TestFolder(["a.csv": "id,text,y\n1,a,0\n2,b,1\n", "b.csv": "id,text,y\n1,c,1\n"])
        let corpus = try loadCorpus(
            folder.schema("{file: [a.csv, b.csv], columns: {id: id}, labels: {column: y}}"))
        #expect(corpus.ids == ["a/1", "a/2", "b/1"] && corpus.officialParts == nil)
        let numbered = try loadCorpus(folder.schema("{file: [a.csv, b.csv], labels: {column: y}}"))
        #expect(numbered.ids == ["a/0", "a/1", "b/0"])
    }

    @Test func silverLabels() throws {
        let folder = try TestFolder(["a.txt": "fine\nawful\n"])
        let space = try LabelSpace(kind: .binary, names: ["negative", "positive"])
        let labeler: Labeler = { texts in (.classes(texts.map { $0 == "fine" ? 1 : 0 }), space) }
        let corpus = try loadCorpus(
            folder.schema("{file: a.txt, labels: {from: vader}}"), labelers: ["vader": labeler])
        #expect(corpus.isSilver && corpus.targets == .classes([1, 0]) && corpus.labelSpace == space)
    }

    @Test func textsAlone() throws {
        let folder = try TestFolder(["a.csv": "text\nfine\nawful\n"])
        let corpus = try corpusWithoutLabels(folder.schema("{file: a.csv}", requiringLabels: false))
        #expect(corpus.ids == ["0", "1"] && corpus.texts == ["fine", "awful"])
        #expect(throws: CorpusError.noLabels) {
            try loadCorpus(folder.schema("{file: a.csv}", requiringLabels: false))
        }
    }

    @Test func standardInput() throws {
        let folder = try TestFolder([:])
        let schema = try folder.schema("{file: \"-\", format: tsv, labels: {column: y}}")
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("y\ttext\nham\thello\nspam\t".utf8))
        // A source opens standard input only when loading begins, so the pipe must stand in for all that time.
        let original = dup(STDIN_FILENO)
        dup2(pipe.fileHandleForReading.fileDescriptor, STDIN_FILENO)
        defer {
            dup2(original, STDIN_FILENO)
            close(original)
        }
        try pipe.fileHandleForWriting.close()
        #expect {
            try loadCorpus(schema)
        } throws: {
            "\($0)".hasPrefix("<stdin>:3: the text is empty; ")
        }
    }

    @Test func missingRowsAreDroppedOnlyOnRequestAndCounted() throws {
        let folder = try TestFolder(["a.csv": "text,y,z\na,ham,1\n  ,spam,0\nc, ,1\nd,spam,\n"])
        let schema = try folder.schema("{file: a.csv, labels: {column: y}}")
        #expect(throws: CorpusError.self) { try loadCorpus(schema) }
        let corpus = try loadCorpus(schema, missing: .dropped)
        #expect(
            corpus.ids == ["0", "3"] && corpus.targets == .classes([0, 1]) && corpus.droppedRowCount == 2)
        let columns = try loadCorpus(
            folder.schema("{file: a.csv, labels: {columns: [z]}}"), missing: .dropped)
        #expect(columns.ids == ["0", "2"] && columns.droppedRowCount == 2)
        // What is wrong and not missing stays an error.
        #expect(throws: CorpusError.self) {
            try loadCorpus(folder.schema("{file: a.csv, labels: {columns: [y]}}"), missing: .dropped)
        }
    }

    @Test func selection() throws {
        let folder = try TestFolder(["train.csv": "text,y\na,0\nb,1\n", "test.csv": "text,y\nc,1\n"])
        let corpus = try loadCorpus(
            folder.schema("{files: {train: train.csv, test: test.csv}, labels: {column: y}}"))
        let selected = corpus.selecting([2, 0])
        #expect(
            selected.ids == ["2", "0"] && selected.texts == ["c", "a"]
                && selected.targets == .classes([1, 0]))
        #expect(selected.officialParts == [.test, .train] && selected.fingerprint == corpus.fingerprint)
    }
}
