import DeterministicWork
import Evaluation
import Labels

/// Gold labels and predictions that agree on about half of what there is; where there are three labels or more, the
/// first never occurs and the second is never predicted.
struct RandomProblem {
    let labelSpace: LabelSpace
    let gold: Targets
    let predicted: Targets

    var scorecard: Scorecard { Scorecard(gold: gold, predicted: predicted, labelSpace: labelSpace) }

    init(kind: LabelKind, N: Int, K: Int, random: inout RandomStream) throws {
        labelSpace = try LabelSpace(kind: kind, names: (0..<K).map { "label \($0)" })
        var gold: [[Int]] = []
        var predicted: [[Int]] = []
        let (neverGold, neverPredicted) = K > 2 ? (0, 1) : (K, K)
        for _ in 0..<N {
            if kind == .multilabel {
                let row = (0..<K).filter { _ in random.next(below: 4) == 0 }
                let noise = (0..<K).filter { _ in random.next(below: 4) == 0 }
                gold.append(row.filter { $0 != neverGold })
                predicted.append(
                    Set(row).symmetricDifference(noise).filter { $0 != neverPredicted }.sorted())
            } else {
                let label = neverGold == K ? random.next(below: K) : 1 + random.next(below: K - 1)
                let guess = random.next(below: 2) == 0 ? label : random.next(below: K)
                gold.append([label])
                predicted.append([guess == neverPredicted ? K - 1 : guess])
            }
        }
        func targets(_ rows: [[Int]]) -> Targets {
            kind == .multilabel
                ? .sets(IndicatorMatrix(labelCount: K, rows: rows)) : .classes(rows.map { $0[0] })
        }
        self.gold = targets(gold)
        self.predicted = targets(predicted)
    }
}
