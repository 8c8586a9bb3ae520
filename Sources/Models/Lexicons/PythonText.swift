/// Python's view of white space, punctuation and case, which decides what VADER takes for a token, a match or a shout.
enum PythonText {
    // MARK: ASCII

    /// White space of `str.split` below U+0080; the information separators U+001C...U+001F belong to it.
    static func isSpace(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x20, 0x09...0x0D, 0x1C...0x1F: true
        default: false
        }
    }

    /// `string.punctuation`.
    static func isPunctuation(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }

    static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }
    static func isLower(_ byte: UInt8) -> Bool { byte &- 0x61 < 26 }

    /// A to Z in lower case, other bytes as they are.
    static func lowercased(_ byte: UInt8) -> UInt8 { isUpper(byte) ? byte | 0x20 : byte }

    // MARK: Unicode

    /// White space of `str.split` from U+0080. The zero-width space is none.
    static func isWideSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
        default: false
        }
    }

    /// `str.isupper`: at least one capital, and neither a small nor a title-case letter.
    static func isUpper(_ text: String) -> Bool {
        var hasUpper = false
        for scalar in text.unicodeScalars {
            let properties = scalar.properties
            if properties.isLowercase || properties.generalCategory == .titlecaseLetter { return false }
            if properties.isUppercase { hasUpper = true }
        }
        return hasUpper
    }

    /// `str.lower`: each code point's lower case, and a capital sigma at the end of a word becomes ς.
    static func lowercased(_ text: String) -> String {
        let scalars = Array(text.unicodeScalars)
        var out = ""
        for (index, scalar) in scalars.enumerated() {
            if scalar == "Σ" {
                let before = scalars[..<index].last { !$0.properties.isCaseIgnorable }
                let after = scalars[(index + 1)...].first { !$0.properties.isCaseIgnorable }
                let endsWord = before?.properties.isCased == true && after?.properties.isCased != true
                out += endsWord ? "ς" : "σ"
            } else {
                out += scalar.properties.lowercaseMapping
            }
        }
        return out
    }
}
