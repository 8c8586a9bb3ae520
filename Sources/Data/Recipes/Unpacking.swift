import Foundation
import SafeFiles

extension FetchMethod.Content {
    /// Puts what `file` is, or holds, into `folder`: the file itself by its name there, or the wanted members.
    func place(_ file: URL, in folder: URL) throws(FileError) {
        switch self {
        case .file(let path):
            try moveFile(file, to: folder.appendingPathComponent(path))
        case .archive(let members):
            let scratch = try OutputFolder(folder.appendingPathComponent("unpacked"))
            defer { scratch.discard() }
            let unpacked = scratch.url.appendingPathComponent("members")
            try Archive(file).unpack(to: unpacked, only: Set(members.map(\.path)))
            for member in members {
                try member.content.place(unpacked.appendingPathComponent(member.path), in: folder)
            }
        }
    }
}

/// Moves a file within a file system, making folders as needed.
private func moveFile(_ file: URL, to place: URL) throws(FileError) {
    try makeFolder(place.deletingLastPathComponent())
    do {
        try FileManager.default.moveItem(at: file, to: place)
    } catch {
        throw .unwritable(path: place.path, reason: error.localizedDescription)
    }
}
