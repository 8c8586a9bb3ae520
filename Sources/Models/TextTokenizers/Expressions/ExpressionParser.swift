/// Reads a regular expression in the syntax that the files of tokenizers use (Oniguruma's, as Ruby has it).
struct ExpressionParser {
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var ignoresCase = false
    private var depth = 0

    /// Deeper nesting is refused, so that no file can exhaust the stack.
    private static let maximumDepth = 32
    /// More repetitions than any tokenizer's file has.
    private static let maximumCount = 1000

    static func parse(_ text: String) throws(ExpressionFailure) -> ExpressionSyntax {
        var parser = ExpressionParser(scalars: Array(text.unicodeScalars))
        let syntax = try parser.alternatives()
        if parser.position < parser.scalars.count { throw ExpressionFailure(reason: "a ) without a (") }
        return syntax
    }

    private init(scalars: [Unicode.Scalar]) {
        self.scalars = scalars
    }

    private var current: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private mutating func take(_ text: String) -> Bool {
        guard scalars[position...].starts(with: text.unicodeScalars) else { return false }
        position += text.unicodeScalars.count
        return true
    }

    private func unsupported(_ what: String) -> ExpressionFailure {
        ExpressionFailure(reason: "\(what), which is not supported")
    }

    private mutating func alternatives() throws(ExpressionFailure) -> ExpressionSyntax {
        depth += 1
        defer { depth -= 1 }
        if depth > Self.maximumDepth {
            throw unsupported("groups nested more than \(Self.maximumDepth) deep")
        }
        let outerCase = ignoresCase
        defer { ignoresCase = outerCase }
        var choices = [try sequence()]
        while take("|") { choices.append(try sequence()) }
        return choices.count == 1 ? choices[0] : .alternatives(choices)
    }

    private mutating func sequence() throws(ExpressionFailure) -> ExpressionSyntax {
        var items: [ExpressionSyntax] = []
        /// The letter before, where case is ignored.
        var letter: Unicode.Scalar?
        while let scalar = current, scalar != "|", scalar != ")" {
            if let flag = flagForTheRest() {
                ignoresCase = flag
                continue
            }
            let before = letter
            letter = ignoresCase && scalar.properties.isAlphabetic ? scalar : nil
            if let before, let letter { try refuseLigature(before, letter) }
            items.append(try quantified(try atom()))
        }
        return items.count == 1 ? items[0] : items.isEmpty ? .empty : .sequence(items)
    }

    /// `(?i)` or `(?-i)`, which count to the end of the group.
    private mutating func flagForTheRest() -> Bool? {
        if take("(?i)") { return true }
        return take("(?-i)") ? false : nil
    }

    /// Two letters that one code point stands for where case is ignored (`ss` and sharp s).
    private func refuseLigature(_ a: Unicode.Scalar, _ b: Unicode.Scalar) throws(ExpressionFailure) {
        let pair = "\(a)\(b)".lowercased()
        if ["ss", "ff", "fi", "fl", "st"].contains(pair) { throw unsupported("'\(pair)' in any case") }
    }

    private mutating func atom() throws(ExpressionFailure) -> ExpressionSyntax {
        guard let scalar = current else { return .empty }
        position += 1
        switch scalar {
        case "(": return try group()
        case "[": return .set(try bracketed())
        case ".":
            var set = ScalarSet.one(0x0A)
            set.negate()
            return .set(set)
        case "^": return .lineStart
        case "$": return .lineEnd
        case "*", "+", "?": throw ExpressionFailure(reason: "a \(scalar) with nothing to repeat")
        case "\\":
            if take("A") { return .textStart }
            if take("z") { return .textEnd }
            if take("w") { return .set(.word) }
            if take("W") {
                var set = ScalarSet.word
                set.negate()
                return .set(set)
            }
            return .set(try cased(try escaped(), "an escape"))
        default: return .set(try cased(.one(scalar.value), "'\(scalar)'"))
        }
    }

    private func cased(_ set: ScalarSet, _ what: String) throws(ExpressionFailure) -> ScalarSet {
        var set = set
        if ignoresCase && !set.ignoreCase() { throw unsupported("\(what) in any case") }
        return set
    }

    private mutating func group() throws(ExpressionFailure) -> ExpressionSyntax {
        let outerCase = ignoresCase
        defer { ignoresCase = outerCase }
        let make: (ExpressionSyntax) -> ExpressionSyntax
        if !take("?") || take(":") {
            make = { $0 }
        } else if take("i:") {
            ignoresCase = true
            make = { $0 }
        } else if take("-i:") {
            ignoresCase = false
            make = { $0 }
        } else if take("=") {
            make = { .lookahead($0, isNegative: false) }
        } else if take("!") {
            make = { .lookahead($0, isNegative: true) }
        } else if take(">") {
            make = { .atomic($0) }
        } else if take("<=") || take("<!") {
            throw unsupported("a lookbehind")
        } else {
            throw unsupported("a group that begins with (?\(current.map { "\($0)" } ?? "")")
        }
        let inner = try alternatives()
        guard take(")") else { throw ExpressionFailure(reason: "a ( without a )") }
        return make(inner)
    }

    private mutating func quantified(_ atom: ExpressionSyntax) throws(ExpressionFailure) -> ExpressionSyntax {
        var atom = atom
        while true {
            let counts: (min: Int, max: Int?)
            var isInterval = false
            if take("*") {
                counts = (0, nil)
            } else if take("+") {
                counts = (1, nil)
            } else if take("?") {
                counts = (0, 1)
            } else if let interval = try interval() {
                counts = interval
                isInterval = true
            } else {
                return atom
            }
            var repetition = ExpressionSyntax.Repetition.greedy
            if take("?") {
                repetition = .lazy
            } else if current == "+" {
                if isInterval { throw unsupported("a + behind braces") }
                position += 1
                repetition = .possessive
            }
            atom = .repeated(atom, min: counts.min, max: counts.max, repetition)
        }
    }

