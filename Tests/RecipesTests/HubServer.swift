import Foundation
import Recipes
import SafeFiles
import TestServer
import Synchronization

/// A hub of one repository on loopback: its listing, its files, and where the large ones are.
struct HubServer: Sendable {
    var kind = HubName.Kind.model
    var repository = "org/tiny"
    var commit = String(repeating: "c0", count: 20)
    var revision = "main"
    var files = HubServer.encoder
    /// Large files: they are listed with a SHA-256 and redirected to.
    var large: Set<String> = ["model.safetensors"]
    /// Whether the listing says the digests; else each file's head does.
    var listsDigests = true
    /// Replaces an answer where it is not nil.
    var override: @Sendable (FetchServer.Request, Int) -> FetchServer.Answer? = { _, _ in nil }

    static let encoder: [String: [UInt8]] = [
        "config.json": Array(#"{"model_type": "bert"}"#.utf8), "vocab.txt": Array("[PAD]\n[UNK]\n".utf8),
        "model.safetensors": sampleBytes(200_003), "1_Pooling/config.json": Array("{}".utf8),
        "README.md": Array("words".utf8), "onnx/model.onnx": sampleBytes(50), "../outside.json": [1],
    ]

    func answer(_ request: FetchServer.Request, _ number: Int) -> FetchServer.Answer {
        if let answer = override(request, number) { return answer }
        let path = request.path
        let listings = "/api/\(kind.rawValue)/\(repository)/revision/"
        if [revision, commit].contains(where: { path.hasPrefix(listings + $0) }) {
            return .http(200, ["Content-Type": "application/json"], Array(listing.utf8))
        }
        let isHead = request.line.hasPrefix("HEAD ")
        if path.hasPrefix("/cdn/"), let bytes = files[String(path.dropFirst(5))] {
            return served(bytes, request, isHead, ["ETag": "\"cdn\""])
        }
        let prefix = (kind == .model ? "" : "/\(kind.rawValue)") + "/\(repository)/resolve/\(commit)/"
        guard path.hasPrefix(prefix), let bytes = files[String(path.dropFirst(prefix.count))] else {
            return .http(404, ["X-Error-Code": "EntryNotFound"])
        }
        let name = String(path.dropFirst(prefix.count))
        if large.contains(name) {
            return .http(
                302,
                [
                    "Location": "/cdn/\(name)", "X-Repo-Commit": commit,
                    "X-Linked-Etag": "\"\(Fingerprint.sha256(of: bytes))\"",
                    "X-Linked-Size": "\(bytes.count)",
                ])
        }
        return served(bytes, request, isHead, ["ETag": "\"\(gitDigest(bytes))\"", "X-Repo-Commit": commit])
    }

    private func served(
        _ bytes: [UInt8], _ request: FetchServer.Request, _ isHead: Bool, _ headers: [String: String]
    ) -> FetchServer.Answer {
        var headers = headers
        if let range = request.headers["range"], let start = Int(range.dropFirst("bytes=".count).dropLast()) {
            headers["Content-Range"] = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
            return .http(206, headers, Array(bytes[start...]))
        }
        headers["Content-Length"] = "\(bytes.count)"
        return .http(200, headers, isHead ? [] : bytes)
    }

    private var listing: String {
        let siblings = files.sorted { $0.key < $1.key }.map { path, bytes -> String in
            guard listsDigests else { return #"{"rfilename": "\#(path)"}"# }
            let digest =
                large.contains(path)
                ? #", "lfs": {"sha256": "\#(Fingerprint.sha256(of: bytes))", "size": \#(bytes.count)}"# : ""
            return
                #"{"rfilename": "\#(path)", "size": \#(bytes.count), "blobId": "\#(gitDigest(bytes))"\#(digest)}"#
        }
        return
            #"{"id": "\#(repository)", "sha": "\#(commit)", "siblings": [\#(siblings.joined(separator: ","))]}"#
    }

    /// Runs the server, and hands over a fetcher with a cache of its own.
    /// - Parameter token: `HF_TOKEN`.
    func run(
        token: String? = nil, offline: Bool = false,
        _ body: (HubFetcher, _ cache: URL, FetchServer, HubWaits) async throws -> Void
    ) async throws {
        let fixture = try FetchFixture()
        try await FetchServer.run({ answer($0, $1) }) { server in
            let waits = HubWaits()
            var variables = [
                "HF_HUB_CACHE": fixture.cache.path, "HF_ENDPOINT": server.url("").absoluteString,
            ]
            variables["HF_TOKEN"] = token
            variables["HF_HUB_OFFLINE"] = offline ? "1" : nil
            let environment = HubEnvironment(variables, home: fixture.folder.path)
            try await body(
                HubFetcher(environment, timeout: 20) { waits.add($0) }, fixture.cache, server, waits)
        }
        withExtendedLifetime(fixture) {}
    }
}

/// The seconds that a fetcher would have waited.
final class HubWaits: Sendable {
    private let seconds = Mutex<[Int]>([])
    var all: [Int] { seconds.withLock(\.self) }
    func add(_ count: Int) { seconds.withLock { $0.append(count) } }
}

/// What `git hash-object` says of bytes.
func gitDigest(_ bytes: [UInt8]) -> String {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    guard (try? OutputFile.write(bytes, to: file)) != nil else { return "" }
    return (try? Fingerprint.gitBlob(ofFile: file)) ?? ""
}

/// What a fetch has told.
final class HubSteps: Sendable {
    private let steps = Mutex<[FetchProgress]>([])
    var all: [FetchProgress] { steps.withLock(\.self) }
    func add(_ step: FetchProgress) { steps.withLock { $0.append(step) } }
}
