import Foundation

/// A question of the page: a sentence, and what was done to it.
struct PageQuestion: Decodable, Sendable {
    /// Counted from 0.
    let task: Int
    let text: String
    /// The words of the sentence that are left out, counted from 0.
    let dropped: [Int]
    /// What is done to the words that are left.
    let edits: [SentenceEdit]
    /// The label to explain; nil for that which each contestant gives.
    var label: String?
    /// The page that asks, by a name that it drew for itself.
    let page: String
    /// Larger than that of the page's earlier questions.
    let number: Int

    /// Of a sentence, in UTF-8.
    static let maxBytes = 20_000
    /// Characters of a page's name.
    private static let maxNameLength = 64

    /// - Throws: `PageRefusal` for what no page of ours sends.
    init(json: Data) throws(PageRefusal) {
        do {
            self = try JSONDecoder().decode(PageQuestion.self, from: json)
        } catch {
            throw .badQuestion("\(PageQuestion.place(of: error))")
        }
        if text.utf8.count > PageQuestion.maxBytes { throw .tooLong }
        if page.count > PageQuestion.maxNameLength {
            throw .badQuestion("page: more than \(PageQuestion.maxNameLength) characters")
        }
        let count = Sentence(text).words.count
        if let bad = dropped.first(where: { !(0..<count).contains($0) }) {
            throw .badQuestion("dropped: there is no word \(bad) of \(count)")
        }
    }

    /// Where the JSON is not as expected.
    private static func place(of error: any Error) -> String {
        guard let error = error as? DecodingError else { return "not JSON" }
        let (path, words): ([any CodingKey], String) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath + [key], "missing")
            case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
                (context.codingPath, "not of the expected form")
            @unknown default: ([], "not of the expected form")
            }
        return (path.isEmpty ? "the JSON" : path.map(\.stringValue).joined(separator: ".")) + ": \(words)"
    }

    /// The sentence as it is asked.
    var asked: String { Sentence(text).edited(dropping: Set(dropped), edits) }
}
