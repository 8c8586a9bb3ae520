import Corpora
import Evaluation
import Foundation
import Labels

/// The first thing in a `results.json` that can be read but fits nothing else in it.
package struct ShapeError: Error, CustomStringConvertible {
    package let description: String
}

extension ExperimentResults {
    /// Checks what everything that is made of results takes for granted: lists as long as the label space, names that are
    /// names of files, numbers that can be added up.
    package func checkShape() throws(ShapeError) {
        if tasks.isEmpty { throw ShapeError(description: "tasks: found none, expected one at least") }
        let names = tasks.compactMap(\.name)
        if names.count != tasks.count && tasks.count > 1 {
            throw ShapeError(description: "tasks: found \(tasks.count - names.count) without a name")
        }
        try checkNames(names, of: "tasks")
        for (id, cost) in timings.contestants { try cost.checkShape("timings.contestants.\(id)") }
        for task in tasks { try task.checkShape() }
    }
}

/// Files and folders are named after these.
private func checkNames(_ names: [String], of key: String) throws(ShapeError) {
    var seen: Set<String> = []
    for name in names {
        if name.isEmpty || name == "." || name == ".." || name.contains("/") || name.contains("\0") {
            throw ShapeError(
                description: "\(key): found the name '\(name.prefix(100))', expected one that files can have")
        }
        if !seen.insert(name).inserted {
            throw ShapeError(description: "\(key): found '\(name.prefix(100))' twice")
        }
    }
}

private func check<T: Equatable>(_ what: @autoclosure () -> String, _ found: T, _ expected: T)
    throws(ShapeError)
{
    if found != expected { throw ShapeError(description: "\(what()): found \(found), expected \(expected)") }
}

/// Counts that can be added up without an overflow, and more than there are texts anywhere.
private let countLimit = 1_000_000_000_000_000

private func checkCounts(_ what: @autoclosure () -> String, _ counts: [Int]) throws(ShapeError) {
    if let bad = counts.first(where: { !(0...countLimit).contains($0) }) {
        throw ShapeError(description: "\(what()): found \(bad), expected a count")
    }
}

extension ContestantCost {
    fileprivate func checkShape(_ key: String) throws(ShapeError) {
        try checkCounts(key, [predictedTexts, peakMemoryBytes, modelBytes ?? 0, parameters ?? 0])
        let trials = (trialSeconds ?? [:]).values.flatMap(\.self)
        for seconds in [fitSeconds, predictSeconds, cpuSeconds ?? 0] + trials
        where !(0...1e12).contains(seconds) {
            throw ShapeError(description: "\(key): found \(seconds), expected seconds")
        }
    }
}

extension TaskResults {
    fileprivate func checkShape() throws(ShapeError) {
        let key = name.map { "\($0), " } ?? ""
        let K = dataset.labelSpace.count
        try checkNames(contestants.map(\.id), of: "\(key)contestants")
        try checkCounts("\(key)rows", [dataset.rowCount] + split.parts.map(\.rowCount))
        for part in split.parts {
            try check("\(key)label counts of \(part.part.rawValue)", part.labelCounts.count, K)
            try checkCounts("\(key)label counts of \(part.part.rawValue)", part.labelCounts)
        }
        for contestant in contestants {
            let key = "\(key)\(contestant.id)"
            for card in [contestant.test] + (contestant.validation.map { [$0] } ?? []) {
                try card.checkShape(key, dataset.labelSpace)
            }
            let records = contestant.ensembles ?? []
            if let fault = records.compactMap(\.fault).first {
                throw ShapeError(description: "\(key), ensemble: \(fault)")
            }
            if contestant.ensembles != nil {
                try check("\(key), records of the ensemble", records.count, folds?.count ?? 1)
            }
            if let fault = contestant.searches?.lazy.compactMap(\.fault).first {
                throw ShapeError(description: "\(key), search: \(fault)")
            }
            if let searches = contestant.searches {
                try check("\(key), records of the search", searches.count, folds?.count ?? 1)
            }
            if let thresholds = contestant.thresholds { try check("\(key), thresholds", thresholds.count, K) }
            for entry in contestant.ledger?.entries ?? [] {
                try check("\(key), thresholds of the ledger", entry.thresholds.count, K)
                for spread in entry.spread ?? [] {
                    try check("\(key), a spread of the ledger", spread.count, 2)
                }
                if entry.rule == .perLabel, let spread = entry.spread {
                    try check("\(key), spreads of the ledger", spread.count, K)
                }
                try checkCounts("\(key), empty rows", [entry.emptyRows ?? 0])
            }
        }
        try analysis?.checkShape(key, dataset.labelSpace, contestants: contestants.map(\.id))
        let others = (leaks?.withoutLeaks.map(\.id) ?? []) + (gold?.contestants.map(\.id) ?? [])
        for id in others where !contestants.contains(where: { $0.id == id }) {
            throw ShapeError(
                description: "\(key)scores of rows apart: found '\(id.prefix(100))', which is no contestant")
        }
        for leaks in leaks?.parts ?? [] {
            try checkCounts("\(key)leaks of \(leaks.part.rawValue)", [leaks.equal, leaks.near])
        }
        try checkCounts("\(key)rows", (leaks?.withoutLeaks.map(\.rowCount) ?? []) + [gold?.rowCount ?? 0])
        for (name, count, scores) in [
            ("seeds", seeds?.seeds.count, seeds?.scores), ("folds", folds?.count, folds?.scores),
        ] {
            for (id, metrics) in scores ?? [:] {
                for (metric, scores) in metrics {
                    try check("\(key)\(name) of \(id), \(metric.rawValue)", scores.count, count ?? 0)
                }
            }
        }
        if let sample {
            try check("\(key)label counts of the sample", sample.labelCounts.count, K)
            try checkCounts("\(key)rows of the sample", [sample.rowCount] + sample.labelCounts)
        }
        if let curve { try curve.checkShape("\(key)learning curve", contestants: contestants.map(\.id)) }
        if let folds {
            let dealings = folds.dealings
            if dealings < 1 || folds.count % dealings != 0 {
                throw ShapeError(description: "\(key)folds: found \(folds.count), dealt \(dealings) times")
            }
            let each = folds.count / dealings
            if each < 2 || each > dataset.rowCount {
                throw ShapeError(description: "\(key)folds: found \(each) of \(dataset.rowCount) rows")
            }
        }
    }
}

