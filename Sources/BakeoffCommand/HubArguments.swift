import ArgumentParser
import Bakeoff
import Foundation

/// Whether what a command names may be fetched.
struct HubArguments: ParsableArguments {
    @Flag(
        help:
            "Fetch nothing: take recipes and what is on the Hugging Face hub from their caches alone, as HF_HUB_OFFLINE=1 does."
    )
    var offline = false

    var fetcher: HubFetcher {
        var environment = HubEnvironment()
        if offline { environment.isOffline = true }
        return HubFetcher(environment)
    }

    /// Gets the datasets and encoders of an experiment that are not here.
    /// - Parameter only: Encoders of these contestants alone; of all if empty.
    func fetch(_ file: ExperimentFile, only: [String] = []) async throws {
        let display = FetchDisplay()
        defer { display.clear() }
        try await file.fetchDatasets(hub: fetcher) { display.show($0) }
        try await file.fetchEncoders(only: only, hub: fetcher) { display.show($0) }
    }

    /// Gets the files of a dataset that are not here.
    @discardableResult
    func fetch(_ dataset: DatasetReference) async throws -> [URL] {
        let display = FetchDisplay()
        defer { display.clear() }
        return try await dataset.fetch(from: fetcher) { display.show($0) }
    }

    /// The folder of an encoder, fetched if a recipe or the hub has it and it is not here.
    func encoderFolder(named name: String) async throws -> EncoderFolder {
        let display = FetchDisplay()
        defer { display.clear() }
        let (folder, hub) = (Terminal.workingFolder, fetcher)
        try await EncoderFetch(relativeTo: folder, hub: hub)(name) { display.show($0) }
        let encoder = try EncoderFolder(named: name, relativeTo: folder, hub: hub)
        Terminal.notices(encoder.notices)
        return encoder
    }

    /// The folder of a model that predicts: that of this path, or a classifier that the hub has, fetched if it is not here.
    ///
    /// A name in a folder that is here, such as `runs/tfidf`, is a path, and nobody is asked for it.
    func modelFolder(named name: String) async throws -> URL {
        let path = URL(fileURLWithPath: name)
        let places = [path, path.deletingLastPathComponent()]
        if HubName(name) == nil || places.contains(where: { FileManager.default.fileExists(atPath: $0.path) })
        {
            return path
        }
        return try await encoderFolder(named: name).root
    }
}

/// What a fetch is at: lines, and on a terminal a bar of what is downloaded.
struct FetchDisplay: Sendable {
    private let bar = FitProgressDisplay()

    func show(_ step: FetchProgress) {
        guard case .downloading(let what, let received, let total) = step else {
            return Terminal.notice("\(step)")
        }
        // A log is told what is fetched, not how far it is.
        guard Terminal.showsProgress, let total else { return }
        bar.show(
            FitProgress(
                phase: "downloading", completed: received >> 10, total: max(1, total >> 10), unit: "KiB"),
            of: what)
    }

    func clear() { bar.clear() }
}
