/// What cuts a piece of a text into tokens.
package enum TokenizerModel: Sendable {
    case wordPiece(WordPieceVocabulary)
    case bytePair(BytePairModel)
    case unigram(UnigramModel)

    /// Work space that is used again from piece to piece.
    struct Memory: Sendable {
        var words = WordCache()
        var bytePair = BytePairModel.Memory()
        var unigram = UnigramModel.Memory()
    }

    /// Appends the ids of the tokens of `bytes[piece]`.
    @inline(__always)
    func append(_ bytes: [UInt8], _ piece: Range<Int>, to ids: inout [Int32], _ memory: inout Memory) {
        if case .wordPiece(let vocabulary) = self { return vocabulary.append(bytes, piece, to: &ids) }
        guard let key = memory.words.key(bytes, piece) else {
            return cut(bytes, piece, to: &ids, &memory)
        }
        if memory.words.append(key, to: &ids) { return }
        let start = ids.count
        cut(bytes, piece, to: &ids, &memory)
        memory.words.keep(key, ids[start...])
    }

    private func cut(_ bytes: [UInt8], _ piece: Range<Int>, to ids: inout [Int32], _ memory: inout Memory) {
        switch self {
        case .wordPiece(let vocabulary): vocabulary.append(bytes, piece, to: &ids)
        case .bytePair(let model): model.append(bytes, piece, to: &ids, &memory.bytePair)
        case .unigram(let model): model.append(bytes, piece, to: &ids, &memory.unigram)
        }
    }
}
