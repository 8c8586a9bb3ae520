/// A list of labels that a cell holds as text: as Python's `str` or `repr` wrote it, NumPy, or JSON.
///
/// `['joy', 'love']`, `["joy", "love"]`, `('joy',)`, `{'joy'}`, `['joy' 'love']`, `array(['joy'], dtype=object)`,
/// `[1, 2]`, and with bare words `[joy, love]`.
public struct LabelList: Equatable, Sendable {
    public let items: [String]
    /// Whether nothing but a list looks so. `[joy]` may also be a label in brackets; `[]` may be either.
    public let isCertain: Bool

    /// Nil for what is no list.
    public init?(_ text: String) {
        let text = LabelSpelling.trimmed(text)
        // The first letters of all forms; whatever else stands in a column is not looked at further.
        guard let first = text.utf8.first, "[({afs".utf8.contains(first) else { return nil }
        var scanner = Scanner(Array(text.unicodeScalars))
        if scanner.source.elementsEqual("set()".unicodeScalars) {
            (items, isCertain) = ([], false)
            return
        }
        scanner.skipPrefix("array(")
        scanner.skipPrefix("frozenset(")
        guard let list = scanner.list() else { return nil }
        (items, isCertain) = list
    }

    /// What the cells of a column are together.
    public enum Reading: Equatable, Sendable {
        /// Lists, as the cell of that index shows.
        case lists(Int)
        /// Plain labels, even where one stands in brackets.
        case plain
        /// A cell that is a list and one that is none, by their indices.
        case mixed(list: Int, other: Int)
    }

    /// Decides for a whole column whether its texts are lists.
    /// - Parameter cells: The distinct cells that are not empty, as lists if they can be read so.
    public static func reading(of cells: [LabelList?]) -> Reading {
        let other = cells.firstIndex(of: nil)
        let certain = cells.firstIndex { $0.map { $0.isCertain || $0.items.isEmpty } ?? false }
        if let certain { return other.map { .mixed(list: certain, other: $0) } ?? .lists(certain) }
        // Bare words in brackets are a list if nothing else stands there and commas are among them.
        let several = cells.firstIndex { ($0?.items.count ?? 0) > 1 }
        if let several, other == nil { return .lists(several) }
        return .plain
    }

    private struct Scanner {
        let source: [Unicode.Scalar]
        private var place = 0

        init(_ source: [Unicode.Scalar]) { self.source = source }

        mutating func skipPrefix(_ prefix: String) {
            if source[place...].starts(with: prefix.unicodeScalars) { place += prefix.unicodeScalars.count }
        }

        private static let brackets: [Unicode.Scalar: Unicode.Scalar] = ["[": "]", "(": ")", "{": "}"]

        private var next: Unicode.Scalar? { place < source.count ? source[place] : nil }

        private mutating func skipSpace() {
            while let scalar = next, scalar.properties.isWhitespace { place += 1 }
        }

        /// The list that the whole text is.
        mutating func list() -> (items: [String], isCertain: Bool)? {
            guard let opening = next, let closing = Self.brackets[opening] else { return nil }
            place += 1
            var items: [String] = []
            var (quoted, numbers, commas) = (0, 0, 0)
            skipSpace()
            while let scalar = next, scalar != closing {
                if scalar == "'" || scalar == "\"" {
                    guard let item = string(quote: scalar) else { return nil }
                    items.append(item)
                    quoted += 1
                } else {
                    guard let item = bareItem(closing: closing) else { return nil }
                    // NumPy puts nothing but space between numbers.
                    let words = item.split(whereSeparator: \.isWhitespace).map(String.init)
                    if words.count > 1, words.allSatisfy({ decimalNumber($0) != nil }) {
                        items += words
                        numbers += words.count
                    } else {
                        items.append(item)
                        if LabelSpelling.numericValue(item) != nil { numbers += 1 }
                    }
                }
                skipSpace()
                if next == "," {
                    commas += 1
                    place += 1
                    skipSpace()
                }
            }
            guard next == closing else { return nil }
            place += 1
            let rest = String(String.UnicodeScalarView(source[place...]))
            guard rest.isEmpty || rest.first.map({ ",)".contains($0) }) == true && rest.last == ")" else {
                return nil
            }
            // Words in parentheses are prose; only quotes make them a list.
            let isQuoted = quoted == items.count && !items.isEmpty
            if opening != "[" && !isQuoted && !items.isEmpty { return nil }
            let isCertain = isQuoted || items.count > 1 && quoted + numbers == items.count
            return (items, isCertain)
        }

        /// A word or number up to a comma or the end of the list. Nothing nested.
        private mutating func bareItem(closing: Unicode.Scalar) -> String? {
            let start = place
            while let scalar = next, scalar != ",", scalar != closing {
                if "[]{}:\"".unicodeScalars.contains(scalar) { return nil }
                place += 1
            }
            let item = LabelSpelling.trimmed(String(String.UnicodeScalarView(source[start..<place])))
            return item.isEmpty ? nil : item
        }

        /// A text in quotes, its escapes undone.
        private mutating func string(quote: Unicode.Scalar) -> String? {
            place += 1
            var text = String.UnicodeScalarView()
            while let scalar = next {
                place += 1
                if scalar == quote { return LabelSpelling.trimmed(String(text)) }
                guard scalar == "\\" else {
                    text.append(scalar)
                    continue
                }
                guard let escaped = escape() else { return nil }
                text.append(escaped)
            }
            return nil
        }

        private mutating func escape() -> Unicode.Scalar? {
            guard let letter = next else { return nil }
            place += 1
            switch letter {
            case "n": return "\n"
            case "t": return "\t"
            case "r": return "\r"
            case "x": return hexadecimal(2)
            case "U": return hexadecimal(8)
            case "u":
                guard let high = code(4) else { return nil }
                guard (0xD800...0xDBFF).contains(high) else { return Unicode.Scalar(high) }
                // JSON writes what lies beyond 16 bits as two halves.
                guard next == "\\" else { return nil }
                place += 1
                guard next == "u" else { return nil }
                place += 1
                guard let low = code(4), (0xDC00...0xDFFF).contains(low) else { return nil }
                return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))
            default: return letter
            }
        }

        private mutating func hexadecimal(_ digits: Int) -> Unicode.Scalar? {
            code(digits).flatMap { Unicode.Scalar($0) }
        }

        private mutating func code(_ digits: Int) -> UInt32? {
            guard place + digits <= source.count else { return nil }
            let text = String(String.UnicodeScalarView(source[place..<place + digits]))
            place += digits
            return UInt32(text, radix: 16)
        }
    }
}
