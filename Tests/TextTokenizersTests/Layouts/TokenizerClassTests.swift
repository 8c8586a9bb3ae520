import Foundation
import TestSupport
import Testing
import TextTokenizers

/// Tokenizers of the classes that make their stages themselves give the ids of AutoTokenizer of transformers 5.23, from
/// the older files and from a tokenizer.json that says other stages (Tests/Oracles/TextTokenizers/make_classes.py).
@Suite struct TokenizerClassTests {
    private static let root = oracle("TextTokenizers")

    /// The files of a folder.
    private static func files(_ name: String) throws -> TokenizerFiles {
        let folder = root.appendingPathComponent(name)
        var contents: [TokenizerFiles.Name: [UInt8]] = [:]
        for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let known = try #require(TokenizerFiles.Name(rawValue: file))
            contents[known] = try Array(Data(contentsOf: folder.appendingPathComponent(file)))
        }
        return TokenizerFiles(folder: name, contents: contents)
    }

    /// The same with another key in tokenizer_config.json.
    private static func with(_ member: String, _ files: TokenizerFiles) -> TokenizerFiles {
        var files = files
        let before = files.contents[.configuration].map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        let rest = before.dropFirst().trimmingPrefix(" ")
        let text = rest.hasPrefix("}") ? "{\(member)}" : "{\(member), \(rest)"
        files.contents[.configuration] = Array(text.utf8)
        return files
    }

    private func check(_ name: String, _ files: TokenizerFiles) throws -> TextTokenizer {
        let texts = try LayoutGolden.texts()
        let golden = try #require(JSONReader.read(WordPieceGolden.bytes("classes.json"))[name])
        let whole = try #require(golden["texts"]?.items)
        let left = try #require(golden["left"]?.items)
        #expect(whole.count == 300 && left.count == 300)
        let tokenizer = try TextTokenizer(files: files)
        let cut = try TextTokenizer(files: Self.with(#""truncation_side": "left""#, files))
        for i in whole.indices {
            let ids = tokenizer.encode(texts[i]).ids
            #expect(
                WordPieceGolden.sum(ids) == whole[i],
                "\(i): \(texts[i].debugDescription) \(tokenizer.tokens(of: ids))")
            #expect(WordPieceGolden.sum(cut.encode(texts[i], maxLength: 9).ids) == left[i], "\(i)")
        }
        return tokenizer
    }

    @Test(arguments: [
        "xlm-roberta", "xlm-roberta-plain", "camembert", "albert", "albert-cased", "deberta-v2",
        "deberta-v2-lower", "roberta", "roberta-prefix", "gpt2", "deberta", "mpnet", "mpnet-cased",
    ])
    func olderFiles(_ name: String) throws {
        let tokenizer = try check(name, Self.files("classes/\(name)"))
        #expect(tokenizer.special.unknown != nil)
        // Saved and read again it is the same.
        let folder = try TemporaryFolder()
        try tokenizer.save(to: folder.url)
        if let type = try Self.files("classes/\(name)").contents[.model] {
            try Data(type).write(to: folder.url.appendingPathComponent("config.json"))
        }
        let again = try TextTokenizer(folder: folder.url)
        for text in try LayoutGolden.texts().prefix(100) {
            #expect(again.encode(text) == tokenizer.encode(text))
        }
    }

    @Test(arguments: [
        ("albert", ["normalizer"]), ("debertav3", ["normalizer"]),
        ("camembert", ["normalizer", "pre_tokenizer"]), ("first", ["normalizer", "pre_tokenizer"]),
        ("roberta", []), ("roberta-prefix", ["pre_tokenizer"]),
    ])
    func aClassCountsMoreThanItsTokenizerJSON(_ name: String, _ differing: [String]) throws {
        let golden = try JSONReader.read(WordPieceGolden.bytes("classes.json"))["layouts/\(name)"]
        let kind = try #require(golden?["class"]?.string)
        let files = Self.with(#""tokenizer_class": "\#(kind)""#, try Self.files("layouts/\(name)"))
        let tokenizer = try check("layouts/\(name)", files)
        for part in ["normalizer", "pre_tokenizer"] {
            let isSaid = tokenizer.notices.contains { $0.contains("says another \(part) than \(kind)") }
            #expect(isSaid == differing.contains(part), "\(part): \(tokenizer.notices)")
        }
    }

    // MARK: What is refused

    private func refusal(_ contents: [TokenizerFiles.Name: String]) -> String? {
        refusal(contents.mapValues { Array($0.utf8) })
    }

    private func refusal(_ contents: [TokenizerFiles.Name: [UInt8]]) -> String? {
        do throws(TokenizerError) {
            _ = try TextTokenizer(files: TokenizerFiles(folder: "f", contents: contents))
            return nil
        } catch {
            return error.description
        }
    }

    @Test func whatIsMissingOrAnotherKindIsRefusedByName() throws {
        let roberta = #"{"tokenizer_class": "RobertaTokenizer"}"#
        #expect(
            refusal([.configuration: roberta])
                == "f: no vocabulary; expected tokenizer.json or vocab.json with merges.txt")
        #expect(
            refusal([.configuration: roberta, .tokens: #"{"a": 0}"#, .merges: "#version: 0.2\na b c\n"])
                == "f/merges.txt: 'line 2' is 'a b c', expected two tokens with a space between")
        #expect(
            refusal([.configuration: roberta, .tokens: #"{"a": 0}"#, .merges: "a a\n"])?.contains("'aa'")
                == true)
        #expect(
            refusal([
                .configuration: roberta,
                .tokenizer: #"{"model": {"type": "Unigram", "vocab": [["a", 0]], "unk_id": 0}}"#,
            ]) == "f/tokenizer.json: the tokenizer is Unigram, expected BPE, which RobertaTokenizer has")
        #expect(
            refusal([.debertaPieces: "x"])?.contains(
                "f/spm.model: the tokenizer is of a class that no file names, expected tokenizer_class")
                == true)
        #expect(
            refusal([
                .configuration: #"{"tokenizer_class": "GPT2Tokenizer", "add_bos_token": true}"#,
                .tokens: #"{"a": 0}"#, .merges: "",
            ])?
            .contains("'add_bos_token' is true") == true)
    }

    @Test func damagedModelsOfSentencePiece() throws {
        let settings = Array(#"{"tokenizer_class": "AlbertTokenizer"}"#.utf8)
        let model = try #require(try Self.files("classes/albert").contents[.albertPieces])
        func refusal(_ bytes: [UInt8]) -> String? {
            self.refusal([.configuration: settings, .albertPieces: bytes])
        }
        #expect(refusal(model) == nil)
        #expect(refusal([]) == "f/spiece.model: the vocabulary has no tokens")
        #expect(
            refusal([0x0A, 0x05, 0x0A])
                == "f/spiece.model: byte 0: not a model of SentencePiece: found a field of 5 bytes, "
                + "of which 1 are there")
        #expect(refusal([0x0B])?.contains("unknown wire type 3") == true)
        #expect(refusal([0x0A, 3, 0x0A, 1, 0xFF])?.contains("a piece that is not UTF-8") == true)
        #expect(refusal([UInt8](repeating: 0xFF, count: 20))?.contains("more than ten bytes") == true)
        // model_type BPE behind one piece.
        #expect(
            refusal([0x0A, 3, 0x0A, 1, 0x61, 0x12, 2, 0x18, 2])?.contains("is BPE, expected UNIGRAM") == true)
        for place in stride(from: 0, to: model.count, by: 3) {
            var changed = model
            changed[place] ^= 0x55
            _ = refusal(changed)
            _ = refusal(Array(model[..<place]))
        }
    }
}
