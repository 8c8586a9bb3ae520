import Corpora
import Labels
import Testing

/// `labels.raters`: the ratings of several people in a file of their own.
@Suite struct RatingsTests {
    private static let data = "id\tmean\ttext\nx\t-1\tone\ny\t0.25\ttwo\nz\t2\tthree\n"
    private static let ratings = "z\t0\t[3, 1, 2]\nx\t0\t[-1]\ny\t0\t[0, 1, 0, 0]\n"

    private func yaml(_ raters: String, columns: String = "{id: id, text: text}") -> String {
        """
        file: data.tsv
        columns: \(columns)
        labels: {column: mean, bins: {edges: [-0.5, 0.5], names: [low, mid, high]}, raters: {\(raters)}}
        """
    }

    private let headless = "file: r.tsv, header: false, columns: {id: 0, ratings: 2}"

    private func folder(_ ratings: String = RatingsTests.ratings) throws -> TestFolder {
        try TestFolder(["data.tsv": Self.data, "r.tsv": ratings])
    }

    @Test func ratingsAreFoundByTheIDsOfRows() throws {
        let folder = try folder()
        let corpus = try loadCorpus(folder.schema(yaml(headless)))
        #expect(corpus.ids == ["x", "y", "z"] && corpus.targets == .classes([0, 1, 2]))
        #expect(corpus.ratings?.values == [[-1], [0, 1, 0, 0], [3, 1, 2]])
        #expect(corpus.ratings?.bins.names == ["low", "mid", "high"])
        #expect(corpus.selecting([2, 0]).ratings?.values == [[3, 1, 2], [-1]])
    }

    /// The digest of the dataset is that of its own files.
    @Test func theirBytesAreNoPartOfTheFingerprint() throws {
        let folder = try folder()
        let without = yaml(headless).replacing(", raters: {\(headless)}", with: "")
        let plain = try loadCorpus(folder.schema(without))
        #expect(plain.ratings == nil)
        #expect(try loadCorpus(folder.schema(yaml(headless))).fingerprint == plain.fingerprint)
    }

    @Test func otherFormsOfTheSameRatings() throws {
        let folder = try TestFolder([
            "data.tsv": Self.data,
            "r.csv": "id,ratings\nx,\"-1, 0.5\"\ny,[2]\nz,\"[ 1.5 , -1e0 ]\"\n",
            "r.jsonl": "{\"who\": 1, \"id\": \"x\", \"ratings\": [-1, 0.5]}\n"
                + "{\"id\": \"y\", \"ratings\": [2]}\n{\"id\": \"z\", \"ratings\": [1.5, -1]}\n",
        ])
        for file in ["r.csv", "r.jsonl"] {
            let corpus = try loadCorpus(folder.schema(yaml("file: \(file)")))
            #expect(corpus.ratings?.values == [[-1, 0.5], [2], [1.5, -1]])
        }
    }

    @Test func rowsThatAreLeftOutMayHaveRatings() throws {
        let folder = try TestFolder([
            "data.tsv": "id\tmean\ttext\nx\t-1\tone\ny\t0.25\t\nz\t2\tthree\n", "r.tsv": Self.ratings,
        ])
        let corpus = try loadCorpus(folder.schema(yaml(headless)), missing: .dropped)
        #expect(corpus.ids == ["x", "z"] && corpus.ratings?.values == [[-1], [3, 1, 2]])
    }

    @Test(arguments: [
        ("x\t0\t[-1]\ny\t0\t[0]\n", "r.tsv: row 'z' of the dataset has no ratings here"),
        (
            ratings + "w\t0\t[1]\n",
            "r.tsv:4: no row of the dataset has the id 'w', which has ratings here"
        ),
        (ratings + "x\t0\t[1]\n", "r.tsv:4: id 'x' stands already at r.tsv:2"),
        ("x\t0\t[-1, much]\n", "r.tsv:1: column '2': found rating 'much', expected a number"),
        ("x\t0\t[-1,, 2]\n", "r.tsv:1: column '2': found rating '', expected a number"),
        ("x\t0\t[]\n", "r.tsv:1: column '2': found 0 ratings, expected at least one"),
        ("\t0\t[1]\n", "r.tsv:1: the id is empty"),
    ])
    func whatIsWrongInTheFileIsSaid(ratings: String, words: String) throws {
        #expect(try folder(ratings).complaint(yaml(headless)) == words)
    }

    @Test func aNumberOfRatingsThatIsSaidIsKept() throws {
        let words = try folder().complaint(yaml(headless + ", count: 3"))
        #expect(words == "r.tsv:2: column '2': found 1 rating, expected 3")
        #expect(
            try folder().complaint(yaml("file: none.tsv, header: false, columns: {id: 0, ratings: 2}")) != nil
        )
    }

    @Test func theKeysAreChecked() throws {
        let folder = try folder()
        func complaint(_ yaml: String) -> String { folder.complaint(yaml) ?? "" }
        #expect(complaint(yaml("file: r.tsv, coluumns: {id: 0}")).contains("columns"))
        #expect(complaint(yaml("header: false")).contains("file"))
        #expect(complaint(yaml("file: r.tsv, header: false, columns: {id: 0}")).contains("ratings"))
        #expect(complaint(yaml(headless + ", count: 0")).contains("at least 1"))
        #expect(complaint(yaml(headless, columns: "{text: text}")).contains("found by their ids"))
        let several = yaml(headless).replacing("file: data.tsv", with: "file: [data.tsv]")
        #expect(complaint(several).contains("several files"))
        let classes = "{file: data.tsv, columns: {id: id}, labels: {column: mean, raters: {\(headless)}}}"
        #expect(complaint(classes).contains("'bins' beside it"))
    }
}
