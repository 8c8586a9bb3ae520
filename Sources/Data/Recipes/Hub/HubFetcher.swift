import Foundation
import SafeFiles

/// Brings encoders from the Hugging Face hub into the cache that Python shares, checked by the hub's own digests.
public struct HubFetcher: Sendable {
    private let environment: HubEnvironment
    private let client: HubClient

    public init(_ environment: HubEnvironment = HubEnvironment()) {
        self.init(environment, timeout: Fetcher.defaultTimeout) { try await Task.sleep(for: .seconds($0)) }
    }

    /// - Parameters:
    ///   - timeout: Seconds without a byte after which the hub is given up.
    ///   - sleep: Waits so many seconds for a hub that is busy.
    package init(
        _ environment: HubEnvironment, timeout: Int, sleep: @escaping @Sendable (Int) async throws -> Void
    ) {
        self.environment = environment
        client = HubClient(environment: environment, timeout: timeout, sleep: sleep)
    }

    /// A repository's files as they are in the cache.
    public struct Snapshot: Equatable, Sendable {
        /// The repository at its commit.
        public let name: HubName
        public let commit: String
        /// The folder of the commit's files.
        public let folder: URL

        init(_ name: HubName, at commit: String, in cache: HubCache) {
            self.name = name.at(commit: commit)
            self.commit = commit
            folder = cache.snapshot(commit)
        }
    }

    /// The encoder as it is in the cache; nil if it is not, or not all of it. Nobody is asked.
    public func stored(_ name: HubName) -> Snapshot? {
        let cache = HubCache(name, in: environment.cache)
        guard let commit = cache.commit, HubSelection(cache.paths(in: commit)).isComplete else { return nil }
        return Snapshot(name, at: commit, in: cache)
    }

    /// Gets an encoder of which not all is in the cache, or the revision's newest commit: first what describes it, then its
    /// weights.
    ///
    /// - Parameter check: Asked with the folder once what describes the encoder is there; what it throws ends the fetch before
    ///   the weights are asked for.
    public func fetch(
        _ name: HubName, progress: @escaping @Sendable (FetchProgress) -> Void = { _ in },
        check: (URL) throws -> Void = { _ in }
    ) async throws -> Snapshot {
        func inHub<Value>(_ body: () async throws -> Value) async throws -> Value {
            do { return try await body() } catch { throw HubError(name: name, problem: FetchProblem(error)) }
        }
        if environment.isOffline { throw HubError(name: name, problem: .offline) }
        let cache = HubCache(name, in: environment.cache)
        progress(.askingHub(repository: name.description))
        let listing = try await inHub { try await client.listing(of: name) }
        let commit = listing.commit
        let selection = HubSelection(listing.entries.map(\.path))
        guard selection.isComplete else {
            throw HubError(
                name: name, problem: .noEncoder(weights: listing.entries.map(\.path).filter(\.isWeights)))
        }
        func files(_ paths: [String]) async throws -> [HubFile] {
            var files: [HubFile] = []
            for entry in listing.entries where paths.contains(entry.path) {
                files.append(try await client.file(entry, of: name, at: commit))
            }
            return files
        }
        func bring(_ paths: [String]) async throws {
            let wanted = try await files(paths)
            let missing = wanted.filter {
                !FileManager.default.fileExists(atPath: cache.blob($0.digest).path)
            }
            let sizes = missing.map(\.size)
            if !missing.isEmpty {
                let isKnown = sizes.allSatisfy { $0 != nil }
                progress(
                    .fetching(
                        files: missing.count, bytes: isKnown ? sizes.compactMap(\.self).reduce(0, +) : nil))
            }
            for file in missing { try await get(file, of: name, at: commit, into: cache, progress: progress) }
            for file in wanted { try cache.link(file, in: commit) }
        }
        try await inHub { try await bring(selection.descriptions) }
        let folder = cache.snapshot(commit)
        try check(folder)
        try await inHub {
            try await bring(selection.weights)
            // Last, so that a revision whose files are not all there is nobody's.
            try cache.note(commit)
        }
        return Snapshot(name, at: commit, in: cache)
    }

    private func get(
        _ file: HubFile, of name: HubName, at commit: String, into cache: HubCache,
        progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws {
        let lock = try cache.lock(file.digest)
        defer { withExtendedLifetime(lock) {} }
        let partial = try PartialFile(cache.partial(file.digest))
        try await client.download(file, of: name, at: commit, into: partial) { received, total in
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

/// A repository that could not be fetched, and why. The cache has no file that is not whole and right.
public struct HubError: Error, Equatable, Sendable {
    public let name: HubName
    public let problem: FetchProblem
}

extension HubError: CustomStringConvertible {
    public var description: String { "cannot fetch '\(name)' from the Hugging Face hub: \(problem)" }
}

extension String {
    /// Whether a file is one of weights in a form that is not read.
    fileprivate var isWeights: Bool {
        guard !contains("/") else { return false }
        return [".bin", ".h5", ".msgpack", ".onnx", ".gguf"].contains { hasSuffix($0) }
    }
}
