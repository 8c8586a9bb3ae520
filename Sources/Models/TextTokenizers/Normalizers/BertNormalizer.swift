/// How a text is made uniform before it is split into words: the four steps of BERT's own tokenizer, in its order.
public struct BertNormalizer: Sendable, Equatable {
    /// Drops control characters, NUL and U+FFFD, and turns every blank into a space.
    public var cleansText = true
    /// Puts spaces around CJK ideographs, so that each becomes a word (`tokenize_chinese_chars`).
    public var separatesIdeographs = true
    /// Whether accents go: decomposes (NFD) and drops nonspacing marks. By default, as `lowercases`.
    public var stripsAccents: Bool?
    /// Lower-cases code point by code point (`do_lower_case`).
    public var lowercases = true

    public init(
        cleansText: Bool = true, separatesIdeographs: Bool = true, stripsAccents: Bool? = nil,
        lowercases: Bool = true
    ) {
        self.cleansText = cleansText
        self.separatesIdeographs = separatesIdeographs
        self.stripsAccents = stripsAccents
        self.lowercases = lowercases
    }
}

/// A `BertNormalizer` made ready to run: one byte of table decides for ASCII, code point by code point for the rest.
struct CompiledNormalizer: Sendable {
    private let rules: BertNormalizer
    private let stripsAccents: Bool
    private let classes = CharacterClass.table
    /// What becomes of each ASCII byte. Shape: [128].
    private let ascii: [UInt8]
    /// In `ascii`: the byte is dropped.
    private static let dropped: UInt8 = 0xFF

    init(_ rules: BertNormalizer) {
        self.rules = rules
        stripsAccents = rules.stripsAccents ?? rules.lowercases
        ascii = (UInt8(0)..<128).map { [classes] byte in
            let kind = classes[UInt32(byte)]
            if rules.cleansText && kind.contains(.control) { return Self.dropped }
            if rules.cleansText && kind.contains(.whitespace) { return UInt8(ascii: " ") }
            return rules.lowercases && kind.contains(.uppercase) ? byte + 0x20 : byte
        }
    }

    /// Appends the normal form of `bytes[range]` to `out`.
    /// - Parameter marks: work space.
    func normalize(_ bytes: [UInt8], _ range: Range<Int>, into out: inout [UInt8], marks: inout [UInt32]) {
        marks.removeAll(keepingCapacity: true)
        var position = range.lowerBound
        while position < range.upperBound {
            let byte = bytes[position]
            if byte < 0x80 {
                position += 1
                let image = ascii[Int(byte)]
                if image == Self.dropped { continue }
                if !marks.isEmpty { flush(&marks, into: &out) }
                out.append(image)
                continue
            }
            let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: range.upperBound)
            normalize(scalar, into: &out, marks: &marks)
            position = next
        }
        flush(&marks, into: &out)
    }

    /// Whether the first code point of `bytes[range]` is dropped by cleaning.
    func drops(atStartOf bytes: [UInt8], _ range: Range<Int>) -> Bool {
        guard rules.cleansText, !range.isEmpty else { return false }
        return classes[UTF8Bytes.scalar(in: bytes, at: range.lowerBound, end: range.upperBound).scalar]
            .contains(.control)
    }

    /// One code point that is not ASCII, through all four steps.
    private func normalize(_ scalar: UInt32, into out: inout [UInt8], marks: inout [UInt32]) {
        let kind = classes[scalar]
        if rules.cleansText {
            if kind.contains(.control) { return }
            if kind.contains(.whitespace) {
                flush(&marks, into: &out)
                return out.append(UInt8(ascii: " "))
            }
        }
        let isSeparate = rules.separatesIdeographs && kind.contains(.ideograph)
        if isSeparate {
            flush(&marks, into: &out)
            out.append(UInt8(ascii: " "))
        }
        if stripsAccents {
            if kind.contains(.composed) {
                UnicodeMapping.decompose(scalar) { strip($0, classes[$0], into: &out, marks: &marks) }
            } else {
                strip(scalar, kind, into: &out, marks: &marks)
            }
        } else {
            emit(scalar, kind, into: &out)
        }
        if isSeparate { out.append(UInt8(ascii: " ")) }
    }

    /// One code point of a decomposed text: canonical order, then without nonspacing marks.
    ///
    /// Canonical order sorts each run of non-starters by combining class, and keeps the order of equals; so the marks
    /// that are to be dropped may go before the sort. Those few that stay (Mc, and marks younger than Unicode 8) wait
    /// for the next starter. A starter that is itself dropped still ends a run.
    @inline(__always)
    private func strip(
        _ scalar: UInt32, _ kind: CharacterClass, into out: inout [UInt8], marks: inout [UInt32]
    ) {
        if kind.contains(.nonStarter) {
            if !kind.contains(.nonspacingMark) { marks.append(scalar) }
            return
        }
        if !marks.isEmpty { flush(&marks, into: &out) }
        if !kind.contains(.nonspacingMark) { emit(scalar, kind, into: &out) }
    }

    private func flush(_ marks: inout [UInt32], into out: inout [UInt8]) {
        if marks.isEmpty { return }
        // By class, then by place, so that equals keep their order; a run seldom has two.
        if marks.count > 1 {
            let ordered = marks.enumerated().sorted {
                let (a, b) = (
                    UnicodeMapping.combiningClass($0.element), UnicodeMapping.combiningClass($1.element)
                )
                return (a, $0.offset) < (b, $1.offset)
            }
            marks = ordered.map(\.element)
        }
        for mark in marks { emit(mark, classes[mark], into: &out) }
        marks.removeAll(keepingCapacity: true)
    }

    @inline(__always)
    private func emit(_ scalar: UInt32, _ kind: CharacterClass, into out: inout [UInt8]) {
        if rules.lowercases && kind.contains(.uppercase) {
            UnicodeMapping.lowercase(scalar) { UTF8Bytes.append($0, to: &out) }
        } else {
            UTF8Bytes.append(scalar, to: &out)
        }
    }
}
