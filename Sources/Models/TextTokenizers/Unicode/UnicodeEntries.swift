/// The entries of one text of `UnicodeTable`, parsed.
struct UnicodeEntries: Sendable {
    /// Every `step`-th code point of `first...last`, and where its values are in `values`.
    struct Entry: Sendable {
        var first: UInt32 = 0
        var last: UInt32 = 0
        var step: UInt32 = 1
        var values = 0..<0
    }

    /// In ascending order, and disjoint.
    private(set) var entries: [Entry] = []
    private(set) var values: [UInt32] = []

    /// - Parameter text: entries between blanks, each `first[-last][/step][:value,...]`; hexadecimal.
    init(_ text: String) {
        var entry = Entry()
        var number: UInt32 = 0
        var place = UInt8(ascii: " ")  // what came before the number: a blank, or one of - / : ,
        for byte in text.utf8 + [UInt8(ascii: " ")] {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                number = number << 4 | UInt32(byte - UInt8(ascii: "0"))
                continue
            case UInt8(ascii: "A")...UInt8(ascii: "F"):
                number = number << 4 | UInt32(byte - UInt8(ascii: "A") + 10)
                continue
            default: break
            }
            switch place {
            case UInt8(ascii: "-"): entry.last = number
            case UInt8(ascii: "/"): entry.step = number
            case UInt8(ascii: ":"), UInt8(ascii: ","): values.append(number)
            default: (entry.first, entry.last) = (number, number)
            }
            if byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\n") {
                if entry.last > 0 {
                    entry.values = (entries.last?.values.upperBound ?? 0)..<values.count
                    entries.append(entry)
                }
                entry = Entry()
            }
            place = byte == UInt8(ascii: "\n") ? UInt8(ascii: " ") : byte
            number = 0
        }
    }

    /// The entry that holds `scalar`.
    func entry(of scalar: UInt32) -> Entry? {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].last < scalar { low = middle + 1 } else { high = middle }
        }
        guard low < entries.count, entries[low].first <= scalar else { return nil }
        return (scalar - entries[low].first) % entries[low].step == 0 ? entries[low] : nil
    }
}

/// Mappings and properties of single code points that are not asked for often.
enum UnicodeMapping {
    private static let combiningClasses = UnicodeEntries(UnicodeTable.combiningClass)
    private static let decompositions = UnicodeEntries(UnicodeTable.decomposition)
    private static let lowercase = UnicodeEntries(UnicodeTable.lowercase)
    private static let words = UnicodeEntries(UnicodeTable.word)
    private static let compatible = UnicodeEntries(UnicodeTable.compatibility)
    private static let combiningMarks = UnicodeEntries(UnicodeTable.combiningMark)
    private static let numbers = UnicodeEntries(UnicodeTable.numeric)
    /// The code point that two compose to, by both: the second in the lower half.
    private static let compositions = pairs()

    /// The canonical combining class, which orders the marks after a letter.
    static func combiningClass(_ scalar: UInt32) -> UInt32 {
        combiningClasses.entry(of: scalar).map { combiningClasses.values[$0.values.lowerBound] } ?? 0
    }

    /// Whether it is a letter, mark, digit or underscore, so that a token beside it is no single word.
    static func isWord(_ scalar: UInt32) -> Bool { words.entry(of: scalar) != nil }

    /// Whether the normalizer `StripAccents` drops it.
    static func isCombiningMark(_ scalar: UInt32) -> Bool {
        scalar >= 0x300 && combiningMarks.entry(of: scalar) != nil
    }

    /// Whether the pre-tokenizer `Digits` sets it apart.
    static func isNumeric(_ scalar: UInt32) -> Bool {
        scalar < 0x80 ? scalar >= 0x30 && scalar <= 0x39 : numbers.entry(of: scalar) != nil
    }

    /// Calls `body` with each code point of the full canonical decomposition of `scalar`.
    @inline(__always)
    static func decompose(_ scalar: UInt32, _ body: (UInt32) -> Void) {
        if Hangul.syllables.contains(scalar) {
            Hangul.decompose(scalar, body)
        } else if let entry = decompositions.entry(of: scalar) {
            for i in entry.values { body(decompositions.values[i]) }
        } else {
            body(scalar)
        }
    }

    /// Calls `body` with each code point of the full compatibility decomposition of `scalar`.
    static func decomposeCompatibly(_ scalar: UInt32, _ body: (UInt32) -> Void) {
        if scalar < 0xA0 { return body(scalar) }
        guard let entry = compatible.entry(of: scalar) else { return decompose(scalar, body) }
        for i in entry.values { body(compatible.values[i]) }
    }

    /// The code point that two compose to, if there is one.
    static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
        Hangul.compose(first, second) ?? compositions[UInt64(first) << 32 | UInt64(second)]
    }

    /// Every decomposition of two, from the full ones: the first of the two is what all but the last compose to.
    private static func pairs() -> [UInt64: UInt32] {
        let excluded = UnicodeEntries(UnicodeTable.compositionExclusion)
        var composed: [[UInt32]: UInt32] = [:]
        for entry in decompositions.entries
        where entry.values.count > 1 && excluded.entry(of: entry.first) == nil {
            composed[Array(decompositions.values[entry.values])] = entry.first
        }
        var pairs: [UInt64: UInt32] = [:]
        for (full, whole) in composed {
            let first = full.count == 2 ? full[0] : composed[Array(full.dropLast())]
            if let first, let last = full.last { pairs[UInt64(first) << 32 | UInt64(last)] = whole }
        }
        return pairs
    }

    /// Calls `body` with each code point of the lower-case form of `scalar`.
    @inline(__always)
    static func lowercase(_ scalar: UInt32, _ body: (UInt32) -> Void) {
        guard let entry = lowercase.entry(of: scalar) else { return body(scalar) }
        // The first value is the image of the run's first; only U+0130, no run, has a second.
        body(lowercase.values[entry.values.lowerBound] + (scalar - entry.first))
        for i in entry.values.dropFirst() { body(lowercase.values[i]) }
    }
}

/// Hangul syllables decompose into two or three letters by arithmetic (The Unicode Standard, section 3.12).
enum Hangul {
    static let syllables: ClosedRange<UInt32> = 0xAC00...0xD7A3

    /// The syllable of two letters, or of a syllable of two and a third.
    static func compose(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if (0x1100...0x1112).contains(first) && (0x1161...0x1175).contains(second) {
            return syllables.lowerBound + (first - 0x1100) * 588 + (second - 0x1161) * 28
        }
        if syllables.contains(first) && (first - syllables.lowerBound) % 28 == 0
            && (0x11A8...0x11C2).contains(second)
        {
            return first + (second - 0x11A7)
        }
        return nil
    }

    @inline(__always)
    static func decompose(_ syllable: UInt32, _ body: (UInt32) -> Void) {
        let index = syllable - syllables.lowerBound
        body(0x1100 + index / 588)
        body(0x1161 + index % 588 / 28)
        if index % 28 > 0 { body(0x11A7 + index % 28) }
    }
}
