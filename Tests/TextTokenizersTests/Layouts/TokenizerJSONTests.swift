import DeterministicWork
import Foundation
import Testing
import TextTokenizers

/// What a `tokenizer.json` may not say, and what becomes of damaged ones.
@Suite struct TokenizerJSONTests {
    private static let bytePair = #"{"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, "merges": ["a b"]}"#

    private func refusal(
        model: String = TokenizerJSONTests.bytePair, _ more: String = ""
    ) -> String? {
        do throws(TokenizerError) {
            _ = try LayoutGolden.tokenizer(json: #"{"model": \#(model)\#(more.isEmpty ? "" : ", ")\#(more)}"#)
            return nil
        } catch {
            return error.description
        }
    }

    @Test func unknownPartsByName() {
        #expect(refusal() == nil)
        #expect(
            refusal(#""normalizer": {"type": "Sequence", "normalizers": [{"type": "Transliterate"}]}"#)
                == "f/tokenizer.json: 'normalizer.normalizers[0].type' is 'Transliterate', expected one of BertNormalizer, "
                + "NFC, NFD, NFKC, NFKD, Lowercase, Strip, StripAccents, Replace, Prepend, Nmt, Precompiled, ByteLevel, "
                + "Sequence")
        for (part, name) in [
            (#""pre_tokenizer": {"type": "UnicodeScripts"}"#, "UnicodeScripts"),
            (#""post_processor": {"type": "Other"}"#, "Other"),
        ] {
            #expect(refusal(part)?.contains("is '\(name)', expected one of") == true, "\(part)")
        }
        #expect(
            refusal(model: #"{"type": "WordLevel", "vocab": {"a": 0}}"#)
                == "f/tokenizer.json: 'model.type' is 'WordLevel', expected one of WordPiece, BPE, Unigram")
    }

    @Test func badModels() {
        func bytePair(_ more: String) -> String? {
            refusal(model: #"{"type": "BPE", "vocab": {"a": 0, "b": 1, "ab": 2}, \#(more)}"#)
        }
        #expect(bytePair(#""dropout": 0.1, "merges": []"#)?.contains("'model.dropout' is 0.1") == true)
        #expect(bytePair(#""dropout": null, "merges": [["a", "b"]]"#) == nil)
        #expect(bytePair(#""merges": ["a c"]"#)?.contains("'c', expected merges of and into tokens") == true)
        #expect(bytePair(#""merges": ["b a"]"#)?.contains("'ba'") == true)
        #expect(bytePair(#""merges": ["a b c"]"#)?.contains("'model.merges[0]'") == true)
        #expect(bytePair(#""merges": [], "unk_token": "?""#)?.contains("'?'") == true)
        func unigram(_ more: String) -> String? { refusal(model: #"{"type": "Unigram", \#(more)}"#) }
        #expect(unigram(#""vocab": [["a", -1]], "unk_id": 0"#) == nil)
        #expect(unigram(#""vocab": [["a", -1]]"#)?.contains("'model.unk_id' is missing") == true)
        #expect(unigram(#""vocab": [["a", -1]], "unk_id": 1"#)?.contains("expected an id below 1") == true)
        #expect(unigram(#""vocab": [["a", "b"]], "unk_id": 0"#)?.contains("'model.vocab[0]'") == true)
        #expect(unigram(#""vocab": [], "unk_id": 0"#)?.contains("no tokens") == true)
    }

    @Test func badStages() {
        func metaspace(_ more: String) -> String? {
            refusal(#""pre_tokenizer": {"type": "Metaspace", "replacement": "_"\#(more)}"#)
        }
        #expect(metaspace("") == nil && metaspace(#", "add_prefix_space": false"#) == nil)
        #expect(metaspace(#", "add_prefix_space": false, "prepend_scheme": "never""#) == nil)
        #expect(
            metaspace(#", "add_prefix_space": false, "prepend_scheme": "first""#)?.contains("prepend_scheme")
                == true)
        #expect(metaspace(#", "prepend_scheme": "last""#)?.contains("one of always, never, first") == true)
        #expect(
            refusal(#""normalizer": {"type": "Precompiled", "precompiled_charsmap": "AAAA"}"#)?
                .contains("is damaged") == true)
        #expect(
            refusal(
                #""post_processor": {"type": "RobertaProcessing", "sep": ["</s>", 9], "cls": ["<s>", 0]}"#)?
                .contains("ids below 3, found 9") == true)
        let twice =
            #"{"type": "BertProcessing", "sep": ["b", 1], "cls": ["a", 0]}"#
        #expect(
            refusal(#""post_processor": {"type": "Sequence", "processors": [\#(twice), \#(twice)]}"#)?
                .contains("one post-processor that adds tokens") == true)
        #expect(
            refusal(
                #""post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "a", "type_id": 0}}, "#
                    + #"{"Sequence": {"id": "A", "type_id": 0}}], "special_tokens": {}}"#)?
                .contains("expected one of the template's special_tokens") == true)
        #expect(
            refusal(#""added_tokens": [{"id": 5, "content": "new"}]"#)
                == "f/tokenizer.json: added token 'new' states id 5, but the vocabulary gives it 3")
    }

    /// Parts of expressions that are not supported are named, and malformed ones.
    @Test(arguments: [
        (#"(?<=a)b"#, "a lookbehind"), (#"(?<name>a)"#, "a group that begins with"), (#"\bword"#, #"\b"#),
        (#"[a-z&&[^b]]"#, "&& in brackets"), (#"[a[b]]"#, "brackets in brackets"), (#"\p{Han}"#, #"\p{Han}"#),
        ("(?i:é)", "'é' in any case"), ("(?i:ss)", "'ss' in any case"), ("a{2,3}+", "a + behind braces"),
        ("a{2000}", "{2000}"), ("(a{999}){999}", "too many"), ("((){999}){999}", "too many"),
        ("(a", "without a )"),
        ("a)", "without a ("), ("[a", "without a ]"), ("*", "nothing to repeat"),
        ("[b-a]", "does not ascend"),
        (String(repeating: "(", count: 99), "nested"), ("\\", "at its end"), ("\\1", "\\1"),
    ])
    func badExpressions(_ expression: String, _ reason: String) {
        let text = JSONValue.string(expression).text
        let found = refusal(
            #""pre_tokenizer": {"type": "Split", "pattern": {"Regex": \#(text)}, "behavior": "Isolated", "invert": false}"#
        )
        #expect(found?.contains(reason) == true, "\(found ?? "taken")")
    }

    /// An expression that takes exponential time where failures are not remembered.
    @Test func expressionsTakeNoTimeWithoutEnd() throws {
        let expression = try Expression("(a*)*(a|aa)+(?=(a+)+c)b")
        let bytes = [UInt8](repeating: UInt8(ascii: "a"), count: 200)
        var memory = Expression.Memory()
        #expect(expression.firstMatch(bytes, bytes.indices, from: 0, &memory) == nil)
    }

    /// Whatever a file holds, there is an answer or a typed error.
    @Test(arguments: ["modernbert", "mixed1", "albert", "llama2"])
    func mutatedFiles(_ name: String) throws {
        let scale = Int(ProcessInfo.processInfo.environment["BAKEOFF_FUZZ"] ?? "") ?? 1
        let whole = try WordPieceGolden.bytes("layouts/\(name)/tokenizer.json")
        var random = RandomStream(seed: 17)
        var outcomes = (loaded: 0, refused: 0)
        // What is not vocabulary stands at the beginning, but for the model's own keys.
        let head = whole.firstRange(of: Array(#""model":"#.utf8))?.upperBound ?? whole.count
        let pieces = Array("{}[]\",:\\u0eE+-1 9tfn()*?\u{80}".utf8)
        for _ in 0..<60 * scale {
            var bytes = whole
            for _ in 0...random.next(below: 2) {
                let place = random.next(below: random.next(below: 3) == 0 ? bytes.count : head)
                switch random.next(below: 3) {
                case 0: bytes.insert(pieces[random.next(below: pieces.count)], at: place)
                case 1: bytes[place] = UInt8(random.next(below: 128))
                default: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 9)))
                }
            }
            do throws(TokenizerError) {
                let tokenizer = try TextTokenizer(
                    files: TokenizerFiles(folder: "folder", contents: [.tokenizer: bytes]))
                let ids = tokenizer.encode("a [MASK] room,  naïve 東京\u{301} [NAME]'s 12\n", maxLength: 40).ids
                if !ids.allSatisfy({ $0 >= 0 && $0 < Int32(tokenizer.vocabularySize) }) {
                    Issue.record("ids outside the vocabulary: \(ids)")
                }
                outcomes.loaded += 1
            } catch {
                if !error.description.hasPrefix("folder") { Issue.record("\(error)") }
                outcomes.refused += 1
            }
        }
        #expect(outcomes.loaded > 2 && outcomes.refused > 2, "\(outcomes)")
    }
}
