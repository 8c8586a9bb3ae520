import Corpora
import Testing

/// The search for near texts where all of them are made from one template.
@Suite struct TemplatedTextTests {
    private static func texts(_ count: Int) -> [String] {
        (0..<count).map {
            "guest \($0) asked at the front desk for the key of the room above the lift, was told to wait for the night "
                + "porter, and came back an hour later with the same question"
        }
    }

    /// All are near each other, so all are one group, and every test row has a train row near it.
    @Test func isBoundedAndSaysSo() throws {
        let texts = Self.texts(6_000)
        let parts: [Part] = texts.indices.map { $0 < 4_000 ? .train : .test }
        let clock = ContinuousClock()
        var comparison: TextComparison?
        let took = clock.measure { comparison = TextComparison(texts, parts: parts) }
        let found = try #require(comparison)
        #expect(Set(found.near.first).count == 1)
        #expect(found.leaks.count == 2_000 && found.leaks.allSatisfy { $0.kind == .near })
        #expect(found.cutTexts > 5_000)
        // Comparing each with each takes minutes.
        #expect(took < .seconds(20), "\(took)")
    }

    /// Alike, but not near: candidates are looked at in vain, and no more of them than the limit.
    @Test func alikeButNotNear() {
        let texts = (0..<4_000).map {
            "user \($0) logged in from 10.0.\($0 % 256).\($0 % 199) at the front desk of the hotel"
        }
        let clock = ContinuousClock()
        var groups = 0
        let took = clock.measure { groups = Set(TextComparison(texts).near.first).count }
        #expect(groups > 3_500 && took < .seconds(20), "\(groups) \(took)")
    }

    @Test func ordinaryTextsAreNeverCut() {
        let texts = (0..<3_000).map {
            "message \($0 &* 2_654_435_761) about \($0 % 7) \($0 &* 40_503) things"
        }
        #expect(TextComparison(texts).cutTexts == 0)
    }

    @Test func tellsHowFarItIs() {
        var seen: [Int] = []
        _ = TextComparison(Self.texts(300)) { done, total in
            #expect(total == 300)
            seen.append(done)
        }
        #expect(seen == seen.sorted() && seen.last == 300)
    }
}
