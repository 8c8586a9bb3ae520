import Foundation
import Testing
import Tokenizers

@Suite struct TokenizerFilesTests {
    private static let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\n"
    private static let model =
        #"{"type": "WordPiece", "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4}}"#

    private func load(_ files: [TokenizerFiles.Name: String]) throws(TokenizerError) -> WordPieceTokenizer {
        let contents = files.mapValues { Array($0.utf8) }
        return try WordPieceTokenizer(files: TokenizerFiles(folder: "f", contents: contents))
    }

    private func tokenizerJSON(
        model: String = TokenizerFilesTests.model, normalizer: String = #"{"type": "BertNormalizer"}"#,
        more: String = ""
    ) -> String {
        #"{"model": \#(model), "normalizer": \#(normalizer), "pre_tokenizer": {"type": "BertPreTokenizer"}\#(more)}"#
    }

    private func error(_ files: [TokenizerFiles.Name: String]) -> TokenizerError? {
        do throws(TokenizerError) {
            _ = try load(files)
            return nil
        } catch {
            return error
        }
    }

    @Test func vocabularyWithoutConfiguration() throws {
        let tokenizer = try load([.vocabulary: Self.vocabulary])
        #expect(tokenizer.configuration.normalizer == BertNormalizer())
        #expect(tokenizer.encode("AB").ids == [2, 5, 6, 3])
        #expect([tokenizer.paddingID, tokenizer.unknownID, tokenizer.classifierID] == [0, 1, 2])
        #expect(tokenizer.separatorID == 3 && tokenizer.maskID == 4)
        #expect(
            try load([.vocabulary: Self.vocabulary.replacing("\n", with: "\r\n")]).encode("ab").ids.count == 4
        )
    }

    @Test func configurationCountsMoreThanTokenizerJSON() throws {
        let settings =
            #"{"do_lower_case": false, "strip_accents": true, "tokenize_chinese_chars": false, "model_max_length": 64}"#
        let one = try load([.tokenizer: tokenizerJSON(), .configuration: settings])
        #expect(
            one.configuration.normalizer
                == BertNormalizer(separatesIdeographs: false, stripsAccents: true, lowercases: false))
        #expect(one.configuration.maxLength == 64)
        let other = try load([
            .tokenizer: tokenizerJSON(normalizer: #"{"type": "BertNormalizer", "lowercase": false}"#),
            .configuration: #"{"model_max_length": 1000000000000000019884624838656, "strip_accents": null}"#,
        ])
        #expect(other.configuration.normalizer == BertNormalizer(lowercases: false))
        #expect(other.configuration.maxLength == nil)
        #expect(other.maskID == nil)
    }

    @Test func addedTokens() throws {
        let tokenizer = try load([
            .vocabulary: Self.vocabulary, .addedTokens: #"{"<b>": 8, "[X]": 7}"#,
            .specialTokens:
                #"{"additional_special_tokens": ["[X]"], "mask_token": {"content": "[MASK]", "lstrip": true}}"#,
        ])
        #expect(tokenizer.vocabularySize == 9)
        #expect(tokenizer.encode("a[X]a <B>").ids == [2, 5, 7, 5, 8, 3])
        #expect(tokenizer.tokens(of: [7, 8]) == ["[X]", "<b>"])
    }

    @Test func badFiles() {
        let v = Self.vocabulary
        #expect(error([:]) == .noVocabulary(folder: "f", expected: ["tokenizer.json", "vocab.txt"]))
        #expect(error([.vocabulary: ""]) == .emptyVocabulary(file: "f/vocab.txt"))
        #expect(
            error([.vocabulary: v + "a\n"])
                == .duplicateToken(file: "f/vocab.txt", token: "a", first: 5, second: 7))
        #expect(
            error([.vocabulary: v + "[CLS]\n"])
                == .duplicateToken(file: "f/vocab.txt", token: "[CLS]", first: 2, second: 7))
        #expect(
            error([.vocabulary: "[PAD]\n[UNK]\n[CLS]\n"])
                == .missingSpecialToken(file: "f/vocab.txt", role: "sep_token", token: "[SEP]"))
        #expect(
            error([.vocabulary: v, .configuration: #"{"pad_token": "<pad>"}"#])
                == .missingSpecialToken(file: "f/vocab.txt", role: "pad_token", token: "<pad>"))
        #expect(
            error([.vocabulary: v, .configuration: "{\n\"do_lower_case\" true}"])
                == .badJSON(
                    file: "f/tokenizer_config.json", line: 2, reason: "expected a colon after the key"))
        #expect(
            error([.vocabulary: v, .configuration: #"{"do_lower_case": "False"}"#])
                == .badValue(
                    file: "f/tokenizer_config.json", key: "do_lower_case", found: "\"False\"",
                    expected: "true or false"))
        #expect(
            error([.vocabulary: v, .configuration: #"{"tokenizer_class": "BertJapaneseTokenizer"}"#])
                == .wrongModel(
                    file: "f/tokenizer_config.json", found: "BertJapaneseTokenizer", expected: "BertTokenizer"
                ))
        #expect(
            error([.vocabulary: v, .addedTokens: #"{"[X]": 12}"#])
                == .addedTokenID(file: "f/added_tokens.json", token: "[X]", stated: 12, expected: 7))
        #expect(
            error([.vocabulary: v, .addedTokens: #"{"\u0301": 7}"#])
                == .emptyAddedToken(file: "f/vocab.txt", token: "\u{301}"))
    }

    @Test func badTokenizerJSON() {
        func refused(_ json: String) -> TokenizerError? { error([.tokenizer: json]) }
        let file = "f/tokenizer.json"
        #expect(
            refused(tokenizerJSON(model: #"{"type": "BPE", "vocab": {}, "merges": []}"#))
                == .wrongModel(file: file, found: "BPE", expected: "WordPiece"))
        #expect(
            refused(tokenizerJSON(model: #"{"type": "WordPiece", "vocab": {"a": 0, "b": 0}}"#))
                == .duplicateID(file: file, id: 0, first: "a", second: "b"))
        #expect(
            refused(tokenizerJSON(model: #"{"type": "WordPiece", "vocab": {"a": 0, "b": 2}}"#))
                == .idOutOfRange(file: file, token: "b", id: 2, count: 2))
        #expect(
            refused(tokenizerJSON(normalizer: #"{"type": "Lowercase"}"#))
                == .badValue(file: file, key: "normalizer", found: "Lowercase", expected: "BertNormalizer"))
        let template =
            #", "post_processor": {"type": "TemplateProcessing", "single": [{"Sequence": {"id": "A", "type_id": 0}}]}"#
        #expect(
            refused(tokenizerJSON(more: template))
                == .badValue(
                    file: file, key: "post_processor.single", found: "A:0", expected: "[CLS]:0 A:0 [SEP]:0"))
        #expect(refused("[]")?.description == "f/tokenizer.json: '' is an array, expected an object")
        #expect(refused(tokenizerJSON()) == nil)
    }

    @Test func vocabularyMustFitTheModel() throws {
        let tokenizer = try load([.vocabulary: Self.vocabulary])
        for size in [7, 8, 128, 134] { try tokenizer.check(modelVocabularySize: size) }
        for size in [0, 6, 135, 30522] {
            #expect(throws: TokenizerError.vocabularySize(file: "f/vocab.txt", found: 7, model: size)) {
                try tokenizer.check(modelVocabularySize: size)
            }
        }
    }

    @Test func savedAndLoadedAgain() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("wordpiece-\(ProcessInfo.processInfo.globallyUniqueString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        for name in ["uncased", "cased", "added"] {
            var saved = try WordPieceGolden.tokenizer(name)
            var configuration = saved.configuration
            configuration.addedTokens += [
                AddedToken("<x\"\\\u{1}>", stripsRight: true), .special("[NEW]"), AddedToken("née"),
            ]
            configuration.maxLength = 77
            saved = try WordPieceTokenizer(configuration)
            try saved.save(to: folder)
            let both = try WordPieceTokenizer(folder: folder)
            try FileManager.default.removeItem(at: folder.appendingPathComponent("tokenizer.json"))
            let withoutJSON = try WordPieceTokenizer(folder: folder)
            for row in try WordPieceGolden.rows("random.json").dropFirst() {
                let text = (row[0].string ?? "") + "[NEW] NÉE <x\"\\\u{1}>  a"
                #expect(both.encode(text) == saved.encode(text))
                #expect(withoutJSON.encode(text) == saved.encode(text))
            }
            #expect(both.vocabularySize == saved.vocabularySize)
            #expect(both.configuration.maxLength == 77 && withoutJSON.configuration.maxLength == 77)
        }
    }

    @Test func json() throws {
        func read(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }
        #expect(
            try read(#" [1, -2.5e1, "a\u00e9\ud83d\ude00\n", true, null, {}] "#).text
                == #"[1,-25.0,"aé😀\n",true,null,{}]"#)
        // Two keys, though one String: a vocabulary may hold both.
        guard case .object(let members) = try read("{\"\u{e9}\": 1, \"e\u{301}\": 2}") else {
            Issue.record("no object")
            return
        }
        #expect(members.count == 2)
        #expect(try read("{\"\u{e9}\": 1, \"e\u{301}\": 2}")["\u{e9}"] == .integer(1))
        for bad in [
            "", "[", "[1,]", "{\"a\"}", "{a: 1}", "01", "1.", "-", "1e999", "\"\\x\"", "\"\\ud800\"",
            "\"\u{1}\"",
            "nul", "1 2", "\"", String(repeating: "[", count: 10000),
        ] {
            #expect(throws: JSONReader.Failure.self, "\(bad.prefix(20))") { try read(bad) }
        }
        #expect(throws: JSONReader.Failure.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
    }
}
