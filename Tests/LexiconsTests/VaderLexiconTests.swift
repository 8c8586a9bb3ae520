import Lexicons
import Testing

@Suite("Lexicon files")
struct VaderLexiconTests {
    @Test func publishedOneIsWhole() {
        let entries = VaderLexicon.published.entries
        #expect(entries.count == 7506)
        #expect(entries.first == .init(token: "$:", valence: -1.5))
        #expect(entries.last == .init(token: "}:-)", valence: 0.3))
        #expect(entries.contains(.init(token: "good", valence: 1.9)))
    }

    @Test func readsFurtherFieldsAndEmptyLines() throws {
        let lexicon = try VaderLexicon(parsing: "good\t1.9\t0.9\t[2, 1]\r\n\n  bad \t-2.5\n:(\t-1")
        #expect(
            lexicon.entries == [
                .init(token: "good", valence: 1.9), .init(token: "bad ", valence: -2.5),
                .init(token: ":(", valence: -1),
            ])
    }

    @Test func namesTheLineOfAnError() {
        #expect(throws: VaderLexiconError.missingValence(file: "my.txt", line: 2, found: "bad -2.5")) {
            try VaderLexicon(parsing: "good\t1.9\nbad -2.5\n", file: "my.txt")
        }
        for wrong in ["", "x", "1,5", "nan", "inf", "-1e300"] {
            #expect(
                throws: VaderLexiconError.badValence(file: "my.txt", line: 3, token: "good", found: wrong)
            ) {
                try VaderLexicon(parsing: "\n\ngood\t\(wrong)\t0.9", file: "my.txt")
            }
        }
        #expect(throws: VaderLexiconError.empty(file: "lexicon")) { try VaderLexicon(parsing: "\n \n") }
    }

    @Test func wordsErrorsForPeople() {
        #expect(
            "\(VaderLexiconError.missingValence(file: "my.txt", line: 2, found: "bad -2.5"))"
                == "my.txt:2: found 'bad -2.5', expected a token, a tab and its rating")
        #expect(
            "\(VaderLexiconError.badValence(file: "my.txt", line: 3, token: "good", found: "x"))"
                == "my.txt:3: rating of 'good': found 'x', expected a number from -1000.0 to 1000.0")
    }
}
