import Foundation
import SafeFiles

/// Brings encoders and datasets from the Hugging Face hub into the cache that Python shares, checked by the hub's own digests.
public struct HubFetcher: Sendable {
    let environment: HubEnvironment
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

    /// Whether nothing may be asked of anyone.
    public var isOffline: Bool { environment.isOffline }

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
        if isOffline { throw HubError(name: name, problem: .offline) }
        let delivery = try await inHub(name) { try await open(name, progress) }
        let paths = delivery.paths
        let selection = HubSelection(paths)
        guard selection.isComplete else {
            throw HubError(name: name, problem: .noEncoder(weights: paths.filter(\.isWeights)))
        }
        try await inHub(name) { try await delivery.bring(selection.descriptions) }
        try check(delivery.snapshot.folder)
        return try await inHub(name) {
            try await delivery.bring(selection.weights)
            return try delivery.finish()
        }
    }

    /// Asks the hub what a repository holds.
    func open(
        _ name: HubName, _ progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws(FetchProblem) -> HubDelivery {
        try await HubDelivery(
            of: name, into: HubCache(name, in: environment.cache), by: client, progress: progress)
    }

    /// Gives what goes wrong the name of the repository.
    func inHub<Value>(_ name: HubName, _ body: () async throws -> Value) async throws -> Value {
        do { return try await body() } catch { throw HubError(name: name, problem: FetchProblem(error)) }
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
