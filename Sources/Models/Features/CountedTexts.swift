import DeterministicWork
import Synchronization
import TextTokenizers

/// The terms of texts that were counted before: the folds, samples and seeds of a comparison have most of their texts in common,
/// and each is taken apart once.
///
/// What it gives is what counting gives, whatever was counted before.
final class CountedTexts: Sendable {
    /// So many bytes of texts and of counts are remembered: of far more than a comparison of some hundred thousand short
    /// texts has. Texts beyond are counted each time.
    private static let (mostTextBytes, mostCountBytes) = (1 << 26, 1 << 28)

    private let analyzer: TextAnalyzer
    private let known = Mutex(Known())

    init(_ analysis: AnalyzerOptions) { analyzer = TextAnalyzer(analysis) }

    /// What occurs in some texts, and what it would have taken to count it all anew, beyond what it took.
    func counts(of texts: [String], binary: Bool) -> (counts: TermCounts, kept: CountingWork) {
        guard let (known, numbers, kept) = find(texts) else {
            return (TermCounts(of: texts, analyzer: analyzer, binary: binary), CountingWork())
        }
        var occurs = [Bool](repeating: false, count: known.terms.count)
        for text in numbers {
            for i in known.counts.places(ofText: text) { occurs[Int(known.counts.terms[i])] = true }
        }
        let order = occurs.indices.filter { occurs[$0] }
        var places = [Int32](repeating: -1, count: known.terms.count)
        for (place, number) in order.enumerated() { places[number] = Int32(place) }
        let blocks = TermCounts.inBlocks(numbers) { [places] in known.counts.selecting($0, places) }
        return (TermCounts(blocks, known.terms, order, binary: binary), kept)
    }

    /// The counts of a vocabulary's terms in texts, and what was kept likewise.
    func blocks(of texts: [String], vocabulary: TermTable) -> (blocks: [CountBlock], kept: CountingWork) {
        guard let (known, numbers, kept) = find(texts) else {
            return (
                TermCounts.blocks(of: texts, analyzer: analyzer, vocabulary: vocabulary), CountingWork()
            )
        }
        var columns = [Int32](repeating: -1, count: known.terms.count)
        for (column, number) in known.terms.numbers(of: vocabulary).enumerated() where number >= 0 {
            columns[Int(number)] = Int32(column)
        }
        let blocks = TermCounts.inBlocks(numbers) { [columns] in known.counts.selecting($0, columns) }
        return (blocks, kept)
    }

    /// The numbers of texts, once those that are new are counted; nil where there is no room for these.
    private func find(_ texts: [String]) -> (Known, numbers: [Int], kept: CountingWork)? {
        known.withLock { known in
            let found = parallelMap(texts.count, blockSize: 1024) { [known] in
                known.texts.number(of: texts[$0])
            }
            let kept = found.reduce(into: CountingWork()) { sum, number in
                if let number { sum += known.work[number] }
            }
            if found.allSatisfy({ $0 != nil }) { return (known, found.compactMap(\.self), kept) }
            let newBytes = zip(texts, found).reduce(0) { $0 + ($1.1 == nil ? $1.0.utf8.count : 0) }
            if known.texts.byteCount + newBytes > CountedTexts.mostTextBytes
                || known.counts.byteCount > CountedTexts.mostCountBytes
            {
                return nil
            }
            var new: [String] = []
            let numbers = texts.indices.map { place -> Int in
                if let number = found[place] { return number }
                let before = known.texts.count
                let number = known.texts.insert(texts[place])
                if number == before { new.append(texts[place]) }
                return number
            }
            known.add(new, analyzer)
            return (known, numbers, kept)
        }
    }

    private struct Known: Sendable {
        /// By number.
        var texts = TermTable()
        /// In the order of their code points.
        private(set) var terms = TermTable()
        /// Of all texts.
        private(set) var counts = CountBlock()
        /// What each text took.
        private(set) var work: [CountingWork] = []

        /// Counts texts whose numbers come next.
        mutating func add(_ new: [String], _ analyzer: TextAnalyzer) {
            let start = CountingWork.now
            let found = TermCounts(of: new, analyzer: analyzer, binary: false)
            work += Array(repeating: (CountingWork.now - start) / Double(new.count), count: new.count)

            var all = terms
            let numbers = all.insert(all: found.table)
            let order = all.sortedNumbers
            var places = [Int32](repeating: 0, count: all.count)
            for (place, number) in order.enumerated() { places[number] = Int32(place) }
            counts = counts.renumbered(Array(places.prefix(terms.count)))
            let newPlaces = found.order.map { places[Int(numbers[$0])] }
            for block in found.blocks { counts.append(block.renumbered(newPlaces)) }
            terms = all.inOrder(order)
        }
    }
}
