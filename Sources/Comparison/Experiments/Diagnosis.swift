import DeterministicWork
import Foundation
import LinearAlgebra
import Recipes
import Results
import SafeFiles

/// What a user should know of this machine before a run: versions, libraries, caches, and what is missing.
public struct Diagnosis: Sendable {
    public struct Finding: Sendable {
        public let topic: String
        public let text: String
        /// The command that mends it, where something is missing.
        public let remedy: String?
    }

    public let findings: [Finding]

    /// Nothing is missing that any subcommand needs.
    public var isHealthy: Bool { findings.allSatisfy { $0.remedy == nil } }

    package init(_ findings: [Finding]) { self.findings = findings }

    /// Looks at this machine.
    public init(cache: URL = CacheFolder.url, recipes: RecipeBook = RecipeBook()) async {
        let machine = Machine.current
        var findings = [
            Finding(
                topic: "bakeoff", text: BakeoffVersion.text(build: ProgramBuild.digest(cache: cache)),
                remedy: nil),
            Finding(topic: "program", text: Bundle.main.executablePath ?? "unknown", remedy: nil),
            Finding(topic: "Swift", text: machine.swift, remedy: nil),
            Finding(topic: "system", text: machine.system, remedy: nil),
            Finding(topic: "CPU", text: "\(machine.cpu), \(machine.cores) cores", remedy: nil),
            Finding(topic: "memory", text: "\(machine.memoryBytes >> 20) MiB", remedy: nil),
            Finding(topic: "BLAS", text: machine.blas, remedy: nil),
            Finding(
                topic: "threads", text: "\(Threads.count), each with a single-threaded BLAS", remedy: nil),
        ]
        findings += Diagnosis.libraries(LoadedLibraries.current)
        if Diagnosis.isInCheckout { findings += Diagnosis.headersOfBuild }
        findings.append(Diagnosis.pip(isFound: await PackageIndex().canBeAsked()))
        findings.append(Diagnosis.cache(cache))
        findings += Diagnosis.datasets(recipes, cache: cache)
        self.findings = findings
    }

    // MARK: What is looked at

    /// The headers that a build needs, and the Debian package that brings each.
    private static let headers = [
        ("openblas_config.h", "libopenblas-dev"), ("lapacke.h", "liblapacke-dev"),
        ("archive.h", "libarchive-dev"), ("zlib.h", "zlib1g-dev"), ("snappy-c.h", "libsnappy-dev"),
        ("zstd.h", "libzstd-dev"), ("curl/curl.h", "libcurl4-openssl-dev"),
    ]

    /// Whether the program stands where it was built: elsewhere it needs no headers.
    private static var isInCheckout: Bool {
        guard var folder = Bundle.main.executableURL?.resolvingSymlinksInPath() else { return false }
        while folder.path != "/" {
            folder = folder.deletingLastPathComponent()
            let own = folder.appendingPathComponent("Sources/BakeoffCommand")
            if FileManager.default.fileExists(atPath: own.path) { return true }
        }
        return false
    }

    private static var headersOfBuild: [Finding] {
        let folders = ["/usr/include", "/usr/local/include", "/opt/homebrew/include"]
        let triplets = fileNames(in: URL(fileURLWithPath: folders[0]))
        let places = folders + triplets.filter { $0.hasSuffix("-linux-gnu") }.map { "/usr/include/" + $0 }
        return headers.map { header, package in
            let isThere = places.contains { FileManager.default.fileExists(atPath: "\($0)/\(header)") }
            return Finding(
                topic: package, text: isThere ? "installed" : "missing: \(header), which a build needs",
                remedy: isThere ? nil : "sudo apt-get install \(package)")
        }
    }

    package static func pip(isFound found: Bool) -> Finding {
        Finding(
            topic: "pip", text: found ? "found" : "missing: fetching from the package index needs it",
            remedy: found ? nil : "sudo apt-get install python3-pip")
    }

    package static func cache(_ cache: URL) -> Finding {
        let folder = cache.path
        var place = cache
        var isFolder: ObjCBool = false
        while !FileManager.default.fileExists(atPath: place.path, isDirectory: &isFolder), place.path != "/" {
            place = place.deletingLastPathComponent()
        }
        let isWritable = isFolder.boolValue && FileManager.default.isWritableFile(atPath: place.path)
        return Finding(
            topic: "cache", text: isWritable ? folder : "\(folder) cannot be written",
            remedy: isWritable ? nil : "export XDG_CACHE_HOME=/a/folder/of/yours")
    }

    package static func datasets(_ recipes: RecipeBook, cache: URL) -> [Finding] {
        let all: [Recipe]
        do throws(RecipeError) {
            all = try recipes.all()
        } catch {
            return [Finding(topic: "datasets", text: "\(error)", remedy: nil)]
        }
        return all.map { recipe in
            let presence = recipe.presence(cache: cache)
            let unpinned = recipe.unpinned.map(\.path).joined(separator: ", ")
            return Finding(
                topic: recipe.name,
                text: presence == .missing
                    ? "not here: `bakeoff fetch \(recipe.name)`"
                    : presence.rawValue + (unpinned.isEmpty ? "" : ", but for \(unpinned)"),
                remedy: nil)
        }
    }
}
