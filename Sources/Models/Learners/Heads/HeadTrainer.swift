import DeterministicWork
import LinearAlgebra

/// Trains a linear layer by AdamW on batches of rows, in double precision and on one thread.
package struct HeadTrainer: Sendable {
    let X: FeatureMatrix
    let loss: HeadLoss
    let options: AdamWOptions
    let fitIntercept: Bool
    /// Decides the first weights and the order of the rows.
    let seed: UInt64

    package init(
        _ X: FeatureMatrix, loss: HeadLoss, options: AdamWOptions, fitIntercept: Bool = true, seed: UInt64 = 0
    ) {
        self.X = X
        self.loss = loss
        self.options = options
        self.fitIntercept = fitIntercept
        self.seed = seed
    }

    /// Weights and, last, intercept of each label. Shape: [K, H + 1].
    package func initialWeights() -> Matrix<Double> {
        var W = Matrix<Double>(rowCount: loss.labelCount, columnCount: X.columnCount + 1)
        if options.initialization == .zero { return W }
        var random = RandomStream(seed: seed, for: .denseHeadWeights)
        let bound = 1 / Double(max(1, X.columnCount)).squareRoot()
        for i in W.values.indices { W.values[i] = (2 * random.nextUniform() - 1) * bound }
        if !fitIntercept {
            for k in 0..<W.rowCount { W[k, X.columnCount] = 0 }
        }
        return W
    }

    /// The rows of an epoch, shuffled.
    package func order(ofEpoch epoch: Int) -> [Int] {
        var random = RandomStream(seed: seed, for: .denseHeadOrder(epoch: epoch))
        return random.shuffled(0..<X.rowCount)
    }

    /// The last batch of an epoch may be smaller, as in PyTorch's `DataLoader`.
    /// - Parameters:
    ///   - initial: Shape: [K, H + 1].
    ///   - order: The rows of each epoch.
    /// - Throws: `.diverged` in the step whose loss is infinite or not a number, and where the last step's weights are.
    package func train(
        from initial: Matrix<Double>, order: (_ epoch: Int) -> [Int]
    ) throws(LinearModelError) -> Matrix<Double> {
        let K = loss.labelCount
        var W = initial
        var optimizer = AdamW(
            parameterCount: W.values.count, learningRate: options.learningRate,
            weightDecay: options.weightDecay)
        let batchSize = max(1, min(options.batchSize, X.rowCount))
        let block = DenseBlock(
            capacity: batchSize, columnCount: X.columnCount, hasIntercept: fitIntercept)
        for epoch in 0..<options.epochs {
            let rows = order(epoch)
            for start in stride(from: 0, to: rows.count, by: batchSize) {
                let batch = rows[start..<min(rows.count, start + batchSize)]
                block.load(X, batch)
                let (value, dLogits) = loss.valueAndGradient(logits: block.scores(W.values), rows: batch)
                if !value.isFinite { throw .diverged(epoch: epoch + 1, learningRate: options.learningRate) }
                optimizer.update(&W.values, gradient: block.products(dLogits, modelCount: K))
            }
        }
        if !W.values.allSatisfy(\.isFinite) {
            throw .diverged(epoch: options.epochs, learningRate: options.learningRate)
        }
        return W
    }
}
