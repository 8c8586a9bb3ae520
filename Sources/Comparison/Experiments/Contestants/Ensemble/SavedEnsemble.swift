import Foundation
import Labels
import LinearAlgebra
import Results
import SafeFiles
import TextClassifiers

/// What stands in an ensemble's folder as `ensemble.json`: its votes, and where the models of those are that have some.
struct EnsembleFile: Codable {
    /// Version of this format.
    var format = 1
    let record: EnsembleRecord
    /// The ways from this folder to those of the `voters`, in their order.
    let folders: [String]

    private static let name = "ensemble.json"

    init(record: EnsembleRecord, folders: [String]) { (self.record, self.folders) = (record, folders) }

    func write(to folder: URL) throws {
        try OutputFile.write(
            try StableJSON.encode(self), to: folder.appendingPathComponent(EnsembleFile.name))
    }

    /// - Throws: `ExperimentError.notAModel` for a file that is none.
    init(readingFrom folder: URL) throws {
        let file = folder.appendingPathComponent(EnsembleFile.name)
        func bad(_ reason: String) -> ExperimentError { .notAModel(path: folder.path, reason: reason) }
        let bytes = try InputFile(file).readToEnd()
        guard let found = try? StableJSON.decode(EnsembleFile.self, from: bytes) else {
            throw bad("\(EnsembleFile.name) is not what an ensemble writes")
        }
        if found.format != 1 { throw bad("\(EnsembleFile.name): found format \(found.format), expected 1") }
        if let fault = found.record.fault { throw bad("\(EnsembleFile.name): \(fault)") }
        if found.folders.count != found.record.voters.count {
            throw bad(
                "\(EnsembleFile.name): found \(found.folders.count) folders, expected \(found.record.voters.count)"
            )
        }
        self = found
    }

    /// The members that have votes, with the folders of their models.
    func voters(from folder: URL) -> [(id: String, folder: URL)] {
        zip(record.voters, folders).map {
            (record.members[$0], folder.appendingPathComponent($1).standardizedFileURL)
        }
    }

    /// Why a member cannot be read back, where one cannot.
    static func missingMember(of folder: URL, families: FamilyRegistry) -> String? {
        guard let file = try? EnsembleFile(readingFrom: folder) else { return nil }
        for (id, place) in file.voters(from: folder) {
            guard let record = ContestantRecord(readingFrom: place) else {
                return "it is made of '\(id)', which is not in \(place.path)"
            }
            let reason =
                record.results.model == EnsembleContestant.model
                ? missingMember(of: place, families: families)
                : families.family(named: record.results.model)?.missingModel
            if let reason { return "it is made of '\(id)', and \(reason)" }
        }
        return nil
    }
}

/// An ensemble read back with the models of its members, which answers texts.
struct SavedEnsemble: FittedTextClassifier {
    let record: EnsembleRecord
    /// Those that have votes, and their folders.
    private let voters: [SavedModel]
    private let folders: [URL]

    /// - Throws: `EnsembleError.notLoadable` that names the member that is not there or cannot be read.
    init(from folder: URL, labelSpace: LabelSpace, families: FamilyRegistry) throws {
        let file = try EnsembleFile(readingFrom: folder)
        record = file.record
        folders = file.voters(from: folder).map(\.folder)
        voters = try file.voters(from: folder).map { id, place in
            func fault(_ reason: String) -> EnsembleError {
                .notLoadable(member: id, folder: place.path, reason: reason)
            }
            guard let record = ContestantRecord(readingFrom: place), record.results.id == id else {
                throw fault("no fitted model of this name")
            }
            if (record.labelSpace.kind, record.labelSpace.names) != (labelSpace.kind, labelSpace.names) {
                throw fault("it has other labels")
            }
            if let reason = families.family(named: record.results.model)?.missingModel { throw fault(reason) }
            return try SavedModel(folder: place, families: families)
        }
    }

    init(from folder: URL, labelSpace: LabelSpace) throws {
        try self.init(from: folder, labelSpace: labelSpace, families: .standard)
    }

    private init(_ other: SavedEnsemble, voters: [SavedModel]) {
        (record, folders, self.voters) = (other.record, other.folders, voters)
    }

    var isProbabilistic: Bool { true }

    /// The mean of what each member gives, rounded as a run stores it, so that a text gets what it had in the run.
    func probabilities(of texts: [String]) throws -> Probabilities {
        record.vote(
            of: try voters.map { member in
                let own = try member.checkedProbabilities(of: texts, firstRow: 0)
                return Probabilities(labelCount: own.labelCount, values: own.values.map { Double(Float($0)) })
            })
    }

    /// Those of its members that have an encoder in another precision.
    func predicting(in precision: Precision) throws -> (any FittedTextClassifier)? {
        let reduced = try voters.map { try $0.predicting(in: precision) }
        if reduced.allSatisfy({ $0 == nil }) { return nil }
        return SavedEnsemble(self, voters: zip(reduced, voters).map { $0 ?? $1 })
    }

    /// The members' models stay where they are.
    func save(to folder: URL) throws {
        try EnsembleFile(record: record, folders: folders.map { $0.way(from: folder) }).write(to: folder)
    }
}
