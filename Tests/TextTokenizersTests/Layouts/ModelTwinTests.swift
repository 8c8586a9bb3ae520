import DeterministicWork
import Foundation
import Testing
import TextTokenizers

/// The fast models and their naive twins.
@Suite struct ModelTwinTests {
    /// Merges as they are learnt: each joins two tokens that are there.
    private static func randomMerges(
        _ count: Int, _ random: inout RandomStream
    ) -> (tokens: [String], merges: [(String, String)]) {
        var tokens = ["a", "b", "c", "é"]
        var merges: [(String, String)] = []
        while merges.count < count {
            let pair = (
                tokens[random.next(below: tokens.count)], tokens[random.next(below: tokens.count)]
            )
            let joined = pair.0 + pair.1
            if joined.count > 12 || tokens.contains(joined) { continue }
            merges.append(pair)
            tokens.append(joined)
        }
        return (tokens, merges)
    }

    /// Words of a few characters, and of so many that they go through the queue.
    @Test(arguments: [3, 11, 47])
    func bytePairs(_ count: Int) throws {
        var random = RandomStream(seed: UInt64(count))
        for _ in 0..<10 {
            let (tokens, merges) = Self.randomMerges(count, &random)
            let vocabulary = JSONValue.object(
                tokens.enumerated().map { JSONValue.Member(key: $1, value: .integer($0)) })
            let list = JSONValue.array(merges.map { .array([.string($0.0), .string($0.1)]) })
            let tokenizer = try LayoutGolden.tokenizer(
                json: #"{"model": {"type": "BPE", "vocab": \#(vocabulary.text), "merges": \#(list.text)}}"#)
            let twin = NaiveBytePair(
                ids: Dictionary(uniqueKeysWithValues: tokens.enumerated().map { ($1, Int32($0)) }),
                merges: merges)
            for length in [0, 1, 2, 3, 7, 13, 40, 48, 49, 50, 97, 211] {
                let word = (0..<length).map { _ in tokens[random.next(below: 4)] }.joined()
                #expect(tokenizer.encode(word).ids == twin.encode(word), "\(word) \(merges)")
            }
        }
    }

    @Test func unigrams() throws {
        var random = RandomStream(seed: 5)
        for _ in 0..<20 {
            var pieces: [(piece: String, score: Double)] = [("<unk>", 0)]
            var seen = Set<String>()
            for _ in 0..<17 {
                let piece = (0...random.next(below: 3)).map { _ in ["a", "b", "é"][random.next(below: 3)] }
                    .joined()
                // Scores with no two sums alike.
                if seen.insert(piece).inserted { pieces.append((piece, -1 - 9 * random.nextUniform())) }
            }
            let list = JSONValue.array(pieces.map { .array([.string($0.piece), .number($0.score)]) })
            let tokenizer = try LayoutGolden.tokenizer(
                json: #"{"model": {"type": "Unigram", "unk_id": 0, "vocab": \#(list.text)}}"#)
            let least = pieces.map(\.score).min() ?? 0
            let twin = NaiveUnigram(pieces: pieces, unknownScore: least - 10)
            for length in 0..<11 {
                let text = (0..<length).map { _ in ["a", "b", "é", "z"][random.next(below: 4)] }.joined()
                var ids = twin.best(text[...]).ids
                // Unknown characters side by side are one token.
                ids = ids.indices.filter { ids[$0] != 0 || $0 == 0 || ids[$0 - 1] != 0 }.map { ids[$0] }
                let found = tokenizer.encode(text).ids
                // Pieces in another order have the same score, and either is a best way.
                #expect(found.sorted() == ids.sorted(), "\(text) \(pieces)")
                if !found.contains(0) { #expect(tokenizer.tokens(of: found).joined() == text) }
            }
        }
    }

    /// GPT-2's words by hand and by their expression.
    @Test func words() throws {
        let expression = TextPattern.expression(try Expression(BytePairWords.expression))
        var random = RandomStream(seed: 6)
        let parts = [
            "'s", "'ll", "'l", "'", " ", "  ", "\n", "\u{a0}", "a", "É", "1", "½", "!", "。", "東", "\u{301}",
        ]
        func pieces(_ pattern: TextPattern, _ bytes: [UInt8]) -> [Range<Int>] {
            var out: [Range<Int>] = []
            var memory = Expression.Memory()
            pattern.forEachStretch(bytes, bytes.indices, &memory) { stretch, isMatch in
                if isMatch { out.append(stretch) }
            }
            return out
        }
        for _ in 0..<3000 {
            let text = (0..<random.next(below: 12)).map { _ in parts[random.next(below: parts.count)] }
                .joined()
            let bytes = Array(text.utf8)
            #expect(pieces(.bytePairWords, bytes) == pieces(expression, bytes), "\(text.debugDescription)")
        }
    }

    /// Ranges in which Foundation's normal forms know nothing that the peer does not. Of compatibility forms, whose marks
    /// Foundation leaves in their place, the golden of every code point has the answers.
    @Test func normalForms() {
        let pools: [ClosedRange<UInt32>] = [
            0x20...0x7E, 0xA0...0x24F, 0x300...0x34E, 0x1100...0x11FF, 0x1E00...0x1FFF, 0xAC00...0xD7A3,
            0xFF00...0xFFEF,
        ]
        var random = RandomStream(seed: 7)
        for _ in 0..<2000 {
            var text = String.UnicodeScalarView()
            for _ in 0..<random.next(below: 9) {
                let pool = pools[random.next(below: pools.count)]
                if let scalar = Unicode.Scalar(pool.lowerBound + UInt32(random.next(below: pool.count))) {
                    text.append(scalar)
                }
            }
            let string = String(text)
            let forms: [(NormalForm, String)] = [
                (.nfc, string.precomposedStringWithCanonicalMapping),
                (.nfd, string.decomposedStringWithCanonicalMapping),
            ]
            let bytes = Array(string.utf8)
            for (form, expected) in forms {
                var out: [UInt8] = []
                var scalars: [UInt32] = []
                form.normalize(bytes, bytes.indices, into: &out, scalars: &scalars)
                #expect(out == Array(expected.utf8), "\(form) \(string.debugDescription)")
            }
        }
    }
}
