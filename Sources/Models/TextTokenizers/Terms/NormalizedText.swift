import Foundation

/// A text in UTF-8, lower-cased and without accents where that is wanted.
enum NormalizedText {
    static func bytes(of text: String, _ options: AnalyzerOptions) -> [UInt8] {
        var bytes = Array(text.utf8)
        if bytes.allSatisfy({ $0 < 0x80 }) {
            if options.lowercase { lowercaseASCII(&bytes) }
            return bytes
        }
        var scalars = Array(text.unicodeScalars)
        if options.lowercase { scalars = PythonCharacters.lowercased(scalars) }
        if options.stripAccents != .none { scalars = stripped(scalars, options.stripAccents) }
        bytes.removeAll(keepingCapacity: true)
        for scalar in scalars {
            if scalar.isASCII {
                bytes.append(UInt8(truncatingIfNeeded: scalar.value))
            } else {
                bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        return bytes
    }

    private static func lowercaseASCII(_ bytes: inout [UInt8]) {
        for i in bytes.indices where bytes[i] &- UInt8(ascii: "A") < 26 { bytes[i] |= 0x20 }
    }

    /// scikit-learn's `strip_accents_unicode` and `strip_accents_ascii`.
    private static func stripped(
        _ scalars: [Unicode.Scalar], _ accents: AnalyzerOptions.StripAccents
    ) -> [Unicode.Scalar] {
        if scalars.allSatisfy(\.isASCII) { return scalars }
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars)
        return text.decomposedStringWithCompatibilityMapping.unicodeScalars.filter { scalar in
            scalar.isASCII
                || accents == .unicode && scalar.properties.canonicalCombiningClass == .notReordered
        }
    }
}
