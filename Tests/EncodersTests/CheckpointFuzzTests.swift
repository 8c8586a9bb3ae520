import DeterministicWork
import Encoders
import Foundation
import LinearAlgebra
import TensorFiles
import Testing

/// Whatever the files of a checkpoint hold, there is an encoder or a typed error: no crash, no hang, no byte read that
/// is not the file's.
///
/// `BAKEOFF_FUZZ=100` makes a hundred times as many inputs. A debug build checks the bounds of unsafe buffers too, and
/// with `--sanitize=address` all the rest.
@Suite struct CheckpointFuzzTests {
    private let folder = CheckpointFuzzTests.scratch.appendingPathComponent(UUID().uuidString)
    /// In memory where the system has such a folder: disks take milliseconds for each file.
    private static let scratch =
        FileManager.default.isWritableFile(atPath: "/dev/shm")
        ? URL(fileURLWithPath: "/dev/shm") : FileManager.default.temporaryDirectory
    private static let scale = Int(ProcessInfo.processInfo.environment["BAKEOFF_FUZZ"] ?? "") ?? 1

    init() throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    // MARK: Mutation

    private static let pieces =
        "{ } [ ] \" , : \\u 0 -1 1e9 1E-400 9223372036854775807 18446744073709551616 0.5 true null \\ud800 F32 F16 F64 BF16 I64"
        .split(separator: " ").map { Array($0.utf8) } + [[0], [0x80], [0xFF], [0x0A]]

