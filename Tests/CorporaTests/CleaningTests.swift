import Corpora
import Foundation
import Labels
import SettingKeys
import Testing

/// Each step of cleaning, with its count.
@Suite struct CleaningTests {
    private func load(
        _ files: [String: String], _ dataset: String, _ clean: String
    ) throws -> Corpus {
        let folder = try TestFolder(files)
        return try loadCorpus(
            folder.schema(dataset), cleaning: Cleaning(setting: Setting(yaml: clean, file: "clean.yaml")))
    }

    private func load(_ files: [String: String], _ clean: String) throws -> Corpus {
        try load(files, "{file: a.csv, labels: {column: y}}", clean)
    }

    private func counts(_ entries: [CleaningLog.Entry]) -> [Int] { entries.map(\.count) }

    @Test func nothingIsDoneUnasked() throws {
        let corpus = try load(["a.csv": "text,y\na &amp; b,1\na &amp; b,0\n"], "{drop-missing: false}")
        #expect(corpus.texts == ["a &amp; b", "a &amp; b"] && corpus.cleaning == CleaningLog())
    }

    @Test func rareClasses() throws {
        let rows = ["a", "a", "a", "b", "b", "b", "c", "d", "d"]
        let table = "text,y\n" + rows.enumerated().map { "t\($0),\($1)\n" }.joined()
        let dropped = try load(["a.csv": table], "{min-rows-per-class: 3, rare-classes: drop}")
        #expect(try dropped.labelSpace == LabelSpace(kind: .binary, names: ["a", "b"]))
        #expect(dropped.ids == ["0", "1", "2", "3", "4", "5"] && counts(dropped.cleaning.dropped) == [3])
        #expect(counts(dropped.cleaning.changed) == [2])
        let merged = try load(["a.csv": table], "{min-rows-per-class: 3, rare-classes: other}")
        #expect(try merged.labelSpace == LabelSpace(kind: .multiclass, names: ["a", "b", "other"]))
        #expect(
            merged.targets == .classes([0, 0, 0, 1, 1, 1, 2, 2, 2]) && counts(merged.cleaning.dropped) == [0])
        let none = try load(["a.csv": table], "{min-rows-per-class: 1, rare-classes: drop}")
        #expect(none.labelSpace.names == ["a", "b", "c", "d"] && counts(none.cleaning.dropped) == [0])
        #expect(throws: CorpusError.self) {
            try load(["a.csv": table], "{min-rows-per-class: 4, rare-classes: drop}")
        }
        // A class that is called so already takes the rare ones in.
        let named = try load(
            ["a.csv": "text,y\nt,other\nu,other\nv,c\nw,a\nx,a\n"],
            "{min-rows-per-class: 2, rare-classes: other}")
        #expect(named.labelSpace.names == ["a", "other"] && named.targets == .classes([1, 1, 1, 0, 0]))
        for yaml in [
            "{min-rows-per-class: 3}", "{rare-classes: drop}", "{min-rows-per-class: 0, rare-classes: drop}",
        ] {
            #expect(throws: SettingsError.self) { try load(["a.csv": table], yaml) }
        }
    }

    @Test func rareLabelsOfSets() throws {
        let table = "text,y\nt,a|b\nu,a|c\nv,c\nw,\nx,d|a\n"
        let labels = "{file: a.csv, labels: {column: y, kind: multilabel}}"
        let dropped = try load(["a.csv": table], labels, "{min-rows-per-class: 2, rare-classes: drop}")
        #expect(dropped.labelSpace.names == ["a", "c"])
        #expect(dropped.targets == .sets(IndicatorMatrix(labelCount: 2, rows: [[0], [0, 1], [1], [], [0]])))
        let merged = try load(["a.csv": table], labels, "{min-rows-per-class: 3, rare-classes: other}")
        #expect(merged.labelSpace.names == ["a", "other"])
        #expect(
            merged.targets
                == .sets(IndicatorMatrix(labelCount: 2, rows: [[0, 1], [0, 1], [1], [], [0, 1]])))
        let gone = try load(["a.csv": table], labels, "{min-rows-per-class: 3, rare-classes: drop}")
        #expect(gone.ids == ["0", "1", "3", "4"])
    }

    @Test func entitiesAndUnicode() throws {
        let corpus = try load(
            ["a.csv": "text,y\nfish &amp;lt; &#x1F600;&#146;s &copy R&D;,1\ncafe\u{301} ﬁn,0\nplain,0\n"],
            "{html-entities: true, unicode: nfkc}")
        #expect(
            corpus.texts.map { Array($0.unicodeScalars) }
                == ["fish &lt; 😀’s &copy R&D;", "caf\u{E9} fin", "plain"].map { Array($0.unicodeScalars) })
        #expect(counts(corpus.cleaning.changed) == [1, 1] && corpus.cleaning.dropped.isEmpty)
        let composed = try load(["a.csv": "text,y\ncafe\u{301} ﬁn,0\nx,1\n"], "{unicode: nfc}")
        #expect(Array(composed.texts[0].unicodeScalars) == Array("caf\u{E9} ﬁn".unicodeScalars))
    }

    /// As a published notebook reads the raw GoEmotions table: flags of comments that were unclear, labels as floats
    /// because one is missing, and that one row dropped.
    @Test func rawGoEmotions() throws {
        let names = ["admiration", "joy", "neutral"]
        let rows = [
            "a1,so good,FALSE,1.0,1.0,0.0", "a2,hm,TRUE,0.0,0.0,0.0", "a3,gap,FALSE,0.0,,0.0",
            "a4,fine,FALSE,0.0,0.0,1.0",
        ]
        let table =
            "id,text,example_very_unclear,\(names.joined(separator: ","))\n" + rows.joined(separator: "\n")
        let corpus = try load(
            ["a.csv": table], "{file: a.csv, columns: {id: id}, labels: {columns: admiration..neutral}}",
            "{drop-flagged: example_very_unclear, drop-missing: true}")
        #expect(corpus.ids == ["a1", "a4"] && corpus.droppedRowCount == 1)
        #expect(
            corpus.cleaning.dropped.map { "\($0.count) \($0.step)" } == [
                "1 example_very_unclear is true (clean.drop-flagged)",
                "1 no text or no label (clean.drop-missing)",
            ])
        #expect(
            corpus.cleaning.changed.map { "\($0.count) \($0.step)" } == [
                "6 labels written 0.0 or 1.0, read as 0 or 1"
            ])
        let folder = try TestFolder(["a.csv": table])
        #expect(
            folder.complaint("{file: a.csv, labels: {columns: admiration..neutral}}")
                == "a.csv:4: column 'joy': the label is empty; leave such rows out with 'clean: {drop-missing: true}' (--drop-missing)"
        )
    }

    @Test func columnsAreDropped() throws {
        let dataset = "{file: a.csv, labels: {columns: a..c}}"
        let corpus = try load(["a.csv": "text,a,b,c\nx,1,0,1\n"], dataset, "{drop-columns: [b]}")
        #expect(corpus.labelSpace.names == ["a", "c"] && counts(corpus.cleaning.changed) == [1])
        #expect(throws: CorpusError.unknownDroppedColumn("d", found: ["a", "b", "c"])) {
            try load(["a.csv": "text,a,b,c\nx,1,0,1\n"], dataset, "{drop-columns: [d]}")
        }
    }

    @Test func lengths() throws {
        // Words 1, 2, 3, 4, 20: quartiles 2 and 4, fences -1 and 7.
        let texts = [1, 2, 3, 4, 20].map { Array(repeating: "w", count: $0).joined(separator: " ") }
        let table = "text,y\n" + texts.enumerated().map { "\($1),\($0 % 2)\n" }.joined()
        let inner = try load(["a.csv": table], "{length-outliers: iqr}")
        #expect(inner.ids == ["0", "1", "2", "3"] && counts(inner.cleaning.dropped) == [1])
        let limited = try load(["a.csv": table], "{length-outliers: {min-words: 2, max-words: 3}}")
        #expect(limited.ids == ["1", "2"] && counts(limited.cleaning.dropped) == [3])
        #expect(throws: CorpusError.self) { try load(["a.csv": table], "{length-outliers: {min-words: 50}}") }
    }

    private static let repeated = """
        text,y
        The lamp in room nine is broken again,1
        the  LAMP in room nine is broken again,1
        The lamp in room nine is broken again!,0
        Breakfast at eight please,0
        breakfast at eight PLEASE,1

        """

    @Test func duplicates() throws {
        let equal = try load(["a.csv": Self.repeated], "{drop-duplicates: true}")
        #expect(equal.ids == ["0", "2", "3"] && counts(equal.cleaning.dropped) == [2])
        let near = try load(["a.csv": Self.repeated], "{drop-duplicates: near}")
        #expect(near.ids == ["0", "3"] && counts(near.cleaning.dropped) == [3])
    }

    @Test func conflicts() throws {
        let corpus = try load(["a.csv": Self.repeated], "{drop-conflicts: true, drop-duplicates: true}")
        #expect(corpus.ids == ["0", "2"] && counts(corpus.cleaning.dropped) == [2, 1])
    }

    @Test func trainGivesUpWhatTestHas() throws {
        let files = ["train.csv": "text,y\na b,0\nc d,1\n", "test.csv": "text,y\nA  b,1\n"]
        let corpus = try load(
            files, "{files: {train: train.csv, test: test.csv}, labels: {column: y}}",
            "{drop-duplicates: true}")
        #expect(corpus.texts == ["c d", "A  b"] && corpus.officialParts == [.train, .test])
    }

    @Test func samples() throws {
        let rows = (0..<300).map { "t\($0),\($0 % 3 == 0 ? "rare" : "common")\n" }.joined()
        let capped = try load(["a.csv": "text,y\n" + rows], "{per-class: 120, seed: 7}")
        #expect(
            capped.targets.labelCounts(labelCount: 2) == [120, 100] && counts(capped.cleaning.dropped) == [80]
        )
        let sampled = try load(["a.csv": "text,y\n" + rows], "{rows: 60}")
        #expect(
            sampled.targets.labelCounts(labelCount: 2) == [40, 20]
                && counts(sampled.cleaning.dropped) == [240])
        #expect(try load(["a.csv": "text,y\n" + rows], "{rows: 60}").ids == sampled.ids)
        #expect(try load(["a.csv": "text,y\n" + rows], "{rows: 60, seed: 1}").ids != sampled.ids)
        let parts = "{files: {train: a.csv, test: b.csv}, labels: {column: y}}"
        let files = ["a.csv": "text,y\n" + rows, "b.csv": "text,y\n" + rows]
        let official = try load(files, parts, "{rows: {train: 90, test: 30}}")
        #expect(official.officialParts?.count { $0 == .train } == 90 && official.count == 120)
        #expect(official.targets.labelCounts(labelCount: 2) == [80, 40])
        #expect(throws: CorpusError.sampleOfMissingParts) {
            try load(["a.csv": "text,y\n" + rows], "{rows: {train: 9}}")
        }
    }

    /// Drawn while reading: the number asked for, in the order of the file, any row as likely as another.
    @Test func randomRows() throws {
        let rows = (0..<1000).map { "t\($0),\($0 % 2)\n" }.joined()
        var drawn = Array(repeating: 0, count: 1000)
        for seed in 0..<40 {
            let corpus = try load(["a.csv": "text,y\n" + rows], "{random-rows: 100, seed: \(seed)}")
            let ids = corpus.ids.compactMap { Int($0) }
            #expect(ids.count == 100 && ids == ids.sorted() && corpus.texts[7] == "t\(ids[7])")
            #expect(counts(corpus.cleaning.dropped) == [900])
            for id in ids { drawn[id] += 1 }
        }
        // Binomial, mean 400 a hundred rows, standard deviation 19: five of them either way.
        for start in stride(from: 0, to: 1000, by: 100) {
            #expect(abs(drawn[start..<start + 100].reduce(0, +) - 400) < 95)
        }
        #expect(try load(["a.csv": "text,y\na,0\nb,1\n"], "{random-rows: 9}").count == 2)
    }

    @Test func samplesOfLabelSets() throws {
        let rows = (0..<400).map { "t\($0),\($0 % 2),\($0 % 5 == 0 ? 1 : 0)\n" }.joined()
        let dataset = "{file: a.csv, labels: {columns: [a, b]}}"
        let corpus = try load(["a.csv": "text,a,b\n" + rows], dataset, "{rows: 100}")
        #expect(corpus.count == 100 && corpus.targets.labelCounts(labelCount: 2) == [50, 20])
        #expect(throws: CorpusError.capOfLabelSets) {
            try load(["a.csv": "text,a,b\n" + rows], dataset, "{per-class: 3}")
        }
    }

    @Test(arguments: [
        ("{drop-duplicates: maybe}", "true, false or near"), ("{rows: 0}", "an integer of at least 1"),
        ("{length-outliers: std}", "iqr, or min-words and max-words"),
        ("{drop-mising: true}", "drop-missing"),
        ("{length-outliers: {min-words: 3, max-words: 2}}", "no more min-words than max-words"),
    ]) func refused(clean: String, expected: String) {
        #expect {
            try Cleaning(setting: Setting(yaml: clean, file: "c"))
        } throws: {
            "\($0)".contains(expected)
        }
    }
}
