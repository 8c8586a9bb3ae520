import Testing
import TextTokenizers

/// Token ids equal those of tokenizers 0.23.3. Code points whose category differs between Unicode versions are no
/// exception: the tables are those of the peer, so nothing is permitted to differ.
@Suite struct WordPieceGoldenTests {
    @Test func randomTexts() throws {
        let uncased = try WordPieceGolden.tokenizer("uncased")
        func variant(_ normalizer: BertNormalizer) throws -> TextTokenizer {
            var configuration = uncased.configuration
            configuration.normalizer = normalizer
            return try TextTokenizer(configuration)
        }
        let tokenizers = [
            "uncased": uncased, "cased": try WordPieceGolden.tokenizer("cased"),
            "added": try WordPieceGolden.tokenizer("added"),
            "lower, accents kept": try variant(BertNormalizer(stripsAccents: false)),
            "cased, accents stripped": try variant(BertNormalizer(stripsAccents: true, lowercases: false)),
            "no cleaning": try variant(BertNormalizer(cleansText: false)),
            "no ideographs": try variant(BertNormalizer(separatesIdeographs: false)),
        ]
        let rows = try WordPieceGolden.rows("random.json")
        #expect(rows.count == 1001)
        for (column, name) in try #require(rows.first).enumerated().dropFirst() {
            let tokenizer = try #require(tokenizers[name.string ?? ""])
            for row in rows.dropFirst() {
                let text = try #require(row[0].string)
                let ids = tokenizer.encode(text).ids
                #expect(
                    WordPieceGolden.sum(ids) == row[column],
                    "\(name): \(text.debugDescription) \(tokenizer.tokens(of: ids))")
            }
        }
    }

    @Test func frontDesk() throws {
        let messages = try WordPieceGolden.messages()
        let uncased = try WordPieceGolden.tokenizer("uncased")
        let cased = try WordPieceGolden.tokenizer("cased")
        let rows = try WordPieceGolden.rows("front-desk.json")
        #expect(rows.count == messages.count && rows.count >= 1000)
        for row in rows {
            let text = try #require(messages[row[0].string ?? ""])
            #expect(WordPieceGolden.sum(uncased.encode(text).ids) == row[1], "\(text)")
            #expect(WordPieceGolden.sum(cased.encode(text).ids) == row[2], "\(text)")
        }
    }

    @Test func truncatedTextsAndPairs() throws {
        let texts = try WordPieceGolden.rows("random.json").dropFirst().compactMap(\.[0].string)
        let tokenizer = try WordPieceGolden.tokenizer("uncased")
        let rows = try WordPieceGolden.rows("truncation.json")
        #expect(rows.count == 300)
        for (i, row) in rows.enumerated() {
            let limit = try #require(row[0].integer)
            let one = tokenizer.encode(texts[i], maxLength: limit)
            let both = tokenizer.encode(texts[i], pair: texts[i + 1], maxLength: limit)
            #expect(one.ids.count <= limit && both.ids.count <= limit)
            #expect(WordPieceGolden.sum(one.ids) == row[1], "\(i)")
            #expect(WordPieceGolden.sum(both.ids) == row[2], "\(i)")
            #expect(WordPieceGolden.sum(both.tokenTypes) == row[3], "\(i)")
        }
    }

    /// All 1.1 million code points, each between letters and before an accent.
    @Test(arguments: [
        ("uncased", BertNormalizer()), ("cased", BertNormalizer(lowercases: false)),
        ("lower, accents kept", BertNormalizer(stripsAccents: false)),
        ("no cleaning", BertNormalizer(cleansText: false)),
    ])
    func everyCodePoint(_ name: String, _ normalizer: BertNormalizer) throws {
        var configuration = try WordPieceGolden.configuration("uncased")
        configuration.normalizer = normalizer
        let tokenizer = try TextTokenizer(configuration)
        let golden = try JSONReader.read(WordPieceGolden.bytes("code-points.json"))
        for block in 0..<0x110 {
            let scalars = (UInt32(block << 12)..<UInt32((block + 1) << 12)).compactMap(Unicode.Scalar.init)
            let words = tokenizer.words(of: scalars.map { "Z\($0)\u{301}z" }.joined(separator: " "))
            guard case .array(let sums) = golden[name] else {
                Issue.record("no sums of \(name)")
                return
            }
            #expect(
                .integer(WordPieceGolden.crc32(words.joined(separator: "\n"))) == sums[block],
                "\(name): U+\(String(block << 12, radix: 16)) and on")
        }
    }

    @Test func knownTokens() throws {
        let tokenizer = try WordPieceGolden.tokenizer("added")
        func tokens(_ text: String) -> [String] { tokenizer.tokens(of: tokenizer.encode(text).ids) }
        #expect(tokens("The ROOM, please!") == ["[CLS]", "the", "room", ",", "please", "!", "[SEP]"])
        #expect(tokens("") == ["[CLS]", "[SEP]"])
        #expect(tokens("a[NAME]a") == ["[CLS]", "a", "[NAME]", "a", "[SEP]"])
        #expect(tokens("word sword").filter { $0 == "word" }.count == 1)
        #expect(tokens(String(repeating: "a", count: 100)).count == 102)
        #expect(tokens(String(repeating: "a", count: 101)) == ["[CLS]", "[UNK]", "[SEP]"])
        // Marks are put in order across a control character that goes. (Strings would be equal in any order.)
        let words = tokenizer.words(of: "x\u{1D165}\u{7}\u{116B6}").map { $0.unicodeScalars.map(\.value) }
        #expect(words == [[0x78, 0x116B6, 0x1D165]])
        #expect(tokenizer.tokens(of: [-1, 1, 1 << 20]) == ["[UNK]", "[UNK]", "[UNK]"])
    }
}