    /// - Parameter end: Places before it are changed; all if nil.
    private static func mutate(_ bytes: inout [UInt8], before end: Int? = nil, _ random: inout RandomStream) {
        for _ in 0...random.next(below: 3) {
            let limit = min(end ?? bytes.count, bytes.count)
            let place = random.next(below: limit + 1)
            switch random.next(below: 7) {
            case 0: bytes.insert(contentsOf: pieces[random.next(below: pieces.count)], at: place)
            case 1 where place < bytes.count: bytes[place] = UInt8(random.next(below: 256))
            case 2 where place < bytes.count: bytes[place] ^= 1 << UInt8(random.next(below: 8))
            case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.next(below: 20)))
            case 4:
                let part = bytes[place..<min(bytes.count, place + 1 + random.next(below: 40))]
                bytes.insert(contentsOf: part, at: random.next(below: limit + 1))
            case 5:
                // A number that another takes the place of.
                guard let digit = bytes[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else {
                    break
                }
                bytes[digit] = 0x30 + UInt8(random.next(below: 10))
            default:
                if random.next(below: 8) == 0 { bytes.removeSubrange(place...) }
            }
        }
    }

    /// Runs `body` on so many inputs; none may take seconds.
    private func forEachInput(
        _ count: Int, seed: UInt64, _ body: (inout RandomStream) throws -> Void
    ) throws {
        for input in 0..<count * Self.scale {
            var random = RandomStream(seed: seed, stream: UInt64(input))
            let start = ContinuousClock.now
            try body(&random)
            if start.duration(to: .now) > .seconds(5) { Issue.record("input \(input) took too long") }
        }
    }

    // MARK: Seeds

    /// Files of every type that a header may name.
    private static func safetensors() throws -> [[UInt8]] {
        let plain = Safetensors(
            tensors: [
                "w": .init(shape: [2, 3], values: .float32([1, -2.5, 3, 0, 0, 1])),
                "b": .init(shape: [1], values: .float64([2])),
                "none": .init(shape: [0, 7], values: .float32([])),
            ], metadata: ["format": "pt"])
        let header = """
            {"h":{"dtype":"F16","shape":[3],"data_offsets":[0,6]},"k":{"dtype":"BF16","shape":[2,1],"data_offsets":[6,10]},\
            "i":{"dtype":"I64","shape":[1],"data_offsets":[10,18]},"j":{"dtype":"I32","shape":[],"data_offsets":[18,22]}}
            """
        let length = UInt64(header.utf8.count)
        let typed =
            (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
            + [UInt8](repeating: 7, count: 22)
        return [try plain.encoded(), typed]
    }

    // MARK: Tests

    @Test func mutatedSafetensors() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let seeds = try Self.safetensors()
        let file = folder.appendingPathComponent("model.safetensors")
        var outcomes = (read: 0, refused: 0)
        try forEachInput(4000, seed: 1) { random in
            let seed = seeds[random.next(below: seeds.count)]
            var bytes = seed
            let headerEnd = 8 + Int(bytes[0]) + Int(bytes[1]) << 8
            Self.mutate(&bytes, before: random.next(below: 4) == 0 ? nil : headerEnd, &random)
            if random.next(below: 2) == 0 {
                // The length of the header as it is now, so that more than the length is looked at.
                let length = UInt64(max(0, bytes.count - (seed.count - headerEnd)))
                for i in 0..<min(8, bytes.count) { bytes[i] = UInt8(truncatingIfNeeded: length >> (8 * i)) }
            }
            try Data(bytes).write(to: file)
            do throws(SafetensorsError) {
                let opened = try SafetensorsFile(file)
                for name in opened.names { try readEverything(of: name, in: opened) }
                outcomes.read += 1
            } catch {
                if error.description.isEmpty { Issue.record("an error without words") }
                outcomes.refused += 1
            }
            do throws(SafetensorsError) { _ = try Safetensors(bytes) } catch {}
        }
        #expect(outcomes.read > 20 && outcomes.refused > 1000)
    }

    private func readEverything(of name: String, in file: SafetensorsFile) throws(SafetensorsError) {
        guard let shape = file.shape(of: name), let type = file.type(of: name) else { return }
        switch type {
        case .float32, .float16, .bfloat16:
            let buffer = FloatBuffer(count: shape.reduce(1, *))
            try file.copyFloats(name, shape: shape, into: buffer.values)
            let floats = try file.floats(name, shape: shape)
            withExtendedLifetime(buffer) {
                let isSame = zip(buffer.values, floats).allSatisfy { $0.bitPattern == $1.bitPattern }
                if !isSame { Issue.record("\(name) is read in two ways") }
            }
        case .float64: _ = try file.doubles(name, shape: shape)
        case .int64, .int32: _ = try file.integers(name, shape: shape)
        default: #expect(throws: SafetensorsError.self) { try file.floats(name, shape: shape) }
        }
    }

    @Test func mutatedConfigurations() throws {
        let seeds = try Golden.names.map {
            try [UInt8](Data(contentsOf: Golden.folder($0).appendingPathComponent("config.json")))
        }
        var outcomes = (read: 0, refused: 0)
        try forEachInput(4000, seed: 2) { random in
            var bytes = seeds[random.next(below: seeds.count)]
            Self.mutate(&bytes, &random)
            do throws(EncoderError) {
                _ = try EncoderConfiguration(json: Data(bytes))
                outcomes.read += 1
            } catch {
                if error.description.isEmpty { Issue.record("an error without words") }
                outcomes.refused += 1
            }
        }
        #expect(outcomes.read > 20 && outcomes.refused > 1000)
    }

    /// Whole folders: one file of a checkpoint is damaged, and what loads encodes.
    @Test(arguments: ["bert-gelu", "bert-relu-f16", "distilbert", "deberta-v3", "deberta-v2"])
    func mutatedFolders(name: String) throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let golden = Golden.folder(name)
        let names = try FileManager.default.contentsOfDirectory(atPath: golden.path)
            .filter { !$0.hasPrefix("expected") }.sorted()
        var files: [String: [UInt8]] = [:]
        for name in names {
            files[name] = try [UInt8](Data(contentsOf: golden.appendingPathComponent(name)))
            try Data(files[name] ?? []).write(to: folder.appendingPathComponent(name))
        }
        var outcomes = (read: 0, refused: 0)
        try forEachInput(150, seed: 3) { random in
            let name = names[random.next(below: names.count)]
            let file = folder.appendingPathComponent(name)
            var bytes = files[name] ?? []
            let headerEnd = name.hasSuffix(".safetensors") ? 8 + Int(bytes[0]) + Int(bytes[1]) << 8 : nil
            Self.mutate(&bytes, before: random.next(below: 3) == 0 ? nil : headerEnd, &random)
            try Data(bytes).write(to: file)
            defer { try? Data(files[name] ?? []).write(to: file) }
            do throws(EncoderError) {
                let encoder = try TokenEncoder(folder: folder)
                let batch = try PackedBatch(ids: [1, 2, 3, 0, 4], offsets: [0, 2, 5])
                do throws(EncoderError) {
                    let vectors = try encoder.embed(batch, pooling: .mean)
                    #expect(vectors.count == 2 * encoder.configuration.hidden)
                } catch {}
                outcomes.read += 1
            } catch {
                if error.description.isEmpty { Issue.record("an error without words") }
                outcomes.refused += 1
            }
        }
        #expect(outcomes.read > 5 && outcomes.refused > 5)
    }
}
