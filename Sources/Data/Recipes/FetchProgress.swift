import SettingKeys

/// What a fetch is at.
public enum FetchProgress: Equatable, Sendable {
    /// A recipe whose files are needed and not here.
    case needed(recipe: String, title: String)
    case askingIndex(package: String)
    case askingHub(repository: String)
    /// Files that are not here yet, and their bytes if the server says.
    case fetching(files: Int, bytes: Int?)
    /// Bytes received so far, of how many if the server says.
    case downloading(what: String, received: Int, total: Int?)
    case unpacking(String)
    case verifying(String)
    /// A file that the recipe names no SHA-256 for, with the one that it has.
    case unpinned(String, sha256: String)
}

extension FetchProgress: CustomStringConvertible {
    /// A line for people.
    public var description: String {
        switch self {
        case .needed(let recipe, let title):
            "fetching \(recipe): \(title)"
        case .askingIndex(let package):
            "asking the package index for \(package)"
        case .askingHub(let repository):
            "looking for \(repository) on the Hugging Face hub"
        case .fetching(let files, let bytes):
            "fetching \(counted(files, "file"))"
                + (bytes.map { ", \(($0 + 1023) >> 10) KiB" } ?? "")
        case .downloading(let what, let received, let total):
            "downloading \(what): \(received >> 10) KiB" + (total.map { " of \($0 >> 10) KiB" } ?? "")
        case .unpacking(let archive):
            "unpacking \(archive)"
        case .verifying(let file):
            "verifying \(file)"
        case .unpinned(let file, let sha256):
            "notice: \(file) could not be checked, since its recipe names no SHA-256; what came has \(sha256)"
        }
    }
}
