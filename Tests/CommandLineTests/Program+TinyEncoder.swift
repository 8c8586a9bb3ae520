import Foundation
import Testing

extension Program {
    /// A model folder: a tiny checkpoint with random weights, and a vocabulary of its size that knows three letters.
    /// - Parameter words: What it knows besides, at most 44.
    func writeTinyEncoder(to folder: String, words: [String] = []) throws {
        let checkpoint = Program.repository.appendingPathComponent(
            "Tests/Oracles/Encoders/bert-gelu")
        let config = try Data(contentsOf: checkpoint.appendingPathComponent("config.json"))
        try write(config, to: "\(folder)/config.json")
        try write(
            Data(contentsOf: checkpoint.appendingPathComponent("model.safetensors")),
            to: "\(folder)/model.safetensors")
        let object = try #require(JSONSerialization.jsonObject(with: config) as? [String: Any])
        let size = try #require(object["vocab_size"] as? Int)
        let known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "c"] + words
        let vocabulary = known + (known.count..<size).map { "[unused\($0)]" }
        try write(vocabulary.joined(separator: "\n") + "\n", to: "\(folder)/vocab.txt")
        try write(
            "{\"do_lower_case\": true, \"tokenizer_class\": \"BertTokenizer\"}",
            to: "\(folder)/tokenizer_config.json")
    }

    /// Static embeddings of two numbers for each letter and the rest of words.
    func writeTinyTable(to folder: String) throws {
        let letters = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { String(UnicodeScalar($0)) }
        let tokens = ["[UNK]"] + letters + letters.map { "##\($0)" }
        let vocabulary = tokens.enumerated().map { "\"\($1)\": \($0)" }.joined(separator: ", ")
        try write(
            """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                            "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"}, "post_processor": null, "decoder": null,
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                       "max_input_chars_per_word": 100, "vocab": {\(vocabulary)}}}
            """, to: "\(folder)/tokenizer.json")
        let numbers = (0..<2 * tokens.count).map { Float($0 * 7 % 13) - 6 }
        let header =
            "{\"embeddings\": {\"dtype\": \"F32\", \"shape\": [\(tokens.count), 2], "
            + "\"data_offsets\": [0, \(4 * numbers.count)]}}"
        var file = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
        file.append(Data(header.utf8))
        numbers.withUnsafeBytes { file.append(contentsOf: $0) }
        try write(file, to: "\(folder)/model.safetensors")
    }
}
