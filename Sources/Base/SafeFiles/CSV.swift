/// The fields as one line of CSV (RFC 4180), ended by a line feed.
///
/// A field is quoted where it holds a comma, a quote or a line ending, and its quotes are doubled; so is a lone
/// empty field, because a blank line is no row.
public func csvLine(_ fields: [String]) -> String {
    var bytes: [UInt8] = []
    appendCSVLine(fields, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
}

/// Appends the line that `csvLine` makes, as UTF-8.
public func appendCSVLine(_ fields: [String], to bytes: inout [UInt8]) {
    for (index, field) in fields.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        appendCSVField(field, to: &bytes)
    }
    if fields == [""] { bytes += [UInt8(ascii: "\""), UInt8(ascii: "\"")] }
    bytes.append(UInt8(ascii: "\n"))
}

/// Appends a field of such a line.
public func appendCSVField(_ text: String, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: text.utf8)
    let needsQuotes = bytes[start...].contains { byte in
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
            || byte == UInt8(ascii: "\r")
    }
    if !needsQuotes { return }
    let field = Array(bytes[start...])
    bytes.removeLast(field.count)
    bytes.append(UInt8(ascii: "\""))
    for byte in field {
        if byte == UInt8(ascii: "\"") { bytes.append(byte) }
        bytes.append(byte)
    }
    bytes.append(UInt8(ascii: "\""))
}

/// The fields as one line of CSV for people to open in a spreadsheet: no field is taken for a formula there.
///
/// An apostrophe is put before a field that begins with a sign of one (`=`, `+`, `-`, `@`, their full-width forms, a tab or
/// a line end, also after white space) and is no number. Files that programs read back are written with `csvLine`, which
/// changes nothing.
public func spreadsheetLine(_ fields: [String]) -> String {
    csvLine(fields.map(spreadsheetField))
}

/// A field of such a line.
public func spreadsheetField(_ text: String) -> String {
    let first = text.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" }
    guard let first, formulaSigns.contains(first) else { return text }
    return text.wholeMatch(of: /[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?/) == nil ? "'\(text)" : text
}

private let formulaSigns = Set("=+-@\t\r\n＝＋－＠".unicodeScalars)
