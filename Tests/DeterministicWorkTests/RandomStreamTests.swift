import DeterministicWork
import Testing

struct RandomStreamTests {
    /// The known answers of Philox4x32-10 that Random123 ships (`kat_vectors`).
    @Test func philoxKnownAnswers() {
        let ones = UInt32.max
        #expect(
            RandomStream.philox(counter: (0, 0, 0, 0), key: (0, 0))
                == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
        #expect(
            RandomStream.philox(counter: (ones, ones, ones, ones), key: (ones, ones))
                == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
        #expect(
            RandomStream.philox(
                counter: (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
                key: (0xa409_3822, 0x299f_31d0))
                == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
    }

    @Test func bothHalvesOfABlockAreUsed() {
        var random = RandomStream(seed: 0)
        #expect(random.next() == 0xe169_c58d_6627_e8d5)
        #expect(random.next() == 0x9b00_dbd8_bc57_ac4c)
        let block = RandomStream.philox(counter: (1, 0, 0, 0), key: (0, 0))
        #expect(random.next() == UInt64(block.0) | UInt64(block.1) << 32)
    }

    @Test func seedAndStreamFillKeyAndCounter() {
        var random = RandomStream(seed: 0x299f_31d0_a409_3822, stream: 0x0370_7344_1319_8a2e)
        let block = RandomStream.philox(
            counter: (0, 0, 0x1319_8a2e, 0x0370_7344), key: (0xa409_3822, 0x299f_31d0))
        #expect(random.next() == UInt64(block.0) | UInt64(block.1) << 32)
    }

    @Test func uniformNumbers() {
        var random = RandomStream(seed: 3)
        let values = (0..<100_000).map { _ in random.nextUniform() }
        #expect(values.allSatisfy { (0..<1).contains($0) })
        // The mean of n uniform numbers has standard deviation 1 / sqrt(12 n) = 0.00091; five of them are allowed.
        let mean = values.reduce(0, +) / 100_000
        #expect(abs(mean - 0.5) < 0.0046)
    }

    @Test(arguments: [1, 2, 3, 7, 10])
    func boundedNumbersAreUnbiased(bound: Int) {
        var random = RandomStream(seed: 4)
        let draws = 70_000
        var counts = Array(repeating: 0, count: bound)
        for _ in 0..<draws { counts[random.next(below: bound)] += 1 }
        // Chi-square with bound - 1 degrees of freedom: mean d, variance 2d; six standard deviations are allowed.
        let expected = Double(draws) / Double(bound)
        let chiSquare = counts.reduce(0.0) {
            $0 + (Double($1) - expected) * (Double($1) - expected) / expected
        }
        let freedom = Double(bound - 1)
        #expect(chiSquare <= freedom + 6 * (2 * freedom).squareRoot())
    }

    /// With this bound a quarter of all 64-bit numbers must be rejected; without, the lowest third of the range would
    /// come up in half of the draws.
    @Test func largeBoundsAreUnbiased() {
        var random = RandomStream(seed: 5)
        let bound = 3 << 61
        let low = (0..<30_000).filter { _ in random.next(below: bound) < bound / 3 }.count
        // Binomial(30000, 1/3): standard deviation 82; five are allowed.
        #expect(abs(low - 10_000) < 410)
    }

    @Test func shufflesArePermutations() {
        var random = RandomStream(seed: 6)
        for count in [0, 1, 2, 17] {
            #expect(random.shuffled(0..<count).sorted() == Array(0..<count))
        }
        #expect(RandomStream.shuffle(seed: 1) == RandomStream.shuffle(seed: 1))
        #expect(RandomStream.shuffle(seed: 1) != RandomStream.shuffle(seed: 2))
        #expect(RandomStream.shuffle(seed: 1) != RandomStream.shuffle(seed: 1, stream: 1))
    }

    @Test func allPermutationsAreEquallyLikely() {
        var random = RandomStream(seed: 7)
        var counts: [[Int]: Int] = [:]
        for _ in 0..<24_000 { counts[random.shuffled(0..<4), default: 0] += 1 }
        #expect(counts.count == 24)
        // Binomial(24000, 1/24): standard deviation 31; five are allowed.
        for count in counts.values { #expect(abs(count - 1000) < 155) }
    }

    /// What a seed gives is part of every stored result.
    @Test func aShuffleIsTheSameForEver() {
        #expect(RandomStream.shuffle(seed: 42) == [6, 2, 0, 9, 1, 8, 7, 11, 4, 10, 3, 5])
    }
}

extension RandomStream {
    fileprivate static func shuffle(seed: UInt64, stream: UInt64 = 0) -> [Int] {
        var random = RandomStream(seed: seed, stream: stream)
        return random.shuffled(0..<12)
    }
}
