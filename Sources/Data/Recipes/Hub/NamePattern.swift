/// A pattern of one name of a path: `*` is any run of characters, `?` any character, `[a-c]` any of a set, `[!a-c]` any other.
///
/// Matched in time of the product of both lengths, whatever a README asks for.
struct NamePattern {
    private let tokens: [Token]

    private enum Token {
        case run
        case any
        case one(Unicode.Scalar)
        case set([ClosedRange<Unicode.Scalar>], isNegated: Bool)

        func matches(_ scalar: Unicode.Scalar) -> Bool {
            switch self {
            case .run, .any: true
            case .one(let own): own == scalar
            case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar) } != isNegated
            }
        }

        var isRun: Bool { if case .run = self { true } else { false } }
    }

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        var tokens: [Token] = []
        var place = 0
        while place < scalars.count {
            switch scalars[place] {
            case "*":
                tokens.append(.run)
                place += 1
            case "?":
                tokens.append(.any)
                place += 1
            case "[":
                if let (token, end) = NamePattern.set(scalars, from: place) {
                    tokens.append(token)
                    place = end
                } else {
                    tokens.append(.one("["))
                    place += 1
                }
            default:
                tokens.append(.one(scalars[place]))
                place += 1
            }
        }
        self.tokens = tokens
    }

    /// The set that begins at a bracket, and where it ends; nil where no bracket closes it.
    private static func set(_ scalars: [Unicode.Scalar], from start: Int) -> (Token, end: Int)? {
        var place = start + 1
        let isNegated = place < scalars.count && scalars[place] == "!"
        if isNegated { place += 1 }
        // A bracket that closes nothing yet is one of the set.
        guard place < scalars.count,
            let close = scalars[min(place + 1, scalars.count)...].firstIndex(of: "]")
        else { return nil }
        var ranges: [ClosedRange<Unicode.Scalar>] = []
        while place < close {
            if place + 2 < close, scalars[place + 1] == "-" {
                if scalars[place] <= scalars[place + 2] { ranges.append(scalars[place]...scalars[place + 2]) }
                place += 3
            } else {
                ranges.append(scalars[place]...scalars[place])
                place += 1
            }
        }
        return (.set(ranges, isNegated: isNegated), close + 1)
    }

    func matches(_ name: String) -> Bool {
        let scalars = Array(name.unicodeScalars)
        var (token, scalar) = (0, 0)
        // Where to go on from the last run, if it takes one character more.
        var retry: (token: Int, scalar: Int)?
        while scalar < scalars.count {
            if token < tokens.count, tokens[token].isRun {
                retry = (token + 1, scalar)
                token += 1
            } else if token < tokens.count, tokens[token].matches(scalars[scalar]) {
                token += 1
                scalar += 1
            } else if let last = retry {
                retry = (last.token, last.scalar + 1)
                (token, scalar) = (last.token, last.scalar + 1)
            } else {
                return false
            }
        }
        return tokens[token...].allSatisfy(\.isRun)
    }
}
