import Foundation
import SafeFiles

/// One commit of a repository, whose files are brought into the cache as they are asked for.
struct HubDelivery {
    let name: HubName
    let listing: HubListing
    private let cache: HubCache
    private let client: HubClient
    private let progress: @Sendable (FetchProgress) -> Void

    /// Asks the hub what the revision is.
    init(
        of name: HubName, into cache: HubCache, by client: HubClient,
        progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws(FetchProblem) {
        (self.name, self.cache, self.client, self.progress) = (name, cache, client, progress)
        progress(.askingHub(repository: name.description))
        listing = try await client.listing(of: name)
    }

    /// The paths of all files of the commit.
    var paths: [String] { listing.entries.map(\.path) }

    var snapshot: HubFetcher.Snapshot { HubFetcher.Snapshot(name, at: listing.commit, in: cache) }

    /// Brings files, first telling how many are missing and how large they are, and gives them their names in the snapshot.
    func bring(_ paths: [String]) async throws {
        let wanted = Set(paths)
        var files: [HubFile] = []
        for entry in listing.entries where wanted.contains(entry.path) {
            files.append(try await client.file(entry, of: name, at: listing.commit))
        }
        let missing = files.filter {
            !FileManager.default.fileExists(atPath: cache.blob($0.digest).path)
        }
        let sizes = missing.map(\.size)
        if !missing.isEmpty {
            let isKnown = sizes.allSatisfy { $0 != nil }
            progress(
                .fetching(files: missing.count, bytes: isKnown ? sizes.compactMap(\.self).reduce(0, +) : nil))
        }
        for file in missing { try await get(file) }
        for file in files { try cache.link(file, in: listing.commit) }
    }

    /// Notes that the revision is this commit: last, so that a revision whose files are not all there is nobody's.
    func finish() throws(FileError) -> HubFetcher.Snapshot {
        try cache.note(listing.commit)
        return snapshot
    }

    private func get(_ file: HubFile) async throws {
        let lock = try cache.lock(file.digest)
        defer { withExtendedLifetime(lock) {} }
        // Another process may have brought it meanwhile, or another file of the same bytes.
        if FileManager.default.fileExists(atPath: cache.blob(file.digest).path) { return }
        let partial = try PartialFile(cache.partial(file.digest))
        let progress = progress
        try await client.download(file, of: name, at: listing.commit, into: partial) { received, total in
            progress(.downloading(what: file.path, received: received, total: total))
        }
        let found = try file.digest.found(in: partial.url)
        if found != file.digest.name {
            partial.remove()
            throw FetchProblem.wrongDigest(what: file.path, expected: file.digest.name, found: found)
        }
        try cache.add(partial.url, as: file.digest)
        partial.remove()
    }
}
