import DeterministicWork
import Lexicons
import Testing

/// "But" in texts of many ratings, where each is looked up by its value.
@Suite struct ManyRatingsTests {
    /// What `list.index` would find, by looking through the list.
    private func naive(_ values: [Double], but: Int) -> [Double] {
        var values = values
        for index in values.indices {
            let target = values.firstIndex(of: values[index]) ?? index
            if target < but { values[target] *= 0.5 } else if target > but { values[target] *= 1.5 }
        }
        return values
    }

    @Test func indicesAreThoseOfTheNaiveTwin() {
        var random = RandomStream(seed: 3)
        for length in [1, 2, 3, 7, 40, 401] {
            for _ in 0..<20 {
                let choices = [0, 0, 1, 2, -1, 0.5, 0.75, 3]
                let start = (0..<length).map { _ in choices[random.next(below: choices.count)] }
                let but = random.next(below: length)
                var values = start
                var firsts = FirstIndices(of: values)
                for index in values.indices {
                    let target = firsts.first(of: values[index]) ?? -1
                    #expect(target == values.firstIndex(of: values[index]))
                    if target == but { continue }
                    let new = values[target] * (target < but ? 0.5 : 1.5)
                    firsts.move(target, from: values[target], to: new)
                    values[target] = new
                }
                #expect(values == naive(start, but: but))
            }
        }
    }
}
