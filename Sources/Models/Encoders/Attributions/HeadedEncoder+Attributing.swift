import Labels
import LinearAlgebra

extension HeadedEncoder {
    /// What each token of a text adds to scores of the logits of a task.
    /// - Parameter scores: Each a score of the logits of a row.
    /// - Returns: The attributions of each score.
    package func attributions(
        of text: WordedText, task: Int, to scores: [LogitScore]
    ) throws(EncoderError) -> [TokenAttributions] {
        let head = heads[task]
        let gradients = try IntegratedGradients(encoder, of: text.ids, from: text.baseline, pooling: pooling)
        var all: [TokenAttributions] = []
        for score in scores {
            all.append(
                try gradients.attributions { pooled, pass in
                    let logits = pass.rows(pooled.rows, columns: head.outputs)
                    head.forward(pooled, into: logits, pass)
                    // Overwritten by their gradient.
                    let values = score.values(of: logits)
                    let dPooled = pass.rows(pooled.rows, columns: pooled.columns)
                    head.backward(pooled, gradient: logits, into: dPooled, pass)
                    return (values, dPooled)
                })
        }
        return all
    }
}

extension LogitScore {
    /// The score of each row.
    /// - Parameter logits: Overwritten by the score's derivative. Shape: [B, K].
    fileprivate func values(of logits: FloatRows) -> [Double] {
        (0..<logits.rows).map { row in
            let (value, derivative) = of(
                UnsafeBufferPointer(start: logits[row], count: logits.columns).map { Double($0) })
            for k in derivative.indices { logits[row][k] = Float(derivative[k]) }
            return value
        }
    }
}
