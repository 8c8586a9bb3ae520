import Foundation
import SettingKeys

/// YAML that a program writes and a person reads: values in the plainest quotes that keep them, comments of limited width.
package enum DraftText {
    /// A value as YAML spells it.
    package static func value(_ text: String) -> String {
        let isPlain =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || [UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/")].contains(
                        byte)
            }
        let first = text.utf8.first ?? 0
        let isLetter = (0x41...0x5A).contains(first) || (0x61...0x7A).contains(first)
        // Words that YAML reads as something else than text; numbers are kept by quotes too.
        let special: Set = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        if isPlain, isLetter, !special.contains(text.lowercased()) { return text }
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            case "\r": quoted += "\\r"
            case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}",
                "\u{FFFF}":
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    package static func list(_ texts: [String]) -> String {
        "[" + texts.map(value).joined(separator: ", ") + "]"
    }

    /// A comment of lines of at most 100 characters.
    package static func comment(_ text: String, indent: String = "") -> String {
        var lines: [String] = []
        var line = indent + "#"
        for word in visibleText(text).split(separator: " ") {
            if line.count + 1 + word.count > 100, line.count > indent.count + 1 {
                lines.append(line)
                line = indent + "#"
            }
            line += " " + word
        }
        return (lines + [line]).joined(separator: "\n") + "\n"
    }
}
