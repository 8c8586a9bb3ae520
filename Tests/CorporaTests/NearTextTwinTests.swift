import Corpora
import DeterministicWork
import Foundation
import TestSupport
import Testing

/// The bounded search for near texts beside a naive twin that compares every text with every other, on the front-desk
/// corpus with the repetitions that real corpora have: forwarded, signed and slightly changed messages.
@Suite struct NearTextTwinTests {
    /// All messages of the corpus, most of them several times, each copy changed in its own way.
    private func repeatedMessages() throws -> [String] {
        let file = datasets.appendingPathComponent("front-desk/messages.csv")
        let schema = try TestFolder([:]).schema(
            "{file: \(file.path), columns: {text: text}}", requiringLabels: false)
        let messages = try corpusWithoutLabels(schema).texts
        var random = RandomStream(seed: 3)
        var texts: [String] = []
        for message in messages {
            texts.append(message)
            for _ in 0..<random.next(below: 4) {
                switch random.next(below: 6) {
                case 0: texts.append(message + " Thanks, room \(random.next(below: 900))")
                case 1: texts.append("Fwd: " + message)
                case 2: texts.append(message.uppercased() + "  ")
                case 3: texts.append(message.replacing(" the ", with: " that "))
                case 4: texts.append(message.replacing(".", with: "!").replacing(",", with: " "))
                default: texts.append(String(message.prefix(message.count * 3 / 4)))
                }
            }
        }
        // One circular that many guests got, each with a number: more than a text is compared with.
        let circular = try #require(messages.max { $0.count < $1.count })
        for number in 0..<400 { texts.append("No. \(number * 7): " + circular) }
        return random.shuffled(texts)
    }

    @Test func findsWhatComparingAllFinds() throws {
        let texts = try repeatedMessages()
        #expect(texts.count > 2_000)
        let parts: [Part] = texts.indices.map { $0 % 3 == 0 ? .test : .train }
        let found = TextComparison(texts, parts: parts)
        let naive = NaiveNearTexts(texts)
        #expect(found.near.first == naive.groups())
        // The circular alone has more near texts than the search looks at.
        #expect((1...401).contains(found.cutTexts), "\(found.cutTexts)")
        #expect(Set(found.leaks.map(\.row)) == naive.leaks(parts))
    }
}

/// Texts compared each with each.
private struct NaiveNearTexts {
    /// The runs of five characters of each text, as numbers, ascending.
    private let runs: [[Int32]]

    init(_ texts: [String]) {
        var numbers: [String: Int32] = [:]
        runs = texts.map { text in
            let words = text.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let scalars = Array(words.unicodeScalars)
            let all = (0..<max(1, scalars.count - 4)).map { start in
                var run = String.UnicodeScalarView()
                run.append(contentsOf: scalars[start..<min(scalars.count, start + 5)])
                return String(run)
            }
            return Set(all).map { run in
                let number = numbers[run] ?? Int32(numbers.count)
                numbers[run] = number
                return number
            }.sorted()
        }
    }

    private func areNear(_ a: [Int32], _ b: [Int32]) -> Bool {
        // Sets of unlike sizes share too little.
        if Double(min(a.count, b.count)) < 0.8 * Double(max(a.count, b.count)) { return false }
        var (i, j, shared) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                (i, j, shared) = (i + 1, j + 1, shared + 1)
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return Double(shared) / Double(a.count + b.count - shared) >= 0.8
    }

    /// The first text of each text's group, being near carried on.
    func groups() -> [Int] {
        var first = Array(runs.indices)
        let near = parallelMap(runs.count, blockSize: 16) { row in
            (0..<row).filter { areNear(runs[$0], runs[row]) }
        }
        for row in runs.indices {
            for other in near[row] where first[other] != first[row] {
                let (low, high) = (min(first[other], first[row]), max(first[other], first[row]))
                for text in 0...row where first[text] == high { first[text] = low }
            }
        }
        return first
    }

    /// The rows out of train that are near a train row.
    func leaks(_ parts: [Part]) -> Set<Int> {
        let train = parts.indices.filter { parts[$0] == .train }
        let isLeak = parallelMap(runs.count, blockSize: 16) { row in
            parts[row] != .train && train.contains { areNear(runs[$0], runs[row]) }
        }
        return Set(isLeak.indices.filter { isLeak[$0] })
    }
}
