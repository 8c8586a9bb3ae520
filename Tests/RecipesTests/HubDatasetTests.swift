import Foundation
import Recipes
import SafeFiles
import TestSupport
import Testing

/// Datasets by their names on the Hugging Face hub, against a server on loopback that has the hub's paths.
@Suite struct HubDatasetTests {
    private static let table = "data/train-00000-of-00001.parquet"
    private static let readme = """
        ---
        configs:
        - config_name: default
          data_files:
          - {split: train, path: data/train-*}
          - {split: test, path: data/test-*}
          - {split: unsupervised, path: data/unsupervised-*}
        ---
        """

    /// A server of a dataset; its bytes are not looked at.
    private func hub(_ readme: String? = Self.readme) -> HubServer {
        var hub = HubServer()
        hub.kind = .dataset
        hub.files = [
            Self.table: sampleBytes(200_003), "data/test-00000-of-00001.parquet": sampleBytes(1009),
            "data/unsupervised-00000-of-00001.parquet": sampleBytes(997), "picture.png": sampleBytes(10),
            "../outside.csv": [1],
        ]
        hub.files["README.md"] = readme.map { Array($0.utf8) }
        hub.large = [Self.table]
        return hub
    }

    private func dataset(_ text: String = "org/tiny", _ configuration: String? = nil) throws -> HubDatasetName
    {
        HubDatasetName(try #require(HubName(text, kind: .dataset)), configuration: configuration)
    }

    private func parts(_ names: [String]) -> [String] { names.filter { $0 != "unsupervised" } }

    private func problem(_ body: () async throws -> Void) async throws -> FetchProblem? {
        do {
            try await body()
            return nil
        } catch let error as HubError {
            return error.problem
        }
    }

    // MARK: Fetching

    @Test(arguments: [true, false])
    func fetchesTheSplitsThatAreWantedIntoPythonsLayout(listsDigests: Bool) async throws {
        var hub = hub()
        hub.listsDigests = listsDigests
        let commit = hub.commit
        try await hub.run { fetcher, cache, server, _ in
            #expect(try fetcher.stored(dataset(), splits: parts) == nil)
            let found = try await fetcher.fetch(dataset(), splits: parts)
            #expect("\(found.snapshot.name)" == "datasets/org/tiny@\(commit)")
            #expect(found.configuration == "default" && found.splits.map(\.name) == ["train", "test"])
            let root = cache.appendingPathComponent("datasets--org--tiny")
            #expect(found.snapshot.folder.path == root.appendingPathComponent("snapshots/\(commit)").path)
            #expect(
                try String(contentsOf: root.appendingPathComponent("refs/main"), encoding: .utf8) == commit)
            let bytes = try Data(contentsOf: found.snapshot.folder.appendingPathComponent(Self.table))
            #expect(bytes == Data(sampleBytes(200_003)))
            let blobs = try FileManager.default.contentsOfDirectory(
                atPath: root.appendingPathComponent("blobs").path)
            #expect(blobs.count == 3 && blobs.allSatisfy { [40, 64].contains($0.count) })
            #expect(!FileManager.default.fileExists(atPath: cache.appendingPathComponent("outside.csv").path))

            let asked = server.requests.count
            #expect(try fetcher.stored(dataset(), splits: parts) == found)
            #expect(try await fetcher.fetch(dataset(), splits: parts) == found)
            #expect(server.requests.count == asked)
            // Whoever asks for the newest commit gets that alone.
            #expect(try await fetcher.fetch(dataset(), isRenewed: true, splits: parts) == found)
            #expect(server.requests[asked...].allSatisfy { !$0.line.hasPrefix("GET /datasets") })
            // What is missing alone is fetched, once it is wanted.
            let all = try await fetcher.fetch(dataset(), splits: { $0 })
            #expect(all.splits.count == 3)
            #expect(server.requests[asked...].count { $0.line.hasPrefix("GET /datasets") } == 1)
        }
    }

    @Test func itIsSaidHowMuchIsFetched() async throws {
        let told = HubSteps()
        try await hub().run { fetcher, _, _, _ in
            _ = try await fetcher.fetch(dataset(), splits: parts) { told.add($0) }
        }
        #expect(told.all.first == .askingHub(repository: "datasets/org/tiny"))
        #expect(told.all.contains(.fetching(files: 2, bytes: 201_012)))
        #expect(told.all.contains(.downloading(what: Self.table, received: 200_003, total: 200_003)))
    }

