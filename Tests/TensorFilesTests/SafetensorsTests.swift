import DeterministicWork
import Foundation
import TensorFiles
import Testing

@Suite struct SafetensorsTests {
    private let example = Safetensors(
        tensors: [
            "w": .init(
                shape: [2, 3], values: .float64([1, -2.5, .infinity, .leastNonzeroMagnitude, 0, -0.0])),
            "b/é": .init(shape: [3], values: .float32([1, 2, -3])),
            "none": .init(shape: [0, 7], values: .float64([])),
            "scalar": .init(shape: [], values: .float64([42])),
        ],
        metadata: ["format": "pt", "quote": "\"\n"])

    /// A file with this header and so many zero bytes of values.
    private func file(_ header: String, values: Int) -> [UInt8] {
        let length = UInt64(header.utf8.count)
        return (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + Array(header.utf8)
            + Array(repeating: 0, count: values)
    }

    @Test func roundTrip() throws {
        let bytes = try example.encoded()
        #expect(try Safetensors(bytes) == example)
        #expect(bytes[0].isMultiple(of: 8))
        #expect(try Safetensors(tensors: [:]).encoded() == file("{}      ", values: 0))
    }

    @Test func readsTheBytesOfTheSpecification() throws {
        let header = #"{"x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}"#
        let bytes = file(header, values: 0) + [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]
        #expect(try Safetensors(bytes).tensors == ["x": .init(shape: [2], values: .float32([1, -2]))])
    }

    @Test func everyTruncationIsAnError() throws {
        let bytes = try example.encoded()
        for count in 0..<bytes.count {
            #expect(throws: SafetensorsError.self) { try Safetensors(Array(bytes[..<count])) }
        }
        #expect(throws: SafetensorsError.trailingBytes(count: 1)) { try Safetensors(bytes + [0]) }
    }

    @Test(arguments: [
        "", "[]", "{", "{\"x\":1}", "{\"__metadata__\":{\"a\":1}}",
        #"{"x":{"dtype":"F64","shape":[2]}}"#,
        #"{"x":{"dtype":"F64","shape":[1.5],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"BF16","shape":[4],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[2],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[-1],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[-1,-1],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[4611686018427387904,4],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[8,0]}}"#,
        #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[-8,0]}}"#,
        #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0]}}"#,
        #"{"x":{"dtype":"F64","shape":[2],"data_offsets":[0,16]}}"#,
        #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"y":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
        #"{"x":{"dtype":"F64","dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[01,18446744073709551616],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8],"more":1}}"#,
        #"{"x":{"dtype":"Q4","shape":[1],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"y":{"dtype":"F16","shape":[1],"data_offsets":[6,8]}}"#,
        #"{"\ud800":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}} {}"#,
        #" {"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#,
        #"{"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},}"#,
        #"{"__metadata__":{"a":"1","a":"2"},"x":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#,
        String(repeating: "{\"x\":", count: 4000),
    ]) func malformedHeaders(header: String) {
        #expect(throws: SafetensorsError.self) { try Safetensors(file(header, values: 8)) }
    }

    @Test func wordsWhatIsWrong() throws {
        let twice = #"{"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"x":{}}"#
        #expect(throws: SafetensorsError.duplicateName("x")) { try Safetensors(file(twice, values: 0)) }
        let gap = #"{"x":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#
        let error = try #require(throws: SafetensorsError.self) { try Safetensors(file(gap, values: 8)) }
        #expect(
            "\(error)"
                == "tensor 'x' has data_offsets [4, 8], expected to start at 0, where the one before ends")
    }

    @Test func escapesAndSpaceInTheHeader() throws {
        let header =
            "{ \"a\\u00e9\\ud83d\\ude00\\n\" : {\t\"shape\":[ ],\"data_offsets\": [0 , 4],\n\"dtype\":\"F32\"} } "
        #expect(try Safetensors(file(header, values: 4)).tensors.keys.first == "aé😀\n")
    }

    /// Mutations of an honest file are read or refused, never a crash; a longer run of the same was made outside.
    @Test func mutatedFilesAreReadOrRefused() throws {
        var random = RandomStream(seed: 20_260_101)
        let original = try example.encoded()
        var refused = 0
        let rounds = 5_000
        for _ in 0..<rounds {
            var bytes = original
            for _ in 0...random.next(below: 3) {
                let place = random.next(below: min(bytes.count, 8 + Int(original[0]) + 300))
                switch random.next(below: 4) {
                case 0: bytes[place] = UInt8(random.next(below: 256))
                case 1: bytes.remove(at: place)
                case 2: bytes.insert(UInt8(random.next(below: 128)), at: place)
                default: bytes[place] ^= 1 << UInt8(random.next(below: 8))
                }
            }
            do throws(SafetensorsError) { _ = try Safetensors(bytes) } catch { refused += 1 }
        }
        #expect(refused > rounds / 2 && refused < rounds)
    }

    @Test func anAbsurdLengthIsAnError() {
        #expect(throws: SafetensorsError.headerTooLong(.max)) {
            try Safetensors(Array(repeating: 0xFF, count: 16))
        }
    }

    /// What Git leaves of a large file that it was not told to get.
    @Test func textInsteadOfWeightsIsSaidToBeText() {
        let error = #expect(throws: SafetensorsError.self) {
            try Safetensors(
                Array("version https://git-lfs.github.com/spec/v1\noid sha256:aa\nsize 90\n".utf8))
        }
        #expect(
            error?.description.hasPrefix("is no safetensors file: it begins with the text 'version '; if")
                == true)
        #expect(
            SafetensorsError.headerTooLong(.max).description
                == "announces a header of 18446744073709551615 bytes, more than the format's limit of 100000000"
        )
    }

    @Test func askingForWhatIsNotThere() throws {
        #expect(try example.doubles("scalar", shape: []) == [42])
        #expect(throws: SafetensorsError.missingTensor("v", expected: [])) {
            try example.doubles("v", shape: [])
        }
        #expect(throws: SafetensorsError.unexpectedShape(tensor: "w", found: [2, 3], expected: [3, 2])) {
            try example.doubles("w", shape: [3, 2])
        }
    }
}
