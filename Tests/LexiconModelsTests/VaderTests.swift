import Compute
import LexiconModels
import Testing

@Suite("VADER agrees with both Python programs in every digit")
struct VaderTests {
    @Test(arguments: Vader.Variant.allCases, ["front-desk", "quirks", "fuzz"])
    func agrees(variant: Vader.Variant, file: String) throws {
        let vader = Vader(variant: variant)
        let rows = try Golden.texts("\(file).jsonl")
        #expect(rows.count > 50)
        for row in rows {
            #expect(
                vader.polarity(of: row.text).numbers == row.expected(of: variant),
                "\(row.quirk ?? ""): \(row.text)")
        }
    }

    @Test(arguments: Vader.Variant.allCases)
    func agreesWithACustomLexicon(variant: Vader.Variant) throws {
        let lexicon = try VaderLexicon(parsing: Golden.content("custom-lexicon.txt"))
        let vader = Vader(variant: variant, lexicon: lexicon)
        for row in try Golden.texts("custom-lexicon.jsonl") {
            #expect(vader.polarity(of: row.text).numbers == row.expected(of: variant), "\(row.text)")
        }
    }

    @Test(arguments: Vader.Variant.allCases)
    func parallelEqualsSerial(variant: Vader.Variant) throws {
        let vader = Vader(variant: variant)
        let texts = try Golden.texts("fuzz.jsonl").map(\.text)
        let serial = texts.map { vader.polarity(of: $0) }
        let before = Threads.count
        defer { Threads.count = before }
        for threads in [1, 2, 5] {
            Threads.count = threads
            #expect(vader.polarities(of: texts) == serial)
        }
        #expect(vader.polarities(of: []).isEmpty)
    }

    @Test func variantsDiffer() {
        let text = "There was no good tea 😂"
        #expect(
            Vader(variant: .nltk).polarity(of: text).compound
                != Vader(variant: .upstream).polarity(of: text).compound)
    }
}
