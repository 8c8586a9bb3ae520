import Evaluation
import Labels

extension ExperimentResults {
    /// Makes every ensemble of the only task again from the stored predictions of its members: votes and probabilities.
    ///
    /// - Parameter folds: The task's results on each fold; nil where rows are split once.
    /// - Throws: `ResultsError.disagrees` for the first that differs.
    func verifyEnsembles(_ predictions: StoredPredictions, folds: [ExperimentResults]?) throws {
        for contestant in contestants {
            guard let records = contestant.ensembles else { continue }
            if let folds {
                // Each fold's was made again where the fold was verified.
                if records != folds.records(\.ensembles, of: contestant.id) {
                    throw contestant.differs("the votes", "otherwise", "others in the folds")
                }
            } else if let record = records.first {
                try verify(record, of: contestant, predictions)
            }
        }
    }

    private func verify(
        _ record: EnsembleRecord, of contestant: ContestantResults, _ predictions: StoredPredictions
    ) throws {
        let own = predictions[contestant.id]
        let members = try record.members.map { id in
            guard id != contestant.id, let member = predictions.contestants.first(where: { $0.id == id })
            else {
                throw contestant.differs("the members", "'\(id)' among them", "no such contestant")
            }
            return member
        }
        try checkSameRows([own] + members)
        let voters = record.voters.map { members[$0] }
        try contestant.check(own.test, isMeanBy: record, of: voters.map(\.test), on: "test")
        // A compact run may leave out what was predicted on validation.
        let validation = voters.compactMap(\.validation)
        if let predicted = own.validation, validation.count == voters.count {
            try contestant.check(predicted, isMeanBy: record, of: validation, on: "validation")
        }
        try verifySelection(record, of: contestant, members.compactMap(\.validation))
    }

    private func verifySelection(
        _ record: EnsembleRecord, of contestant: ContestantResults, _ validation: [Predictions]
    ) throws {
        let again: EnsembleRecord
        switch record.method {
        case .softVote: again = EnsembleRecord(softVoteOf: record.members)
        case .greedy:
            guard let metric = record.metric, let rounds = record.rounds else {
                throw contestant.differs(
                    "the votes", "no metric or rounds", "a greedy selection, which has both")
            }
            if validation.count < record.members.count { return }
            again = try EnsembleRecord(
                greedyOf: record.members, validation: validation,
                metric: metric, rounds: rounds)
        }
        if record != again {
            throw contestant.differs("the votes", "\(record.votes)", "\(again.votes)")
        }
    }
}

extension ContestantResults {
    fileprivate func differs(_ what: String, _ stored: String, _ recomputed: String) -> ResultsError {
        .disagrees(what: "\(what) of the ensemble \(id)", stored: stored, recomputed: recomputed)
    }

    /// - Throws: `ResultsError.disagrees` for the first row that is another mean.
    fileprivate func check(
        _ predictions: Predictions, isMeanBy record: EnsembleRecord, of members: [Predictions],
        on part: String
    ) throws(ResultsError) {
        let mean = Predictions(
            labelSpace: predictions.labelSpace, ids: predictions.ids, gold: predictions.gold,
            probabilities: record.vote(of: members.map(\.probabilities)), thresholds: nil
        ).probabilities
        let K = mean.labelCount
        guard
            let place = mean.values.indices.first(where: {
                mean.values[$0] != predictions.probabilities.values[$0]
            })
        else { return }
        throw differs(
            "\(part), id '\(predictions.ids[place / K])', p_\(predictions.labelSpace.names[place % K])",
            "\(predictions.probabilities.values[place])", "\(mean.values[place])")
    }
}
