import DeterministicWork
import Evaluation
import Labels

/// How thresholds of several labels are chosen on train by SCutFBR, as in LibMultiLabel.
public struct SCutFBROptions: Equatable, Sendable {
    /// Of the rows, and within the rows of all folds but one.
    public var folds = 3

    public init() {}

    /// Throws where there are too few rows to learn from: each fold within the others needs one.
    /// - Precondition: There are two folds at least.
    func check(rowCount: Int) throws(LinearModelError) {
        let F = folds
        precondition(F >= 2)
        let least = (F...2 * F).first { $0 - ($0 + F - 1) / F >= F } ?? 2 * F
        if rowCount < least { throw .tooFewRows(wanted: least, rows: rowCount, for: "SCutFBR") }
    }

    /// - Parameter learner: What is given thresholds, in a few words.
    package func summary(of learner: String) -> String {
        "\(learner), thresholds by SCutFBR on \(folds) folds"
    }
}

/// A linear model of several labels whose intercepts are moved by thresholds: each label is given where its score is above 0, so
/// that its threshold has become 0, and probabilities above 0.5 say the same.
enum ThresholdedFit {
    /// The learner is fitted F² + 2 F + 1 times for F folds: for every fold, for every fold within the others, and on all rows.
    /// - Parameters:
    ///   - learner: One that gives a linear model.
    ///   - X: Shape: [N, D].
    ///   - targets: Sets of labels of the N rows.
    ///   - seed: Deals the rows to folds, which are the same for all labels.
    static func fit(
        _ learner: Learner, _ options: SCutFBROptions, to X: FeatureMatrix, _ targets: Targets,
        labelSpace: LabelSpace, seed: UInt64
    ) throws(LinearModelError) -> LinearClassifier {
        try X.check(targets.count)
        guard case .sets = targets else { throw .onlyForSets("SCutFBR") }
        try options.check(rowCount: X.rowCount)
        let F = options.folds

        func model(_ X: FeatureMatrix, _ targets: Targets) throws(LinearModelError) -> LinearClassifier {
            guard
                let model = try learner.fit(X, targets, labelSpace: labelSpace, seed: seed).linear
            else { throw .notLinear(learner.summary) }
            return model
        }
        /// Of each label, scores of some rows by a model of others. Shape: [K].
        func scored(_ deal: Deal) throws(LinearModelError) -> [HeldOutScores] {
            let gold = targets.selecting(deal.held).indicators(labelCount: labelSpace.count)
            let logits = try model(X.selecting(deal.train), targets.selecting(deal.train))
                .logits(X.selecting(deal.held))
            return labelSpace.names.indices.map { label in
                HeldOutScores(
                    scores: deal.held.indices.map { logits[$0, label] },
                    isGold: deal.held.indices.map { gold[$0, label] })
            }
        }
        func scored(_ deals: [Deal]) throws(LinearModelError) -> [[HeldOutScores]] {
            var all: [[HeldOutScores]] = []
            for deal in deals { all.append(try scored(deal)) }
            return all
        }
        let everything = Array(0..<X.rowCount)
        var outer: [(folds: [[HeldOutScores]], held: [HeldOutScores])] = []
        for (number, deal) in Deal.folds(of: everything, F, seed: seed, level: 0).enumerated() {
            let inner = Deal.folds(of: deal.train, F, seed: seed, level: 1 + number)
            outer.append((try scored(inner), try scored(deal)))
        }
        let folds = try scored(Deal.folds(of: everything, F, seed: seed, level: 1 + F))
        let final = try model(X, targets)
        let thresholds = labelSpace.names.indices.map { label in
            SCutFBR(
                folds: folds.map { $0[label] },
                outer: outer.map { .init(folds: $0.folds.map { $0[label] }, held: $0.held[label]) }
            ).threshold
        }
        return LinearClassifier(
            labelSpace: labelSpace, scheme: final.scheme, isProbabilistic: final.isProbabilistic,
            coefficients: final.coefficients, intercepts: zip(final.intercepts, thresholds).map(-),
            notices: final.notices, log: final.log)
    }
}

/// Rows to learn from, and the others.
private struct Deal {
    let train: [Int]
    let held: [Int]

    /// Each of `count` folds of shuffled rows is held out once.
    static func folds(of rows: [Int], _ count: Int, seed: UInt64, level: Int) -> [Deal] {
        var random = RandomStream(seed: seed, for: .thresholdFolds(level: level))
        let shuffled = random.shuffled(rows)
        return (0..<count).map { fold in
            let (start, end) = (fold * rows.count / count, (fold + 1) * rows.count / count)
            return Deal(
                train: Array(shuffled[..<start] + shuffled[end...]), held: Array(shuffled[start..<end]))
        }
    }
}
