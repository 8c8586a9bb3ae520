import Corpora
import Encoders
import Experiments
import Foundation
import Recipes
import Results
import TestSupport
import Testing

/// Vectors that are computed once and kept.
@Suite struct FeatureStoreTests {
    private let encoder: ModelFolder
    private let cache: TemporaryFolder

    init() throws { (encoder, cache) = (try ModelFolder(), try TemporaryFolder()) }

    private func store(_ view: EncodingOptions = EncodingOptions()) throws -> FeatureStore {
        let folder = try EncoderFolder(named: encoder.url.path, relativeTo: cache.url, cache: cache.url)
        return try FeatureStore(encoder: folder, view: view, precision: .f32, cache: cache.url)
    }

    /// A text's vector is its number of letters, and half of it.
    private func vectors(_ texts: [String]) -> [Float] {
        texts.flatMap { [Float($0.count), Float($0.count) / 2] }
    }

    private func files(_ ending: String) -> [URL] {
        let paths = FileManager.default.subpaths(atPath: cache.url.path) ?? []
        return paths.filter { $0.hasPrefix("features/") && $0.hasSuffix(ending) }.map(cache.file)
    }

    @Test func eachTextIsComputedOnce() throws {
        var asked: [[String]] = []
        func read(_ store: FeatureStore, _ texts: [String]) throws -> (vectors: [Float], kept: KeptWork?) {
            try store.vectors(of: texts) { new, done, total in
                #expect(done == 0 && total == new.count)
                asked.append(new.sorted())
                return vectors(new)
            }
        }
        let first = try read(store(), ["a", "bbb", "a", "cc"])
        #expect(first.vectors == [1, 0.5, 3, 1.5, 1, 0.5, 2, 1] && first.kept == nil)
        let second = try read(store(), ["dddd", "cc", "a"])
        #expect(second.vectors == [4, 2, 2, 1, 1, 0.5] && second.kept?.name == "encoding")
        #expect(asked == [["a", "bbb", "cc"], ["dddd"]])
        #expect(try read(store(), []).vectors.isEmpty)
        // Another way of pooling, another length and another prefix have vectors of their own.
        _ = try read(store(EncodingOptions(pooling: .cls)), ["a"])
        _ = try read(store(EncodingOptions(maxLength: 16)), ["a"])
        _ = try read(store(EncodingOptions(prefix: "query: ")), ["a"])
        #expect(Array(asked.dropFirst(2)) == [["a"], ["a"], ["a"]])
        // So has another encoder.
        try encoder.configure(["hidden_dropout_prob": 0.5])
        _ = try read(store(), ["a"])
        #expect(asked.count == 6)
    }

    /// What a CPU without fused multiply-add computed, or another precision, is never taken for the same vectors.
    @Test func otherBitsAreKeptApart() throws {
        let folder = try EncoderFolder(named: encoder.url.path, relativeTo: cache.url, cache: cache.url)
        let stores = try [true, false].flatMap { fused in
            func store(_ view: EncodingOptions = EncodingOptions()) throws -> [FeatureStore] {
                [
                    try FeatureStore(
                        encoder: folder, view: view, precision: .f32, cache: cache.url,
                        fusesMultiplyAdd: fused),
                    try FeatureStore(
                        encoder: folder, view: view, precision: .bf16, cache: cache.url,
                        fusesMultiplyAdd: fused),
                    try FeatureStore(
                        encoder: folder, view: view, precision: .int8, cache: cache.url,
                        fusesMultiplyAdd: fused),
                ]
            }
            return try store() + store(EncodingOptions(prefix: "query: "))
        }
        for _ in 0..<2 {
            var found: [Float] = []
            for (number, store) in stores.enumerated() {
                let vectors = try store.vectors(of: ["a"]) { _, _, _ in [Float(number)] }
                found += vectors.vectors
            }
            #expect(found == (0..<12).map(Float.init))
        }
    }

