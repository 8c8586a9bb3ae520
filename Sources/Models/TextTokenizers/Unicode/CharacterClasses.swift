/// What a code point is to a BERT tokenizer.
package struct CharacterClass: OptionSet, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let whitespace = CharacterClass(rawValue: 1)
    package static let punctuation = CharacterClass(rawValue: 2)
    package static let control = CharacterClass(rawValue: 4)
    package static let ideograph = CharacterClass(rawValue: 8)
    /// Has a canonical decomposition.
    static let composed = CharacterClass(rawValue: 16)
    package static let nonspacingMark = CharacterClass(rawValue: 32)
    /// Has a canonical combining class other than 0, so canonical order may move it.
    static let nonStarter = CharacterClass(rawValue: 64)
    static let uppercase = CharacterClass(rawValue: 128)

    /// The class of every code point.
    package static let table = CharacterClassTable()
}

/// One byte for every code point, in pages of 256 of which the empty ones are one.
package struct CharacterClassTable: Sendable {
    /// Where the page of a code point begins in `flags`. Shape: [0x110000 / 256].
    private var pageStarts = [Int32](repeating: 0, count: 0x110000 >> 8)
    /// Raw values of `CharacterClass`. Shape: [pages, 256]; the first page is all 0.
    private var flags = [UInt8](repeating: 0, count: 256)

    package subscript(scalar: UInt32) -> CharacterClass {
        CharacterClass(rawValue: flags[Int(pageStarts[Int(scalar >> 8)]) + Int(scalar & 0xFF)])
    }

    /// The classes of ASCII, which need no page. Shape: [128].
    private(set) var ascii: [UInt8] = []

    fileprivate init() {
        let classes: [(String, CharacterClass)] = [
            (UnicodeTable.whitespace, .whitespace), (UnicodeTable.punctuation, .punctuation),
            (UnicodeTable.control, .control), (UnicodeTable.ideograph, .ideograph),
            (UnicodeTable.nonspacingMark, .nonspacingMark), (UnicodeTable.combiningClass, .nonStarter),
            (UnicodeTable.lowercase, .uppercase), (UnicodeTable.decomposition, .composed),
        ]
        for (text, kind) in classes {
            for entry in UnicodeEntries(text).entries {
                for scalar in stride(from: entry.first, through: entry.last, by: Int(entry.step)) {
                    insert(kind, at: scalar)
                }
            }
        }
        for scalar in Hangul.syllables { insert(.composed, at: scalar) }
        ascii = (UInt32(0)..<128).map { self[$0].rawValue }
    }

    private mutating func insert(_ kind: CharacterClass, at scalar: UInt32) {
        let page = Int(scalar >> 8)
        if pageStarts[page] == 0 {
            pageStarts[page] = Int32(flags.count)
            flags.append(contentsOf: repeatElement(0, count: 256))
        }
        flags[Int(pageStarts[page]) + Int(scalar & 0xFF)] |= kind.rawValue
    }
}
