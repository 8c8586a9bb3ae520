import Files
import Foundation

/// Where a data file is.
public enum DataFile: Hashable, Sendable {
    case file(URL)
    /// Spelled `-`.
    case standardInput

    /// - Parameter folder: What a relative path starts from.
    public init(path: String, folder: URL) {
        if path == "-" {
            self = .standardInput
        } else {
            self = .file(
                path.hasPrefix("/") ? URL(fileURLWithPath: path) : folder.appendingPathComponent(path))
        }
    }

    /// The file's bytes from the start.
    public func source() throws(CorpusError) -> ByteSource {
        do throws(FileError) {
            switch self {
            case .file(let url): return try ByteSource(url)
            case .standardInput: return ByteSource(standardInput: ())
            }
        } catch {
            throw .file(error)
        }
    }

    /// In lower case; empty where there is none. `.gz` at the end does not count.
    var fileExtension: String { unpackedURL?.pathExtension.lowercased() ?? "" }

    /// The file's name without its extension.
    var stem: String { unpackedURL?.deletingPathExtension().lastPathComponent ?? "stdin" }

    private var unpackedURL: URL? {
        guard case .file(let url) = self else { return nil }
        return url.pathExtension.lowercased() == "gz" ? url.deletingPathExtension() : url
    }
}

/// The files of a dataset.
public enum DataFiles: Equatable, Sendable {
    case one(DataFile)
    /// Several as one; ids get the prefix `<file stem>/`.
    case union([DataFile])
    /// Official train, validation and test files, or some of these.
    case parts([Part: DataFile])

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
            files.map { Entry(file: $0, part: nil, idPrefix: "\($0.stem)/") }
        case .parts(let files):
            Part.allCases.compactMap { part in
                files[part].map { Entry(file: $0, part: part, idPrefix: "") }
            }
        }
    }
}
