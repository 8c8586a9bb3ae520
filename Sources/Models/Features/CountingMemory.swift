import Foundation
import Synchronization
import TextTokenizers

/// The counted texts of a comparison, by how they are taken apart.
package final class CountingMemory: Sendable {
    private let counted = Mutex<[(analysis: AnalyzerOptions, texts: CountedTexts)]>([])
    private let kept = Mutex(CountingWork())

    package init() {}

    func counts(of texts: [String], _ analysis: AnalyzerOptions, binary: Bool) -> TermCounts {
        let (counts, work) = self.texts(analysis).counts(of: texts, binary: binary)
        kept.withLock { $0 += work }
        return counts
    }

    /// The counts of a vocabulary's terms in texts.
    func blocks(of texts: [String], _ analysis: AnalyzerOptions, vocabulary: TermTable) -> [CountBlock] {
        let (blocks, work) = self.texts(analysis).blocks(of: texts, vocabulary: vocabulary)
        kept.withLock { $0 += work }
        return blocks
    }

    private func texts(_ analysis: AnalyzerOptions) -> CountedTexts {
        counted.withLock { counted in
            if let known = counted.first(where: { $0.analysis == analysis }) { return known.texts }
            let new = CountedTexts(analysis)
            counted.append((analysis, new))
            return new
        }
    }

    /// The work that was not done since this was asked last, as texts were known; nil for none.
    package func takeKept() -> CountingWork? {
        kept.withLock { kept in
            defer { kept = CountingWork() }
            return kept == CountingWork() ? nil : kept
        }
    }
}

/// What it takes to count terms.
package struct CountingWork: Equatable, Sendable {
    /// Of a clock.
    package private(set) var seconds = 0.0
    /// Of all threads of the process.
    package private(set) var cpuSeconds = 0.0

    /// Since some moment.
    static var now: CountingWork {
        CountingWork(
            seconds: ProcessInfo.processInfo.systemUptime,
            cpuSeconds: Double(clock()) / Double(CLOCKS_PER_SEC))
    }

    static func += (sum: inout CountingWork, other: CountingWork) {
        sum.seconds += other.seconds
        sum.cpuSeconds += other.cpuSeconds
    }

    static func - (a: CountingWork, b: CountingWork) -> CountingWork {
        CountingWork(seconds: a.seconds - b.seconds, cpuSeconds: a.cpuSeconds - b.cpuSeconds)
    }

    static func / (work: CountingWork, count: Double) -> CountingWork {
        CountingWork(seconds: work.seconds / count, cpuSeconds: work.cpuSeconds / count)
    }
}
