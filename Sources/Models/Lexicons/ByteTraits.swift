/// What one byte of UTF-8, or the bytes of a word together, can be to VADER's rules.
struct ByteTraits: OptionSet {
    let rawValue: UInt8

    /// White space.
    static let space = ByteTraits(rawValue: 1)
    /// A to Z.
    static let upper = ByteTraits(rawValue: 2)
    /// a to z.
    static let lower = ByteTraits(rawValue: 4)
    /// ASCII punctuation, apostrophes and marks of emphasis included.
    static let punctuation = ByteTraits(rawValue: 8)
    static let apostrophe = ByteTraits(rawValue: 16)
    /// An exclamation or question mark.
    static let emphasis = ByteTraits(rawValue: 32)
    /// Part of a character that is not ASCII.
    static let wide = ByteTraits(rawValue: 64)

    /// The traits of each byte. Shape: [256].
    static let ofBytes: [ByteTraits] = (UInt8.min...UInt8.max).map { byte in
        var traits = ByteTraits()
        if PythonText.isSpace(byte) { traits.insert(.space) }
        if PythonText.isUpper(byte) { traits.insert(.upper) }
        if PythonText.isLower(byte) { traits.insert(.lower) }
        if PythonText.isPunctuation(byte) { traits.insert(.punctuation) }
        if byte == UInt8(ascii: "'") { traits.insert(.apostrophe) }
        if byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?") { traits.insert(.emphasis) }
        if byte >= 0x80 { traits.insert(.wide) }
        return traits
    }
}
