import Foundation
import Labels
import TestSupport

/// The messages of datasets/front-desk, split as Tests/Oracles/Learners/generate.py does it: every fourth for testing.
struct FrontDesk {
    struct Message {
        let text: String
        let spam: String
        let sentiment: String
        let emotions: [String]
    }

    let train: [Message]
    let test: [Message]

    static let spam = ["ham", "spam"]
    static let sentiments = ["negative", "neutral", "positive"]
    static let emotions = ["anger", "disgust", "fear", "joy", "sadness", "surprise", "neutral"]

    init() throws {
        let file = checkout.appending(path: "datasets/front-desk/messages.csv")
        let rows = FrontDesk.fields(of: try String(contentsOf: file, encoding: .utf8))
        let messages = rows.dropFirst().map { row in
            Message(
                text: row[1], spam: row[2], sentiment: row[3],
                emotions: row[4].split(separator: "|").map(String.init))
        }
        train = messages.enumerated().filter { $0.offset % 4 != 0 }.map(\.element)
        test = messages.enumerated().filter { $0.offset % 4 == 0 }.map(\.element)
    }

    /// Rows and fields of CSV as RFC 4180 has it.
    private static func fields(of csv: String) -> [[String]] {
        var rows: [[String]] = [[]]
        var field = ""
        var isQuoted = false
        var last: Unicode.Scalar?
        for scalar in csv.unicodeScalars {
            switch scalar {
            case "\"":
                // A doubled quote within quotes stands for one.
                if !isQuoted && last == "\"" { field.unicodeScalars.append(scalar) }
                isQuoted.toggle()
            case "," where !isQuoted:
                rows[rows.count - 1].append(field)
                field = ""
            case "\n" where !isQuoted:
                rows[rows.count - 1].append(field)
                field = ""
                rows.append([])
            case "\r" where !isQuoted: break
            default: field.unicodeScalars.append(scalar)
            }
            last = scalar
        }
        return rows.filter { !$0.isEmpty }
    }

    static func spamTargets(_ messages: [Message]) -> Targets {
        .classes(messages.map { spam.firstIndex(of: $0.spam) ?? -1 })
    }

    static func sentimentTargets(_ messages: [Message]) -> Targets {
        .classes(messages.map { sentiments.firstIndex(of: $0.sentiment) ?? -1 })
    }

    static func emotionTargets(_ messages: [Message]) -> Targets {
        .sets(
            IndicatorMatrix(
                labelCount: emotions.count,
                rows: messages.map { message in
                    emotions.indices.filter { message.emotions.contains(emotions[$0]) }
                }))
    }
}

/// A golden file made by Tests/Oracles/Learners/generate.py.
func golden<T: Decodable>(_ name: String, as: T.Type = T.self) throws -> T {
    try JSONDecoder().decode(T.self, from: Data(contentsOf: oracle("Learners/\(name)")))
}

/// FNV-1a, 64 bits, of UTF-8, in hexadecimal.
func fnv(_ text: String) -> String {
    let hash = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
}
