import DeterministicWork
import Foundation
import Testing
import TextTokenizers

/// Whatever the files and texts hold, there is an answer or a typed error.
///
/// `BAKEOFF_FUZZ=100` makes a hundred times as many inputs.
@Suite struct WordPieceFuzzTests {
    private static let scale = Int(ProcessInfo.processInfo.environment["BAKEOFF_FUZZ"] ?? "") ?? 1
    private static let pieces = Array("{}[]\",:\\u0eE+-1 9tfn\n\r\u{80}".utf8)

    private func mutate(_ bytes: inout [UInt8], _ random: inout RandomStream) {
        for _ in 0...random.next(below: 4) {
            let place = random.next(below: bytes.count + 1)
            switch random.next(below: 4) {
            case 0: bytes.insert(Self.pieces[random.next(below: Self.pieces.count)], at: place)
            case 1 where place < bytes.count: bytes[place] = UInt8(random.next(below: 256))
            case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 20)))
            case 3 where random.next(below: 8) == 0: bytes.removeSubrange(place...)
            default: break
            }
        }
    }

    @Test func mutatedFiles() throws {
        let files: [TokenizerFiles.Name: [UInt8]] = [
            .tokenizer: try WordPieceGolden.bytes("added/tokenizer.json"),
            .vocabulary: try WordPieceGolden.bytes("uncased/vocab.txt"),
            .configuration: Array(
                #"{"do_lower_case": true, "strip_accents": null, "tokenizer_class": "BertTokenizer", "#.utf8)
                + Array(
                    #""model_max_length": 512, "unk_token": "[UNK]", "added_tokens_decoder": {"0": "#.utf8)
                + Array(#"{"content": "[PAD]", "special": true, "lstrip": false}}}"#.utf8),
            .specialTokens: Array(#"{"cls_token": {"content": "[CLS]", "lstrip": false}}"#.utf8),
            .addedTokens: Array(#"{"[NEW]": 1472}"#.utf8),
        ]
        var random = RandomStream(seed: 11)
        var outcomes = (loaded: 0, refused: 0)
        for _ in 0..<2000 * Self.scale {
            var some = files
            if random.next(below: 3) > 0 { some[.tokenizer] = nil }
            for name in [TokenizerFiles.Name.configuration, .specialTokens, .addedTokens]
            where random.next(below: 2) == 0 {
                some[name] = nil
            }
            let names = some.keys.sorted { $0.rawValue < $1.rawValue }
            let name = names[random.next(below: names.count)]
            var bytes = some[name] ?? []
            mutate(&bytes, &random)
            some[name] = bytes
            do throws(TokenizerError) {
                let tokenizer = try TextTokenizer(
                    files: TokenizerFiles(folder: "folder", contents: some))
                let ids = tokenizer.encode("a [MASK] room, naïve 東京 [NEW]").ids
                if ids.count < 2 && tokenizer.wordPiece != nil {
                    Issue.record("a text without [CLS] and [SEP]")
                }
                outcomes.loaded += 1
            } catch {
                if !error.description.hasPrefix("folder") { Issue.record("\(error)") }
                outcomes.refused += 1
            }
        }
        #expect(outcomes.loaded > 100 && outcomes.refused > 100)
    }

    @Test func mutatedTexts() throws {
        let tokenizer = try WordPieceGolden.tokenizer("added")
        let texts = try WordPieceGolden.rows("random.json").dropFirst().compactMap { $0[0].string }
        let size = Int32(tokenizer.vocabularySize)
        var random = RandomStream(seed: 12)
        for _ in 0..<4000 * Self.scale {
            var bytes = Array(texts[random.next(below: texts.count)].utf8)
            mutate(&bytes, &random)
            let text = String(decoding: bytes, as: UTF8.self)
            let limit = random.next(below: 30)
            let encoding = tokenizer.encode(text, pair: text, maxLength: limit)
            if encoding.ids.count != encoding.tokenTypes.count || encoding.ids.count > max(3, limit)
                || !encoding.ids.allSatisfy({ $0 >= 0 && $0 < size })
            {
                Issue.record("\(text): \(encoding)")
            }
        }
    }
}
