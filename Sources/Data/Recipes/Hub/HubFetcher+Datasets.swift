import Foundation
import SafeFiles
import SettingKeys

extension HubFetcher {
    /// The dataset as it is in the cache; nil if its files are not there. Nobody is asked.
    ///
    /// - Parameter choose: Those of the dataset's splits that are wanted.
    /// - Throws: `HubError` for a configuration that is not there or a split of which not all files are; what `choose` throws.
    public func stored(
        _ dataset: HubDatasetName, splits choose: ([String]) throws -> [String]
    ) throws -> HubDataset? {
        if let own = try stored(dataset, at: dataset.repository, splits: choose) { return own }
        guard dataset.repository.revision == nil else { return nil }
        return try stored(dataset, at: dataset.repository.converted, splits: choose)
    }

    private func stored(
        _ dataset: HubDatasetName, at name: HubName, splits choose: ([String]) throws -> [String]
    ) throws -> HubDataset? {
        let cache = HubCache(name, in: environment.cache)
        guard let commit = cache.commit else { return nil }
        let snapshot = Snapshot(name, at: commit, in: cache)
        let selection: HubDatasetSelection
        do throws(HubDatasetProblem) {
            selection = try HubDatasetSelection(
                cache.paths(in: commit), card: DatasetCard(in: snapshot.folder, of: name), of: name,
                configuration: dataset.configuration)
        } catch {
            switch error {
            // What describes it is here, and its files may be at another revision.
            case .noData, .noFiles, .program: return nil
            case .card, .noConfiguration, .option, .noMatch, .incomplete:
                throw HubError(name: name, problem: .dataset(error))
            }
        }
        let wanted = try choose(selection.names)
        let missing = selection.incomplete(of: wanted)
        if !missing.isEmpty { throw HubError(name: name, problem: .dataset(.incomplete(splits: missing))) }
        return HubDataset(selection, in: snapshot, splits: wanted)
    }

    /// Gets the files of a dataset's splits that are not in the cache: first what describes it, then the files that it is
    /// made of. Rows that a program of the repository would make are taken from the Parquet that the hub has made of them.
    ///
    /// - Parameters:
    ///   - isRenewed: Whether the hub is asked for the revision's newest commit, though all may be here.
    ///   - choose: Those of the dataset's splits that are wanted.
    /// - Throws: `HubError`; what `choose` throws.
    public func fetch(
        _ dataset: HubDatasetName, isRenewed: Bool = false, splits choose: ([String]) throws -> [String],
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws -> HubDataset {
        var name = dataset.repository
        if environment.isOffline {
            guard let stored = try stored(dataset, splits: choose) else {
                throw HubError(name: name, problem: .offline)
            }
            return stored
        }
        if !isRenewed, let stored = try? stored(dataset, splits: choose) {
            if stored.isDeclared { return stored }
            // Nobody says which splits there should be, and there may be more of them at this commit.
            name = stored.snapshot.name
        }
        do {
            return try await fetch(dataset, at: name, splits: choose, progress: progress)
        } catch let error as HubError {
            guard case .dataset(.program(let program, isElsewhere: true)) = error.problem else { throw error }
            do {
                return try await fetch(dataset, at: name.converted, splits: choose, progress: progress)
            } catch let error as HubError {
                guard case .noRevision = error.problem else { throw error }
                throw HubError(name: name, problem: .dataset(.program(program, isElsewhere: false)))
            }
        }
    }

    private func fetch(
        _ dataset: HubDatasetName, at name: HubName, splits choose: ([String]) throws -> [String],
        progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws -> HubDataset {
        let delivery = try await inHub(name) { try await open(name, progress) }
        let selection = try await inHub(name) {
            try await delivery.bring(DatasetCard.paths)
            do throws(HubDatasetProblem) {
                return try HubDatasetSelection(
                    delivery.paths, card: DatasetCard(in: delivery.snapshot.folder, of: name), of: name,
                    configuration: dataset.configuration)
            } catch {
                if case .program = error { _ = try delivery.finish() }
                throw FetchProblem.dataset(error)
            }
        }
        let wanted = try choose(selection.names)
        let missing = selection.incomplete(of: wanted)
        if !missing.isEmpty { throw HubError(name: name, problem: .dataset(.incomplete(splits: missing))) }
        return try await inHub(name) {
            try await delivery.bring(selection.splits.filter { wanted.contains($0.name) }.flatMap(\.paths))
            return HubDataset(selection, in: try delivery.finish(), splits: wanted)
        }
    }

    // MARK: Single files

    /// Files of a repository as they are in the cache.
    public struct Files: Equatable, Sendable {
        public let snapshot: Snapshot
        /// In the repository, in order.
        public let paths: [String]
    }

    /// The files of an address as they are in the cache; nil if none is there. Nobody is asked.
    public func stored(_ address: HubFileAddress) -> Files? {
        let cache = HubCache(address.repository, in: environment.cache)
        guard let commit = cache.commit else { return nil }
        let paths = address.matches(in: cache.paths(in: commit))
        guard !paths.isEmpty, HubShards.areComplete(paths) else { return nil }
        return Files(snapshot: Snapshot(address.repository, at: commit, in: cache), paths: paths)
    }

    /// Gets the files of an address that are not in the cache.
    /// - Parameter isRenewed: Whether the hub is asked for the revision's newest commit, though all may be here.
    /// - Throws: `HubError`.
    public func fetch(
        _ address: HubFileAddress, isRenewed: Bool = false,
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws -> Files {
        var name = address.repository
        if let stored = stored(address) {
            // Other files of the same commit may match a pattern too.
            if environment.isOffline || !isRenewed && HubPattern(address.path).isPath { return stored }
            if !isRenewed { name = stored.snapshot.name }
        }
        return try await inHub(name) {
            if environment.isOffline { throw FetchProblem.offline }
            let delivery = try await open(name, progress)
            let paths = address.matches(in: delivery.paths)
            if paths.isEmpty {
                throw FetchProblem.dataset(
                    .noMatch(path: address.path, near: nearest(to: address.path, in: delivery.paths)))
            }
            try await delivery.bring(paths)
            return Files(snapshot: try delivery.finish(), paths: paths)
        }
    }
}

extension HubFileAddress {
    /// The file of that very path, else those that the pattern matches.
    fileprivate func matches(in paths: [String]) -> [String] {
        paths.contains(path) ? [path] : HubPattern(path).matches(in: paths)
    }
}

extension DatasetCard {
    /// Where a repository says what it is; the second takes the place of what the first says.
    fileprivate static let paths = ["README.md", ".huggingface.yaml"]

    /// Reads what a snapshot's files say; nothing where there are none.
    fileprivate init(in folder: URL, of name: HubName) throws(HubDatasetProblem) {
        func text(_ path: String) -> String? {
            (try? InputFile(folder.appendingPathComponent(path)).readToEnd()).map {
                String(decoding: $0, as: UTF8.self)
            }
        }
        do throws(SettingsError) {
            try self.init(
                readme: text(DatasetCard.paths[0]) ?? "", yaml: text(DatasetCard.paths[1]) ?? "",
                file: "\(DatasetCard.paths[0]) of \(name)")
        } catch {
            throw .card(error)
        }
    }
}
