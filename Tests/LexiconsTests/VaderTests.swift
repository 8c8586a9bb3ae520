import DeterministicWork
import Lexicons
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

    /// Words are looked up eight bytes at a time: at any place of a text, of any length, in any case.
    @Test(arguments: Vader.Variant.allCases)
    func findsAWordWhereverItStands(variant: Vader.Variant) {
        let vader = Vader(variant: variant)
        for word in ["joy", "good", "happy", "lovely", "awesome", "terrible", "wonderful", "disappointment"] {
            let alone = vader.polarity(of: word)
            #expect(alone.compound != 0)
            for count in 0...17 {
                let spaces = String(repeating: " ", count: count)
                for text in [spaces + word, word + spaces, spaces + word.uppercased(), spaces + word + "\t "]
                {
                    #expect(vader.polarity(of: text) == alone, "'\(text)'")
                }
                for neighbour in ["\u{7F}", "\0", "é", "z"] {
                    #expect(
                        vader.polarity(of: spaces + word + neighbour).compound == 0, "\(word) \(neighbour)")
                    #expect(
                        vader.polarity(of: spaces + neighbour + word).compound == 0, "\(neighbour) \(word)")
                }
            }
        }
    }

    /// Typographic punctuation has no case, so it leaves a shout a shout and hides a word.
    @Test(arguments: Vader.Variant.allCases)
    func typographicPunctuationHasNoCase(variant: Vader.Variant) {
        let vader = Vader(variant: variant)
        let trace = vader.trace(of: "GOOD’S “GOOD but a good”day — GOOD")
        #expect(
            trace.tokens.map(\.text)
                == (variant == .nltk
                    ? ["GOOD’S", "“GOOD", "but", "good”day", "GOOD"]
                    : ["GOOD’S", "“GOOD", "but", "a", "good”day", "—", "GOOD"]))
        #expect(trace.tokens.map { $0.lexiconValence != nil }.filter(\.self).count == 1)
        #expect(trace.tokens.last?.adjustments.map(\.rule) == [.capitals, .but])
    }

    @Test func variantsDiffer() {
        let text = "There was no good tea 😂"
        #expect(
            Vader(variant: .nltk).polarity(of: text).compound
                != Vader(variant: .upstream).polarity(of: text).compound)
    }
}
