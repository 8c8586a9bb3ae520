import DeterministicWork
import Probes
import Testing

/// What each edit makes of a text.
@Suite struct TextEditTests {
    @Test(arguments: [
        ("The room was clean.", "The room was not clean."),
        (
            "The room was not clean and the staff weren't kind",
            "The room was clean and the staff were kind"
        ),
        ("I can't sleep, it's NOT quiet", "I can sleep, it's quiet"),
        ("We will never come back", "We will come back"),
        ("Cannot sleep. I’m tired", "Can sleep. I’m not tired"),
        (
            "I really love it, she hates it, we enjoyed it",
            "I really do not love it, she does not hate it, we did not enjoy it"
        ),
        ("THE BED WAS DIRTY", "THE BED WAS NOT DIRTY"),
        ("Is the room clean? It is.", "Is the room clean? It is not."),
        ("It has been fun, we have a dog", "It has not been fun, we have a dog"),
    ]) func negation(text: String, edited: String) { #expect(TextEdit.negation.applied(to: text) == edited) }

    @Test(arguments: [
        "", "Thank you so much", "It was not only loud", "Are you open", "Was it you?", "lovely, like new",
    ]) func nothingToNegate(text: String) { #expect(TextEdit.negation.applied(to: text) == nil) }

    /// What is denied twice is said.
    @Test(arguments: [
        "The room was clean.", "It's warm, and the beds were soft.", "They would come; she must see it!",
    ]) func twiceNegatedIsAsBefore(text: String) throws {
        let once = try #require(TextEdit.negation.applied(to: text))
        #expect(once != text && TextEdit.negation.applied(to: once) == text)
    }

    @Test(
        arguments: [
            (TextEdit.typo, "a wonderful stay", "a wonedrful stay"),
            (.typo, "aaaa moon", "aaaa moon"), (.typo, "tree", "tere"),
            (.typo, "see https://example.com/page", nil),
            (.typo, "ok", nil),
            (.upperCase, "Too loud!", "TOO LOUD!"), (.upperCase, "OK 24", nil),
            (.lowerCase, "Too LOUD", "too loud"), (.lowerCase, "fine", nil),
            (
                .punctuation, "Great! Really, 3.5 stars :) e.g. good...", "Great Really 3.5 stars :) e.g good"
            ),
            (.punctuation, "no marks, here? http://a.example/b.", "no marks here http://a.example/b."),
            (.punctuation, "fine :-) http://a.example/b. ok", nil),
            (.name, "Anna met Peter's son, not @Anna.", "Maria met Ahmed's son, not @Anna."),
            (.name, "anna and the ANNA", nil),
            (.synonym, "A very BIG room. Lovely", "A really LARGE room. Delightful"),
            (.synonym, "Hello", nil),
            (.suffix, "It was fine", "It was fine. I am writing this on a Tuesday."),
            (.suffix, "Fine! \n", "Fine! I am writing this on a Tuesday."), (.suffix, " \n", nil),
        ] as [(TextEdit, String, String?)]) func edits(edit: TextEdit, text: String, edited: String?)
    {
        #expect(edit.applied(to: text) == (edited == text ? nil : edited))
    }

    /// Every piece of a text is kept, whatever it holds.
    @Test func cuttingLosesNothing() {
        var random = RandomStream(seed: 7)
        let parts = [
            "was", "not", "Anna's", "don’t", "'", "’", " ", "\n", "\r\n", ".", "?!", "@x", "#y", "://", "é",
            "e\u{301}", "👨‍👩‍👧", "ß", "３", "very", "\u{0}", "|{}",
        ]
        for _ in 0..<3000 {
            let text = (0..<random.next(below: 12)).map { _ in parts[random.next(below: parts.count)] }
                .joined()
            let words = WordedText(text)
            #expect(Array(words.text.unicodeScalars) == Array(text.unicodeScalars))
            #expect(words.wordPlaces == words.wordPlaces.sorted())
            for edit in TextEdit.allCases {
                let edited = edit.applied(to: text)
                #expect(edited != text, "\(edit): \(text)")
                #expect(edited == edit.applied(to: text))
            }
        }
    }

    /// "A" and "an" stay right, and every name leads to one of the same kind.
    @Test func otherWordsFit() {
        func startsWithVowel(_ word: String) -> Bool { word.first.map("aeiou".contains) == true }
        for (word, other) in synonyms {
            #expect(startsWithVowel(word) == startsWithVowel(other), "\(word), \(other)")
            #expect(word != other && word == word.lowercased())
        }
        #expect(Set(otherNames.values) == Set(otherNames.keys))
        #expect(otherNames.allSatisfy { $0.key != $0.value })
    }
}
