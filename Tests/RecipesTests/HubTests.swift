import Foundation
import Recipes
import SafeFiles
import TestServer
import Testing

/// Encoders by their names on the Hugging Face hub, against a server on loopback that has the hub's paths.
@Suite struct HubTests {
    private func name(_ text: String = "org/tiny") throws -> HubName { try #require(HubName(text)) }

    private func problem(_ body: () async throws -> Void) async throws -> FetchProblem? {
        do {
            try await body()
            return nil
        } catch let error as HubError {
            return error.problem
        }
    }

    // MARK: Names and places

    @Test(arguments: [
        ("bert-base-uncased", "bert-base-uncased", nil), ("Org.x/a_b-1.5", "Org.x/a_b-1.5", nil),
        ("org/name@v1.0", "org/name", "v1.0"), ("org/name@refs/pr/3", "org/name", "refs/pr/3"),
    ])
    func namesAreReadAsTheHubWritesThem(text: String, repository: String, revision: String?) throws {
        let name = try #require(HubName(text))
        #expect(name.repository == repository && name.revision == revision && "\(name)" == text)
        #expect(name.askedRevision == revision ?? "main")
    }

    @Test(arguments: [
        "", "/", "a/", "/a", "a/b/c", "../a", "a/..", "-a/b", "a/b-", ".a/b", "a/b.", "a--b/c", "a/b..c",
        "a b/c",
        "a/b@", "a/b@../x", "a/b@x//y", "a/b@.x", "a/b.git", "ä/b", "a/\(String(repeating: "b", count: 95))",
        "a/b\n",
    ])
    func whatIsNoNameIsRefused(text: String) { #expect(HubName(text) == nil) }

    @Test func theVariablesArePythons() {
        func cache(_ variables: [String: String]) -> String {
            HubEnvironment(variables, home: "/h").cache.path
        }
        #expect(cache([:]) == "/h/.cache/huggingface/hub")
        #expect(cache(["XDG_CACHE_HOME": "/x"]) == "/x/huggingface/hub")
        #expect(cache(["HF_HOME": "~/own"]) == "/h/own/hub")
        #expect(cache(["HF_HOME": "/own", "HF_HUB_CACHE": "/c"]) == "/c")
        for value in ["1", "on", "Yes", "TRUE"] {
            #expect(HubEnvironment(["HF_HUB_OFFLINE": value]).isOffline)
        }
        for value in ["0", "", "no"] { #expect(!HubEnvironment(["HF_HUB_OFFLINE": value]).isOffline) }
        #expect(HubEnvironment(["TRANSFORMERS_OFFLINE": "1"]).isOffline)
    }

    /// `printf 'hello\n' | git hash-object --stdin`.
    @Test func aDigestOfGitIsGits() {
        #expect(gitDigest(Array("hello\n".utf8)) == "ce013625030ba8dba906f756967f9e9ca394464a")
    }

    // MARK: Fetching

    @Test(arguments: [true, false])
    func fetchesWhatAnEncoderIsMadeOfIntoPythonsLayout(listsDigests: Bool) async throws {
        var hub = HubServer()
        hub.listsDigests = listsDigests
        let commit = hub.commit
        try await hub.run { fetcher, cache, server, _ in
            #expect(try fetcher.stored(name()) == nil)
            let snapshot = try await fetcher.fetch(try name())
            #expect("\(snapshot.name)" == "org/tiny@\(commit)")
            let root = cache.appendingPathComponent("models--org--tiny")
            #expect(snapshot.folder.path == root.appendingPathComponent("snapshots/\(commit)").path)
            #expect(
                try String(contentsOf: root.appendingPathComponent("refs/main"), encoding: .utf8) == commit)
            for path in ["config.json", "vocab.txt", "model.safetensors", "1_Pooling/config.json"] {
                let bytes = try #require(HubServer.encoder[path])
                #expect(try Data(contentsOf: snapshot.folder.appendingPathComponent(path)) == Data(bytes))
            }
            // A link to the blob, relative, so that the cache can be moved.
            let pooling = snapshot.folder.appendingPathComponent("1_Pooling/config.json").path
            let digest = gitDigest(Array("{}".utf8))
            #expect(
                try FileManager.default.destinationOfSymbolicLink(atPath: pooling)
                    == "../../../blobs/\(digest)")
            // Nothing else came, nothing half done is left, and nothing outside.
            let blobs = try FileManager.default.contentsOfDirectory(
                atPath: root.appendingPathComponent("blobs").path)
            #expect(blobs.count == 4 && blobs.allSatisfy { [40, 64].contains($0.count) })
            #expect(
                !FileManager.default.fileExists(atPath: cache.appendingPathComponent("outside.json").path))

            let asked = server.requests.count
            #expect(try fetcher.stored(name()) == snapshot)
            #expect(try fetcher.stored(name("org/tiny@\(commit)"))?.folder == snapshot.folder)
            #expect(server.requests.count == asked)
        }
    }

