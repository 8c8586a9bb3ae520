import Evaluation
import Results

/// What became of a team's entries, one after another.
package struct TeamHistory: Sendable {
    /// As the board calls it: its name, or its pseudonym.
    package let team: String
    package let steps: [Step]
    /// The entry whose score the board shows, on the public rows.
    package let standing: ScoredPredictions?
    /// The last valid entry, which counts in the end, on the final rows.
    package let last: ScoredPredictions?

    /// One entry.
    package struct Step: Encodable, Equatable, Sendable {
        /// Counted from 1.
        package let number: Int
        package let outcome: Outcome
        /// What the board shows after it.
        package let shown: Double?
        /// What is wrong with it.
        package let faults: [EntryFault.Kind]

        package enum Outcome: String, Encodable, Sendable {
            /// Its score is shown from now on.
            case shown
            /// It is not ahead of the best by more than chance.
            case notAhead = "not-ahead"
            /// It has no score by the metric.
            case undefined
            case invalid
        }
    }

    /// - Parameter entries: In their order; each is read when it is its turn.
    package init(
        _ team: String, _ entries: some Sequence<ClassEntry>, of secret: ClassSecret
    ) {
        let publicRows = secret.rows.indices(.public)
        var ladder = PublicLadder(
            metric: secret.record.metric, step: secret.record.step, seed: secret.record.seed)
        var steps: [Step] = []
        var last: ScoredPredictions?
        for entry in entries {
            var outcome = Step.Outcome.invalid
            if let predictions = entry.predictions {
                last = predictions
                let isShown = ladder.take(predictions.selecting(publicRows))
                outcome = isShown.map { $0 ? .shown : .notAhead } ?? .undefined
            }
            steps.append(
                Step(
                    number: steps.count + 1, outcome: outcome, shown: ladder.shown,
                    faults: entry.faults.map(\.kind)))
        }
        self.team = team
        self.steps = steps
        standing = ladder.standing
        self.last = last?.selecting(secret.rows.indices(.final))
    }
}
