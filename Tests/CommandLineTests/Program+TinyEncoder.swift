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
}
