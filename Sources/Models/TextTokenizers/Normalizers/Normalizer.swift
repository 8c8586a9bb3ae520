/// A step that makes a text uniform before it is cut.
package enum Normalizer: Sendable, Equatable {
    case bert(BertNormalizer)
    case form(NormalForm)
    /// Code point by code point, without regard to what is beside it.
    case lowercase
    case strip(left: Bool, right: Bool)
    /// Drops combining marks; letters that are composed with theirs keep them.
    case stripAccents
    case replace(TextPattern, with: [UInt8])
    /// Before a text that is not empty.
    case prepend([UInt8])
    /// The control characters that neural translation drops, and the blanks that it makes spaces.
    case nmt
    case precompiled(PrecompiledMap)
    /// Every byte as the letter that stands for it.
    case byteLetters
}

/// Normalizers one after another, made ready to run.
struct NormalizerChain: Sendable {
    private enum Step: Sendable {
        case bert(CompiledNormalizer)
        case other(Normalizer)
    }

    /// Work space that is used again from text to text.
    struct Memory: Sendable {
        var scalars: [UInt32] = []
        var expression = Expression.Memory()
        fileprivate var buffer: [UInt8] = []
    }

    private let steps: [Step]

    init(_ normalizers: [Normalizer]) {
        steps = normalizers.map {
            if case .bert(let rules) = $0 { .bert(CompiledNormalizer(rules)) } else { .other($0) }
        }
    }

    /// Puts the normal form of `bytes[range]` in `out`.
    /// - Returns: Whether the form still begins where the text does; false where what was there has been dropped.
    @discardableResult
    func normalize(
        _ bytes: [UInt8], _ range: Range<Int>, into out: inout [UInt8], _ memory: inout Memory
    ) -> Bool {
        out.removeAll(keepingCapacity: true)
        guard let first = steps.first else {
            out.append(contentsOf: bytes[range])
            return true
        }
        var keepsStart = Self.run(first, bytes, range, into: &out, &memory)
        for step in steps.dropFirst() {
            var buffer: [UInt8] = []
            swap(&buffer, &memory.buffer)
            buffer.removeAll(keepingCapacity: true)
            keepsStart = Self.run(step, out, out.indices, into: &buffer, &memory) && keepsStart
            swap(&out, &buffer)
            memory.buffer = buffer
        }
        return keepsStart
    }

    private static func run(
        _ step: Step, _ bytes: [UInt8], _ range: Range<Int>, into out: inout [UInt8], _ memory: inout Memory
    ) -> Bool {
        switch step {
        case .bert(let rules):
            rules.normalize(bytes, range, into: &out, marks: &memory.scalars)
            return !rules.drops(atStartOf: bytes, range)
        case .other(let normalizer):
            return normalizer.normalize(bytes, range, into: &out, &memory)
        }
    }
}

extension Normalizer {
    fileprivate func normalize(
        _ bytes: [UInt8], _ range: Range<Int>, into out: inout [UInt8],
        _ memory: inout NormalizerChain.Memory
    ) -> Bool {
        switch self {
        case .bert(let rules): preconditionFailure("\(rules) is not compiled")
        case .form(let form): form.normalize(bytes, range, into: &out, scalars: &memory.scalars)
        case .lowercase:
            Self.forEachScalar(bytes, range) { scalar in
                UnicodeMapping.lowercase(scalar) { UTF8Bytes.append($0, to: &out) }
            }
        case .strip(let left, let right):
            let kept = Self.stripped(bytes, range, left: left, right: right)
            out.append(contentsOf: bytes[kept])
            return kept.lowerBound == range.lowerBound
        case .stripAccents:
            return Self.filter(bytes, range, into: &out) { UnicodeMapping.isCombiningMark($0) ? nil : $0 }
        case .replace(let pattern, let content):
            var keepsStart = true
            pattern.forEachStretch(bytes, range, &memory.expression) { stretch, isMatch in
                if isMatch && stretch.lowerBound == range.lowerBound && !stretch.isEmpty {
                    // What takes the place of several code points stands where the last of them stood.
                    let one = UTF8Bytes.scalar(in: bytes, at: stretch.lowerBound, end: range.upperBound).next
                    keepsStart = !content.isEmpty && stretch.upperBound == one
                }
                out.append(contentsOf: isMatch ? content[...] : bytes[stretch])
            }
            return keepsStart
        case .prepend(let prefix):
            if !range.isEmpty { out.append(contentsOf: prefix) }
            out.append(contentsOf: bytes[range])
        case .nmt: return Self.filter(bytes, range, into: &out, Self.nmt)
        case .precompiled(let map): map.normalize(bytes, range, into: &out)
        case .byteLetters: for i in range { ByteLetters.append(bytes[i], to: &out) }
        }
        return true
    }

    @inline(__always)
    private static func forEachScalar(_ bytes: [UInt8], _ range: Range<Int>, _ body: (UInt32) -> Void) {
        var position = range.lowerBound
        while position < range.upperBound {
            let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: position, end: range.upperBound)
            body(scalar)
            position = next
        }
    }

    /// Appends the image of every code point that has one.
    /// - Returns: Whether the first has.
    @inline(__always)
    private static func filter(
        _ bytes: [UInt8], _ range: Range<Int>, into out: inout [UInt8], _ image: (UInt32) -> UInt32?
    ) -> Bool {
        var isFirst = true
        var keepsStart = true
        forEachScalar(bytes, range) { scalar in
            if let scalar = image(scalar) {
                UTF8Bytes.append(scalar, to: &out)
            } else if isFirst {
                keepsStart = false
            }
            isFirst = false
        }
        return keepsStart
    }

    private static func stripped(
        _ bytes: [UInt8], _ range: Range<Int>, left: Bool, right: Bool
    ) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while left && start < end {
            let (scalar, next) = UTF8Bytes.scalar(in: bytes, at: start, end: end)
            if !CharacterClass.table[scalar].contains(.whitespace) { break }
            start = next
        }
        while right, let before = UTF8Bytes.scalar(in: bytes, before: end, from: start) {
            if !CharacterClass.table[before.scalar].contains(.whitespace) { break }
            end = before.start
        }
        return start..<end
    }

    /// The image of a code point; nil where it goes.
    private static func nmt(_ scalar: UInt32) -> UInt32? {
        switch scalar {
        case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: nil
        case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: 0x20
        default: scalar
        }
    }
}
