import Evaluation
import Labels
import Testing

/// Greedy ensembles against the same selection written out in NumPy with scikit-learn's metrics.
@Suite struct EnsembleTests {
    @Test func equalsTheWrittenOutSelection() throws {
        for problem in try ProtocolGolden.all.get().ensemble {
            let space = try LabelSpace(
                kind: problem.labels == 2 ? .binary : .multiclass,
                names: (0..<problem.labels).map { "l\($0)" })
            let members = problem.members.map {
                Probabilities(labelCount: problem.labels, values: $0.flatMap(\.self))
            }
            let metric = try #require(MetricName(rawValue: problem.metric))
            let found = try GreedyEnsemble(
                of: members, gold: .classes(problem.gold), labelSpace: space, by: Selection(by: metric),
                initial: problem.start, rounds: problem.rounds)
            #expect(found.chosen == problem.chosen, "\(problem.metric)")
            #expect(agree(found.score, problem.score, 1e-9))
            // It is the score of the vote, and no worse than the best member's.
            let vote = Probabilities(
                softVoteOf: members, weights: found.weights(memberCount: members.count))
            let selection = Selection(by: metric)
            func score(_ probabilities: Probabilities) -> Double? {
                selection.value(of: probabilities, gold: .classes(problem.gold), labelSpace: space)
                    .map(selection.score)
            }
            #expect(agree(score(vote).map(selection.score), found.score, 1e-12))
            if problem.start == 1 {
                let best = members.compactMap(score).max() ?? .infinity
                #expect(selection.score(found.score) >= best - 1e-12)
            }
        }
    }

    @Test func votesAreWeightedMeans() {
        let a = Probabilities(labelCount: 2, values: [0.2, 0.8, 1, 0])
        let b = Probabilities(labelCount: 2, values: [0.6, 0.4, 0, 1])
        let even = Probabilities(softVoteOf: [a, b], weights: [1, 1]).values
        #expect(agree(even, [0.4, 0.6, 0.5, 0.5], 1e-15))
        #expect(
            agree(Probabilities(softVoteOf: [a, b], weights: [3, 1]).values, [0.3, 0.7, 0.75, 0.25], 1e-15))
        #expect(Probabilities(softVoteOf: [a, b], weights: [0, 2]) == b)
    }

    @Test func aMetricThatIsNeverDefinedChoosesNobody() throws {
        let space = try LabelSpace(kind: .binary, names: ["no", "yes"])
        let member = Probabilities(labelCount: 2, values: [0.2, 0.8, 0.6, 0.4])
        #expect(throws: SelectionError.self) {
            try GreedyEnsemble(
                of: [member], gold: .classes([1, 1]), labelSpace: space, by: Selection(by: .rocAUC))
        }
    }
}
