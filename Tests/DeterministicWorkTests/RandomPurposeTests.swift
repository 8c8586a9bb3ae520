import DeterministicWork
import Testing

struct RandomPurposeTests {
    private static let indices = [0, 1, 2, 3, 7, 41, 499, 1_000_003]

    /// Every purpose, each that has an index with small and large ones.
    private static let purposes: [RandomPurpose] =
        [
            .split, .folds, .rowSample, .corpusSample, .poolerWeights, .dropout, .denseHeadWeights,
            .chainOrder, .textPairs, .reinitializedPooler, .searchTrials, .searchRows,
            .trainSample(number: 0), .trainSample(number: 1),
        ]
        + indices.flatMap { index -> [RandomPurpose] in
            [
                .bootstrap(draw: index), .bootstrapSeeds(draw: index), .randomization(draw: index),
                .headWeights(task: index), .reinitializedWeights(layer: index), .lowRankFactor(number: index),
                .denseHeadOrder(epoch: index), .thresholdBootstrap(draw: index), .dummyRow(index),
                .thresholdFolds(level: index),
            ] + indices.map { .batchOrder(task: $0, epoch: index) }
        }

    @Test func noTwoPurposesShareAStream() {
        let places = RandomPurposeTests.purposes.map { [UInt64($0.domain), $0.stream] }
        #expect(Set(places).count == places.count)
        for seed: UInt64 in [0, 1, 42, .max] {
            // 64 bits collide by chance once in 10^11 times, at these numbers.
            let numbers = RandomPurposeTests.purposes.flatMap { purpose in
                var random = RandomStream(seed: seed, for: purpose)
                return (0..<20).map { _ in random.next() }
            }
            #expect(Set(numbers).count == numbers.count)
        }
    }

    /// A new head and the order of an epoch are drawn from numbers that have nothing to do with each other.
    @Test func headsAndOrdersAreDrawnApart() {
        for index in 0..<4 {
            var head = RandomStream(seed: 1, for: .headWeights(task: 0))
            var order = RandomStream(seed: 1, for: .batchOrder(task: 0, epoch: index))
            #expect(head.shuffled(0..<50) != order.shuffled(0..<50))
        }
    }

    @Test func theDomainStandsAboveTheBlocks() {
        let purpose = RandomPurpose.batchOrder(task: 5, epoch: 2)
        #expect(purpose.domain == 2 && purpose.stream == 0x2_0000_0005)
        var random = RandomStream(seed: 0x299f_31d0_a409_3822, for: purpose)
        for index: UInt32 in 0..<3 {
            let block = RandomStream.philox(
                counter: (index, 0x0200_0000, 5, 2), key: (0xa409_3822, 0x299f_31d0))
            #expect(random.next() == UInt64(block.0) | UInt64(block.1) << 32)
            #expect(random.next() == UInt64(block.2) | UInt64(block.3) << 32)
        }
    }

    /// Splits, samples and resamples are as they always were: they stand in stored results.
    @Test func streamsOfStoredResultsStay() {
        let stored: [(RandomPurpose, UInt64)] = [
            (.split, 0x73_706C_6974), (.folds, 0x66_6F6C_6473), (.rowSample, 0x726F_7773),
            (.corpusSample, 0x7361_6D70_6C65), (.bootstrap(draw: 9), 9),
            (.randomization(draw: 9), 1 << 32 + 9),
        ]
        for (purpose, stream) in stored {
            var (a, b) = (RandomStream(seed: 42, for: purpose), RandomStream(seed: 42, stream: stream))
            for _ in 0..<5 { #expect(a.next() == b.next()) }
        }
    }
}
