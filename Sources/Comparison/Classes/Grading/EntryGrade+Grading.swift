import Evaluation
import Foundation
import Results

extension EntryGrade {
    /// Reads an entry, scores it on some of the test rows, and compares it with the baselines there.
    ///
    /// - Parameters:
    ///   - entry: A file of predictions, or the folder of a saved model. What is wrong with it is a fault, not an error.
    ///   - rows: By default those that the board shows nothing of.
    public init(_ entry: URL, of secret: ClassSecret, rubric: Rubric, rows: ScoredRows = .final) {
        self.init(ClassEntry(entry, of: secret), of: secret, rubric: rubric, rows: rows)
    }

    package init(_ entry: ClassEntry, of secret: ClassSecret, rubric: Rubric, rows: ScoredRows = .final) {
        let places = secret.rows.indices(rows)
        let metric = secret.record.metric
        let scored = entry.predictions.map { ScoredEntry($0, places, secret) }
        self.entry = entry.name
        isValid = entry.faults.isEmpty
        faults = entry.faults
        notices = entry.notices
        self.rows = rows
        rowCount = places.count
        self.metric = metric
        scores = scored?.card
        score = scored?.card[metric]
        interval = scored?.interval
        comparisons = scored?.comparisons ?? []
        claim = entry.claim?.score
        let grading = Grading(
            entry: entry, testRows: secret.rows.ids.count, score: score, interval: interval,
            comparisons: comparisons, metric: metric)
        points = rubric.items.map(grading.points)
    }
}

/// An entry beside the baselines on some rows, tested as a report tests contestants.
private struct ScoredEntry {
    let card: Scorecard
    let interval: Interval?
    let comparisons: [EntryGrade.AgainstBaseline]

    init(_ predictions: ScoredPredictions, _ places: [Int], _ secret: ClassSecret) {
        let metric = secret.record.metric
        var id = "entry"
        while secret.baselines.contains(where: { $0.id == id }) { id += "*" }
        // Each baseline is a question of its own, dummies too.
        let entry = predictions.selecting(places, id: id, isBaseline: false)
        let others = secret.baselines.map { $0.selecting(places, isBaseline: false) }
        let card = entry.scorecard
        let cards = Dictionary(uniqueKeysWithValues: [(id, card)] + others.map { ($0.id, $0.scorecard) })
        let order = ranked([entry] + others, by: metric) { cards[$0.id]?[metric] }
        var options = AnalysisOptions()
        options.compare = id
        let analysis = Analysis(order, metric: metric, options: options, seed: secret.record.seed)
        self.card = card
        interval = analysis.intervals[id]?[metric]
        comparisons = others.compactMap { other in
            analysis.comparisons.first {
                [$0.first, $0.second] == [id, other.id] || [$0.first, $0.second] == [other.id, id]
            }
            .map { pair in
                EntryGrade.AgainstBaseline(
                    pair, entryIsFirst: pair.first == id, baseline: other.id,
                    baselineScore: cards[other.id]?[metric], metric: metric)
            }
        }
    }
}

extension EntryGrade.AgainstBaseline {
    fileprivate init(
        _ pair: PairedComparison, entryIsFirst: Bool, baseline: String, baselineScore: Double?,
        metric: MetricName
    ) {
        self.baseline = baseline
        self.baselineScore = baselineScore
        difference = pair.difference.map { entryIsFirst ? $0 : -$0 }
        interval = pair.interval.map { entryIsFirst ? $0 : $0.negated }
        adjustedPValue = pair.adjustedPValue ?? pair.adjustedMcNemar
        let gain = difference.map(metric.direction.score) ?? 0
        verdict =
            gain == 0
            ? .same
            : gain > 0
                ? pair.areApart ? .better : .perhapsBetter : pair.areApart ? .worse : .perhapsWorse
    }
}

/// Gives points by what an entry reached.
private struct Grading {
    let entry: ClassEntry
    let testRows: Int
    let score: Double?
    let interval: Interval?
    let comparisons: [EntryGrade.AgainstBaseline]
    let metric: MetricName

    /// How much of a goal is reached.
    private enum Reached {
        case whole
        /// A share of what reaching it in part is worth.
        case part(Double)
        case nothing
    }

    func points(_ item: Rubric.Item) -> RubricPoints {
        let most = item.points ?? 0
        let (reached, reason) = outcome(of: item)
        let share =
            switch reached {
            case .whole: 1.0
            case .part(let share): item.partial * share
            case .nothing: 0.0
            }
        return RubricPoints(
            name: item.title, points: most * share, maxPoints: most, reason: reason,
            isOpen: item.goal == .valid)
    }

    private func outcome(of item: Rubric.Item) -> (Reached, reason: String) {
        switch item.goal {
        case .valid, nil: valid
        case .beats: beats(item.baseline ?? "")
        case .reported: reported(item)
        }
    }

    private var valid: (Reached, reason: String) {
        if entry.faults.isEmpty { return (.whole, "Nothing is wrong with it.") }
        return (
            .part(Double(entry.usableRows) / Double(testRows)),
            "\(entry.usableRows) of \(testRows) rows have a prediction as it should be."
        )
    }

    private func beats(_ baseline: String) -> (Reached, reason: String) {
        guard let pair = comparisons.first(where: { $0.baseline == baseline }) else {
            return (.nothing, "The entry is not scored.")
        }
        let p = "corrected p \(String(format: "%.4f", pair.adjustedPValue))"
        return switch pair.verdict {
        case .better: (.whole, "Better by more than chance: \(p).")
        case .perhapsBetter: (.part(1), "Better, but that may be chance: \(p).")
        case .same: (.nothing, "The same score.")
        case .perhapsWorse: (.nothing, "Not better: \(p).")
        case .worse: (.nothing, "Worse by more than chance: \(p).")
        }
    }

    private func reported(_ item: Rubric.Item) -> (Reached, reason: String) {
        guard let claim = entry.claim?.score else {
            return (.nothing, "Nothing is claimed: there is no file of the entry's name that ends in .yaml.")
        }
        guard let score else { return (.nothing, "The entry is not scored.") }
        let reach =
            item.within.map { (below: $0, above: $0) }
            ?? interval.map { (below: score - $0.low, above: $0.high - score) } ?? (below: 0, above: 0)
        func isWithin(_ times: Double) -> Bool {
            claim >= score - times * reach.below && claim <= score + times * reach.above
        }
        let found = "\(claim) was claimed of \(metric.readableName) \(String(format: "%.4f", score))"
        if isWithin(1) { return (.whole, "\(found), which is near enough.") }
        if isWithin(2) { return (.part(1), "\(found), which is off by up to twice of what is allowed.") }
        return (.nothing, "\(found).")
    }
}
