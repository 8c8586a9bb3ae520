import Foundation
import SafeFiles

extension Recipe {
    /// Whether the program carries the recipe's files.
    public var isBundled: Bool { origin == .program && fetch == nil }

    /// The folder in `cache` that holds what the program carries of this recipe; written if it is not there.
    ///
    /// It is named after its content, so no other version of the program finds other files in it.
    package func bundledFolder(cache: URL) throws(FileError) -> URL {
        let folder = folder(cache: cache)
        let isThere = files.allSatisfy { file in
            (try? Fingerprint.sha256(ofFile: folder.appendingPathComponent(file.path))) == file.sha256
        }
        if isThere { return folder }
        let output = try OutputFolder(folder)
        for file in files {
            let place = output.url.appendingPathComponent(file.path)
            try makeFolder(place.deletingLastPathComponent())
            try OutputFile.write(BundledFolder.datasets.bytes(of: file.path) ?? [], to: place)
        }
        try output.commit()
        return folder
    }
}
