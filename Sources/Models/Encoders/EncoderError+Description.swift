extension EncoderError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .inFile(let path, let error):
            "\(path): \(error)"
        case .unreadableConfiguration(let reason):
            "is not the configuration of an encoder: \(reason)"
        case .badConfiguration(let key, let found, let expected):
            "\(key) is \(found), expected \(expected)"
        case .weights(let error):
            "\(error)"
        case .badFolder(let path, let reason):
            "\(path): \(reason)"
        case .misfit(let weights, let tensor, let found, let expected, let configuration, let keys):
            "\(weights): tensor '\(EncoderError.quoted(tensor))' "
                + (found.map { "has shape \($0)" } ?? "is missing") + ", expected shape \(expected), since "
                + "\(configuration) has \(keys.joined(separator: ", ")); the two files are not of one model"
        case .badBatch(let reason):
            "bad batch: \(reason)"
        case .emptySequence(let index):
            "sequence \(index) has no tokens, expected at least one"
        case .sequenceTooLong(let index, let found, let limit):
            "sequence \(index) has \(found) tokens, expected at most \(limit)"
        case .unknownToken(let index, let token, let found, let vocabulary):
            "sequence \(index), token \(token): id \(found), expected 0 to \(vocabulary - 1)"
        case .unknownTokenType(let index, let token, let found, let tokenTypes):
            tokenTypes == 0
                ? "sequence \(index), token \(token): type \(found), but this encoder has no token types"
                : "sequence \(index), token \(token): type \(found), expected 0 to \(tokenTypes - 1)"
        case .notFinite(let index):
            "sequence \(index): the encoder's output is infinite or no number (NaN); its weights are damaged, or their "
                + "training failed"
        case .sharedLayers(let frozen, let layers, let possible):
            "the lowest \(frozen) of the encoder's \(layers) layers share weights with those above, so that they cannot be "
                + "frozen alone; what can be frozen is the embeddings, the encoder, or layers: "
                + possible.map(String.init).joined(separator: ", ")
        case .tooFewLayers(let option, let needed, let found):
            found == 0
                ? "\(option) needs layers with weights of their own, and this encoder's share them or cannot be told apart"
                : "\(option) is \(needed), expected at most \(found), the layers of this encoder"
        case .noSuchLinear(let target, let known):
            "lora.targets: found '\(EncoderError.quoted(target))', expected linear layers of this encoder: \(known.joined(separator: ", "))"
        case .badRank(let rank, let limit, let linear):
            "lora.rank: found \(rank), expected 1 to \(limit), the smaller side of the matrix of \(linear)"
        case .adaptedAndDrawn(let drawn):
            "lora leaves the encoder's matrices as they are, and reinitialize-layers draws the top \(drawn) layers anew: they "
                + "would stay random; expected one of the two"
        case .frozenAndDrawn(let frozen, let drawn, let layers):
            "the lowest \(frozen) of \(layers) layers are frozen, and reinitialize-layers draws the top \(drawn) anew: some "
                + "would be random and stay so; expected at most \(layers) together"
        case .noPooler:
            "this checkpoint has no pooler; pool by one of \(Pooling.namesWithoutPooler)"
        case .notMultiplied(let precision):
            "precision is \(precision.rawValue), expected f32: static embeddings are looked up, not multiplied"
        case .notDifferentiable(let precision):
            "what each token adds is found by gradients, which need weights in f32; this encoder's are in "
                + precision.rawValue
        case .noEmbeddedTokens:
            "the embeddings of this network do not tell their vectors (Pass.embedded), so that nobody can say what each "
                + "token adds"
        case .notAMean(let pooling):
            "pooling is \(pooling.rawValue), expected mean: static embeddings have no other"
        }
    }
}
