import Foundation

/// The names of what a folder holds, in no order; none where there is no folder, or none that can be read.
public func fileNames(in folder: URL) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
}

/// Whether a folder is there; links are followed.
package func isFolder(_ url: URL) -> Bool { isFolderIfThere(url) == true }

/// Whether something other than a folder is there; links are followed.
package func isFile(_ url: URL) -> Bool { isFolderIfThere(url) == false }

/// Nil where nothing is there.
private func isFolderIfThere(_ url: URL) -> Bool? {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) ? isFolder.boolValue : nil
}

/// Whether a symbolic link stands there, wherever it leads.
package func isLink(_ url: URL) -> Bool {
    var status = stat()
    return lstat(url.path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
}

/// The first symbolic link among a place and all that is below it; nil where there is none.
package func firstLink(at url: URL) -> URL? {
    if isLink(url) { return url }
    let below = FileManager.default.enumerator(atPath: url.path)
    while let inside = below?.nextObject() as? String {
        let place = url.appendingPathComponent(inside)
        if isLink(place) { return place }
    }
    return nil
}