    /// Items that share a memory read a file once, and know what the others computed.
    @Test func vectorsInMemoryAreNotReadAgain() throws {
        let memory = RunMemory()
        var asked: [[String]] = []
        func read(_ texts: [String], _ memory: RunMemory?) throws -> [Float] {
            let folder = try EncoderFolder(named: encoder.url.path, relativeTo: cache.url, cache: cache.url)
            let store = try FeatureStore(
                encoder: folder, view: EncodingOptions(), precision: .f32, cache: cache.url, memory: memory)
            return try store.vectors(of: texts) { new, _, _ in
                asked.append(new.sorted())
                return vectors(new)
            }.vectors
        }
        _ = try read(["a"], nil)
        #expect(try read(["bbb", "a"], memory) == [3, 1.5, 1, 0.5])
        // What another process writes meanwhile is read too.
        _ = try read(["cc"], nil)
        #expect(try read(["cc"], memory) == [2, 1])
        for file in files(".features") { try FileManager.default.removeItem(at: file) }
        #expect(try read(["a", "bbb", "cc"], memory) == [1, 0.5, 3, 1.5, 2, 1])
        #expect(asked == [["a"], ["bbb"], ["cc"]])
        #expect(throws: CancellationError.self) {
            let folder = try EncoderFolder(named: encoder.url.path, relativeTo: cache.url, cache: cache.url)
            _ = try FeatureStore(
                encoder: folder, view: EncodingOptions(), precision: .f32, cache: cache.url, memory: memory
            ).vectors(of: ["dddd"]) { _, _, _ in throw CancellationError() }
        }
        #expect(try read(["a"], memory) == [1, 0.5], "known still")
    }

    /// What is lost or damaged is computed again.
    @Test func damagedFilesAreAsGoodAsNone() throws {
        var count = 0
        func read() throws -> (vectors: [Float], kept: KeptWork?) {
            try store().vectors(of: ["a", "bb"]) { new, _, _ in
                count += new.count
                return vectors(new)
            }
        }
        _ = try read()
        let file = try #require(files(".features").first)
        var bytes = try Data(contentsOf: file)
        bytes[70] ^= 1
        try bytes.write(to: file)
        #expect(try read().vectors == [1, 0.5, 2, 1] && count == 4)
        // Without its note the work is known to be done, but not what it took.
        for note in files(".json") { try FileManager.default.removeItem(at: note) }
        let kept = try read().kept
        #expect(count == 4 && kept == KeptWork(name: "encoding", seconds: nil, cpuSeconds: nil))
    }

    @Test func aShardIsReadAsItWasWritten() throws {
        let (keys, folder) = (
            ["a", "b", "c", "d"].map { String(repeating: $0, count: 64) }, cache.file("shards")
        )
        let shard = FeatureShard(
            keys: keys, vectors: [1, 2, 3, 4, 5, 6, 7, 8],
            work: KeptWork(name: "encoding", seconds: 8, cpuSeconds: 12))
        #expect(shard[1] == [3, 4] && shard[3] == [7, 8])
        try shard.write(to: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count == 2)
        let file = folder.appendingPathComponent(try #require(names.first { $0.hasSuffix(".features") }))
        let read = try #require(FeatureShard(contentsOf: file))
        #expect(read.keys == keys && read.vectors == shard.vectors && read.work == shard.work)
        // Named after its own SHA-256.
        let moved = folder.appendingPathComponent("\(String(repeating: "0", count: 64)).features")
        try FileManager.default.moveItem(at: file, to: moved)
        #expect(FeatureShard(contentsOf: moved) == nil)
        #expect(FeatureShard(contentsOf: folder.appendingPathComponent("none.features")) == nil)
    }

    @Test func aMeterIsEmptiedWhenItIsRead() {
        let meter = KeptWorkMeter()
        #expect(meter.take() == nil)
        meter.add(KeptWork(name: "encoding", seconds: 1, cpuSeconds: 2))
        meter.add(KeptWork(name: "encoding", seconds: 3, cpuSeconds: nil))
        #expect(
            meter.take() == KeptWork(name: "encoding", seconds: 4, cpuSeconds: nil) && meter.take() == nil)
    }

    // MARK: Encoders by name

    /// [CLS] and [SEP] count; `bb` is two tokens.
    @Test func textsAreMeasuredInTokens() throws {
        let folder = try EncoderFolder(named: encoder.url.path, relativeTo: cache.url, cache: cache.url)
        let lengths = try TokenLengths(
            of: ["a b c", "", "bb", "a b c a b c a"], in: folder, maxLengths: [2, 4, 9])
        #expect(lengths.model == encoder.url.path)
        #expect(lengths.cuts.map(\.rows) == [3, 2, 0] && lengths.cuts.map(\.share) == [0.75, 0.5, 0])
    }

    @Test func recipesAreFetchedAndUnchanged() throws {
        func folder(_ name: String) throws -> EncoderFolder {
            try EncoderFolder(named: name, relativeTo: cache.url, cache: cache.url)
        }
        let own = try folder(encoder.url.path)
        #expect(own.root.path == encoder.url.path && own.lastingName == encoder.url.path)
        #expect(
            errorText { try folder("all-MiniLM-L6-v2") }.contains(
                "`bakeoff run` gets it, or `bakeoff fetch all-MiniLM-L6-v2`"))
        let recipe = try RecipeBook().recipe(named: "all-MiniLM-L6-v2")
        for file in recipe.files {
            let place = recipe.folder(cache: cache.url).appendingPathComponent(file.path)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data("other".utf8).write(to: place)
        }
        let error = errorText { try folder("all-MiniLM-L6-v2") }
        #expect(
            error.hasPrefix("'all-MiniLM-L6-v2': the files in")
                && error.contains("are not those of the recipe"))
        #expect(error.contains("delete them and get them again with `bakeoff fetch all-MiniLM-L6-v2`"))
    }
}
