/// The fields as one line of CSV (RFC 4180), ended by a line feed.
///
/// A field is quoted where it holds a comma, a quote or a line ending, and its quotes are doubled; so is a lone
/// empty field, because a blank line is no row.
public func csvLine(_ fields: [String]) -> String {
    if fields == [""] { return "\"\"\n" }
    return fields.map(csvField).joined(separator: ",") + "\n"
}

private func csvField(_ text: String) -> String {
    // By bytes, because CR LF is a single `Character`.
    let needsQuotes = text.utf8.contains { byte in
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }
    if !needsQuotes { return text }
    var quoted: [UInt8] = [UInt8(ascii: "\"")]
    for byte in text.utf8 {
        if byte == UInt8(ascii: "\"") { quoted.append(byte) }
        quoted.append(byte)
    }
    quoted.append(UInt8(ascii: "\""))
    return String(decoding: quoted, as: UTF8.self)
}
