import Evaluation
import Foundation
import Labels
import Results
import TestSupport
import Testing

/// How ensembles are made of stored predictions.
@Suite struct EnsembleRecordTests {
    /// Tests/Oracles/Evaluation/ensembles.json.
    private struct Problem: Decodable {
        let kind: LabelKind
        let metric: String
        let labels, rounds: Int
        /// The labels of each row. Shape: [N].
        let gold: [[Int]]
        /// Probabilities in thousandths. Shape: [members][N * K].
        let members: [[Int]]
        let votes: [Int]
        let score: Double
        /// As a run stores it. Shape: [N * K].
        let mean: [Float]
    }

    @Test func equalsTheSelectionWrittenOut() throws {
        let problems = try JSONDecoder().decode(
            [Problem].self, from: Data(contentsOf: oracle("Evaluation/ensembles.json")))
        #expect(problems.count == 200)
        for (number, problem) in problems.enumerated() {
            let space = try LabelSpace(
                kind: problem.kind, names: (0..<problem.labels).map { "l\($0)" })
            var gold = TargetsBuilder(space)
            for labels in problem.gold { gold.add(labels) }
            let ids = problem.gold.indices.map { "\($0)" }
            let validation = problem.members.map { member in
                Predictions(
                    labelSpace: space, ids: ids, gold: gold.targets,
                    probabilities: Probabilities(
                        labelCount: problem.labels, values: member.map { Double($0) / 1000 }),
                    thresholds: nil)
            }
            let metric = try #require(MetricName(rawValue: problem.metric))
            let names = validation.indices.map { "m\($0)" }
            let record = try EnsembleRecord(
                greedyOf: names, validation: validation, metric: metric, rounds: problem.rounds)
            #expect(record.votes == problem.votes, "problem \(number), \(problem.kind), \(problem.metric)")
            // Ours is of probabilities that are rounded to float32, as they are stored; the worst seen is 1.2e-8.
            #expect(abs((record.score ?? .nan) - problem.score) <= 1e-7, "problem \(number)")
            #expect(record.members == names && record.fault == nil)
            let mean = record.vote(of: record.voters.map { validation[$0].probabilities })
            #expect(mean.values.map { Float($0) } == problem.mean, "problem \(number)")
        }
    }

    @Test func sharesAreOfAllVotes() {
        var record = EnsembleRecord(softVoteOf: ["a", "b", "c"])
        #expect(record.shares == [1.0 / 3, 1.0 / 3, 1.0 / 3] && record.voters == [0, 1, 2])
        record.votes = [3, 0, 1]
        #expect(record.shares == [0.75, 0, 0.25] && record.voters == [0, 2])
        let (a, c) = (
            Probabilities(labelCount: 2, values: [0, 1]), Probabilities(labelCount: 2, values: [1, 0])
        )
        #expect(record.vote(of: [a, c]).values == [0.25, 0.75])
    }

    @Test func whatCannotBeIsAFault() {
        func fault(_ change: (inout EnsembleRecord) -> Void) -> String? {
            var record = EnsembleRecord(softVoteOf: ["a", "b"])
            change(&record)
            return record.fault
        }
        #expect(fault { _ in } == nil)
        #expect(fault { $0.votes = [1] } == "found votes of 1 members, expected 2")
        #expect(fault { $0.members = ["a", "a"] } == "found a member twice")
        #expect(fault { $0.votes = [-1, 2] } == "found -1 votes")
        #expect(fault { $0.votes = [0, 0] } == "found no member with a vote")
        #expect(fault { $0.rounds = 1_000_000_000 } == "found 1000000000 rounds")
    }
}
