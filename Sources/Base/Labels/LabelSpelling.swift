/// The one rule by which spellings are labels, for every reader of labels: datasets, their official parts, files of
/// labels, `names`, and predictions made anywhere.
///
/// A label is a value, not a spelling. Space around it does not count. **The same label** are
///
/// - a whole number with and without `.0`, as Python and pandas write it once a cell of its column was missing: `1`
///   and `1.0`, `-0` and `0`;
/// - a truth value in any of Python's, JSON's and spreadsheets' spellings: `True`, `true`, `TRUE`;
/// - texts that Unicode calls canonically equivalent.
///
/// **Perhaps the same** are other spellings of one number: `01` and `1` (a code, or a number with a leading zero),
/// `0.50` and `0.5`, `1e3` and `1000`, `+1` and `1`; and truth values beside 0 and 1. Alone, each keeps its spelling,
/// so that `01` stays the code it may be. Where two of them meet in one column, nothing can decide whether they are one
/// label, and that is an error that names both. `names` decides it.
///
/// Anything else is told apart, as scikit-learn and pandas do, case included; labels that differ in case, spacing or
/// hyphens alone are worth a notice.
public enum LabelSpelling {
    /// The text without white space around it, no-break spaces, byte order marks and zero-width spaces included.
    public static func trimmed(_ text: String) -> String {
        // Nearly all labels begin and end with plain ASCII.
        if let first = text.utf8.first, let last = text.utf8.last, 0x21...0x7E ~= first, 0x21...0x7E ~= last {
            return text
        }
        let scalars = text.unicodeScalars
        guard let start = scalars.firstIndex(where: { !isSpace($0) }),
            let end = scalars.lastIndex(where: { !isSpace($0) })
        else { return "" }
        return String(scalars[start...end])
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "\u{FEFF}" || scalar == "\u{200B}"
    }

    /// The spelling that stands for all spellings of the same label.
    public static func canonical(_ spelling: String) -> String {
        let text = trimmed(spelling)
        if let truth = truthValue(text) { return truth ? "true" : "false" }
        let bytes = Array(text.utf8)
        let sign = bytes.first == UInt8(ascii: "-") ? 1 : 0
        let digits = bytes[sign...].prefix { isDigit($0) }
        guard let first = digits.first, first != UInt8(ascii: "0") || digits.count == 1 else { return text }
        let rest = bytes[(sign + digits.count)...]
        guard rest.isEmpty || rest.elementsEqual(".0".utf8) else { return text }
        let isZero = digits.count == 1 && first == UInt8(ascii: "0")
        return (sign == 1 && !isZero ? "-" : "") + String(decoding: digits, as: UTF8.self)
    }

    /// Equal for spellings that are perhaps the same label; nil for what is neither a number nor a truth value.
    public static func numericValue(_ spelling: String) -> String? {
        let text = trimmed(spelling)
        if let truth = truthValue(text) { return truth ? "1" : "0" }
        return decimalValue(text)
    }

    /// Whether a spelling is a truth value, and which.
    public static func truthValue(_ text: String) -> Bool? {
        switch text {
        case "true", "True", "TRUE": true
        case "false", "False", "FALSE": false
        default: nil
        }
    }

    /// Equal for texts that differ in case, white space, hyphens and underscores alone.
    static func folded(_ text: String) -> String {
        if numericValue(text) != nil { return text }
        var folded = ""
        var needsSpace = false
        for character in text.lowercased() {
            if character.isWhitespace || !folded.isEmpty && (character == "-" || character == "_") {
                needsSpace = !folded.isEmpty
            } else {
                if needsSpace { folded.append(" ") }
                needsSpace = false
                folded.append(character)
            }
        }
        return folded
    }

    /// Labels in the order of scikit-learn's `LabelEncoder`: by number if all are numbers, by code point otherwise. The
    /// second of two is the positive one.
    public static func sorted(_ labels: [String]) -> [String] {
        // UTF-8 sorts as code points do; `String` itself sorts by normal form.
        let byCodePoint = labels.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let numbers = byCodePoint.compactMap(decimalNumber)
        guard numbers.count == labels.count else { return byCodePoint }
        return zip(numbers, byCodePoint).enumerated().sorted {
            ($0.element.0, $0.offset) < ($1.element.0, $1.offset)
        }.map(\.element.1)
    }

    /// What other programs write for a value that is not there.
    private static let missingWords: Set<String> = [
        "nan", "NaN", "NAN", "null", "NULL", "Null", "<NA>", "NA", "N/A", "n/a", "#N/A", "None", "NaT",
    ]

    /// Whether other programs write the value for one that is not there: such words, and numbers below 0 in place of a
    /// class.
    public static func soundsMissing(_ value: String) -> Bool {
        missingWords.contains(value) || decimalNumber(value).map { $0 < 0 } ?? false
    }

    static func isMissingWord(_ value: String) -> Bool { missingWords.contains(value) }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    /// A decimal number's value to the last digit, as its significant digits and the power of ten that they are of.
    private static func decimalValue(_ text: String) -> String? {
        guard decimalNumber(text) != nil else { return nil }
        let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
        guard parts.count <= 2, var exponent = parts.count == 2 ? Int(parts[1]) : 0, abs(exponent) < 1000
        else { return nil }
        let halves = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = halves.count == 2 ? halves[1] : ""
        exponent -= fraction.utf8.count
        var digits = (halves[0] + fraction).utf8.filter { isDigit($0) }
        digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
        while digits.last == UInt8(ascii: "0") {
            digits.removeLast()
            exponent += 1
        }
        if digits.isEmpty { return "0" }
        let sign = text.hasPrefix("-") ? "-" : ""
        return sign + String(decoding: digits, as: UTF8.self) + (exponent == 0 ? "" : "e\(exponent)")
    }
}

/// The finite decimal number that a text spells, if it does.
public func decimalNumber(_ text: String) -> Double? {
    // `Double` also reads hexadecimal numbers, infinities and nan.
    let isDecimal = text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }
    guard isDecimal, let number = Double(text), number.isFinite else { return nil }
    return number
}
