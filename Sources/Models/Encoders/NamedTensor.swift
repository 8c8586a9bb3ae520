import LinearAlgebra

/// A tensor of the model by its name in a checkpoint. The model computes with its own layout; `unpacked` has the checkpoint's.
package struct NamedTensor: Sendable {
    /// With the prefix that a model with a head has.
    package let name: String
    /// In the checkpoint.
    package let shape: [Int]
    package let values: FloatBuffer
    /// The panels that `values` are, of the transposed matrix; nil if they are row by row.
    package let panels: PanelMatrix?

    init(_ name: String, _ values: FloatBuffer, shape: [Int]) {
        self.name = name
        self.shape = shape
        self.values = values
        panels = nil
    }

    init(_ name: String, _ panels: PanelMatrix) {
        self.name = name
        shape = [panels.columns, panels.depth]
        values = panels.storage
        self.panels = panels
    }

    /// The tensor's values, or other numbers in their layout, as the checkpoint has them. Shape: `shape`.
    package func unpacked(_ buffer: FloatBuffer? = nil) -> [Float] {
        let buffer = buffer ?? values
        return panels?.with(buffer).transposed() ?? Array(buffer.values[..<shape.reduce(1, *)])
    }
}

extension Linear {
    func tensors(_ name: String) -> (weight: NamedTensor, bias: NamedTensor) {
        (NamedTensor("\(name).weight", weight), NamedTensor("\(name).bias", bias, shape: [outputs]))
    }
}

extension LayerNorm {
    func tensors(_ name: String) -> (gain: NamedTensor, shift: NamedTensor) {
        (
            NamedTensor("\(name).weight", gain, shape: [width]),
            NamedTensor("\(name).bias", shift, shape: [width])
        )
    }
}

extension ClassifierModel {
    /// All tensors of the model with the head of one task, as a model for the classification of sequences has them in
    /// `transformers`; or with the heads of all tasks.
    package func tensors(task: Int? = nil) -> [NamedTensor] {
        let sizes = encoder.configuration
        let keys = CheckpointKeys(family: sizes.family)
        var all: [NamedTensor] = []
        func add(_ linear: Linear, _ name: String) {
            let tensors = linear.tensors(name)
            all += [tensors.weight, tensors.bias]
        }
        func add(_ norm: LayerNorm, _ name: String) {
            let tensors = norm.tensors(name)
            all += [tensors.gain, tensors.shift]
        }
        let (embeddings, H) = (encoder.embeddings, sizes.hidden)
        all.append(
            NamedTensor(keys.prefix + keys.wordEmbeddings, embeddings.words, shape: [sizes.vocabulary, H]))
        all.append(
            NamedTensor(
                keys.prefix + keys.positionEmbeddings, embeddings.positions, shape: [sizes.positions, H]))
        if let types = embeddings.tokenTypes {
            all.append(
                NamedTensor(keys.prefix + keys.tokenTypeEmbeddings, types, shape: [sizes.tokenTypes, H]))
        }
        add(embeddings.norm, keys.prefix + keys.embeddingNorm)
        for (index, layer) in encoder.layers.enumerated() {
            func name(_ part: CheckpointKeys.Part) -> String {
                keys.prefix + keys.name(of: part, layer: index)
            }
            add(layer.attention.query, name(.query))
            add(layer.attention.key, name(.key))
            add(layer.attention.value, name(.value))
            add(layer.attention.output, name(.attentionOutput))
            add(layer.attentionNorm, name(.attentionNorm))
            add(layer.feedForward.inner, name(.innerProduct))
            add(layer.feedForward.outer, name(.outerProduct))
            add(layer.outputNorm, name(.outputNorm))
        }
        if pooling == .pooler, let pooler = encoder.pooler { add(pooler.linear, keys.poolerInClassifier) }
        for (index, head) in heads.enumerated() where task == nil || task == index {
            add(head.linear, task == nil ? head.name : keys.classifier(task: 0, of: 1))
        }
        return all
    }
}
