/// A normalization form (Unicode Standard Annex 15), with the decompositions and classes that `tokenizers` knows.
package enum NormalForm: Sendable {
    case nfc, nfd, nfkc, nfkd

    private var composes: Bool { self == .nfc || self == .nfkc }
    private var isCompatible: Bool { self == .nfkc || self == .nfkd }

    /// Appends the normal form of `bytes[range]` to `out`.
    ///
    /// ASCII is its own normal form, but what follows may compose with its last letter; so that letter and what is not
    /// ASCII behind it are one stretch, and stretches do not touch each other.
    /// - Parameter scalars: work space.
    package func normalize(
        _ bytes: [UInt8], _ range: Range<Int>, into out: inout [UInt8], scalars: inout [UInt32]
    ) {
        var start = range.lowerBound
        while start < range.upperBound {
            var end = start
            while end < range.upperBound && bytes[end] < 0x80 { end += 1 }
            if end == range.upperBound { return out.append(contentsOf: bytes[start..<end]) }
            if end > start {
                out.append(contentsOf: bytes[start..<end - 1])
                start = end - 1
            }
            while end < range.upperBound && bytes[end] >= 0x80 { end += 1 }
            decompose(bytes, start..<end, into: &scalars)
            Self.order(&scalars)
            if composes { Self.compose(&scalars) }
            for scalar in scalars { UTF8Bytes.append(scalar, to: &out) }
            start = end
        }
    }

    private func decompose(_ bytes: [UInt8], _ range: Range<Int>, into scalars: inout [UInt32]) {
        scalars.removeAll(keepingCapacity: true)
        var position = range.lowerBound
        while position < range.upperBound {
            let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: range.upperBound)
            position = next
            if isCompatible {
                UnicodeMapping.decomposeCompatibly(scalar) { scalars.append($0) }
            } else if CharacterClass.table[scalar].contains(.composed) {
                UnicodeMapping.decompose(scalar) { scalars.append($0) }
            } else {
                scalars.append(scalar)
            }
        }
    }

    /// Canonical order: each run of code points with a combining class other than 0 is sorted by it, equals as they stand.
    private static func order(_ scalars: inout [UInt32]) {
        var start = 0
        while start < scalars.count {
            var end = start
            while end < scalars.count && combiningClass(scalars[end]) > 0 { end += 1 }
            if end - start > 1 {
                let ordered = scalars[start..<end].enumerated().sorted {
                    (combiningClass($0.element), $0.offset) < (combiningClass($1.element), $1.offset)
                }
                scalars.replaceSubrange(start..<end, with: ordered.map(\.element))
            }
            start = end + 1
        }
    }

    /// Canonical composition: a code point joins the last one of class 0 unless something between them blocks it.
    private static func compose(_ scalars: inout [UInt32]) {
        var count = 0
        var starter = -1
        var lastClass: UInt32 = 0
        for i in scalars.indices {
            let scalar = scalars[i]
            let kind = combiningClass(scalar)
            let isReached = count == starter + 1 || lastClass > 0 && lastClass < kind
            if starter >= 0, isReached, let composed = UnicodeMapping.compose(scalars[starter], scalar) {
                scalars[starter] = composed
                continue
            }
            if kind == 0 { starter = count }
            lastClass = kind
            scalars[count] = scalar
            count += 1
        }
        scalars.removeLast(scalars.count - count)
    }

    private static func combiningClass(_ scalar: UInt32) -> UInt32 {
        guard CharacterClass.table[scalar].contains(.nonStarter) else { return 0 }
        return UnicodeMapping.combiningClass(scalar)
    }
}
