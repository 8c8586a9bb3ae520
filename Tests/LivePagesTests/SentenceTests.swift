import LivePages
import Testing

/// A sentence's words, and what is done to them.
@Suite struct SentenceTests {
    @Test func wordsStandBetweenWhiteSpace() {
        #expect(Sentence("  The room,\twas\u{A0}nice!\n").words == ["The", "room,", "was", "nice!"])
        #expect(Sentence(" \n").words.isEmpty)
        #expect(Sentence("  as  it is ").edited(dropping: [], []) == "  as  it is ")
        #expect(Sentence("one  two three").edited(dropping: [1], []) == "one three")
        #expect(Sentence("one").edited(dropping: [0], []) == "")
        #expect(Sentence("is it good").edited(dropping: [2], [.upperCase, .negate]) == "IS IT NOT")
    }

    @Test(arguments: [
        ("The room is clean.", "The room is not clean."),
        ("The room is not clean.", "The room is clean."),
        ("We never came back", "We came back"),
        ("It doesn't work", "It does work"),
        ("It doesn’t work", "It does work"),
        ("Can't you hear?", "Can you hear?"),
        ("I cannot, won't go", "I can, won't go"),
        ("Was it good?", "Was it not good?"),
        ("Is", "Is not"),
        ("Lovely place", "I do not think that Lovely place"),
        // A word that only ends so.
        ("n't", "I do not think that n't"),
        ("", ""),
    ])
    func negations(_ text: String, _ negated: String) {
        #expect(Sentence(text).edited(dropping: [], [.negate]) == negated)
    }

    /// A negation that is taken away and put back gives the sentence again, where an auxiliary takes it.
    @Test(arguments: ["The room is clean", "They did come", "Was it good"])
    func aSecondNegationUndoesTheFirst(_ text: String) {
        let once = SentenceEdit.negate.applied(to: Sentence(text).words)
        #expect(SentenceEdit.negate.applied(to: once).joined(separator: " ") == text)
    }

    @Test(arguments: [
        ("the breakfast was cold", "the brekafast was cold"),
        // Of equals the first; letters that are equal are not swapped.
        ("good food", "good food"),
        ("(really!) nice", "(relaly!) nice"),
        ("a b c", "a b c"),
        ("", ""),
    ])
    func misspellings(_ text: String, _ misspelt: String) {
        #expect(Sentence(text).edited(dropping: [], [.misspell]) == misspelt)
    }

    @Test func misspellingKeepsLettersAndEnds() {
        for text in ["wonderful", "Straße", "naïveté", "éclair", "two-sided"] {
            let word = SentenceEdit.misspell.applied(to: [text])[0]
            #expect(word != text && word.sorted() == text.sorted())
            #expect(word.first == text.first && word.last == text.last)
        }
    }
}
