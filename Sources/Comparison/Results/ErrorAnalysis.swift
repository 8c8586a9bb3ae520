import Evaluation
import Foundation

/// Where contestants are wrong, row by row.
public struct ErrorAnalysis: Codable, Equatable, Sendable {
    /// A row that a contestant got wrong.
    public struct Mistake: Codable, Equatable, Sendable {
        public var id: String
        public var gold: [String]
        public var predicted: [String]
        /// -ln of the probability of what is gold; the mean over labels in a multilabel task.
        public var loss: Double
    }

    /// A gold label that was missed where another one was given.
    public struct Confusion: Codable, Equatable, Sendable {
        public var gold: String
        public var predicted: String
        public var count: Int
    }

    /// How often two contestants predict exactly the same.
    public struct Agreement: Codable, Equatable, Sendable {
        public var first: String
        public var second: String
        public var rows: Int
    }

    /// Rows that every contestant gets exactly right, and that none does.
    public var rightByAll: Int
    public var rightByNone: Int
    /// Ids of rows that only this contestant gets right, the first few in corpus order.
    public var onlyRight: [String: [String]]
    /// How many there are.
    public var onlyRightCounts: [String: Int]
    public var agreement: [Agreement]
    /// By contestant, worst first; those without probabilities have none.
    public var worst: [String: [Mistake]]
    /// By contestant, most frequent first.
    public var confusions: [String: [Confusion]]
    /// Texts of the rows named above by id, if the experiment file asks for quotes.
    public var texts: [String: String]?

    private enum CodingKeys: String, CodingKey {
        case agreement, worst, confusions, texts
        case rightByAll = "right_by_all"
        case rightByNone = "right_by_none"
        case onlyRight = "only_right"
        case onlyRightCounts = "only_right_counts"
    }

    /// How many rows or pairs each list names.
    static let listLength = 8

    /// All ids that are named.
    public var ids: Set<String> {
        Set(onlyRight.values.flatMap { $0 } + worst.values.flatMap { $0.map(\.id) })
    }
}

extension ErrorAnalysis {
    /// - Parameter contestants: Their stored predictions on the same test rows.
    package init(_ contestants: [ScoredPredictions]) {
        let N = contestants.first?.test.ids.count ?? 0
        let isRight = contestants.map { contestant in
            (0..<N).map {
                contestant.test.predicted.labels(ofRow: $0) == contestant.test.gold.labels(ofRow: $0)
            }
        }
        let rightCounts = (0..<N).map { row in isRight.count { $0[row] } }
        rightByAll = rightCounts.count { $0 == contestants.count }
        rightByNone = rightCounts.count { $0 == 0 }
        onlyRight = [:]
        onlyRightCounts = [:]
        worst = [:]
        confusions = [:]
        agreement = []
        for (index, contestant) in contestants.enumerated() {
            let test = contestant.test
            let alone = (0..<N).filter { rightCounts[$0] == 1 && isRight[index][$0] }
            onlyRight[contestant.id] = alone.prefix(ErrorAnalysis.listLength).map { test.ids[$0] }
            onlyRightCounts[contestant.id] = alone.count
            if contestant.isProbabilistic {
                worst[contestant.id] = ErrorAnalysis.worst(test, (0..<N).filter { !isRight[index][$0] })
            }
            confusions[contestant.id] = ErrorAnalysis.confusions(test)
            for other in contestants[(index + 1)...] {
                let same = (0..<N).count {
                    test.predicted.labels(ofRow: $0) == other.test.predicted.labels(ofRow: $0)
                }
                agreement.append(Agreement(first: contestant.id, second: other.id, rows: same))
            }
        }
    }

    private static func worst(_ predictions: Predictions, _ wrong: [Int]) -> [Mistake] {
        let names = predictions.labelSpace.names
        let losses = wrong.map { (row: $0, loss: predictions.loss(ofRow: $0)) }
        return losses.sorted { ($0.loss, -$0.row) > ($1.loss, -$1.row) }.prefix(listLength).map { item in
            Mistake(
                id: predictions.ids[item.row],
                gold: predictions.gold.labels(ofRow: item.row).map { names[$0] },
                predicted: predictions.predicted.labels(ofRow: item.row).map { names[$0] }, loss: item.loss)
        }
    }

    private static func confusions(_ predictions: Predictions) -> [Confusion] {
        let names = predictions.labelSpace.names
        return predictions.confusedRows.prefix(listLength).map {
            Confusion(gold: names[$0.gold], predicted: names[$0.predicted], count: $0.rows.count)
        }
    }
}

extension Predictions {
    /// -ln of the probability of what is gold; for sets the mean over labels.
    fileprivate func loss(ofRow row: Int) -> Double {
        func loss(_ p: Double) -> Double { -log(max(p, Double.ulpOfOne)) }
        switch gold {
        case .classes(let classes):
            return loss(probabilities[row, classes[row]])
        case .sets(let sets):
            let K = labelSpace.count
            return (0..<K).reduce(0) {
                let p = probabilities[row, $1]
                return $0 + loss(sets[row, $1] ? p : 1 - p)
            } / Double(K)
        }
    }
}
