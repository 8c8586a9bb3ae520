import DeterministicWork
import Testing
import TextTokenizers

@Suite struct WordPieceTwinTests {
    /// Ranges in which Foundation's normalization knows no marks that the peer does not.
    private static let pools: [ClosedRange<UInt32>] = [
        0x20...0x7E, 0x20...0x7E, 0x00...0x2FF, 0x300...0x34E, 0x370...0x52F, 0x1100...0x11FF,
        0x1E00...0x1FFF,
        0x2000...0x22FF, 0x302A...0x30FF, 0x4E00...0x5000, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF00...0xFFEF,
        0x1D15E...0x1D172, 0x1F300...0x1F6FF, 0x20000...0x20100,
    ]

    /// Texts of letters of all kinds, tokens of the vocabulary and blanks.
    static func randomText(_ random: inout RandomStream, _ tokens: [String]) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<random.next(below: 20) {
            switch random.next(below: 6) {
            case 0, 1: text.append(contentsOf: tokens[random.next(below: tokens.count)].unicodeScalars)
            case 2: text.append(" ")
            case 3:
                let count = [1, 2, 5, 99, 100, 101][random.next(below: 6)]
                text.append(contentsOf: repeatElement("a", count: count))
            default:
                for _ in 0...random.next(below: 5) {
                    let pool = pools[random.next(below: pools.count)]
                    let value = pool.lowerBound + UInt32(random.next(below: pool.count))
                    if let scalar = Unicode.Scalar(value) { text.append(scalar) }
                }
            }
        }
        return String(text)
    }

    @Test(arguments: [
        BertNormalizer(), BertNormalizer(lowercases: false), BertNormalizer(stripsAccents: false),
        BertNormalizer(cleansText: false, separatesIdeographs: false, stripsAccents: true, lowercases: false),
    ])
    func agreesWithTwin(_ normalizer: BertNormalizer) throws {
        var configuration = try WordPieceGolden.configuration("cased")
        configuration.normalizer = normalizer
        let tokenizer = try TextTokenizer(configuration)
        let twin = NaiveWordPiece(configuration)
        var random = RandomStream(seed: 3)
        for _ in 0..<500 {
            let text = Self.randomText(&random, configuration.tokens)
            #expect(tokenizer.encode(text).ids == twin.encode(text), "\(text.debugDescription)")
        }
    }

    @Test func batchEqualsOneByOne() throws {
        let tokenizer = try WordPieceGolden.tokenizer("added")
        var random = RandomStream(seed: 4)
        let texts = (0..<1009).map { _ in Self.randomText(&random, tokenizer.configuration.tokens) }
        for limit in [nil, 0, 7] {
            let packed = tokenizer.encode(texts, maxLength: limit)
            #expect(packed.count == texts.count && packed.offsets.last == packed.ids.count)
            for (i, text) in texts.enumerated() {
                let one = tokenizer.encode(text, maxLength: limit)
                #expect(Array(packed[i]) == one.ids)
                #expect(one.tokenTypes == [UInt8](repeating: 0, count: one.ids.count))
            }
        }
        #expect(tokenizer.encode([String]()) == PackedEncodings(ids: [], offsets: [0]))
    }

    /// `longest_first` by its definition: a token at a time from the longer, from the second of equals.
    @Test func longestFirstByDefinition() {
        for first in 0..<12 {
            for second in 0..<12 {
                for room in 0..<25 {
                    var (a, b) = (first, second)
                    while a + b > room { if a > b { a -= 1 } else { b -= 1 } }
                    let kept = TextTokenizer.longestFirst(first, second, room)
                    #expect(kept.first + kept.second == a + b)
                    #expect(abs(kept.first - a) <= 1)
                }
            }
        }
    }

    @Test func trieFindsTheLongestKey() {
        var random = RandomStream(seed: 5)
        func randomBytes(_ length: Int) -> [UInt8] {
            (0..<length).map { _ in [0, 1, 97, 98, 128, 255][random.next(below: 6)] }
        }
        for size in [0, 1, 2, 50, 3000] {
            var values: [[UInt8]: Int32] = [:]
            for i in 0..<size { values[randomBytes(1 + random.next(below: 7))] = Int32(i) }
            let trie = ByteTrie(values.map { (key: $0.key, value: $0.value) })
            for _ in 0..<2000 {
                let text = randomBytes(random.next(below: 9))
                let found = trie.longestMatch(text, text.indices, from: ByteTrie.root)
                let length = (1...9).last { $0 <= text.count && values[Array(text.prefix($0))] != nil } ?? 0
                #expect(found.end == length)
                #expect(found.value == values[Array(text.prefix(length))] ?? -1)
            }
        }
    }
}
