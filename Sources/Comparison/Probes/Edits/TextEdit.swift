import Foundation

/// A small change of an English text after which its label should be the same, or another.
///
/// The same text is always changed in the same way. Addresses, mentions and hashtags are left alone by all but the two that
/// change the case of everything.
public enum TextEdit: String, CaseIterable, Encodable, Sendable {
    case negation
    case typo
    case upperCase = "upper-case"
    case lowerCase = "lower-case"
    case punctuation, name, synonym, suffix

    /// What it does, in a few words.
    public var summary: String {
        switch self {
        case .negation: "what is said is denied, what is denied is said"
        case .typo: "two letters inside the longest word change places"
        case .upperCase: "all letters are capitals"
        case .lowerCase: "no letter is a capital"
        case .punctuation: "marks at the end of words are left out"
        case .name: "first names become others"
        case .synonym: "some words become others of the same meaning"
        case .suffix: "a sentence is added that says nothing"
        }
    }

    /// The changed text; nil where there is nothing to change.
    public func applied(to text: String) -> String? {
        let edited =
            switch self {
            case .negation: negated(text)
            case .typo: withTypo(text)
            case .upperCase: text.uppercased()
            case .lowerCase: text.lowercased()
            case .punctuation: withoutMarks(text)
            case .name: withOtherWords(text) { otherNames[$0] }
            case .synonym:
                withOtherWords(text) { word in
                    synonyms[word.lowercased()].map { cased($0, as: word) }
                }
            case .suffix: withSuffix(text)
            }
        return edited == text ? nil : edited
    }
}

/// Each word for which there is another replaced by it.
private func withOtherWords(_ text: String, _ other: (String) -> String?) -> String {
    var words = WordedText(text)
    for place in words.wordPlaces {
        // "Anna's" is Anna, and something.
        let word = words.pieces[place]
        let stem = word.prefix { $0 != "'" && $0 != "’" }
        if let replacement = other(String(stem)) {
            words.pieces[place] = replacement + word.dropFirst(stem.count)
        }
    }
    return words.text
}

private let endMarks: Set<Character> = [".", ",", ";", ":", "!", "?", "…"]

/// Marks that stand between a word and a space or the end are left out; a smiley is no mark.
private func withoutMarks(_ text: String) -> String {
    var words = WordedText(text)
    for place in words.wordPlaces where place + 1 < words.pieces.count {
        let rest = words.pieces[place + 1].drop { endMarks.contains($0) }
        let isLast = place + 2 == words.pieces.count
        if rest.first.map(\.isWhitespace) ?? isLast { words.pieces[place + 1] = String(rest) }
    }
    return words.text
}

private func withSuffix(_ text: String) -> String {
    let body = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let last = body.last else { return text }
    let isOpen = last.isLetter || last.isNumber
    return body + (isOpen ? ". " : " ") + "I am writing this on a Tuesday."
}

/// Two different letters inside the word with the most letters exchanged, those next to its middle; of equals, and where it has
/// none, those of the next word.
private func withTypo(_ text: String) -> String {
    var words = WordedText(text)
    func letters(_ place: Int) -> Int { words.pieces[place].count(where: \.isLetter) }
    for place in words.wordPlaces.sorted(by: { (-letters($0), $0) < (-letters($1), $1) }) {
        if let changed = withTypo(inWord: words.pieces[place]) {
            words.pieces[place] = changed
            return words.text
        }
    }
    return text
}

/// Nil where no two different letters stand next to each other inside it.
private func withTypo(inWord word: String) -> String? {
    var characters = Array(word)
    guard let first = characters.firstIndex(where: \.isLetter),
        let last = characters.lastIndex(where: \.isLetter), last - first >= 3
    else { return nil }
    let pairs = (first + 1..<last - 1).filter {
        characters[$0].isLetter && characters[$0 + 1].isLetter && characters[$0] != characters[$0 + 1]
    }
    guard let pair = pairs.min(by: { abs(2 * $0 + 1 - first - last) < abs(2 * $1 + 1 - first - last) })
    else { return nil }
    characters.swapAt(pair, pair + 1)
    return String(characters)
}