    /// Where no README tells the splits, those of the cache may not be all.
    @Test func splitsThatNobodyToldAreAskedForAtTheSameCommit() async throws {
        let hub = hub(nil)
        try await hub.run { fetcher, _, server, _ in
            let address = try #require(HubFileAddress("hf://datasets/org/tiny/data/train-*"))
            #expect(try await fetcher.fetch(address).paths == [Self.table])
            let asked = server.requests.count
            let found = try await fetcher.fetch(dataset(), splits: { $0 })
            #expect(found.splits.map(\.name) == ["train", "test", "unsupervised"])
            #expect(server.requests[asked].path.hasPrefix("/api/datasets/org/tiny/revision/\(hub.commit)"))
            #expect(server.requests[asked...].count { $0.line.hasPrefix("GET /datasets") } == 2)
        }
    }

    @Test func goesOnWhereAFetchStopped() async throws {
        var hub = hub()
        hub.override = { request, _ in
            guard request.path == "/cdn/\(Self.table)", request.headers["range"] == nil else { return nil }
            return .http(
                200, ["Content-Length": "200003", "ETag": "\"cdn\""], Array(sampleBytes(200_003)[..<100_003]))
        }
        try await hub.run { fetcher, _, server, _ in
            let found = try await problem { _ = try await fetcher.fetch(dataset(), splits: parts) }
            guard case .truncated = found else { return #expect(Bool(false), "\(String(describing: found))") }
            #expect(try fetcher.stored(dataset(), splits: parts) == nil)
            _ = try await fetcher.fetch(dataset(), splits: parts)
            #expect(server.requests.contains { $0.headers["range"] == "bytes=100003-" })
            #expect(try fetcher.stored(dataset(), splits: parts) != nil)
        }
    }

    @Test func whatHasAnotherDigestIsNoFile() async throws {
        var hub = hub()
        hub.override = { request, _ in
            request.path == "/cdn/\(Self.table)" ? .http(200, ["ETag": "\"x\""], sampleBytes(200_004)) : nil
        }
        try await hub.run { fetcher, _, _, _ in
            let found = try await problem { _ = try await fetcher.fetch(dataset(), splits: parts) }
            guard case .wrongDigest(Self.table, _, _) = found else {
                return #expect(Bool(false), "\(String(describing: found))")
            }
            #expect(try fetcher.stored(dataset(), splits: parts) == nil)
        }
    }

    @Test func aBusyHubIsAskedAgainAsLateAsItSays() async throws {
        var hub = hub()
        hub.override = { _, number in number <= 2 ? .http(429, ["Retry-After": "3"]) : nil }
        try await hub.run { fetcher, _, _, waits in
            _ = try await fetcher.fetch(dataset(), splits: parts)
            #expect(waits.all == [3, 3])
        }
    }

    // MARK: Rows made by programs

    @Test func whatAProgramMakesIsTakenAsTheHubConvertedIt() async throws {
        var converted = hub()
        converted.commit = String(repeating: "d1", count: 20)
        converted.revision = "refs%2Fconvert%2Fparquet"
        converted.files = [
            "plain/train/0000.parquet": sampleBytes(101), "plain/test/0000.parquet": sampleBytes(102),
            "other/train/0000.parquet": sampleBytes(103),
        ]
        var main = hub("---\nlicense: mit\n---\n")
        main.files["tiny.py"] = Array("raise SystemExit".utf8)
        main.override = { [main, converted] request, number in
            let own = main.answer(request, number)
            return own.bytes.starts(with: Array("HTTP/1.1 404".utf8))
                ? converted.answer(request, number) : own
        }
        // The converted revision alone is answered by the other.
        main.files = main.files.filter { !$0.key.hasSuffix(".parquet") }
        try await main.run { fetcher, cache, server, _ in
            let found = try await fetcher.fetch(dataset("org/tiny", "plain"), splits: { $0 })
            #expect(
                found.snapshot.commit == converted.commit && found.splits.map(\.name) == ["test", "train"])
            let refs = cache.appendingPathComponent("datasets--org--tiny/refs")
            let noted = try String(
                contentsOf: refs.appendingPathComponent("refs/convert/parquet"), encoding: .utf8)
            #expect(noted == converted.commit)
            #expect(!server.requests.contains { $0.path.hasSuffix(".py") })
            #expect(try fetcher.stored(dataset("org/tiny", "plain"), splits: { $0 }) == found)
            let other = try await problem { _ = try await fetcher.fetch(dataset(), splits: { $0 }) }
            #expect(other == .dataset(.noConfiguration(asked: nil, known: ["other", "plain"])))
        }
    }

