import Foundation
import SafeFiles

/// A file of a repository at one commit.
struct HubFile: Equatable, Sendable {
    /// In the repository, such as `1_Pooling/config.json`.
    let path: String
    /// Bytes, where the hub says so.
    let size: Int?
    let digest: HubDigest

    /// Whether a path of a listing stays inside the folder that it is put into.
    static func isInside(_ path: String) -> Bool {
        path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !["", ".", ".."].contains($0) && !$0.contains("\0") && !$0.contains("\\")
        }
    }
}

/// How the hub tells one content from any other; also the blob's name in its cache.
enum HubDigest: Equatable, Sendable {
    /// Of the bytes: large files, which git holds by reference.
    case sha256(String)
    /// Git's: SHA-1 of `blob COUNT`, a zero byte and the bytes.
    case git(String)

    /// From an ETag, with or without its quotes and its mark of weakness; nil for what is no digest.
    init?(tag: String) {
        var text = Substring(tag)
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        if text.hasPrefix("\""), text.hasSuffix("\""), text.count > 1 { text = text.dropFirst().dropLast() }
        let digits = text.lowercased()
        if digits.isHexadecimal(count: 64) {
            self = .sha256(digits)
        } else if digits.isHexadecimal(count: 40) {
            self = .git(digits)
        } else {
            return nil
        }
    }

    /// The digits.
    var name: String {
        switch self {
        case .sha256(let digits), .git(let digits): digits
        }
    }

    /// The digest of the same kind that a file has.
    func found(in file: URL) throws(FileError) -> String {
        switch self {
        case .sha256: try Fingerprint.sha256(ofFile: file)
        case .git: try Fingerprint.gitBlob(ofFile: file)
        }
    }
}
