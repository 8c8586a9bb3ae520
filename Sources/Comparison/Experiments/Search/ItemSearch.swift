import Foundation
import Results
import Synchronization
import TextClassifiers

/// A search of a work item: of one task, or of several that share what is learnt.
struct ItemSearch: Sendable {
    let classifier: SearchClassifier
    /// One a task.
    let runs: [ContestantRun]
    /// Whether it is one of several searches, of which each has a task of its own.
    let isOfOneTask: Bool
    let store: TrialStore
    private let rungs: [ContestantSearch.Rung]
    /// The combinations that are tried first.
    private let drawn: [Int]
    private let known = KnownRungs()

    /// The combinations of each rung, once they are known.
    private final class KnownRungs: Sendable {
        let combinations = Mutex<[Int: [Int]]>([:])
    }

    /// - Parameters:
    ///   - runs: One a task, at least one.
    ///   - workFolder: Of the item, or of the task.
    init(
        _ classifier: SearchClassifier, _ runs: [ContestantRun], isOfOneTask: Bool, seed: UInt64,
        workFolder: URL
    ) {
        (self.classifier, self.runs, self.isOfOneTask) = (classifier, runs, isOfOneTask)
        store = TrialStore(in: workFolder)
        drawn = classifier.search.drawn(seed: seed)
        rungs = classifier.search.rungs(count: drawn.count)
    }

    private var rowCounts: [Int] { runs.map(\.task.trainRows.count) }

    /// How many trials there are at most, the default not among them.
    var trialCount: Int { rungs.map(\.count).reduce(0, +) }

    /// Those of a rung are known from the start, or once those of the rung before it are done.
    var places: [TrialItem.Place] {
        [.default]
            + rungs.indices.flatMap { rung in
                (0..<rungs[rung].count).map { .rung(rung, number: $0) }
            }
    }

    /// What stands at a place.
    enum Found {
        case trial(Trial)
        /// Fewer go on than may, since no others have a value.
        case none
        /// What it is follows from trials that are not done.
        case unknown
    }

    func trial(at place: TrialItem.Place) throws -> Found {
        switch place {
        case .default: return .trial(try classifier.trial(nil, of: rowCounts))
        case .rung(let rung, let number):
            guard let combinations = try combinations(ofRung: rung) else { return .unknown }
            guard combinations.indices.contains(number) else { return .none }
            return .trial(
                try classifier.trial(combinations[number], share: rungs[rung].share, of: rowCounts))
        }
    }

    /// Nil where they are not known yet.
    private func combinations(ofRung rung: Int) throws -> [Int]? {
        if rung == 0 { return drawn }
        if let known = known.combinations.withLock({ $0[rung] }) { return known }
        guard let before = try combinations(ofRung: rung - 1) else { return nil }
        var scores: [Double?] = []
        for combination in before {
            let trial = try classifier.trial(combination, share: rungs[rung - 1].share, of: rowCounts)
            guard let record = store.record(of: trial) else { return nil }
            scores.append(record.score)
        }
        let isDefined = scores.contains { $0 != nil }
        // The contestant's item says what is wrong.
        let combinations = isDefined ? classifier.search.survivors(before, scores) : []
        known.combinations.withLock { $0[rung] = combinations }
        return combinations
    }

    /// The trial at a place, ready to be fitted.
    func run(_ context: FitContext) -> SearchRun {
        SearchRun(
            classifier: classifier, tasks: runs.map(\.trainingTask),
            context: isOfOneTask ? context.alone(task: runs[0].task.name) : context, store: store)
    }
}
