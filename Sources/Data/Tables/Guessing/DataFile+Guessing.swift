import Foundation
import SafeFiles

extension DataFile {
    /// What a file that is there seems to be; nil where nothing can be said of it.
    package var whatItIs: String? {
        guard case .file(let url) = self else { return nil }
        if isFolder(url) {
            return "a folder; name its files, such as '\(url.lastPathComponent)/*.csv'"
        }
        do throws(TableError) {
            return try FormGuess(self).words
        } catch {
            switch error {
            case .notAText(_, let kind): return kind.description
            case .file(.badArchive(_, let reason)): return "an archive that is no table: \(reason)"
            default: return nil
            }
        }
    }
}
