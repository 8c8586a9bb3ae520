/// A printable letter for every byte, as GPT-2 has them: those of Latin-1 that can be seen stand for themselves, the
/// others for U+0100 and on.
package enum ByteLetters {
    /// Shape: [256].
    package static let letters: [UInt32] = {
        var next: UInt32 = 0x100
        return (UInt32(0)..<256).map { byte in
            switch byte {
            case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: return byte
            default:
                defer { next += 1 }
                return next
            }
        }
    }()

    @inline(__always)
    static func append(_ byte: UInt8, to out: inout [UInt8]) {
        if byte > 0x20 && byte < 0x7F { return out.append(byte) }
        UTF8Bytes.append(letters[Int(byte)], to: &out)
    }
}
