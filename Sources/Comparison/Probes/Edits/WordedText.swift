import Foundation

/// A text cut into words and what stands between them: put together again, the pieces are the text.
///
/// A word is a run of letters and digits, with apostrophes between two of them. Addresses, mentions and hashtags are no words.
package struct WordedText {
    package var pieces: [String] = []
    /// Where the words are among the pieces.
    package private(set) var wordPlaces: [Int] = []

    package var text: String { pieces.joined() }

    package init(_ text: String) {
        let characters = Array(text)
        var start = 0
        while start < characters.count {
            let isSpace = characters[start].isWhitespace
            let end = characters[start...].firstIndex { $0.isWhitespace != isSpace } ?? characters.count
            let chunk = Array(characters[start..<end])
            if isSpace || WordedText.isAddress(String(chunk)) {
                add(String(chunk), isWord: false)
            } else {
                add(chunk)
            }
            start = end
        }
    }

    private static func isAddress(_ chunk: String) -> Bool {
        chunk.contains("@") || chunk.hasPrefix("#") || chunk.contains(/:\/\/|\w{2}\.[A-Za-z]{2}/)
    }

    /// The words of a run without spaces.
    private mutating func add(_ chunk: [Character]) {
        func isLetter(_ place: Int) -> Bool {
            chunk.indices.contains(place) && (chunk[place].isLetter || chunk[place].isNumber)
        }
        func isOfWord(_ place: Int) -> Bool {
            isLetter(place)
                || ["'", "’"].contains(chunk[place]) && isLetter(place - 1) && isLetter(place + 1)
        }
        var start = 0
        while start < chunk.count {
            let isWord = isOfWord(start)
            let end = (start..<chunk.count).first { isOfWord($0) != isWord } ?? chunk.count
            add(String(chunk[start..<end]), isWord: isWord)
            start = end
        }
    }

    /// What is no word joins what is none before it.
    private mutating func add(_ piece: String, isWord: Bool) {
        if isWord {
            wordPlaces.append(pieces.count)
        } else if let last = pieces.indices.last, wordPlaces.last != last {
            pieces[last] += piece
            return
        }
        pieces.append(piece)
    }
}

/// A word of lower-case letters, written in capitals or with a first capital as another word is.
func cased(_ word: String, as model: String) -> String {
    guard let first = model.first, first.isUppercase else { return word }
    if model.count > 1, !model.contains(where: \.isLowercase) { return word.uppercased() }
    return word.prefix(1).uppercased() + word.dropFirst()
}
