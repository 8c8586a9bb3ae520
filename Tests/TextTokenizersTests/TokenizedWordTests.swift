import Testing
import TextTokenizers

/// Words of a text and their tokens, by tokenizers that are simple enough to see through.
@Suite struct TokenizedWordTests {
    /// A token for each letter, and one for each other character but spaces; "a b" is one token.
    private static func encode(_ texts: [String]) -> PackedEncodings {
        var all = PackedEncodings(ids: [], offsets: [0])
        for text in texts {
            var rest = text[...]
            while let first = rest.unicodeScalars.first {
                if rest.hasPrefix("a b") {
                    all.ids.append(2000)
                    rest = rest.dropFirst(3)
                    continue
                }
                if first != " " { all.ids.append(Int32(first.value)) }
                rest = rest[rest.unicodeScalars.index(after: rest.startIndex)...]
            }
            all.offsets.append(all.ids.count)
        }
        return all
    }

    private func words(_ text: String, from start: Int = 0, limit: Int? = nil) -> [TokenizedWord] {
        let ids = Self.encode([text])[0]
        return TokenizedWord.words(
            of: text, ids: limit.map { ids.prefix($0) } ?? ids, from: start, encode: Self.encode)
    }

    private func word(_ word: String, _ place: Range<Int>, _ tokens: Range<Int>) -> TokenizedWord {
        TokenizedWord(word: word, place: place, tokens: tokens)
    }

    @Test func wordsAndMarks() {
        #expect(
            words("I don't, no!") == [
                word("I", 0..<1, 0..<1), word("don't", 2..<7, 1..<6), word(",", 7..<8, 6..<7),
                word("no", 9..<11, 7..<9), word("!", 11..<12, 9..<10),
            ])
        #expect(words("").isEmpty && words("   ").isEmpty)
    }

    /// What the tokenizer keeps together is one word.
    @Test func joinedTokensAreOneWord() {
        #expect(
            words("x a b y") == [
                word("x", 0..<1, 0..<1), word("a b", 2..<5, 1..<2), word("y", 6..<7, 2..<3),
            ])
    }

    /// A word whose end is cut off has the tokens that are left; words after it have none.
    @Test func cutTexts() {
        #expect(
            words("one two three", limit: 5) == [
                word("one", 0..<3, 0..<3), word("two", 4..<7, 3..<5),
            ])
        #expect(words("one two", limit: 3) == [word("one", 0..<3, 0..<3)])
        #expect(words("one two", limit: 0).isEmpty)
    }

    @Test func aPrefixIsNoWord() {
        #expect(words("ask: one", from: 5) == [word("one", 5..<8, 4..<7)])
    }

    /// An ideograph is a word of its own; places count code points.
    @Test func ideographs() {
        #expect(words("\u{1F642} \u{623F}\u{95F4}").map(\.place) == [0..<1, 2..<3, 3..<4])
    }
}