    @Test func whatPythonHasFetchedInPartIsCompleted() async throws {
        let hub = HubServer()
        try await hub.run { fetcher, _, server, _ in
            let snapshot = try await fetcher.fetch(try name())
            try FileManager.default.removeItem(at: snapshot.folder.appendingPathComponent("vocab.txt"))
            #expect(try fetcher.stored(name()) == nil)
            let asked = server.requests.count
            #expect(try await fetcher.fetch(try name()) == snapshot)
            // The bytes are here still: the listing is all that is asked for.
            #expect(server.requests.count == asked + 1)
        }
    }

    @Test func goesOnWhereAFetchStopped() async throws {
        var hub = HubServer()
        let all = try #require(HubServer.encoder["model.safetensors"])
        hub.override = { request, _ in
            guard request.path == "/cdn/model.safetensors", request.headers["range"] == nil else {
                return nil
            }
            return .http(200, ["Content-Length": "\(all.count)", "ETag": "\"cdn\""], Array(all[..<100_003]))
        }
        try await hub.run { fetcher, _, server, _ in
            let found = try await problem { _ = try await fetcher.fetch(try name()) }
            guard case .truncated = found else { return #expect(Bool(false), "\(String(describing: found))") }
            #expect(try fetcher.stored(name()) == nil)
            _ = try await fetcher.fetch(try name())
            #expect(server.requests.last?.headers["range"] == "bytes=100003-")
            #expect(try fetcher.stored(name()) != nil)
        }
    }

    @Test func whatHasAnotherDigestIsNoFile() async throws {
        for path in ["config.json", "model.safetensors"] {
            var hub = HubServer()
            let places = ["/cdn/\(path)", "/org/tiny/resolve/\(hub.commit)/\(path)"]
            hub.override = { request, _ in
                places.contains(request.path)
                    ? .http(200, ["ETag": "\"x\""], Array("{}  ".utf8)) : nil
            }
            try await hub.run { fetcher, cache, _, _ in
                let found = try await problem { _ = try await fetcher.fetch(try name()) }
                guard case .wrongDigest(path, _, _) = found else {
                    return #expect(Bool(false), "\(String(describing: found))")
                }
                #expect(try fetcher.stored(name()) == nil)
                let blobs = cache.appendingPathComponent("models--org--tiny/blobs").path
                let names = try FileManager.default.contentsOfDirectory(atPath: blobs)
                #expect(names.allSatisfy { [40, 64].contains($0.count) }, "\(names)")
            }
        }
    }

    @Test func theWeightsOfAnotherArchitectureAreNotAskedFor() async throws {
        struct Refused: Error {}
        try await HubServer().run { fetcher, _, server, _ in
            await #expect(throws: Refused.self) {
                _ = try await fetcher.fetch(
                    try name(),
                    check: { folder in
                        #expect(
                            FileManager.default.fileExists(
                                atPath: folder.appendingPathComponent("config.json").path))
                        throw Refused()
                    })
            }
            #expect(!server.requests.contains { $0.path.hasSuffix("model.safetensors") })
            let stored = try fetcher.stored(name())
            #expect(stored == nil)
        }
    }

    // MARK: Refusals

    @Test(
        arguments: [
            (
                401, nil,
                "the hub has no 'org/tiny', or does not show it to everyone (status 401); for a private one set HF_TOKEN"
            ),
            (
                404, "RepoNotFound",
                "the hub has no 'org/tiny', or does not show it to everyone (status 404); for a private one set HF_TOKEN"
            ),
            (404, "RevisionNotFound", "'org/tiny' has no revision 'main'"),
            (
                403, "GatedRepo",
                "'org/tiny' is gated: its owner lets people in one by one. Ask on its page, then set HF_TOKEN to a token of yours"
            ),
        ] as [(Int, String?, String)])
    func whatTheHubRefusesIsSaid(status: Int, code: String?, words: String) async throws {
        var hub = HubServer()
        hub.override = { _, _ in .http(status, code.map { ["X-Error-Code": $0] } ?? [:]) }
        try await hub.run { fetcher, _, _, _ in
            let found = try await problem { _ = try await fetcher.fetch(try name()) }
            #expect(found?.description == words)
        }
    }

    @Test func aBusyHubIsAskedAgainAsLateAsItSays() async throws {
        var hub = HubServer()
        hub.override = { _, number in number <= 2 ? .http(429, ["Retry-After": "7"]) : nil }
        try await hub.run { fetcher, _, _, waits in
            _ = try await fetcher.fetch(try name())
            #expect(waits.all == [7, 7])
        }
        hub.override = { _, _ in .http(429, ["Retry-After": "86400"]) }
        try await hub.run { fetcher, _, server, waits in
            let found = try await problem { _ = try await fetcher.fetch(try name()) }
            guard case .busyServer(_, 429, 86400) = found else {
                return #expect(Bool(false), "\(String(describing: found))")
            }
            #expect(waits.all.isEmpty && server.requests.count == 1)
        }
    }

    @Test func offlineNobodyIsAsked() async throws {
        try await HubServer().run(offline: true) { fetcher, _, server, _ in
            let found = try await problem { _ = try await fetcher.fetch(try name()) }
            #expect(found == .offline)
            #expect(server.requests.isEmpty)
        }
    }

    @Test func whatIsNoListingAndNoEncoderIsSaid() async throws {
        var hub = HubServer()
        hub.override = { _, _ in .http(200, [:], Array("<html>".utf8)) }
        try await hub.run { fetcher, _, _, _ in
            let found = try await problem { _ = try await fetcher.fetch(try name()) }
            guard case .badAnswer(_, "no listing of a repository") = found else {
                return #expect(Bool(false), "\(String(describing: found))")
            }
        }
        var other = HubServer()
        other.files["tf_model.h5"] = other.files.removeValue(forKey: "model.safetensors")
        try await other.run { fetcher, _, _, _ in
            let found = try await problem { _ = try await fetcher.fetch(try name()) }
            #expect(found == .noEncoder(weights: ["tf_model.h5"]))
        }
    }

    /// A state dict of PyTorch is taken where there are no safetensors.
    @Test func aStateDictIsFetchedAsTheWeights() async throws {
        var torch = HubServer()
        torch.files["pytorch_model.bin"] = torch.files.removeValue(forKey: "model.safetensors")
        try await torch.run { fetcher, _, _, _ in
            let snapshot = try await fetcher.fetch(try name())
            let weights = snapshot.folder.appendingPathComponent("pytorch_model.bin")
            #expect(FileManager.default.fileExists(atPath: weights.path))
        }
    }

    @Test(arguments: [
        (
            ["tokenizer.json", "model.safetensors", "model-00001-of-00002.safetensors"],
            ["model.safetensors"], true
        ),
        (["vocab.txt", "pytorch_model.bin", "tf_model.h5"], ["pytorch_model.bin"], true),
        (["spm.model", "model.safetensors", "pytorch_model.bin"], ["model.safetensors"], true),
        (["spiece.model", "pytorch_model-00001-of-00002.bin"], ["pytorch_model-00001-of-00002.bin"], false),
        (
            ["vocab.json", "merges.txt", "model-00001-of-00001.safetensors", "2_Dense/pytorch_model.bin"],
            ["model-00001-of-00001.safetensors", "2_Dense/pytorch_model.bin"], true
        ),
        (["vocab.json", "model.safetensors"], ["model.safetensors"], false),
        (["sentencepiece.bpe.model", "onnx/model.safetensors"], [String](), false),
    ])
    func oneFormOfTheWeightsIsChosen(files: [String], weights: [String], isComplete: Bool) {
        let selection = HubSelection(files + ["config.json"])
        #expect(selection.weights == weights && selection.isComplete == isComplete)
    }

    /// The owner of another server, to which a redirect leads, must not get it.
    @Test func theTokenIsForTheHubAlone() async throws {
        let weights = try #require(HubServer.encoder["model.safetensors"])
        try await FetchServer.run({ _, _ in .http(200, [:], weights) }) { other in
            var hub = HubServer()
            let place = other.url("w").absoluteString
            hub.override = { request, _ in
                request.path.hasSuffix("model.safetensors") ? .http(302, ["Location": place]) : nil
            }
            try await hub.run(token: "hf_secret") { fetcher, _, server, _ in
                _ = try await fetcher.fetch(try name())
                #expect(server.requests.allSatisfy { $0.headers["authorization"] == "Bearer hf_secret" })
            }
            #expect(
                other.requests.count == 1 && other.requests.allSatisfy { $0.headers["authorization"] == nil })
        }
    }
}
