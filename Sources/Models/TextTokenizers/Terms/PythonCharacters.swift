/// What Python's `str` and `re` say about characters, after the Unicode tables of Swift's standard library.
///
/// Both follow the Unicode standard, so they differ in characters that the older version does not know yet. Between
/// Python 3.11 (Unicode 14) and Swift 6.3 these are the 14,049 letters and digits and the 55 capitals added since,
/// such as U+1C89, the Kawi script (U+11F02...) and CJK extensions H to J; no character that both know differs.
enum PythonCharacters {
    /// Whether `\w` matches: `str.isalnum()` or an underscore. Marks that combine are no word characters.
    static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: scalar == "_" || scalar.properties.numericType != nil
        }
    }

    /// Whether `\s` matches: `str.isspace()`.
    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20, 0x09...0x0D, 0x1C...0x1F, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F,
            0x205F, 0x3000:
            true
        default: false
        }
    }

    /// `str.lower()` of scalars: full mappings (İ becomes two), and Σ at the end of a word becomes ς.
    static func lowercased(_ text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        var out: [Unicode.Scalar] = []
        out.reserveCapacity(text.count)
        for (i, scalar) in text.enumerated() {
            if scalar.isASCII {
                let isCapital = scalar.value &- 0x41 < 26
                out.append(isCapital ? Unicode.Scalar(UInt8(scalar.value | 0x20)) : scalar)
            } else if scalar == "Σ" {
                out.append(isFinalSigma(text, at: i) ? "ς" : "σ")
            } else {
                out += scalar.properties.lowercaseMapping.unicodeScalars
            }
        }
        return out
    }

    /// Whether a cased letter stands before and none after, marks and the like passed over
    /// (the Unicode standard's Final_Sigma).
    private static func isFinalSigma(_ text: [Unicode.Scalar], at index: Int) -> Bool {
        let before = text[..<index].last { !$0.properties.isCaseIgnorable }
        let after = text[(index + 1)...].first { !$0.properties.isCaseIgnorable }
        return before?.properties.isCased == true && after?.properties.isCased != true
    }
}
