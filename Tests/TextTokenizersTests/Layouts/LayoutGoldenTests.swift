import DeterministicWork
import Foundation
import Testing
import TestSupport
import TextTokenizers

/// Tokenizers in the layouts of published ones give the ids that tokenizers 0.23.3 gives.
@Suite struct LayoutGoldenTests {
    @Test(arguments: LayoutGolden.names)
    func randomTextsAndPairs(_ name: String) throws {
        let tokenizer = try LayoutGolden.tokenizer(name)
        let texts = try LayoutGolden.texts()
        let golden = try #require(try JSONReader.read(WordPieceGolden.bytes("layouts.json"))[name])
        let sums = try #require(golden["texts"]?.items)
        #expect(sums.count == 400)
        let packed = tokenizer.encode(Array(texts.prefix(sums.count)))
        for (i, sum) in sums.enumerated() {
            let ids = tokenizer.encode(texts[i]).ids
            #expect(
                WordPieceGolden.sum(ids) == sum,
                "\(i): \(texts[i].debugDescription) \(tokenizer.tokens(of: ids))")
            #expect(Array(packed[i]) == ids)
        }
        let pairs = try #require(golden["pairs"]?.items)
        #expect(pairs.count == 60)
        for (i, row) in pairs.enumerated() {
            let row = try #require(row.items)
            let both = tokenizer.encode(texts[i], pair: texts[i + 1], maxLength: row[0].integer)
            #expect(WordPieceGolden.sum(both.ids) == row[1], "\(i)")
            #expect(WordPieceGolden.sum(both.tokenTypes) == row[2], "\(i)")
        }
    }

    /// All 1.1 million code points through single stages.
    @Test(arguments: [
        "NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt", "Words", "Whitespace",
        "WhitespaceSplit", "Punctuation", "Digits", "Classes",
    ])
    func everyCodePoint(_ name: String) throws {
        let golden = try JSONReader.read(WordPieceGolden.bytes("parts.json"))
        let stage = try #require(golden["stages"]?[name])
        let sums = try #require(golden["sums"]?[name]?.items)
        let isNormalizer = ["NFC", "NFD", "NFKC", "NFKD", "Lowercase", "StripAccents", "Nmt"].contains(name)
        let model = #""model": {"type": "WordPiece", "vocab": {"[UNK]": 0}}"#
        let stages =
            isNormalizer
            ? #""normalizer": \#(stage.text), "pre_tokenizer": {"type": "WhitespaceSplit"}"#
            : #""pre_tokenizer": \#(stage.text)"#
        let tokenizer = try LayoutGolden.tokenizer(json: "{\(model), \(stages)}")
        #expect(sums.count == 0x110)
        for block in 0..<0x110 {
            let scalars = (UInt32(block << 12)..<UInt32((block + 1) << 12)).compactMap(Unicode.Scalar.init)
            let words = tokenizer.words(of: scalars.map { "Z\($0)\u{301}z" }.joined(separator: " "))
            #expect(
                .integer(WordPieceGolden.crc32(words.joined(separator: "\n"))) == sums[block],
                "U+\(String(block << 12, radix: 16)) and on")
        }
    }

    @Test(arguments: ["roberta", "bytes", "modernbert"])
    func savedAndLoadedAgain(_ name: String) throws {
        let folder = try TemporaryFolder()
        let saved = try LayoutGolden.tokenizer(name)
        for file in saved.files(maxLength: 33) {
            try Data(file.bytes).write(to: folder.url.appendingPathComponent(file.name))
        }
        let again = try TextTokenizer(folder: folder.url)
        #expect(again.maxLength == 33 && again.vocabularySize == saved.vocabularySize)
        for text in try LayoutGolden.texts().prefix(100) {
            #expect(again.encode(text) == saved.encode(text))
        }
    }

    /// `tokenizers` stops with a panic where the token before took along more blanks than the one that takes those before it.
    @Test func blanksThatTheTokenBeforeTookAlong() throws {
        let tokenizer = try LayoutGolden.tokenizer(
            json: #"""
                {"model": {"type": "WordPiece", "unk_token": "[UNK]", "vocab": {"[UNK]": 0, "a": 1}},
                 "pre_tokenizer": {"type": "WhitespaceSplit"},
                 "added_tokens": [
                    {"id": 2, "content": "  ", "lstrip": true, "rstrip": false, "single_word": false,
                     "normalized": false, "special": false},
                    {"id": 3, "content": "<e>", "lstrip": false, "rstrip": true, "single_word": false,
                     "normalized": false, "special": false}]}
                """#)
        for blanks in ["", " ", "  ", "   ", "    ", "\t  ", "\t   "] {
            #expect(tokenizer.encode("a<e>\(blanks)a").ids == [1, 3, 1], "\(blanks.debugDescription)")
        }
        #expect(tokenizer.encode("a   a  <e>").ids == [1, 2, 1, 2, 3])
    }

    @Test func knownTokens() throws {
        let roberta = try LayoutGolden.tokenizer("roberta")
        #expect(
            roberta.tokens(of: roberta.encode("a room <mask>").ids) == [
                "<s>", "a", "Ġroom", "<mask>", "</s>",
            ])
        #expect(roberta.encode("", pair: "").ids == [0, 2, 2, 2])
        #expect(roberta.encode("").tokenTypes == [0, 0])
        let fallback = try LayoutGolden.tokenizer("bytes")
        #expect(
            fallback.tokens(of: fallback.encode("\u{10FFFF}").ids).suffix(4) == [
                "<0xF4>", "<0x8F>", "<0xBF>", "<0xBF>",
            ])
    }
}

extension JSONValue {
    var items: [JSONValue]? { if case .array(let items) = self { items } else { nil } }
}
