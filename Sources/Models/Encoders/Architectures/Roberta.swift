extension EncoderArchitecture {
    /// RoBERTa (Liu et al. 2019), as `RobertaModel` of `transformers` has it: BERT whose positions begin after the padding
    /// token's id, and whose head has two layers.
    public static let roberta = robertaLike(
        modelType: "roberta", classPrefix: "Roberta", tokenizerClass: "RobertaTokenizer")

    /// XLM-RoBERTa (Conneau et al. 2020): RoBERTa of a hundred languages.
    public static let xlmRoberta = robertaLike(
        modelType: "xlm-roberta", classPrefix: "XLMRoberta", tokenizerClass: "XLMRobertaTokenizer")

    /// CamemBERT (Martin et al. 2020): RoBERTa of French.
    public static let camembert = robertaLike(
        modelType: "camembert", classPrefix: "Camembert", tokenizerClass: "CamembertTokenizer")

    /// data2vec (Baevski et al. 2022) of text, as `Data2VecTextModel` of `transformers` has it: RoBERTa that was trained
    /// otherwise.
    public static let data2vecText = robertaLike(
        modelType: "data2vec-text", classPrefix: "Data2VecText", tokenizerClass: "RobertaTokenizer",
        prefix: "data2vec_text")

    private static func robertaLike(
        modelType: String, classPrefix: String, tokenizerClass: String, prefix: String = "roberta"
    ) -> EncoderArchitecture {
        var keys = ConfigurationKeys()
        keys.defaultPaddingToken = 1
        return EncoderArchitecture(
            modelType: modelType, classPrefix: classPrefix, tokenizerClass: tokenizerClass, prefix: prefix,
            keys: keys, numbering: .afterPadding,
            pooler: PoolerPlace(
                "classifier.dense", isInEncoder: false, activation: .tanh, inputDropout: .classifier),
            head: "classifier.out_proj"
        ) { sizes, file throws(EncoderError) in
            try file.requireAbsolutePositions()
            return TransformerNetwork(sizes, layers: .distinct("encoder.layer", sizes), names: .bert)
        }
    }
}
