import Foundation
import Tables

/// The files of a dataset.
public enum DataFiles: Equatable, Sendable {
    case one(DataFile)
    /// Several as one; ids get the prefix `<file stem>/`, with as much of the folder as tells equal stems apart.
    case union([DataFile])
    /// The files of official train, validation and test parts, or of some of these; a part may be in several shards.
    case parts([Part: [DataFile]])

    /// A file with what is known of all its rows.
    struct Entry {
        let file: DataFile
        let part: Part?
        let idPrefix: String
    }

    /// The size of all files that are there; standard input counts nothing.
    public var byteCount: Int {
        entries.reduce(0) { sum, entry in
            guard case .file(let url) = entry.file else { return sum }
            let attributes = try? FileManager.default.attributesOfItem(atPath: url.path)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
    }

    /// All files, in the order in which they are read.
    public var all: [DataFile] { entries.map(\.file) }

    /// Whether both have files for the same parts, or equally many.
    func isParallel(to other: DataFiles) -> Bool {
        entries.map(\.part) == other.entries.map(\.part)
    }

    /// All files, in the order in which they are read.
    var entries: [Entry] {
        switch self {
        case .one(let file):
            [Entry(file: file, part: nil, idPrefix: "")]
        case .union(let files):
            zip(files, DataFiles.idPrefixes(files)).map { Entry(file: $0, part: nil, idPrefix: $1) }
        case .parts(let files):
            Part.allCases.flatMap { part in
                (files[part] ?? []).map { Entry(file: $0, part: part, idPrefix: "") }
            }
        }
    }

    /// The stem of each file; with its endings where one folder has two of that stem, and with as many folders as tell
    /// equal ones apart.
    private static func idPrefixes(_ files: [DataFile]) -> [String] {
        let places = Dictionary(files.map { ([$0.stem] + $0.folders, 1) }, uniquingKeysWith: +)
        let names = files.map { places[[$0.stem] + $0.folders] == 1 ? $0.stem : $0.wholeName }
        var prefixes = names
        for depth in 1...greatestDepth {
            let counts = Dictionary(prefixes.map { ($0, 1) }, uniquingKeysWith: +)
            if counts.count == files.count { break }
            for (index, file) in files.enumerated() where counts[prefixes[index]] ?? 0 > 1 {
                prefixes[index] = (file.folders.suffix(depth) + [names[index]]).joined(separator: "/")
            }
        }
        return prefixes.map { "\($0)/" }
    }

    /// More folders than tell two files apart: those whose prefixes are still equal are one file, listed twice.
    private static let greatestDepth = 64
}