    @Test func whatOnlyAProgramMakesIsRefused() async throws {
        var hub = hub(nil)
        hub.files = ["tiny.py": [1]]
        hub.override = { request, _ in
            request.path.contains("refs%2Fconvert") ? .http(404, ["X-Error-Code": "RevisionNotFound"]) : nil
        }
        try await hub.run { fetcher, _, _, _ in
            let found = try await problem { _ = try await fetcher.fetch(dataset(), splits: { $0 }) }
            #expect(found == .dataset(.program("tiny.py", isElsewhere: false)))
        }
    }

    // MARK: Refusals

    @Test(
        arguments: [
            (
                401, nil,
                "the hub has no 'datasets/org/tiny', or does not show it to everyone (status 401); for a private one set HF_TOKEN"
            ),
            (404, "RevisionNotFound", "'org/tiny' has no revision 'main'"),
            (
                403, "GatedRepo",
                "'datasets/org/tiny' is gated: its owner lets people in one by one. Ask on its page, then set HF_TOKEN to a token of yours"
            ),
        ] as [(Int, String?, String)])
    func whatTheHubRefusesIsSaid(status: Int, code: String?, words: String) async throws {
        var hub = hub()
        hub.override = { _, _ in .http(status, code.map { ["X-Error-Code": $0] } ?? [:]) }
        try await hub.run { fetcher, _, _, _ in
            let found = try await problem { _ = try await fetcher.fetch(dataset(), splits: parts) }
            #expect(found?.description == words)
        }
    }

    @Test func offlineNobodyIsAsked() async throws {
        let hub = hub(nil)
        try await hub.run(offline: true) { fetcher, cache, server, _ in
            let found = try await problem { _ = try await fetcher.fetch(dataset(), splits: parts) }
            #expect(found == .offline)
            let address = try #require(HubFileAddress("hf://datasets/org/tiny/data/train-*"))
            #expect(try await problem { _ = try await fetcher.fetch(address) } == .offline)
            // What Python has left, as it leaves it, is enough.
            let root = cache.appendingPathComponent("datasets--org--tiny")
            try OutputFile.write(hub.commit, to: root.appendingPathComponent("refs/main"))
            try OutputFile.write(
                [1], to: root.appendingPathComponent("snapshots/\(hub.commit)/\(Self.table)"))
            #expect(try await fetcher.fetch(dataset(), splits: parts).splits.map(\.name) == ["train"])
            #expect(try await fetcher.fetch(address).paths == [Self.table])
            #expect(server.requests.isEmpty)
        }
    }

    @Test func aShardThatIsMissingIsNoticedOffline() async throws {
        let hub = hub()
        try await hub.run(offline: true) { fetcher, cache, _, _ in
            let root = cache.appendingPathComponent("datasets--org--tiny")
            try OutputFile.write(hub.commit, to: root.appendingPathComponent("refs/main"))
            let snapshot = root.appendingPathComponent("snapshots/\(hub.commit)")
            try OutputFile.write(Self.readme, to: snapshot.appendingPathComponent("README.md"))
            try OutputFile.write(
                [1], to: snapshot.appendingPathComponent("data/train-00001-of-00002.parquet"))
            let found = try await problem { _ = try await fetcher.fetch(dataset(), splits: parts) }
            #expect(found == .dataset(.incomplete(splits: ["train", "test"])))
        }
    }

    // MARK: Single files

    @Test func anAddressGetsItsFileAlone() async throws {
        try await hub().run { fetcher, cache, server, _ in
            let text = "hf://datasets/org/tiny/data/test-00000-of-00001.parquet"
            let address = try #require(HubFileAddress(text))
            #expect(fetcher.stored(address) == nil)
            let files = try await fetcher.fetch(address)
            #expect(files.paths == ["data/test-00000-of-00001.parquet"])
            let asked = server.requests.count
            #expect(try await fetcher.fetch(address) == files && fetcher.stored(address) == files)
            #expect(server.requests.count == asked)
            let near = try #require(HubFileAddress("hf://datasets/org/tiny/data/test-0000-of-00001.parquet"))
            let found = try await problem { _ = try await fetcher.fetch(near) }
            #expect(
                found?.description
                    == "it has no file 'data/test-0000-of-00001.parquet' (did you mean 'data/test-00000-of-00001.parquet'?)"
            )
        }
    }
}
