import Foundation
import SafeFiles
import Tables

/// What a compact run leaves out of one folder: files that can be rendered or computed again from what is there, and,
/// where that was wanted, predictions on validation.
public struct CompactRecord: Codable, Equatable, Sendable {
    /// Paths, seen from the folder; sorted.
    public var leftOut: [String]

    private enum CodingKeys: String, CodingKey {
        case leftOut = "left_out"
    }
}

extension RunLayout {
    /// What the record in this folder says; nothing is left out where there is none.
    public func compactRecord() throws -> CompactRecord {
        guard FileManager.default.fileExists(atPath: compactRecordFile.path) else {
            return CompactRecord(leftOut: [])
        }
        let bytes = try InputFile(compactRecordFile).readToEnd()
        do {
            return try StableJSON.decode(CompactRecord.self, from: bytes)
        } catch {
            throw ResultsError.badResults(file: compactRecordFile.path, reason: reason(error))
        }
    }

    /// Whether a file of this folder is not there because a compact run leaves it out.
    package func leavesOut(_ file: URL) throws -> Bool {
        try !PackableFile(file).isThere && compactRecord().leftOut.contains(path(of: file))
    }

    /// Whether a contestant has a score on validation, but a compact run leaves out its predictions there.
    package func leavesOutValidation(of contestant: ContestantResults) throws -> Bool {
        try contestant.validation != nil && leavesOut(predictions(of: contestant.id, validation: true))
    }

    private func path(of file: URL) -> String { String(file.path.dropFirst(url.path.count + 1)) }

    /// Removes files of this folder, which are noted as left out first.
    package func leaveOut(_ files: [URL]) throws {
        let paths = Set(try compactRecord().leftOut + files.map(path))
        // The record goes first: what it names may still be there, but nothing else may be missing.
        try OutputFile.write(
            try StableJSON.encode(CompactRecord(leftOut: paths.sorted())), to: compactRecordFile)
        for file in files { try PackableFile(file).remove() }
    }
}

extension ExperimentResults {
    /// Makes a run that has been verified small: the split, the predictions and the logs are packed by gzip, and
    /// `errors.csv`, which follows from these, is left out.
    ///
    /// Everything that reads a run reads a compact one too, and `expand` brings back what was packed.
    ///
    /// - Parameter withoutValidation: Whether predictions on validation are left out as well. Verification then takes
    ///   for granted what was scored and fitted there.
    public func compact(in folder: RunLayout, withoutValidation: Bool) throws {
        for place in replicates(in: folder) {
            try ExperimentResults(contentsOf: place).compact(in: place, withoutValidation: withoutValidation)
        }
        for task in tasks {
            let place = folder.task(task.name)
            // With texts in it, `errors.csv` could not be made again.
            var derived = task.analysis?.options.quotes == false ? [place.errors] : []
            if withoutValidation {
                derived += task.contestants.filter { $0.validation != nil }.map {
                    place.predictions(of: $0.id, validation: true)
                }
            }
            try place.leaveOut(derived)
        }
        for file in packableFiles(in: folder) { try file.pack() }
    }

    /// Brings back everything that was packed; what was left out is not made again.
    public func expand(in folder: RunLayout) throws {
        for place in replicates(in: folder) {
            try ExperimentResults(contentsOf: place).expand(in: place)
        }
        for file in packableFiles(in: folder) { try file.unpack() }
        for place in [folder] + tasks.map({ folder.task($0.name) }) {
            try PackableFile(place.compactRecordFile).remove()
        }
    }

    /// Where the runs on each fold or sample are, or with the seeds but the first; none where there is one replicate.
    package func replicates(in folder: RunLayout) -> [RunLayout] {
        (tasks.first?.folds.map { (0..<$0.count).map(folder.fold) } ?? [])
            + (tasks.first?.curve.map { $0.plan.others.map(folder.sample) } ?? [])
            + (tasks.first?.seeds?.seeds.dropFirst().map(folder.seed) ?? [])
    }

    /// The files of a run that are there and may be packed.
    private func packableFiles(in folder: RunLayout) -> [PackableFile] {
        tasks.flatMap { task in
            let place = folder.task(task.name)
            return [place.split, place.errors]
                + task.contestants.flatMap { contestant in
                    [false, true].flatMap {
                        [
                            place.predictions(of: contestant.id, validation: $0),
                            place.defaultPredictions(of: contestant.id, validation: $0),
                        ]
                    }
                        + folder.logs(of: contestant.id, task: task.name).map(\.file)
                }
        }.map(PackableFile.init).filter(\.isThere)
    }
}

/// Brings back what is packed in the folder of a run that is to go on, if it is compact.
public func expandRun(in folder: RunLayout) throws {
    guard FileManager.default.fileExists(atPath: folder.compactRecordFile.path) else { return }
    try ExperimentResults(contentsOf: folder).expand(in: folder)
}

extension PackableFile {
    /// The rows of the table that it holds.
    func tableReader() throws -> TableReader {
        try TableReader(DataFile.file(place()).source().unpacked(), dialect: .csv)
    }
}
