/// A set of code points as a regular expression writes it, such as `[^\s\p{L}]`.
struct ScalarSet: Sendable, Equatable {
    /// What a class of a regular expression can name besides categories.
    struct Classes: OptionSet, Sendable {
        let rawValue: UInt8

        static let whitespace = Classes(rawValue: 1)
        static let notWhitespace = Classes(rawValue: 2)
        static let word = Classes(rawValue: 4)
        static let notWord = Classes(rawValue: 8)
    }

    private(set) var ranges: [ClosedRange<UInt32>] = []
    private(set) var categories: GeneralCategory.Set = []
    private(set) var classes: Classes = []
    private(set) var isNegated = false
    /// Which of ASCII are in it, a bit each; made by `finished`.
    private var ascii: (low: UInt64, high: UInt64) = (0, 0)

    static func == (a: ScalarSet, b: ScalarSet) -> Bool {
        a.ranges == b.ranges && a.categories == b.categories && a.classes == b.classes
            && a.isNegated == b.isNegated
    }

    static func one(_ scalar: UInt32) -> ScalarSet {
        var set = ScalarSet()
        set.insert(scalar...scalar)
        return set
    }

    mutating func insert(_ range: ClosedRange<UInt32>) { ranges.append(range) }
    mutating func insert(_ more: GeneralCategory.Set) { categories.formUnion(more) }
    mutating func insert(_ more: Classes) { classes.formUnion(more) }
    mutating func negate() { isNegated.toggle() }

    mutating func formUnion(_ other: ScalarSet) {
        ranges += other.ranges
        categories.formUnion(other.categories)
        classes.formUnion(other.classes)
    }

    /// Adds the other case of what is there: of ASCII, and the two other letters that fold to ASCII ones.
    /// - Returns: Whether that is all that it takes; false where there are cased code points beyond ASCII.
    mutating func ignoreCase() -> Bool {
        let upper: ClosedRange<UInt32> = 0x41...0x5A
        for range in ranges {
            if range.upperBound >= 0x80 { return false }
            for letter in upper {
                let both = [letter, letter + 0x20]
                guard both.contains(where: range.contains) else { continue }
                for scalar in both { insert(scalar...scalar) }
                if letter == 0x53 { insert(0x17F...0x17F) }  // long s
                if letter == 0x4B { insert(0x212A...0x212A) }  // the Kelvin sign
            }
        }
        return true
    }

    /// Ready to be asked.
    func finished() -> ScalarSet {
        var out = self
        out.ascii = (0, 0)
        for scalar in UInt32(0)..<64 {
            if holds(scalar) { out.ascii.low |= 1 << UInt64(scalar) }
            if holds(scalar + 64) { out.ascii.high |= 1 << UInt64(scalar) }
        }
        return out
    }

    @inline(__always)
    func contains(_ scalar: UInt32) -> Bool {
        if scalar < 64 { return ascii.low >> UInt64(scalar) & 1 == 1 }
        if scalar < 128 { return ascii.high >> UInt64(scalar - 64) & 1 == 1 }
        return holds(scalar)
    }

    private func holds(_ scalar: UInt32) -> Bool { isListed(scalar) != isNegated }

    private func isListed(_ scalar: UInt32) -> Bool {
        if ranges.contains(where: { $0.contains(scalar) }) { return true }
        if categories.rawValue & GeneralCategory.table[scalar] != 0 { return true }
        if classes.isEmpty { return false }
        let isWhitespace = CharacterClass.table[scalar].contains(.whitespace)
        if classes.contains(isWhitespace ? .whitespace : .notWhitespace) { return true }
        if classes.isDisjoint(with: [.word, .notWord]) { return false }
        return classes.contains(Self.isWord(scalar) ? .word : .notWord)
    }

    /// What `\w` in brackets matches in the expressions of files: what keeps an added token from being a single word, but
    /// for the joiners. The peer has two engines.
    private static func isWord(_ scalar: UInt32) -> Bool {
        scalar != 0x200C && scalar != 0x200D && UnicodeMapping.isWord(scalar)
    }

    /// What `\w` matches that stands alone: some numbers of Latin-1 too, as in the peer's engine.
    static let word: ScalarSet = {
        var set = ScalarSet()
        set.insert(.word)
        for range: ClosedRange<UInt32> in [0xB2...0xB3, 0xB9...0xB9, 0xBC...0xBE] { set.insert(range) }
        return set
    }()
}
