import Foundation
import Labels
import LinearAlgebra

/// A linear layer that makes logits of a sequence's vector: one task's head.
package struct ClassifierHead: Sendable {
    /// H to K.
    package let linear: Linear
    package let name: String

    package init(name: String, linear: Linear) {
        self.name = name
        self.linear = linear
    }

    package var labelCount: Int { linear.outputs }
}

/// An encoder with a head for each task: the model that is trained.
package struct ClassifierModel: Sendable {
    package let encoder: BertEncoder
    package let pooling: Pooling
    package let heads: [ClassifierHead]

    package init(encoder: BertEncoder, pooling: Pooling, heads: [ClassifierHead]) {
        precondition(pooling != .pooler || encoder.hasPooler)
        self.encoder = encoder
        self.pooling = pooling
        self.heads = heads
    }

    /// The logits of a task. Shape: [B, K].
    package func logits(_ batch: PackedBatch, task: Int) throws(EncoderError) -> Logits {
        let linear = heads[task].linear
        let (H, K) = (encoder.configuration.hidden, linear.outputs)
        let pooled = try encoder.embed(batch, pooling: pooling)
        let stride = FloatRows.stride(columns: K)
        let x = FloatBuffer(pooled)
        let y = FloatBuffer(count: batch.count * stride)
        let logits = withExtendedLifetime((x, y)) {
            let rows = FloatRows(y.pointer, rows: batch.count, columns: K, stride: stride)
            linear.forward(
                FloatRows(x.pointer, rows: batch.count, columns: H, stride: H), into: rows, Team(workers: 1))
            return Logits(
                labelCount: K,
                values: (0..<batch.count).flatMap { row in (0..<K).map { Double(rows[row][$0]) } })
        }
        if let bad = logits.values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(index: bad / K) }
        return logits
    }
}
