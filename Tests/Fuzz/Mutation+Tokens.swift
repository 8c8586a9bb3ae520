/// Changes to what a text file means: values, keys, lists and cells, between the brackets and separators of JSON, YAML
/// and tables.
extension Mutation {
    /// Values of each type, to stand where another type is expected.
    private static let values = [
        "null", "true", "false", "[]", "{}", "\"\"", "\"x\"", "[1, 2]", "{\"a\": 1}", "[[[]]]", "~", "'a'",
        "1.5", "-3",
    ]
    private static let separators = Set(",:[]{}\n\t;|".utf8)
    /// Bytes that are not UTF-8: a byte of no sequence, an overlong one, a surrogate, one that is cut.
    private static let invalid: [[UInt8]] = [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF5, 0x80],
    ]

    mutating func changeToken(_ bytes: inout [UInt8]) {
        let tokens = tokens(in: bytes, from: pick(4) == 0 ? pick(bytes.count + 1) : 0)
        guard !tokens.isEmpty else { return change(&bytes) }
        let token = pick(from: tokens)
        switch pick(16) {
        case 0, 1, 2:
            // Where a number is, so that it is read as one.
            let digits = tokens.filter {
                (0x30...0x39).contains(bytes[$0.lowerBound]) || bytes[$0.lowerBound] == 0x2D
            }
            let place = digits.isEmpty ? token : pick(from: digits)
            bytes.replaceSubrange(place, with: Array(pick(from: Mutation.numbers).utf8))
        case 3, 4: bytes.replaceSubrange(token, with: Array(pick(from: Mutation.values).utf8))
        case 5, 6: bytes.replaceSubrange(token, with: Array(bytes[pick(from: tokens)]))
        case 7: bytes.removeSubrange(token.lowerBound..<min(bytes.count, token.upperBound + 1))
        case 8:
            let end = min(bytes.count, token.upperBound + 1)
            let copy = Array(bytes[token.lowerBound..<end])
            for _ in 0...pick(from: [0, 1, 50]) { bytes.insert(contentsOf: copy, at: end) }
        case 9: bytes[token.lowerBound + pick(token.count)] ^= pick(2) == 0 ? 0x20 : 1
        case 10: nest(&bytes, token)
        case 11:
            let copy = Array(bytes[token])
            let size = pick(from: [100, 1000, 1000, 10_000, 10_000, 100_000, 1 << 20])
            var long: [UInt8] = []
            repeat { long += copy } while long.count < size
            bytes.replaceSubrange(token, with: long)
        case 12:
            bytes.insert(contentsOf: pick(from: Mutation.invalid), at: token.lowerBound + pick(token.count))
        case 13: bytes.replaceSubrange(token, with: Array(pick(from: Mutation.words).utf8))
        case 14: changeLine(&bytes, at: token.lowerBound)
        default: changeGroup(&bytes, near: token.lowerBound)
        }
    }

    /// Where there is something between separators; a quoted text is one token.
    private func tokens(in bytes: [UInt8], from start: Int) -> [Range<Int>] {
        var found: [Range<Int>] = []
        var place = start
        let end = min(bytes.count, start + 1 << 15)
        while place < end {
            let first = place
            if bytes[place] == 0x22 {
                place += 1
                while place < end, bytes[place] != 0x22 { place += bytes[place] == 0x5C ? 2 : 1 }
                place = min(end, place + 1)
            } else {
                while place < end, !Mutation.separators.contains(bytes[place]), bytes[place] != 0x22 {
                    place += 1
                }
            }
            var token = first..<place
            while let byte = bytes[token].first, byte == 0x20 {
                token = token.lowerBound + 1..<token.upperBound
            }
            if !token.isEmpty { found.append(token) }
            if place < end, Mutation.separators.contains(bytes[place]) { place += 1 }
        }
        return found
    }

    private mutating func nest(_ bytes: inout [UInt8], _ token: Range<Int>) {
        let (open, close) = pick(from: [("[", "]"), ("{\"a\":", "}"), ("{a: ", "}"), ("[{", "}]")])
        let depth = pick(from: [1, 2, 100, 10_000])
        let inside = Array(bytes[token])
        bytes.replaceSubrange(
            token,
            with: Array(String(repeating: open, count: depth).utf8) + inside
                + Array(String(repeating: close, count: depth).utf8))
    }

    /// Doubles, removes, moves or indents a line.
    private mutating func changeLine(_ bytes: inout [UInt8], at place: Int) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        let line = bytes[..<place].count { $0 == 0x0A }
        switch pick(5) {
        case 0: lines.insert(lines[line], at: pick(lines.count + 1))
        case 1: lines.remove(at: line)
        case 2: lines.swapAt(line, pick(lines.count))
        case 3: lines[line].insert(contentsOf: Array(repeating: 0x20, count: 1 + pick(4)), at: 0)
        default: lines[line] = Array(lines[line].drop { $0 == 0x20 })
        }
        bytes = Array(lines.joined(separator: [0x0A]))
    }

    /// What stands between the next bracket and its partner becomes a value, or nothing, or is doubled.
    private mutating func changeGroup(_ bytes: inout [UInt8], near place: Int) {
        let opening = Set("[{".utf8)
        guard
            let start = bytes[place...].firstIndex(where: opening.contains)
                ?? bytes.firstIndex(where: opening.contains)
        else { return changeLine(&bytes, at: place) }
        var (depth, end) = (0, start)
        repeat {
            if opening.contains(bytes[end]) { depth += 1 }
            if bytes[end] == 0x5D || bytes[end] == 0x7D { depth -= 1 }
            end += 1
        } while depth > 0 && end < bytes.count
        let group = Array(bytes[start..<end])
        switch pick(3) {
        case 0: bytes.replaceSubrange(start..<end, with: Array(pick(from: Mutation.values).utf8))
        case 1: bytes.removeSubrange(start..<end)
        default: bytes.insert(contentsOf: group + [0x2C], at: start)
        }
    }
}
