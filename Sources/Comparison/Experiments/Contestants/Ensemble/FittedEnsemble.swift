import Foundation
import Labels
import LinearAlgebra
import Results
import SafeFiles
import TextClassifiers

/// An ensemble of stored predictions, which knows the rows of these and no texts.
struct FittedEnsemble: FittedTextClassifier, PredictsByID {
    let record: EnsembleRecord
    let notices: [String]
    /// Those that have votes.
    private let voters: [EnsembleMember]
    /// Told what predicting took the members.
    private let keptWork: KeptWorkMeter

    /// Decides the votes.
    /// - Parameter members: In the order of the contestant's `members`.
    init(_ contestant: EnsembleContestant, of members: [EnsembleMember], keptWork: KeptWorkMeter) throws {
        var notices: [String] = []
        let silent = members.filter { !$0.predictions.isProbabilistic }.map(\.id)
        if let first = silent.first {
            if contestant.namesMembers { throw EnsembleError.noProbabilities(member: first) }
            notices.append("made without \(silent.joined(separator: ", ")): no probabilities")
        }
        let members = members.filter { $0.predictions.isProbabilistic }
        let ids = members.map(\.id)
        if members.count < 2 { throw EnsembleError.tooFew(found: ids) }
        switch contestant.method {
        case .softVote: record = EnsembleRecord(softVoteOf: ids)
        case .greedy:
            guard let metric = contestant.metric else {
                preconditionFailure("an ensemble that is not resolved")
            }
            let validation = try members.map { member in
                guard let validation = member.predictions.validation else {
                    throw EnsembleError.unknownOnValidation(member: member.id)
                }
                return validation
            }
            if let other = validation.indices.first(where: { validation[$0].ids != validation[0].ids }) {
                throw EnsembleError.otherRows(member: ids[other], part: ScoredPart.validation.rawValue)
            }
            record = try EnsembleRecord(
                greedyOf: ids, validation: validation, metric: metric, rounds: contestant.rounds)
        }
        voters = record.voters.map { members[$0] }
        self.notices = notices
        self.keptWork = keptWork
    }

    var isProbabilistic: Bool { true }

    var summary: String? {
        switch record.method {
        case .softVote: "soft vote of \(record.members.joined(separator: ", "))"
        case .greedy:
            "greedy ensemble by \(record.metric?.settingName ?? "") on validation: "
                + record.voters.map { "\(record.votes[$0]) x \(record.members[$0])" }.joined(separator: ", ")
        }
    }

    var parameterCount: Int? { voters.parameterCount }

    var byID: (any PredictsByID)? { self }

    func probabilities(ofIDs ids: [String], in part: ScoredPart) throws -> Probabilities? {
        var all: [Probabilities] = []
        for voter in voters {
            guard let stored = part == .test ? voter.predictions.test : voter.predictions.validation else {
                return nil
            }
            if stored.ids != ids { throw EnsembleError.otherRows(member: voter.id, part: part.rawValue) }
            all.append(stored.probabilities)
        }
        if part == .test { keptWork.add(voters.predicting) }
        return record.vote(of: all)
    }

    func probabilities(of texts: [String]) throws -> Probabilities { throw EnsembleError.storedRowsAlone }

    func save(to folder: URL) throws {
        try EnsembleFile(record: record, folders: voters.map { $0.modelFolder.way(from: folder) }).write(
            to: folder)
    }

    init(from folder: URL, labelSpace: LabelSpace) throws { throw EnsembleError.storedRowsAlone }
}

/// What stands for a classifier where an ensemble is to be fitted to texts, which it never is.
struct UnmadeEnsemble: TextClassifier {
    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedEnsemble {
        throw EnsembleError.storedRowsAlone
    }
}
