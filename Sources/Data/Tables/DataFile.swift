import Foundation
import SafeFiles

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
    public func source() throws(TableError) -> ByteSource {
        do throws(FileError) {
            switch self {
            case .file(let url): return try ByteSource(url)
            case .standardInput: return ByteSource(standardInput: ())
            }
        } catch {
            throw .file(error)
        }
    }

    /// The path, or `<stdin>`.
    public var path: String { if case .file(let url) = self { url.path } else { "<stdin>" } }

    /// In lower case; empty where there is none. An ending of packed files, such as `.gz`, does not count.
    ///
    /// A zip archive whose own name tells nothing has the ending of the one file in it.
    package var fileExtension: String {
        let ending = unpackedURL?.pathExtension.lowercased() ?? ""
        guard ending.isEmpty, case .file(let url) = self, url.pathExtension.lowercased() == "zip",
            let members = try? Archive(url).members().filter(Packing.isFile), members.count == 1
        else { return ending }
        return URL(fileURLWithPath: members[0]).pathExtension.lowercased()
    }

    /// The file's name without its extension.
    package var stem: String { unpackedURL?.deletingPathExtension().lastPathComponent ?? "stdin" }

    /// The names of the folders that the file is in, outermost first.
    package var folders: [String] {
        guard case .file(let url) = self else { return [] }
        return url.deletingLastPathComponent().pathComponents.filter { $0 != "/" }
    }

    /// The file's name with its endings.
    package var wholeName: String {
        if case .file(let url) = self { url.lastPathComponent } else { stem }
    }

    private var unpackedURL: URL? {
        guard case .file(let url) = self else { return nil }
        return Packing.endings.contains(url.pathExtension.lowercased()) ? url.deletingPathExtension() : url
    }
}
