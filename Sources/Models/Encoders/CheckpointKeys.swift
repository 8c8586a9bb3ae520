/// Where Hugging Face keeps the tensors of an encoder: the one place that knows their names.
package struct CheckpointKeys {
    package let family: BertConfiguration.Family

    /// What stands before every name in the checkpoint of a model with a head.
    package var prefix: String { "\(family.rawValue)." }

    package let wordEmbeddings = "embeddings.word_embeddings.weight"
    package let positionEmbeddings = "embeddings.position_embeddings.weight"
    package let tokenTypeEmbeddings = "embeddings.token_type_embeddings.weight"
    package let embeddingNorm = "embeddings.LayerNorm"
    package let pooler = "pooler.dense"

    /// The pooler of a model with a head: BERT's, or the first of the two linear layers of DistilBERT's classifier.
    package var poolerInClassifier: String {
        switch family {
        case .bert: prefix + pooler
        case .distilbert: "pre_classifier"
        }
    }

    /// The head of a model for the classification of sequences; several tasks have numbered ones.
    package func classifier(task: Int, of tasks: Int) -> String {
        tasks == 1 ? "classifier" : "classifier.\(task)"
    }

    /// The parts of a layer that have weights.
    package enum Part: CaseIterable {
        case query, key, value, attentionOutput, attentionNorm, innerProduct, outerProduct, outputNorm
    }

    /// The name of a part, before `.weight` and `.bias`.
    package func name(of part: Part, layer: Int) -> String {
        switch family {
        case .bert: "encoder.layer.\(layer).\(bertName(of: part))"
        case .distilbert: "transformer.layer.\(layer).\(distilbertName(of: part))"
        }
    }

    private func bertName(of part: Part) -> String {
        switch part {
        case .query: "attention.self.query"
        case .key: "attention.self.key"
        case .value: "attention.self.value"
        case .attentionOutput: "attention.output.dense"
        case .attentionNorm: "attention.output.LayerNorm"
        case .innerProduct: "intermediate.dense"
        case .outerProduct: "output.dense"
        case .outputNorm: "output.LayerNorm"
        }
    }

    private func distilbertName(of part: Part) -> String {
        switch part {
        case .query: "attention.q_lin"
        case .key: "attention.k_lin"
        case .value: "attention.v_lin"
        case .attentionOutput: "attention.out_lin"
        case .attentionNorm: "sa_layer_norm"
        case .innerProduct: "ffn.lin1"
        case .outerProduct: "ffn.lin2"
        case .outputNorm: "output_layer_norm"
        }
    }

    /// Older names of a LayerNorm's `weight` and `bias`, from TensorFlow's checkpoints.
    package static let olderNormNames = ["weight": "gamma", "bias": "beta"]
}
