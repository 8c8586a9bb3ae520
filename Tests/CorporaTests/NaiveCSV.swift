/// RFC 4180 over a whole file in memory, one byte at a time: the twin that the streaming reader must agree with.
struct NaiveCSV {
    struct Row: Equatable {
        var line: Int
        var fields: [String]
    }

    /// Nil where a quote is never closed.
    static func rows(_ bytes: [UInt8], delimiter: UInt8) -> [Row]? {
        var rows: [Row] = []
        var i = 0
        func isLineEnd(_ i: Int) -> Bool { bytes[i] == 10 || bytes[i] == 13 }
        func afterLineEnd(_ i: Int) -> Int {
            bytes[i] == 13 && i + 1 < bytes.count && bytes[i + 1] == 10 ? i + 2 : i + 1
        }
        func line(at end: Int) -> Int {
            var line = 1
            var i = 0
            while i < end {
                if isLineEnd(i) { line += 1 }
                i = isLineEnd(i) ? afterLineEnd(i) : i + 1
            }
            return line
        }

        while i < bytes.count {
            if isLineEnd(i) {
                i = afterLineEnd(i)
                continue
            }
            var row = Row(line: line(at: i), fields: [])
            while true {
                var field: [UInt8] = []
                if i < bytes.count, bytes[i] == UInt8(ascii: "\"") {
                    i += 1
                    while true {
                        if i == bytes.count { return nil }
                        if bytes[i] != UInt8(ascii: "\"") {
                            field.append(bytes[i])
                            i += 1
                        } else if i + 1 < bytes.count, bytes[i + 1] == UInt8(ascii: "\"") {
                            field.append(bytes[i])
                            i += 2
                        } else {
                            i += 1
                            break
                        }
                    }
                }
                while i < bytes.count, bytes[i] != delimiter, !isLineEnd(i) {
                    field.append(bytes[i])
                    i += 1
                }
                row.fields.append(String(decoding: field, as: UTF8.self))
                if i == bytes.count || isLineEnd(i) { break }
                i += 1
            }
            rows.append(row)
            if i < bytes.count { i = afterLineEnd(i) }
        }
        return rows
    }
}
