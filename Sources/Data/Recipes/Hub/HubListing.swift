import Foundation

/// What the hub's interface says of a repository: `GET /api/models/ORG/NAME/revision/REVISION?blobs=true`, and
/// `/api/datasets` likewise.
struct HubListing: Equatable, Sendable {
    let commit: String
    let entries: [Entry]

    struct Entry: Equatable, Sendable {
        let path: String
        let size: Int?
        /// nil where the listing does not say.
        let digest: HubDigest?
    }

    /// nil for what is no such answer.
    init?(_ bytes: Data) {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: bytes), answer.sha.isCommit else {
            return nil
        }
        commit = answer.sha
        entries = answer.siblings.compactMap { file in
            // A path that leads out of the repository is nobody's file.
            guard HubFile.isInside(file.rfilename) else { return nil }
            return Entry(
                path: file.rfilename, size: file.lfs?.size ?? file.size,
                digest: file.lfs.map { HubDigest.init(tag: $0.sha256) }
                    ?? file.blobId.flatMap(HubDigest.init(tag:)))
        }
    }

    private struct Answer: Decodable {
        let sha: String
        let siblings: [File]
    }

    private struct File: Decodable {
        let rfilename: String
        let size: Int?
        let blobId: String?
        let lfs: LargeFile?
    }

    private struct LargeFile: Decodable {
        let sha256: String
        let size: Int
    }
}
