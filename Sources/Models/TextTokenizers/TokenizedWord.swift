/// A word of a text, by its place, and the tokens that stand for it.
package struct TokenizedWord: Equatable, Sendable {
    package let word: String
    /// Where it stands, in Unicode code points from the start of the text.
    package let place: Range<Int>
    /// Its tokens, counted from 0 without the signs around the text.
    package let tokens: Range<Int>

    package init(word: String, place: Range<Int>, tokens: Range<Int>) {
        self.word = word
        self.place = place
        self.tokens = tokens
    }

    /// The words of a text, and their tokens: those that are there once the text has come to a word's end, and were not before.
    ///
    /// A word ends where letters and digits (with apostrophes between them) end, or other characters that are no white space;
    /// an ideograph is a word of its own. An end counts where the tokens of the text up to there are the first of all tokens.
    /// Where they are not, as inside what a tokenizer keeps together, the words on both sides are one. So no tokenizer has to
    /// tell where its tokens are from, and continuations are joined to what they continue.
    /// - Parameters:
    ///   - ids: The tokens of the text, without signs, with its end cut off or whole.
    ///   - start: Where the first word begins, in code points: what stands before it, such as a prefix, is no word. Its tokens
    ///     are in none, unless they cannot be told from those of the first word.
    ///   - encode: The tokens of texts, without signs and whole.
    /// - Returns: Words that have tokens, in their order, without a gap between their tokens.
    package static func words(
        of text: String, ids: ArraySlice<Int32>, from start: Int = 0, encode: ([String]) -> PackedEncodings
    ) -> [TokenizedWord] {
        let scalars = Array(text.unicodeScalars)
        var words: [TokenizedWord] = []
        var (begin, first): (Int?, Int) = (nil, 0)
        func part(_ range: Range<Int>) -> String {
            var view = String.UnicodeScalarView()
            view.append(contentsOf: scalars[range])
            return String(view)
        }
        func add(upTo end: Int, tokens: Int) {
            guard let from = begin, tokens > first else { return }
            words.append(
                TokenizedWord(word: part(from..<end), place: from..<end, tokens: first..<tokens))
            (begin, first) = (nil, tokens)
        }
        // White space behind a prefix may be one token with what follows.
        let ends = [start, scalars[..<start].lastIndex { !$0.properties.isWhitespace }.map { $0 + 1 } ?? 0]
        for tokens in encode(ends.map { part(0..<$0) }).all where ids.starts(with: tokens) {
            first = max(first, tokens.count)
        }
        var units = units(of: scalars, from: start)[...]
        while let last = units.last, first < ids.count {
            let asked = units.prefix(unitsAtOnce)
            units = units.dropFirst(unitsAtOnce)
            let beginnings = encode(asked.map { part(0..<$0.upperBound) })
            for (number, unit) in asked.enumerated() {
                let found = beginnings[number]
                let isEnd = ids.starts(with: found)
                begin = begin ?? unit.lowerBound
                if isEnd {
                    add(upTo: unit.upperBound, tokens: found.count)
                    // Characters that leave no token are no word.
                    begin = nil
                } else if found.count > ids.count || unit == last {
                    // The text was cut inside this word.
                    add(upTo: unit.upperBound, tokens: ids.count)
                    return words
                }
                if first == ids.count { return words }
            }
        }
        return words
    }

    /// Beginnings of a text that are encoded together.
    private static let unitsAtOnce = 64

    /// What may be a word.
    private static func units(of scalars: [Unicode.Scalar], from start: Int) -> [Range<Int>] {
        var units: [Range<Int>] = []
        var i = start
        while i < scalars.count {
            let kind = Kind(scalars, i)
            var end = i + 1
            if kind != .ideograph { while end < scalars.count, Kind(scalars, end) == kind { end += 1 } }
            if kind != .space { units.append(i..<end) }
            i = end
        }
        return units
    }

    private enum Kind {
        case space, letter, ideograph, other

        init(_ scalars: [Unicode.Scalar], _ i: Int) {
            let scalar = scalars[i]
            self =
                if scalar.properties.isWhitespace {
                    .space
                } else if scalar.properties.isIdeographic {
                    .ideograph
                } else if Kind.isLetter(scalar) {
                    .letter
                } else if "'\u{2019}".unicodeScalars.contains(scalar), i > 0, i + 1 < scalars.count,
                    Kind.isLetter(scalars[i - 1]), Kind.isLetter(scalars[i + 1])
                {
                    .letter
                } else {
                    .other
                }
        }

        private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
                .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
                .connectorPunctuation:
                true
            default: false
            }
        }
    }
}