extension LearningCurve {
    fileprivate func checkShape(_ key: String, contestants: [String]) throws(ShapeError) {
        let sizes = plan.sizes
        if sizes.isEmpty || zip([0] + sizes, sizes).contains(where: { $0 >= $1 })
            || (sizes.last ?? 0) > countLimit || !(1...SamplePlan.maxRepeats).contains(plan.repeats)
        {
            throw ShapeError(
                description: "\(key): found sizes \(sizes), \(plan.repeats) times, expected counts")
        }
        let counts = sizes.map { _ in plan.repeats } + (plan.includesAll ? [1] : [])
        try check("\(key), rows", rows.count, counts.count)
        if let bad = rows.first(where: { !(1...Double(countLimit)).contains($0) }) {
            throw ShapeError(description: "\(key), rows: found \(bad)")
        }
        for (id, own) in scores { try check("\(key), scores of \(id)", own.map(\.count), counts) }
        for (id, own) in bands { try check("\(key), bands of \(id)", own.count, counts.count) }
        let named =
            Array(scores.keys) + Array(bands.keys) + Array(laws.keys) + Array(lawless.keys)
            + crossings.flatMap { [$0.first, $0.second] } + needed.map(\.contestant)
        for id in named where !contestants.contains(id) || scores[id] == nil || bands[id] == nil {
            throw ShapeError(description: "\(key): found '\(id.prefix(100))', which is no contestant of it")
        }
    }
}

extension Scorecard {
    fileprivate func checkShape(_ key: String, _ labelSpace: LabelSpace) throws(ShapeError) {
        try check("\(key), kind", kind, labelSpace.kind)
        try check("\(key), labels", perLabel.map(\.label), labelSpace.names)
        try check("\(key), rows of the confusion matrix", confusionMatrix.count, labelSpace.count)
        let width = kind == .multilabel ? 4 : labelSpace.count
        for row in confusionMatrix {
            try check("\(key), columns of the confusion matrix", row.count, width)
            try checkCounts("\(key), confusion matrix", row)
        }
        try checkCounts(
            "\(key), counts", [support, emptyRows ?? 0] + perLabel.flatMap { [$0.support, $0.predicted] })
        try checkCounts("\(key), undefined", Array(undefined.values))
    }
}

extension Analysis {
    fileprivate func checkShape(
        _ key: String, _ labelSpace: LabelSpace, contestants: [String]
    ) throws(ShapeError) {
        for (id, curves) in curves {
            for point in curves.precisionRecall {
                try check("\(key)\(id), a point of precision and recall", point.count, 2)
            }
            try checkCounts(
                "\(key)\(id), calibration", curves.reliability.bins.flatMap { [$0.count, $0.hits] })
            if let labels = curves.labelReliability {
                try check("\(key)\(id), calibration of labels", labels.count, labelSpace.count)
                for point in labels.flatMap(\.self) {
                    try check("\(key)\(id), a point of calibration", point.count, 3)
                }
            }
        }
        if family?.chosenOn == .train {
            throw ShapeError(
                description: "\(key)chosen_on: found 'train', expected 'validation' or 'test'")
        }
        for group in tieGroups {
            try check("\(key)a tie group", group.count, 2)
            if !(1...contestants.count).contains(group[0])
                || !(group[0]...contestants.count).contains(group[1])
            {
                throw ShapeError(description: "\(key)a tie group: found places \(group[0]) to \(group[1])")
            }
        }
        // Every verification draws them again.
        if !(0...AnalysisOptions.maxDraws).contains(options.draws)
            || !(0...AnalysisOptions.maxDraws).contains(options.thresholds.draws)
        {
            throw ShapeError(
                description:
                    "\(key)draws: found \(options.draws), expected at most \(AnalysisOptions.maxDraws)")
        }
        try checkCounts(
            "\(key)errors",
            [errors.rightByAll, errors.rightByNone] + Array(errors.onlyRightCounts.values)
                + errors.agreement.map(\.rows) + errors.confusions.values.flatMap { $0.map(\.count) }
                + comparisons.flatMap { [$0.onlyFirstRight, $0.onlySecondRight] })
    }
}
