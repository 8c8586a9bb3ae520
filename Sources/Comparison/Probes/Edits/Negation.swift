import Foundation

/// A text with the opposite of its statements: "not" after each auxiliary verb, or taken away from it. Questions stay.
///
/// Rules of our own for plain English, which turn the meaning of most short reviews and messages, not of every text: "not" may
/// come to deny a clause that does not matter.
func negated(_ text: String) -> String {
    var words = WordedText(text)
    for sentence in words.statements { words.negate(sentence) }
    return words.text
}

/// Verbs after which "not" stands.
private let auxiliaries: Set = [
    "am", "is", "are", "was", "were", "will", "would", "can", "could", "should", "must", "might",
]
/// These too, where they are no verbs of their own.
private let otherAuxiliaries: Set = ["do", "does", "did", "has", "have", "had"]
/// Subjects that have swallowed their verb, as have all words that end like these.
private let contractions: Set = ["it's", "he's", "she's", "that's", "everything's"]
private let contractedEnds = ["'m", "'re", "'ll"]
private let denials: Set = ["not", "never"]
private let irregularDenials = ["can't": "can", "cannot": "can", "won't": "will", "shan't": "shall"]

/// Verbs that judge, by their forms: how "not" goes with them.
private let judgements: [String: String] = Dictionary(
    uniqueKeysWithValues: [
        ("love", "loved"), ("like", "liked"), ("enjoy", "enjoyed"), ("recommend", "recommended"),
        ("hate", "hated"), ("dislike", "disliked"),
    ].flatMap { verb, past in
        [(verb, "do not \(verb)"), ("\(verb)s", "does not \(verb)"), (past, "did not \(verb)")]
    })
private let subjects: Set = ["i", "we", "you", "they", "he", "she", "it", "everybody", "everyone", "guests"]
private let adverbs: Set = ["really", "truly", "always", "also", "still", "absolutely", "definitely"]

extension WordedText {
    /// The places of the words of each sentence that is no question.
    fileprivate var statements: [[Int]] {
        var (sentences, current): ([[Int]], [Int]) = ([], [])
        for place in wordPlaces {
            current.append(place)
            let next = place + 1 < pieces.count ? pieces[place + 1] : "."
            if !next.contains(where: { ".!?…\n".contains($0) }) { continue }
            if !next.contains("?") { sentences.append(current) }
            current = []
        }
        return sentences + (current.isEmpty ? [] : [current])
    }

    /// Turns a sentence round.
    fileprivate mutating func negate(_ sentence: [Int]) {
        func word(_ index: Int) -> String {
            sentence.indices.contains(index)
                ? pieces[sentence[index]].lowercased().replacing("’", with: "'") : ""
        }
        for index in sentence.indices {
            let (verb, next, place) = (word(index), word(index + 1), sentence[index])
            if let positive = positive(verb) {
                pieces[place] = cased(positive, as: pieces[place])
            } else if denials.contains(next),
                auxiliaries.contains(verb) || otherAuxiliaries.contains(verb) || isContracted(verb)
            {
                // "Not only" denies nothing.
                if word(index + 2) == "only" { continue }
                for removed in place + 1...sentence[index + 1] { pieces[removed] = "" }
            } else if isContracted(verb) {
                pieces[place] += cased(" not", as: pieces[place])
            } else if index == 0 {
                // A request, or a question without its mark.
                continue
            } else if auxiliaries.contains(verb) || otherAuxiliaries.contains(verb) && next == "been" {
                // Verb before subject: a question too. "No" denies already.
                if subjects.contains(next) || next == "no" { continue }
                pieces[place] = cased(verb == "can" ? "cannot" : "\(verb) not", as: pieces[place])
            } else if let denied = judgements[verb],
                subjects.contains(word(index - (adverbs.contains(word(index - 1)) ? 2 : 1)))
            {
                pieces[place] = cased(denied, as: pieces[place])
            }
        }
    }

    private func isContracted(_ word: String) -> Bool {
        contractions.contains(word) || contractedEnds.contains(where: word.hasSuffix)
    }

    /// An auxiliary verb without the "n't" at its end; nil for another word.
    private func positive(_ word: String) -> String? {
        irregularDenials[word] ?? (word.hasSuffix("n't") && word != "ain't" ? String(word.dropLast(3)) : nil)
    }
}
