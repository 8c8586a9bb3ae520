import Lexicons
import Testing

@Suite("A trace tells what the polarity comes from")
struct VaderTraceTests {
    /// The steps of every token lead from its rating to its sentiment, and the sentiments to the compound score.
    @Test(arguments: Vader.Variant.allCases, ["front-desk", "quirks", "fuzz"])
    func addsUp(variant: Vader.Variant, file: String) throws {
        let vader = Vader(variant: variant)
        for row in try Golden.texts("\(file).jsonl") {
            let trace = vader.trace(of: row.text)
            #expect(trace.polarity == vader.polarity(of: row.text))
            for token in trace.tokens {
                if let last = token.adjustments.last {
                    #expect(last.valence == token.sentiment)
                } else {
                    #expect(token.sentiment == 0 || token.sentiment == token.lexiconValence)
                }
                #expect(token.adjustments.allSatisfy { trace.tokens.indices.contains($0.cause) })
            }
            let sentiments = trace.tokens.map(\.sentiment).reduce(0, +)
            #expect(abs(sentiments + trace.emphasis - trace.sum) < 1e-12)
            let compound = trace.sum / (trace.sum * trace.sum + 15).squareRoot()
            #expect(Polarity.rounded(compound, decimals: 4) == trace.polarity.compound)
        }
    }

    @Test func namesTheRules() {
        func rules(_ text: String, _ variant: Vader.Variant = .upstream) -> [VaderRule] {
            Vader(variant: variant).trace(of: text).tokens.flatMap(\.adjustments).map(\.rule)
        }
        #expect(rules("the room is good") == [])
        #expect(rules("the room is VERY GOOD") == [.capitals, .booster])
        #expect(rules("it isn't good") == [.negation])
        #expect(rules("there was no good tea") == [.noBeforeWord, .afterNo])
        #expect(rules("never so good") == [.booster, .neverSo])
        // "doubt" is rated itself, and negated.
        #expect(rules("without doubt good") == [.negation, .withoutDoubt])
        #expect(rules("the tub is the bomb") == [.idiom])
        #expect(rules("it was sort of good") == [.dampeningPhrase])
        #expect(rules("least good") == [.least])
        #expect(rules("good but late") == [.but])
        #expect(rules("good, not good", .nltk) == [.firstOccurrence])
    }

    @Test func isReadable() {
        #expect(
            Vader().trace(of: "The pool is very good!").description == """
                good: 1.9, booster (very) -> 2.193, sentiment 2.193
                punctuation: 0.292
                sum: 2.485
                {"neg":0.0,"neu":0.534,"pos":0.466,"compound":0.54}
                """)
        let long = Vader().trace(
            of: "It was GREAT, but the terrible noise was not very good and hardly nice!!")
        #expect(long.tokens.contains { "\($0.sentiment)".count > 7 })
        #expect(!long.description.contains(#/[0-9]\.[0-9]{5}/#), "\(long)")
    }
}