    /// `{2}`, `{2,}`, `{,2}` or `{1,3}`; any other brace is a letter like others.
    private mutating func interval() throws(ExpressionFailure) -> (min: Int, max: Int?)? {
        guard current == "{", let end = scalars[position...].firstIndex(of: "}") else { return nil }
        let text = String(String.UnicodeScalarView(scalars[position + 1..<end]))
        let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 1 || parts.count == 2, parts.contains(where: { !$0.isEmpty }),
            parts.allSatisfy({
                $0.isEmpty || Int($0) != nil && $0.utf8.allSatisfy { $0 != 0x2B && $0 != 0x2D }
            })
        else { return nil }
        let min = Int(parts[0]) ?? 0
        let max = parts.count == 1 ? min : Int(parts[1])
        guard min <= Self.maximumCount, max ?? 0 <= Self.maximumCount, min <= max ?? min else {
            throw unsupported("the repetition {\(text)}")
        }
        position = end + 1
        return (min, max)
    }

    /// A set in brackets, whose `[` is read.
    private mutating func bracketed() throws(ExpressionFailure) -> ScalarSet {
        var set = ScalarSet()
        let isNegated = take("^")
        var isFirst = true
        while let scalar = current, scalar != "]" || isFirst {
            isFirst = false
            if scalar == "[" { throw unsupported("brackets in brackets") }
            if take("&&") { throw unsupported("&& in brackets") }
            let low = try bracketedItem()
            if current == "-", position + 1 < scalars.count, scalars[position + 1] != "]" {
                position += 1
                let high = try bracketedItem()
                guard let first = Self.scalar(low), let last = Self.scalar(high), first <= last else {
                    throw ExpressionFailure(reason: "a range in brackets that does not ascend")
                }
                set.insert(first...last)
            } else {
                set.formUnion(low)
            }
        }
        guard take("]") else { throw ExpressionFailure(reason: "a [ without a ]") }
        if ignoresCase && !set.ignoreCase() { throw unsupported("brackets in any case") }
        if isNegated { set.negate() }
        return set
    }

    private mutating func bracketedItem() throws(ExpressionFailure) -> ScalarSet {
        guard let scalar = current else { throw ExpressionFailure(reason: "a [ without a ]") }
        position += 1
        return scalar == "\\" ? try escaped() : .one(scalar.value)
    }

    /// The one code point of a set that is one.
    private static func scalar(_ set: ScalarSet) -> UInt32? {
        guard set.ranges.count == 1, set.categories.isEmpty, set.classes.isEmpty else { return nil }
        let range = set.ranges[0]
        return range.count == 1 ? range.lowerBound : nil
    }

    /// An escape that stands for code points, whose backslash is read.
    private mutating func escaped() throws(ExpressionFailure) -> ScalarSet {
        guard let scalar = current else { throw ExpressionFailure(reason: "a \\ at its end") }
        position += 1
        var set = ScalarSet()
        switch scalar {
        case "s": set.insert(.whitespace)
        case "S": set.insert(.notWhitespace)
        case "w": set.insert(.word)
        case "W": set.insert(.notWord)
        case "d": set.insert(GeneralCategory.Set(.Nd))
        case "D": set.insert(GeneralCategory.Set.all.subtracting(GeneralCategory.Set(.Nd)))
        case "p", "P": set.insert(try category(isNegative: scalar == "P"))
        case "n": return .one(0x0A)
        case "r": return .one(0x0D)
        case "t": return .one(0x09)
        case "f": return .one(0x0C)
        case "v": return .one(0x0B)
        case "x": return .one(try hexadecimal(take("{") ? nil : 2))
        case "u": return .one(try hexadecimal(4))
        default:
            guard scalar.isASCII, !scalar.properties.isAlphabetic, scalar.properties.numericType == nil else {
                throw unsupported("\\\(scalar)")
            }
            return .one(scalar.value)
        }
        return set
    }

    private mutating func category(isNegative: Bool) throws(ExpressionFailure) -> GeneralCategory.Set {
        guard take("{"), let end = scalars[position...].firstIndex(of: "}") else {
            throw ExpressionFailure(reason: "a \\p without a name in braces")
        }
        var name = String(String.UnicodeScalarView(scalars[position..<end]))
        position = end + 1
        var isNegative = isNegative
        if name.hasPrefix("^") {
            name.removeFirst()
            isNegative.toggle()
        }
        guard let set = GeneralCategory.Set(named: name) else { throw unsupported("\\p{\(name)}") }
        return isNegative ? GeneralCategory.Set.all.subtracting(set) : set
    }

    /// - Parameter count: Of digits; nil for those up to a closing brace.
    private mutating func hexadecimal(_ count: Int?) throws(ExpressionFailure) -> UInt32 {
        let end = count.map { position + $0 } ?? scalars[position...].firstIndex(of: "}") ?? scalars.count
        guard end <= scalars.count,
            let value = UInt32(String(String.UnicodeScalarView(scalars[position..<end])), radix: 16),
            Unicode.Scalar(value) != nil, count != nil || end < scalars.count
        else { throw ExpressionFailure(reason: "an escape that is no code point") }
        position = count == nil ? end + 1 : end
        return value
    }
}
