import Corpora
import Labels
import Testing

/// `labels.raters` with a `column`: each row is what one person says of a text.
@Suite struct RowRatersTests {
    private static let data =
        "text,number,who,joy,anger\none,t1,7,1,0\none,t1, 9 ,0,1\ntwo,t2,7,0,0\n"

    private func yaml(
        _ raters: String = "column: who", columns: String = "{group: number}",
        labels: String = "columns: [joy, anger]"
    ) -> String {
        "{file: data.csv, columns: \(columns), labels: {\(labels), raters: {\(raters)}}}"
    }

    private func folder(_ data: String = RowRatersTests.data) throws -> TestFolder {
        try TestFolder(["data.csv": data])
    }

    @Test func everyRowHasItsRaterAndItsText() throws {
        let folder = try folder()
        let corpus = try loadCorpus(folder.schema(yaml()))
        #expect(
            corpus.rowRaters
                == RowRaters(minVotes: 2, raters: ["7", "9", "7"], texts: ["t1", "t1", "t2"]))
        #expect(corpus.ratings == nil && corpus.groups == ["t1", "t1", "t2"])
        let some = corpus.selecting([2, 0]).rowRaters
        #expect(some == RowRaters(minVotes: 2, raters: ["7", "7"], texts: ["t2", "t1"]))
        #expect(try loadCorpus(folder.schema(yaml("column: who, votes: 3"))).rowRaters?.minVotes == 3)
    }

    /// Raters change neither texts nor labels, and rows without them are as they were.
    @Test func withoutTheKeyThereAreNone() throws {
        let folder = try folder()
        let plain = try loadCorpus(folder.schema(yaml().replacing(", raters: {column: who}", with: "")))
        let with = try loadCorpus(folder.schema(yaml()))
        #expect(plain.rowRaters == nil)
        #expect(plain.targets == with.targets && plain.texts == with.texts)
        #expect(plain.fingerprint == with.fingerprint)
    }

    @Test func labelsOfOneColumnHaveRatersToo() throws {
        let folder = try TestFolder([
            "data.csv": "text,number,who,label\none,t1,7,spam\none,t1,9,ham\ntwo,t2,7,ham\n"
        ])
        let corpus = try loadCorpus(folder.schema(yaml(labels: "column: label")))
        #expect(corpus.rowRaters?.raters == ["7", "9", "7"])
    }

    @Test func rowsThatAreLeftOutTakeTheirRatersWithThem() throws {
        let folder = try folder("text,number,who,joy,anger\n,t1,7,1,0\none,t1,9,0,1\n")
        let corpus = try loadCorpus(folder.schema(yaml()), missing: .dropped)
        #expect(corpus.rowRaters == RowRaters(minVotes: 2, raters: ["9"], texts: ["t1"]))
    }

    /// Cleaning by texts leaves out ratings of a text, and what raters are said to agree on is then another matter.
    @Test func cleaningByTextsTellsWhatItDoesToRatings() throws {
        let folder = try folder()
        func notices(_ change: (inout Cleaning) -> Void, yaml: String? = nil) throws -> [String] {
            var cleaning = Cleaning()
            change(&cleaning)
            return try loadCorpus(folder.schema(yaml ?? self.yaml()), cleaning: cleaning).notices
        }
        #expect(
            try notices { $0.conflicts = true } == [
                "what raters disagree on is left out (clean.drop-conflicts), so that those who are left agree more than raters do"
            ])
        #expect(
            try notices { $0.duplicates = .equal } == [
                "of each text one rating is left (clean.drop-duplicates), so that raters cannot be compared"
            ])
        #expect(try notices { _ in }.isEmpty)
        let plain = yaml().replacing(", raters: {column: who}", with: "")
        #expect(try notices({ $0.conflicts = true }, yaml: plain).isEmpty)
        #expect(try notices({ $0.duplicates = .equal }, yaml: plain).isEmpty)
    }

    @Test(arguments: [("one,t1,,1,0", "who"), ("one,t1, ,1,0", "who"), ("one,,7,1,0", "number")])
    func aRowWithoutRaterOrTextIsAnError(row: String, column: String) throws {
        let words = try folder(Self.data + row + "\n").complaint(yaml())
        #expect(
            words
                == "data.csv:5: column '\(column)' is empty; every rating needs its rater and the group that is its text"
        )
    }

    @Test func theKeysAreChecked() throws {
        let folder = try folder()
        func complaint(_ yaml: String) -> String { folder.complaint(yaml) ?? "" }
        #expect(complaint(yaml("column: whom")).contains("whom"))
        #expect(complaint(yaml(columns: "{text: text}")).contains("'columns: {group: ...}' beside 'raters'"))
        #expect(complaint(yaml("column: who, file: r.csv")).contains("no file of ratings beside 'column'"))
        #expect(complaint(yaml("column: who, votes: 0")).contains("at least 1"))
        #expect(complaint(yaml("votes: 2")).contains("'column' beside it"))
        #expect(complaint(yaml("file: r.csv")).contains("'bins' beside it"))
        #expect(complaint(yaml(labels: "from: vader")).contains("nothing beside 'from'"))
    }
}
