import Evaluation
import Labels

/// How the stored predictions of several contestants became those of another one: an ensemble.
///
/// An ensemble is made of what is stored, which is rounded to single precision, so that whoever has the run's folder can make
/// it again. Votes are decided on validation, and on nothing else.
public struct EnsembleRecord: Codable, Equatable, Sendable {
    /// How many votes each member gets.
    public enum Method: String, Codable, CaseIterable, Sendable {
        /// One each.
        case softVote = "soft-vote"
        /// As many as the greedy selection on validation gives: `GreedyEnsemble`.
        case greedy
    }

    public var method: Method
    /// The ids of the contestants that it may be made of, in the order in which their probabilities are added up.
    public var members: [String]
    /// How many votes each member has. Shape: [members].
    public var votes: [Int]
    /// What the greedy selection chose by; nil for other methods.
    public var metric: MetricName?
    /// How often the greedy selection added a member, at most; nil for other methods.
    public var rounds: Int?
    /// The metric of the greedy ensemble on validation, with labels decided at 0.5; nil for other methods.
    public var score: Double?

    /// The mean of all members.
    public init(softVoteOf members: [String]) {
        (method, self.members) = (.softVote, members)
        votes = Array(repeating: 1, count: members.count)
    }

    /// Of the means of some members, each as often as it likes, one that is best on validation.
    /// - Parameters:
    ///   - validation: The members' stored predictions of validation, at least one, all of the same rows.
    ///   - rounds: How often a member is added to the best one.
    /// - Throws: `SelectionError.neverDefined` where the metric is undefined for every member or every mean.
    public init(
        greedyOf members: [String], validation: [Predictions], metric: MetricName, rounds: Int
    ) throws(SelectionError) {
        precondition(!members.isEmpty && members.count == validation.count)
        let greedy = try GreedyEnsemble(
            of: validation.map(\.probabilities), gold: validation[0].gold,
            labelSpace: validation[0].labelSpace, by: Selection(by: metric), rounds: rounds)
        (method, self.members, self.metric, self.rounds) = (.greedy, members, metric, rounds)
        votes = greedy.weights(memberCount: members.count).map { Int($0) }
        score = greedy.score
    }

    /// The share of all votes that each member has. Shape: [members].
    public var shares: [Double] {
        let all = Double(votes.reduce(0, +))
        return votes.map { Double($0) / all }
    }

    /// The places of the members that have votes.
    public var voters: [Int] { votes.indices.filter { votes[$0] > 0 } }

    /// The mean of the members' probabilities, each as often as it has votes.
    /// - Parameter probabilities: Of the `voters`, in their order. Shape: [voters][N, K].
    public func vote(of probabilities: [Probabilities]) -> Probabilities {
        Probabilities(softVoteOf: probabilities, weights: voters.map { Double(votes[$0]) })
    }
}

extension EnsembleRecord {
    /// More rounds than this are taken for a mistake: each scores every member's vote.
    package static let maxRounds = 1_000

    /// What about a record that was read cannot be; nil where nothing is.
    package var fault: String? {
        if members.isEmpty || votes.count != members.count {
            return "found votes of \(votes.count) members, expected \(members.count)"
        }
        if Set(members).count != members.count { return "found a member twice" }
        if let bad = votes.first(where: { !(0...2 * EnsembleRecord.maxRounds).contains($0) }) {
            return "found \(bad) votes"
        }
        if voters.isEmpty { return "found no member with a vote" }
        if let rounds, !(1...EnsembleRecord.maxRounds).contains(rounds) { return "found \(rounds) rounds" }
        return nil
    }

    private enum CodingKeys: String, CodingKey {
        case method, members, votes, metric, rounds
        case score = "validation_score"
    }
}
