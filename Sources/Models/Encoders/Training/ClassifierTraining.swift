import Labels
import LinearAlgebra

/// Forward and backward of batches of texts through a `ClassifierModel`.
package final class ClassifierTraining {
    package let model: ClassifierModel
    package let freezing: Freezing
    package let embeddings: EmbeddingParameters?
    /// Nil for a frozen layer. Shape: [layers].
    package let layers: [LayerParameters?]
    package let pooler: LinearParameters?
    package let heads: [LinearParameters]
    package let team: Team
    private let dropout: DropoutProbabilities
    private let seed: UInt64
    private var forwardMemory: ForwardMemory
    private var backwardMemory: BackwardMemory
    private var logitBuffer = FloatBuffer(count: 0)
    private var dLogitBuffer = FloatBuffer(count: 0)

    package init(
        _ model: ClassifierModel, freezing: Freezing, dropout: DropoutProbabilities, seed: UInt64, team: Team
    ) {
        self.model = model
        self.freezing = freezing
        self.dropout = dropout
        self.seed = seed
        self.team = team
        let sizes = model.encoder.configuration
        let keys = CheckpointKeys(family: sizes.family)
        let frozenLayers =
            switch freezing {
            case .nothing, .embeddings: 0
            case .layers(let count): min(count, sizes.layers)
            case .encoder: sizes.layers
            }
        embeddings = freezing == .nothing ? EmbeddingParameters(model.encoder.embeddings, sizes, keys) : nil
        layers = model.encoder.layers.enumerated().map {
            $0 < frozenLayers ? nil : LayerParameters($1, $0, keys)
        }
        pooler =
            model.pooling == .pooler && (freezing != .encoder || sizes.family == .distilbert)
            ? model.encoder.pooler.map { LinearParameters(keys.poolerInClassifier, $0.linear) } : nil
        heads = model.heads.map { LinearParameters($0.name, $0.linear) }
        forwardMemory = ForwardMemory(sizes, tokens: 0)
        backwardMemory = BackwardMemory(sizes, tokens: 0)
    }

    /// All trained parameters but the word vectors.
    package var parameters: [Parameter] {
        (embeddings?.dense ?? []) + layers.compactMap { $0 }.flatMap(\.all) + (pooler?.all ?? [])
            + heads.flatMap(\.all)
    }

    /// Adds the gradient of the task's loss to those of the parameters.
    /// - Parameters:
    ///   - batch: B sequences, checked against the encoder's sizes.
    ///   - targets: B rows.
    ///   - scale: The loss's weight in the gradient.
    ///   - step: Decides what dropout drops.
    /// - Returns: The loss, unweighted.
    package func addGradient(
        _ batch: PackedBatch, _ targets: Targets, task: Int, loss: ClassificationLoss, scale: Double = 1,
        step: Int
    ) throws(EncoderError) -> Double {
        try batch.check(model.encoder.configuration)
        reserve(batch.tokens)
        embeddings?.words.prepare(batch.ids, team)
        let pass = TrainingPass(batch, sizes: model.encoder.configuration, pooling: model.pooling, step: step)

        forward(pass)
        let head = model.heads[task].linear
        let pooled = pooled(pass)
        let stride = FloatRows.stride(columns: head.outputs)
        if logitBuffer.count < batch.count * stride {
            logitBuffer = FloatBuffer(count: batch.count * stride)
            dLogitBuffer = FloatBuffer(count: batch.count * stride)
        }
        let logits = FloatRows(logitBuffer.pointer, rows: batch.count, columns: head.outputs, stride: stride)
        // The columns that fill the last panel must be 0, and another head may have been wider.
        dLogitBuffer.pointer.update(repeating: 0, count: dLogitBuffer.count)
        let dLogits = FloatRows(
            dLogitBuffer.pointer, rows: batch.count, columns: head.outputs, stride: stride)
        head.forward(pooled, into: logits, team)
        let value = loss.value(logits, targets, scale: scale, gradient: dLogits)

        let trainsBelow = pooler != nil || layers.contains { $0 != nil }
        let dPooled = forwardMemory.dPooled(rows: batch.count)
        head.backward(pooled, gradient: dLogits, heads[task], into: trainsBelow ? dPooled : nil, team)
        if trainsBelow {
            classifierDropout(step)?.apply(dPooled, firstRow: 0)
            backward(pass, dPooled)
        }
        return value
    }

    private func reserve(_ tokens: Int) {
        if tokens <= forwardMemory.tokens { return }
        // An eighth more than asked for, so that batches that grow little by little seldom move everything.
        let room = tokens + tokens / 8
        forwardMemory = ForwardMemory(model.encoder.configuration, tokens: room)
        backwardMemory = BackwardMemory(model.encoder.configuration, tokens: room)
    }

    // MARK: Forward

    private func forward(_ pass: TrainingPass) {
        let encoder = model.encoder
        let x = forwardMemory.embedded(rows: pass.batch.tokens)
        encoder.embeddings.forward(
            pass.batch, sequences: pass.block.sequences,
            keeping: forwardMemory.embeddingSums(rows: pass.batch.tokens), into: x,
            dropout: embeddingDropout(pass.step),
            team)
        for (index, layer) in encoder.layers.enumerated() {
            let x = input(of: index, pass)
            let asking = asking(of: index, pass)
            if pass.asksFirst(index) { pass.block.copyFirst(of: x, to: asking) }
            layer.forward(
                x, asking: asking, spans: pass.spans(index), values(of: index, pass),
                dropout: layerDropout(index, pass.step),
                team)
        }
    }

    /// What the head reads, after dropout. Shape: [B, H].
    private func pooled(_ pass: TrainingPass) -> FloatRows {
        let x = input(of: model.encoder.layers.count, pass)
        let pooled = forwardMemory.pooled(rows: pass.batch.count)
        switch model.pooling {
        case .mean: pass.block.mean(of: x, into: pooled)
        case .cls: Rows.copy(x, to: pooled)
        case .pooler: model.encoder.pooler?.forward(x, into: pooled, team)
        }
        let dropped = forwardMemory.dropped(rows: pass.batch.count)
        Rows.copy(pooled, to: dropped)
        classifierDropout(pass.step)?.apply(dropped, firstRow: 0)
        return dropped
    }

    /// x of a layer; after the last one, the encoder's output.
    private func input(of layer: Int, _ pass: TrainingPass) -> FloatRows {
        layer == 0 ? forwardMemory.embedded(rows: pass.batch.tokens) : values(of: layer - 1, pass).output
    }

    private func asking(of layer: Int, _ pass: TrainingPass) -> FloatRows {
        pass.asksFirst(layer) ? forwardMemory.first(rows: pass.batch.count) : input(of: layer, pass)
    }

    private func values(of layer: Int, _ pass: TrainingPass) -> LayerValues {
        forwardMemory.values(
            of: layer, tokens: pass.batch.tokens,
            asking: pass.asksFirst(layer) ? pass.batch.count : pass.batch.tokens)
    }

    // MARK: Backward

    private func backward(_ pass: TrainingPass, _ dPooled: FloatRows) {
        let count = model.encoder.layers.count
        let top = input(of: count, pass)
        var d = backwardMemory.d(rows: top.rows)
        switch model.pooling {
        case .mean: pass.block.meanBackward(gradient: dPooled, into: d)
        case .cls: Rows.copy(dPooled, to: d)
        case .pooler:
            if let pooler, let layer = model.encoder.pooler {
                layer.backward(
                    top, forwardMemory.pooled(rows: pass.batch.count), gradient: dPooled, into: d, pooler,
                    team)
            }
        }
        for index in (0..<count).reversed() {
            guard let parameters = layers[index] else { return }
            let others = pass.asksFirst(index) ? backwardMemory.others(rows: pass.batch.tokens) : nil
            model.encoder.layers[index].backward(
                input(of: index, pass), asking: asking(of: index, pass), spans: pass.spans(index),
                values(of: index, pass), gradient: d, others: others, stopping: isLowest(index),
                dropout: layerDropout(index, pass.step), parameters, backwardMemory, team)
            if let others {
                for (row, span) in pass.block.spans.enumerated() {
                    Rows.add(
                        d[rows: row..<row + 1],
                        to: others[rows: span.tokens.lowerBound..<span.tokens.lowerBound + 1])
                }
                d = others
            }
        }
        if let embeddings {
            model.encoder.embeddings.backward(
                pass.batch, forwardMemory.embeddingSums(rows: pass.batch.tokens), gradient: d,
                dropout: embeddingDropout(pass.step), embeddings, team)
        }
    }

    /// Whether nothing below this layer is trained.
    private func isLowest(_ layer: Int) -> Bool {
        layer == 0 ? embeddings == nil : layers[layer - 1] == nil
    }

    // MARK: Dropout

    // The sites: 0 the embeddings, 1 + 3 l and the next two in layer l, and last the head.

    private func dropout(_ probability: Double, site: Int, _ step: Int) -> Dropout? {
        Dropout(
            probability: probability, seed: seed, step: UInt32(truncatingIfNeeded: step),
            site: UInt32(truncatingIfNeeded: site))
    }

    private func embeddingDropout(_ step: Int) -> Dropout? { dropout(dropout.hidden, site: 0, step) }

    private func layerDropout(_ layer: Int, _ step: Int) -> LayerDropout {
        LayerDropout(
            attention: dropout(dropout.attention, site: 1 + 3 * layer, step),
            attentionOutput: dropout(dropout.hidden, site: 2 + 3 * layer, step),
            output: dropout(dropout.hidden, site: 3 + 3 * layer, step))
    }

    private func classifierDropout(_ step: Int) -> Dropout? {
        dropout(dropout.classifier, site: 1 + 3 * model.encoder.layers.count, step)
    }
}
