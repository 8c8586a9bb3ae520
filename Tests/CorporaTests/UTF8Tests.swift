import DeterministicWork
import Tables
import Testing

@Suite struct UTF8Tests {
    private func complaint(_ bytes: [UInt8], pieceSize: Int) -> TableError? {
        do throws(TableError) {
            _ = try rows(bytes, .lines, pieceSize: pieceSize)
            return nil
        } catch {
            return error
        }
    }

    /// Ill-formed sequences after one line and two bytes, with the offset of the sequence.
    @Test(
        arguments: [
            [0xFF], [0x80], [0xC0, 0xAF], [0xC1, 0x81], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
            [0xC3, 0x0A], [0xE2, 0x82, 0x41],
        ] as [[UInt8]])
    func illFormedSequences(sequence: [UInt8]) {
        let bytes = Array("a\nbc".utf8) + sequence
        for pieceSize in [1, 2, 3, 4, 5, 100] {
            #expect(
                complaint(bytes, pieceSize: pieceSize)
                    == .invalidUTF8(DataPlace(file: "data", line: 2), byteOffset: 4))
        }
    }

    /// Random bytes near the borders of what is well-formed: accepted exactly when Swift accepts them.
    @Test func agreesWithTheStandardLibrary() {
        var random = RandomStream(seed: 8)
        let alphabet: [UInt8] = [
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0,
            0xF4, 0xF5,
        ]
        var accepted = 0
        for _ in 0..<20000 {
            let bytes = (0..<1 + random.next(below: 4)).map { _ in
                alphabet[random.next(below: alphabet.count)]
            }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect((complaint(bytes, pieceSize: 1 + random.next(below: 4)) == nil) == isValid)
            accepted += isValid ? 1 : 0
        }
        #expect(accepted > 500)
    }

    @Test func longTextsOfAllLengthsAreKept() throws {
        for length in 0..<40 {
            let text =
                "x" + String(repeating: "a", count: length) + "é😀€" + String(repeating: "b", count: length)
            for pieceSize in [1, 8, 9, 16, 17] {
                #expect(try rows(Array(text.utf8), .lines, pieceSize: pieceSize).map(\.fields) == [[text]])
            }
        }
    }
}
