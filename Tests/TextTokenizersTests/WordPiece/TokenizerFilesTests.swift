import Foundation
import Testing
import TextTokenizers

@Suite struct TokenizerFilesTests {
    private static let vocabulary = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\n##b\n"
    private static let model =
        #"{"type": "WordPiece", "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4}}"#

    private func load(_ files: [TokenizerFiles.Name: String]) throws(TokenizerError) -> TextTokenizer {
        try load(files.mapValues { Array($0.utf8) })
    }

    private func load(_ files: [TokenizerFiles.Name: [UInt8]]) throws(TokenizerError) -> TextTokenizer {
        try TextTokenizer(files: TokenizerFiles(folder: "f", contents: files))
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
        #expect(
            [tokenizer.special.padding, tokenizer.special.unknown, tokenizer.special.classifier] == [0, 1, 2])
        #expect(tokenizer.special.separator == 3 && tokenizer.special.mask == 4)
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
        #expect(other.special.mask == nil)
    }

    /// Of equal tokens the last counts, and lines without one keep their ids (as `BertTokenizer` of transformers 5.23 and
    /// 4.46); saved and read again it is the same.
    @Test func tokensThatAreThereTwice() throws {
        let files = try load([.vocabulary: Self.vocabulary + "a\n\nb\n\n"])
        #expect(files.encode("a b ab").ids == [2, 7, 9, 7, 6, 3])
        #expect(files.vocabularySize == 11)
        var contents: [TokenizerFiles.Name: [UInt8]] = [:]
        for file in files.files() {
            contents[try #require(TokenizerFiles.Name(rawValue: file.name))] = file.bytes
        }
        let again = try load(contents)
        #expect(again.encode("a b ab").ids == [2, 7, 9, 7, 6, 3] && again.vocabularySize == 11)
        contents[.tokenizer] = nil
        #expect(try load(contents).encode("a b ab").ids == [2, 7, 9, 7, 6, 3])
        let holes = try load([
            .tokenizer: tokenizerJSON(
                model:
                    ###"{"type": "WordPiece", "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "b": 9, "a": 7}}"###
            )
        ])
        #expect(holes.encode("a b").ids == [2, 7, 9, 3] && holes.vocabularySize == 10)
    }

    /// The class of a tokenizer decides whose rules count, as in transformers 5.23; a disagreement is told.
    @Test func theClassDecidesOnTheRules() throws {
        let cased = tokenizerJSON(
            normalizer: #"{"type": "BertNormalizer", "lowercase": false, "strip_accents": false}"#,
            more: #", "post_processor": {"type": "BertProcessing", "sep": ["[SEP]", 3], "cls": ["[CLS]", 2]}"#
        )
        func normalizer(_ files: [TokenizerFiles.Name: String]) throws -> (BertNormalizer, [String]) {
            let tokenizer = try load(files.merging([.tokenizer: cased]) { $1 })
            return (tokenizer.configuration.normalizer, tokenizer.notices)
        }
        let own = BertNormalizer(stripsAccents: false, lowercases: false)
        for files: [TokenizerFiles.Name: String] in [
            [.configuration: #"{"tokenizer_class": "BertTokenizer"}"#], [.model: #"{"model_type": "bert"}"#],
            [.model: #"{"model_type": "distilbert"}"#, .configuration: "{}"],
            [.configuration: #"{"tokenizer_class": "DistilBertTokenizerFast"}"#],
            [.model: #"{"model_type": "bert", "tokenizer_class": "BertTokenizerFast"}"#],
        ] {
            let (rules, notices) = try normalizer(files)
            #expect(rules == BertNormalizer(), "\(files)")
            #expect(
                notices.count == 2 && notices[0].contains("says lowercase false, but true is used"),
                "\(notices)")
        }
        for name in ["PreTrainedTokenizerFast", "TokenizersBackend"] {
            let (rules, notices) = try normalizer([
                .configuration: #"{"tokenizer_class": "\#(name)", "do_lower_case": true}"#,
                .model: #"{"model_type": "bert"}"#,
            ])
            #expect(rules == own && notices.isEmpty)
        }
        #expect(try normalizer([:]).0 == own)
        let stated = try normalizer([
            .configuration:
                #"{"tokenizer_class": "BertTokenizer", "do_lower_case": false, "strip_accents": false}"#
        ])
        #expect(stated.0 == own && stated.1.isEmpty)
    }

    /// As `tokenizers` does, a generic class puts around a text what the file says, which may be nothing.
    @Test func aGenericClassHasTheSignsOfItsFile() throws {
        let generic = #"{"tokenizer_class": "PreTrainedTokenizerFast"}"#
        #expect(try load([.tokenizer: tokenizerJSON(), .configuration: generic]).encode("a").ids == [4])
        #expect(try load([.tokenizer: tokenizerJSON()]).encode("a").ids == [2, 4, 3])
    }

    @Test func theLongestTextIsReadAsPythonReadsIt() throws {
        func limit(_ text: String) throws -> Int? {
            try load([.vocabulary: Self.vocabulary, .configuration: #"{"model_max_length": \#(text)}"#])
                .configuration.maxLength
        }
        #expect(try limit("16") == 16 && limit("16.0") == 16)
        #expect(
            try limit("1e30") == nil && limit("1000000000000000019884624838656") == nil
                && limit("null") == nil)
        for bad in ["1", "0", "-1", "\"16\""] {
            #expect(throws: TokenizerError.self, "\(bad)") { try limit(bad) }
        }
        let tokenizer = try load([.vocabulary: Self.vocabulary])
        let saved = tokenizer.files(className: "DistilBertTokenizer", maxLength: 9).first {
            $0.name == "tokenizer_config.json"
        }
        let text = String(decoding: saved?.bytes ?? [], as: UTF8.self)
        #expect(text.contains(#""model_max_length":9"#))
        #expect(text.contains(#""tokenizer_class":"DistilBertTokenizer""#))
    }

    /// The side at which a long text is cut is `tokenizer_config.json`'s, or else `tokenizer.json`'s, as in transformers.
    @Test func theSideOfTruncation() throws {
        func side(_ settings: String?, _ direction: String?) throws -> TextTokenizer {
            let more = direction.map { #", "truncation": {"direction": "\#($0)", "max_length": 3}"# } ?? ""
            var files: [TokenizerFiles.Name: String] = [.tokenizer: tokenizerJSON(more: more)]
            files[.configuration] = settings.map { #"{"truncation_side": "\#($0)"}"# }
            return try load(files)
        }
        let left = try side(nil, "Left")
        #expect(left.truncationSide == .left && left.encode("q q a", maxLength: 3).ids == [2, 4, 3])
        #expect(left.encode(["q a q", "a q"], maxLength: 4).ids == [2, 4, 1, 3, 2, 4, 1, 3])
        #expect(left.encode("a q", pair: "q q a", maxLength: 6).ids == [2, 1, 3, 1, 4, 3])
        #expect(left.encode("a q", maxLength: 2).ids == [2, 3])
        #expect(try side(nil, "Right").encode("q q a", maxLength: 3).ids == [2, 1, 3])
        let stated = try side("left", "Right")
        #expect(stated.truncationSide == .left)
        #expect(
            stated.notices.count == 1 && stated.notices[0].contains("truncation.direction right, but left"))
        #expect(try side("right", "Left").truncationSide == .right && side("left", "Left").notices.isEmpty)
        var saved: [TokenizerFiles.Name: [UInt8]] = [:]
        for file in stated.files() {
            saved[try #require(TokenizerFiles.Name(rawValue: file.name))] = file.bytes
        }
        #expect(try load(saved).truncationSide == .left)
        #expect(throws: TokenizerError.self) { try side("both", nil) }
        #expect(throws: TokenizerError.self) { try side(nil, "Middle") }
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
                    file: "f/tokenizer_config.json", found: "BertJapaneseTokenizer",
                    expected: "BertTokenizer, AlbertTokenizer, CamembertTokenizer, DebertaTokenizer, "
                        + "DebertaV2Tokenizer, GPT2Tokenizer, MPNetTokenizer, RobertaTokenizer, "
                        + "XLMRobertaTokenizer, or tokenizer.json beside it"))
        #expect(
            error([.vocabulary: v, .addedTokens: #"{"[X]": 12}"#])
                == .addedTokenID(file: "f/added_tokens.json", token: "[X]", stated: 12, expected: 7))
        #expect(
            error([.vocabulary: v, .addedTokens: #"{"\u0301": 7}"#])
                == .emptyAddedToken(file: "f/vocab.txt", token: "\u{301}"))
    }

    @Test func badTokenizerJSON() {
        func refused(_ json: String) -> TokenizerError? {
            error([.tokenizer: json, .configuration: #"{"tokenizer_class": "BertTokenizer"}"#])
        }
        let file = "f/tokenizer.json"
        #expect(
            refused(tokenizerJSON(model: #"{"type": "BPE", "vocab": {}, "merges": []}"#))
                == .wrongModel(file: file, found: "BPE", expected: "WordPiece"))
        #expect(
            refused(tokenizerJSON(model: #"{"type": "WordPiece", "vocab": {"a": 0, "b": 0}}"#))
                == .duplicateID(file: file, id: 0, first: "a", second: "b"))
        #expect(
            refused(tokenizerJSON(model: #"{"type": "WordPiece", "vocab": {"a": 0, "b": 16777216}}"#))
                == .idOutOfRange(file: file, token: "b", id: 1 << 24, count: 1 << 24))
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
        for size in [7, 8, 128, 134] { #expect(try tokenizer.check(modelVocabularySize: size) == nil) }
        for size in [135, 30522] {
            let notice = try tokenizer.check(modelVocabularySize: size)
            #expect(notice?.contains("7 tokens and the model embeddings of \(size)") == true)
        }
        for size in [0, 6] {
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
            saved = try TextTokenizer(configuration)
            try saved.save(to: folder)
            let both = try TextTokenizer(folder: folder)
            try FileManager.default.removeItem(at: folder.appendingPathComponent("tokenizer.json"))
            let withoutJSON = try TextTokenizer(folder: folder)
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

    /// Strings with and without escapes, and numbers with as many digits as an `Int` surely holds, as many as it may, and more.
    @Test func jsonStringsAndIntegers() throws {
        func read(_ text: String) throws -> JSONValue { try JSONReader.read(Array(text.utf8)) }
        #expect(try read("\"\"") == .string(""))
        #expect(try read("\"plain é😀\"") == .string("plain é😀"))
        #expect(try read(#""ab\n\"cd""#) == .string("ab\n\"cd"))
        #expect(try read(#""\\""#) == .string("\\"))
        for bad in ["\"ab", "\"ab\\", "\"ab\u{1}\"", "\"a\\nb\u{1}\"", "--1", "-01"] {
            #expect(throws: JSONReader.Failure.self, "\(bad)") { try read(bad) }
        }
        for number in [0, 7, -7, 999_999_999_999_999_999, -999_999_999_999_999_999, .max, .min] {
            #expect(try read("\(number)") == .integer(number))
        }
        #expect(try read("-0") == .integer(0))
        #expect(try read("9223372036854775808") == .number(9_223_372_036_854_775_808))
        #expect(try read("99999999999999999999") == .number(1e20))
    }

    /// Of a token that is there again, the last id counts; the others are holes, as those that no token has.
    @Test func aVocabularyWithATokenTwice() throws {
        let model =
            #"{"type": "WordPiece", "vocab": {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "[PAD]": 3, "a": 4, "b": 6, "a": 7}}"#
        let tokenizer = try load([.tokenizer: tokenizerJSON(model: model)])
        #expect(tokenizer.vocabularySize == 8)
        #expect(tokenizer.tokens(of: [4, 5, 6, 7]) == ["", "", "b", "a"])
        #expect(tokenizer.encode("a b").ids == [1, 7, 6, 2])
    }

    /// The scores of a `tokenizer.json` are the doubles that `tokenizers` reads, of which some are not the nearest.
    @Test func numbersAreReadAsTokenizersReadsThem() throws {
        var distances: [Double] = []
        for row in try WordPieceGolden.rows("scores.json") {
            guard case .string(let text) = row[0], case .string(let hexadecimal) = row[1] else { continue }
            let expected = try #require(Double(hexadecimal))
            let read = try JSONReader.read(Array(text.utf8), numbers: .wholeByPower).double
            #expect(read == expected && read?.sign == expected.sign, "\(text)")
            let nearest = try #require(Double(text))
            #expect(try JSONReader.read(Array(text.utf8)).double == nearest)
            distances.append(abs(nearest - expected) / max(expected.ulp, .leastNonzeroMagnitude))
        }
        #expect(distances.count == 261 && distances.count { $0 > 0 } == 49)
        for bad in ["1e309", "-1e400", String(repeating: "9", count: 400)] {
            #expect(throws: JSONReader.Failure.self, "\(bad.prefix(9))") {
                try JSONReader.read(Array(bad.utf8), numbers: .wholeByPower)
            }
        }
    }
}
