import LinearAlgebra

/// The loss of an encoder on pairs of texts: `CosineSimilarityLoss` of their pooled vectors.
///
/// A row of the training is a pair. Few texts make many pairs, so that a batch has most of its texts several times. Each
/// different one goes through the encoder once, with one draw of dropout, and gathers its gradient of all its pairs.
/// sentence-transformers encodes both sides of every pair, with a draw for each. Without dropout the two agree but for
/// rounding.
public struct PairObjective<Encoder: SequenceEncoder>: TrainingObjective {
    private let sequences: [[Int32]]
    private let pairs: [TextPair]
    private let pooling: Pooling
    private let encodesOnce: Bool
    public let tasks: [TrainingRows]

    /// - Parameters:
    ///   - sequences: The tokens of each text. Shape: [texts][tokens].
    ///   - pairs: Of places in `sequences`.
    ///   - encodesOnce: Whether a text that a batch has several times is encoded once.
    /// - Precondition: The pooling can be had of the encoder.
    public init(_ sequences: [[Int32]], pairs: [TextPair], pooling: Pooling, encodesOnce: Bool = true) {
        precondition(
            pairs.allSatisfy {
                sequences.indices.contains(Int($0.first)) && sequences.indices.contains(Int($0.second))
            })
        let distinct = PairObjective.distinct(sequences)
        self.sequences = distinct.sequences
        self.pairs = pairs.map {
            TextPair(
                distinct.places[Int($0.first)], distinct.places[Int($0.second)], similarity: $0.similarity)
        }
        self.pooling = pooling
        self.encodesOnce = encodesOnce
        tasks = [
            TrainingRows(
                tokenCounts: pairs.map { sequences[Int($0.first)].count + sequences[Int($0.second)].count })
        ]
    }

    /// Each different sequence once, and the place of every sequence among them.
    private static func distinct(_ all: [[Int32]]) -> (sequences: [[Int32]], places: [Int]) {
        var known: [[Int32]: Int] = [:]
        var sequences: [[Int32]] = []
        let places = all.map { sequence in
            if let place = known[sequence] { return place }
            known[sequence] = sequences.count
            sequences.append(sequence)
            return sequences.count - 1
        }
        return (sequences, places)
    }

    public func activationsPerToken(of model: Encoder) -> Int { model.activationsPerToken }

    public func dropout(of model: Encoder) -> DropoutProbabilities { model.dropout }

    public func addGradient(
        of rows: [Int], task: Int, scale: Double, _ model: Encoder, _ pass: Pass
    ) throws(EncoderError) -> Double {
        let (texts, pairs) = batch(of: rows.map { self.pairs[$0] })
        var value = 0.0
        try model.withPooled(model.batch(texts.map { sequences[$0] }), pooling: pooling, skipping: 0, pass) {
            vectors in
            let dVectors = pass.rows(vectors.rows, columns: vectors.columns)
            value = CosineSimilarityLoss.value(of: vectors, pairs, scale: scale, gradient: dVectors)
            return dVectors
        }
        return value
    }

    /// The texts that go through the encoder, in the order of first use, and the pairs by their places there.
    private func batch(of pairs: [TextPair]) -> (texts: [Int], pairs: [TextPair]) {
        var texts: [Int] = []
        var known: [Int: Int] = [:]
        func place(_ text: Int32) -> Int {
            if encodesOnce, let place = known[Int(text)] { return place }
            known[Int(text)] = texts.count
            texts.append(Int(text))
            return texts.count - 1
        }
        let placed = pairs.map { TextPair(place($0.first), place($0.second), similarity: $0.similarity) }
        return (texts, placed)
    }
}
