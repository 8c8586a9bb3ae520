/// Writes spaces as a visible sign, as SentencePiece does.
package struct Metaspace: Sendable, Equatable {
    /// Where a sign is put though there is no space.
    package enum Prefix: String, Sendable, CaseIterable {
        case always, never
        /// Before the piece that begins the text.
        case first
    }

    /// One code point in UTF-8.
    package var sign: [UInt8]
    package var prefix: Prefix
    /// Whether each sign begins a piece.
    package var splits: Bool

    package static let defaultSign: Unicode.Scalar = "\u{2581}"

    package init(
        sign: Unicode.Scalar = Metaspace.defaultSign, prefix: Prefix = .always, splits: Bool = true
    ) {
        self.sign = Array(String(sign).utf8)
        self.prefix = prefix
        self.splits = splits
    }

    func apply(to pieces: inout Pieces) {
        pieces.otherBytes.removeAll(keepingCapacity: true)
        pieces.otherRanges.removeAll(keepingCapacity: true)
        for (index, range) in pieces.ranges.enumerated() {
            var start = pieces.otherBytes.count
            let isPrefixed: Bool =
                switch prefix {
                case .always: true
                case .never: false
                case .first: index == 0 && pieces.beginsText
                }
            var position = range.lowerBound
            if isPrefixed && pieces.bytes[position] != UInt8(ascii: " ")
                && !isSign(pieces.bytes, position, range)
            {
                pieces.otherBytes.append(contentsOf: sign)
            }
            while position < range.upperBound {
                let byte = pieces.bytes[position]
                let isSpace = byte == UInt8(ascii: " ")
                if isSpace || byte == sign[0] && isSign(pieces.bytes, position, range) {
                    if splits && pieces.otherBytes.count > start {
                        pieces.otherRanges.append(start..<pieces.otherBytes.count)
                        start = pieces.otherBytes.count
                    }
                    pieces.otherBytes.append(contentsOf: sign)
                    position += isSpace ? 1 : sign.count
                } else {
                    pieces.otherBytes.append(byte)
                    position += 1
                }
            }
            pieces.otherRanges.append(start..<pieces.otherBytes.count)
        }
        swap(&pieces.bytes, &pieces.otherBytes)
        swap(&pieces.ranges, &pieces.otherRanges)
    }

    @inline(__always)
    private func isSign(_ bytes: [UInt8], _ position: Int, _ range: Range<Int>) -> Bool {
        position + sign.count <= range.upperBound
            && bytes[position..<position + sign.count].elementsEqual(sign)
    }
}
