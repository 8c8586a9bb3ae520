import Bakeoff
import Foundation

/// Changes to bytes that a damaged disk, a careless editor or a hostile person makes.
struct Mutation {
    private var random: RandomStream

    /// Numbers that fit a type, or just do not.
    static let numbers = [
        "0", "-1", "1", "-0", "nan", "NaN", "inf", "1e308", "-1e308", "1e-320", "1e400", "0.5", "2147483648",
        "4294967296", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
        "18446744073709551615",
        "1000000000000", "1e18", "1e30", "1e-30", "007", "0x10", "1_000", "", "\"3\"",
    ]

    /// Words that mean something to one of the readers.
    static let words = [
        "null", "true", "false", "[]", "{}", "\"\"", "[", "{", "\"", ",", ":", "\n", "\r\n", "\r", "\t", "|",
        "\u{FEFF}", "\0",
        "../", "/etc/passwd", "&a ", "*a", "- ", "? ", "!!binary ", "---\n", "<<: ", "\u{1B}[2J", "\u{202E}",
        "=1+1",
        "<script>", "\\ud800", "\\u0000", "[UNK]", "[PAD]", "id", "text", "label", "a", "e\u{301}",
        "\u{1F642}",
        "HTTP/1.1 206 X\r\n", "Content-Range: bytes 5-9/10\r\n", "Content-Length: -1\r\n", "Location: \r\n",
    ]

    init(seed: UInt64, number: Int) {
        random = RandomStream(seed: seed, stream: UInt64(number))
    }

    mutating func pick(_ count: Int) -> Int { random.next(below: max(1, count)) }

    mutating func pick<T>(from items: [T]) -> T { items[pick(items.count)] }

    /// From 0 to 1.
    mutating func share() -> Double { random.nextUniform() }

    /// One to four changes, to the bytes or to what they mean; or now and then another file altogether.
    mutating func apply(to bytes: [UInt8], of path: String, others: [[UInt8]]) -> [UInt8] {
        if pick(20) == 0 {
            switch pick(4) {
            case 0: return []
            case 1: return Array(bytes.prefix(pick(bytes.count + 1)))
            case 2: return bytes + bytes
            default: return pick(from: others)
            }
        }
        let ending = (path as NSString).pathExtension
        let isText = ["json", "jsonl", "yaml", "csv", "tsv", "txt", "md"].contains(ending)
        var bytes = bytes
        for _ in 0...pick(4) {
            if isText && pick(3) > 0 {
                changeToken(&bytes)
            } else if ending == "safetensors" && pick(3) > 0 {
                changeTensors(&bytes)
            } else {
                change(&bytes)
            }
        }
        // What is larger tests patience, not readers.
        return bytes.count > 4 << 20 ? Array(bytes.prefix(4 << 20)) : bytes
    }

    mutating func change(_ bytes: inout [UInt8]) {
        // Heads and ends tell of the rest.
        let place =
            switch pick(4) {
            case 0: pick(min(bytes.count, 256) + 1)
            case 1: bytes.count - pick(min(bytes.count, 1024) + 1)
            default: pick(bytes.count + 1)
            }
        switch pick(12) {
        case 0 where place < bytes.count: bytes[place] ^= 1 << UInt8(pick(8))
        case 1 where place < bytes.count: bytes[place] = UInt8(pick(256))
        case 2: bytes.removeSubrange(place..<min(bytes.count, place + 1 + pick(40)))
        case 3: bytes.removeSubrange(place...)
        case 4: bytes.insert(contentsOf: (0...pick(20)).map { _ in UInt8(pick(256)) }, at: place)
        case 5: bytes.insert(contentsOf: chunk(of: bytes), at: place)
        case 6:
            let chunk = chunk(of: bytes)
            let count = min([1, 3, 30, 1000][pick(4)], (1 << 20) / max(1, chunk.count))
            var many: [UInt8] = []
            for _ in 0..<count { many += chunk }
            bytes.insert(contentsOf: many, at: place)
        case 7, 8: replaceNumber(in: &bytes, near: place)
        case 9: bytes.insert(contentsOf: Array(Self.words[pick(Self.words.count)].utf8), at: place)
        case 10:
            let end = min(bytes.count, place + 1 + pick(8))
            for at in place..<end { bytes[at] = [0, 0xFF, 0x7F, 0x80][pick(4)] }
        default:
            let word = Array(Self.words[pick(Self.words.count)].utf8)
            bytes.replaceSubrange(place..<min(bytes.count, place + word.count), with: word)
        }
    }

    private mutating func chunk(of bytes: [UInt8]) -> [UInt8] {
        let start = pick(bytes.count)
        return Array(bytes[min(start, bytes.count)..<min(bytes.count, start + 1 + pick(64))])
    }

    /// The first run of digits from `place` on becomes another number.
    private mutating func replaceNumber(in bytes: inout [UInt8], near place: Int) {
        func isPart(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || byte == 0x2E || byte == 0x2D }
        guard
            let start = bytes[min(place, bytes.count)...].firstIndex(where: isPart)
                ?? bytes.firstIndex(where: isPart)
        else { return }
        let end = bytes[start...].firstIndex { !isPart($0) } ?? bytes.count
        bytes.replaceSubrange(start..<end, with: Array(Self.numbers[pick(Self.numbers.count)].utf8))
    }
}
