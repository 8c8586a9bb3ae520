import Tables

/// The text without spaces and tabs around it.
func trimmed(_ text: String) -> String {
    func isSpace(_ byte: UInt8?) -> Bool { byte == ASCII.space || byte == ASCII.tab }
    guard isSpace(text.utf8.first) || isSpace(text.utf8.last) else { return text }
    let start = text.utf8.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return "" }
    return String(decoding: start[...last], as: UTF8.self)
}

/// Whether Unicode calls a scalar white space; its table is looked up only outside ASCII.
func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20, 0x09...0x0D: true
    case 0..<0x80: false
    default: scalar.properties.isWhitespace
    }
}
