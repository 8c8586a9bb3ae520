import DeterministicWork
import Encoders
import Labels

/// The pairs of texts that SetFit learns from: those of the `setfit` package's `ContrastiveDataset`, in an order of our own.
///
/// Of N texts there are N (N + 1) / 2 pairs, each text with itself among them. A pair is alike if its texts have a label in
/// common, and different if not; a text without labels is different even from itself.
package struct ContrastivePairs {
    /// Alike and different in turn, then what is left of the more frequent kind.
    package let pairs: [TextPair]
    package let alikeCount: Int
    package let differentCount: Int

    /// The most pairs that are kept in memory, far beyond what anybody trains on.
    package static let maxCount = 1 << 24

    /// - Throws: `TextClassifierError.noPairs` where a kind is needed that no two texts make, `.tooManyPairs`.
    package init(_ targets: Targets, _ options: SetFitOptions, seed: UInt64) throws(TextClassifierError) {
        let N = targets.count
        let all = N * (N + 1) / 2
        let iterated = (options.numIterations ?? 0).multipliedReportingOverflow(by: 2 * N)
        if N >= 1 << 31 || all > Self.maxCount || iterated.overflow || iterated.partialValue > Self.maxCount {
            throw .tooManyPairs(rows: N, limit: Self.maxCount)
        }
        // As the package does where steps are given: half of what they take, of either kind.
        let limit = options.maxSteps.map { steps in
            let taken = steps.multipliedReportingOverflow(by: options.batchSize)
            return max(1, (taken.overflow ? .max : taken.partialValue) / 2)
        }
        let found = Self.found(targets, limit: limit ?? .max, seed: seed)
        let (alike, different) = (found.alike.count, found.different.count)
        let counts: (alike: Int, different: Int)
        if let iterations = options.numIterations {
            counts = (iterations * N, iterations * N)
        } else {
            switch options.samplingStrategy {
            case .unique: counts = (alike, different)
            case .undersampling: counts = (min(alike, different), min(alike, different))
            case .oversampling: counts = (max(alike, different), max(alike, different))
            }
        }
        let needsBoth = options.numIterations != nil || options.samplingStrategy != .unique
        if needsBoth ? alike == 0 || different == 0 : alike + different == 0 {
            throw .noPairs(alike: alike == 0)
        }
        pairs = Self.inTurn(
            (0..<counts.alike).lazy.map { found.alike[$0 % alike] },
            (0..<counts.different).lazy.map { found.different[$0 % different] })
        (alikeCount, differentCount) = counts
    }

    /// The pairs of either kind, in random order.
    /// - Parameter limit: The most of a kind.
    private static func found(
        _ targets: Targets, limit: Int, seed: UInt64
    ) -> (alike: [TextPair], different: [TextPair]) {
        let N = targets.count
        var all: [(Int32, Int32)] = []
        all.reserveCapacity(N * (N + 1) / 2)
        for i in 0..<N { for j in i..<N { all.append((Int32(i), Int32(j))) } }
        var random = RandomStream(seed: seed, for: .textPairs)
        let labels = (0..<N).map { Set(targets.labels(ofRow: $0)) }
        var (alike, different) = ([TextPair](), [TextPair]())
        for place in random.shuffled(all.indices) {
            let (i, j) = (Int(all[place].0), Int(all[place].1))
            if labels[i].isDisjoint(with: labels[j]) {
                if different.count < limit { different.append(TextPair(i, j, similarity: 0)) }
            } else if alike.count < limit {
                alike.append(TextPair(i, j, similarity: 1))
            }
            if alike.count == limit && different.count == limit { break }
        }
        return (alike, different)
    }

    private static func inTurn(
        _ alike: some Collection<TextPair>, _ different: some Collection<TextPair>
    ) -> [TextPair] {
        var pairs: [TextPair] = []
        pairs.reserveCapacity(alike.count + different.count)
        var (first, second) = (alike.makeIterator(), different.makeIterator())
        while true {
            let (one, other) = (first.next(), second.next())
            if one == nil && other == nil { return pairs }
            pairs += [one, other].compactMap(\.self)
        }
    }
}
