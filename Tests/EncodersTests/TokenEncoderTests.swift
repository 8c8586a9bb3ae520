import DeterministicWork
import Encoders
import Foundation
import LinearAlgebra
import TestSupport
import Testing

@Suite struct TokenEncoderTests {
    /// Values reach 4; the largest error seen is 3e-6.
    private let tolerance: Float = 1e-5

    @Test(arguments: Golden.names)
    func agreesWithTransformers(name: String) throws {
        let golden = try Golden(name)
        #expect(
            largestDifference(try golden.encoder.hiddenStates(of: golden.batch), try golden.values("hidden"))
                < tolerance)
        for pooling in [Pooling.mean, .cls] {
            #expect(
                largestDifference(
                    try golden.encoder.embed(golden.batch, pooling: pooling),
                    try golden.values(pooling.rawValue)) < tolerance)
        }
        if golden.encoder.hasPooler {
            #expect(
                largestDifference(
                    try golden.encoder.embed(golden.batch, pooling: .pooler), try golden.values("pooler"))
                    < tolerance)
        } else {
            #expect(throws: EncoderError.noPooler) {
                try golden.encoder.embed(golden.batch, pooling: .pooler)
            }
        }
    }

    /// A checkpoint of `ForSequenceClassification` predicts as it stands.
    @Test(arguments: [
        ("electra", 3), ("albert", 5), ("camembert", 3), ("data2vec-text", 3), ("deberta-c2p", 3),
        ("deberta-p2c", 3),
    ])
    func classifiersAgreeWithTransformers(name: String, labels: Int) throws {
        let golden = try Golden(name)
        var initialized: [String] = []
        let model = try ClassifierModel(
            folder: golden.folder, pooling: .pooler, labelCounts: [labels], seed: 1, initialized: &initialized
        )
        #expect(initialized.isEmpty)
        let logits = try model.logits(golden.batch, task: 0).values.map { Float($0) }
        #expect(largestDifference(logits, try golden.values("logits")) < tolerance)
    }

    @Test func normalizedVectorsHaveLengthOne() throws {
        let golden = try Golden("bert-gelu")
        let plain = try golden.encoder.embed(golden.batch, pooling: .mean)
        let unit = try golden.encoder.embed(golden.batch, pooling: .mean, normalize: true)
        let hidden = golden.encoder.configuration.hidden
        for row in 0..<golden.batch.count {
            let range = row * hidden..<(row + 1) * hidden
            let length = unit[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
            #expect(abs(length - 1) < 1e-6)
            let factor = plain[range.lowerBound] / unit[range.lowerBound]
            #expect(zip(plain[range], unit[range]).allSatisfy { abs($0 - $1 * factor) < 1e-5 })
        }
    }

    /// Not a bit of a text's result depends on the texts beside it, on their order, or on the number of threads.
    @Test(
        arguments: [
            "bert-gelu", "distilbert", "roberta", "mpnet", "electra", "albert-groups", "modernbert",
            "modernbert-biases",
        ] + Golden.debertas, Precision.allCases)
    func resultsDependOnTheTextAlone(name: String, precision: Precision) throws {
        let golden = try Golden(name)
        let (batch, encoder) = (golden.batch, golden.encoder.reduced(to: precision))
        let hidden = encoder.configuration.hidden
        func sequence(_ index: Int) -> (ids: [Int32], types: [Int32]) {
            let range = batch.range(index)
            return (Array(batch.ids[range]), Array(batch.tokenTypes[range]))
        }
        var random = RandomStream(seed: 5)
        let order = (0..<200).map { _ in random.next(below: batch.count) }
        let large = try PackedBatch(
            order.map { sequence($0).ids }, tokenTypes: order.map { sequence($0).types })
        let threads = Threads.count
        defer { Threads.count = threads }
        for pooling in [Pooling.mean, .cls] {
            Threads.count = 1
            let one = try encoder.embed(large, pooling: pooling)
            Threads.count = 2
            #expect(try encoder.embed(large, pooling: pooling) == one)
            for index in 0..<batch.count {
                let (ids, types) = sequence(index)
                let alone = try encoder.embed(
                    PackedBatch([ids], tokenTypes: [types]), pooling: pooling)
                for (row, other) in order.enumerated() where other == index {
                    #expect(Array(one[row * hidden..<(row + 1) * hidden]) == alone)
                }
            }
        }
        Threads.count = 1
        let one = try encoder.hiddenStates(of: large)
        Threads.count = 3
        #expect(try encoder.hiddenStates(of: large) == one)
    }

    /// The table has two rows more than the longest text has tokens.
    @Test func positionsAfterThePaddingToken() throws {
        let encoder = try Golden("roberta").encoder
        #expect(encoder.configuration.maxPositions == 37)
        #expect(throws: EncoderError.sequenceTooLong(index: 0, found: 38, limit: 37)) {
            try encoder.hiddenStates(of: PackedBatch([Array(repeating: 3, count: 38)]))
        }
    }

    @Test func anEmptyBatch() throws {
        let golden = try Golden("bert-gelu")
        let none = try PackedBatch(ids: [], offsets: [0])
        #expect(try golden.encoder.hiddenStates(of: none).isEmpty)
        #expect(try golden.encoder.embed(none, pooling: .mean).isEmpty)
    }

    @Test func inputThatDoesNotFit() throws {
        let encoder = try Golden("bert-gelu").encoder
        func expect(_ error: EncoderError, _ ids: [[Int32]], types: [[Int32]] = []) {
            #expect(throws: error) { try encoder.hiddenStates(of: PackedBatch(ids, tokenTypes: types)) }
        }
        expect(.unknownToken(index: 1, token: 2, found: 53, vocabulary: 53), [[1], [1, 2, 53]])
        expect(.unknownToken(index: 0, token: 0, found: -1, vocabulary: 53), [[-1]])
        expect(.unknownTokenType(index: 0, token: 1, found: 3, tokenTypes: 3), [[1, 2]], types: [[0, 3]])
        expect(.sequenceTooLong(index: 1, found: 68, limit: 67), [[1], Array(repeating: 1, count: 68)])
        expect(.emptySequence(index: 1), [[1], []])
        let distil = try Golden("distilbert").encoder
        #expect(throws: EncoderError.unknownTokenType(index: 0, token: 0, found: 1, tokenTypes: 0)) {
            try distil.embed(PackedBatch([[1]], tokenTypes: [[1]]), pooling: .cls)
        }
        #expect(throws: EncoderError.self) { try PackedBatch(ids: [1, 2], offsets: [0, 1]) }
        #expect(throws: EncoderError.self) { try PackedBatch(ids: [1, 2], offsets: [0, 2, 1, 2]) }
        #expect(throws: EncoderError.self) {
            try PackedBatch(ids: [1, 2], offsets: [0, 2], tokenTypes: [0])
        }
    }
}
