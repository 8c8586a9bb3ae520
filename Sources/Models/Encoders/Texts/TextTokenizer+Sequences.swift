import TextTokenizers

extension TextTokenizer {
    /// The tokens of each text, [CLS] and [SEP] among them. Shape: [texts][tokens].
    package func sequences(_ texts: [String], maxLength: Int) -> [[Int32]] {
        let packed = encode(texts, maxLength: maxLength)
        return texts.indices.map { Array(packed.ids[packed.offsets[$0]..<packed.offsets[$0 + 1]]) }
    }
}
