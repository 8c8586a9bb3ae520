/// A text as a terminal may show it: what would move the cursor, change colours or turn the direction of reading stands as
/// an escape such as `\u{1B}`, so that no text of a file can pass for something that the program says.
///
/// - Parameter lines: Whether line feeds and tabs stay as they are.
public func visibleText(_ text: String, keepingLines lines: Bool = false) -> String {
    let needsNone = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    if needsNone { return text }
    var shown = ""
    for scalar in text.unicodeScalars {
        switch scalar {
        case "\n": shown += lines ? "\n" : "\\n"
        case "\t": shown += lines ? "\t" : "\\t"
        case "\r": shown += "\\r"
        case "\0"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}"..."\u{202E}", "\u{2066}"..."\u{2069}":
            shown += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
        default: shown.unicodeScalars.append(scalar)
        }
    }
    return shown
}
