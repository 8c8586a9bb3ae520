import Foundation
import Lexicons
import TestSupport
import Testing

/// A text with what Python prints for it: neg, neu, pos, compound.
struct GoldenText: Decodable, Sendable {
    let text: String
    let upstream: String
    let nltk: String
    /// What the text shows, in the file of quirks.
    let quirk: String?

    func expected(of variant: Vader.Variant) -> String { variant == .upstream ? upstream : nltk }
}

/// Files in Tests/Oracles/Lexicons, made by make_golden.py there.
enum Golden {
    static func content(_ name: String) throws -> String {
        try String(contentsOf: oracle("Lexicons/\(name)"), encoding: .utf8)
    }

    static func texts(_ name: String) throws -> [GoldenText] {
        let decoder = JSONDecoder()
        return try content(name).split(separator: "\n").map {
            try decoder.decode(GoldenText.self, from: Data($0.utf8))
        }
    }
}

extension Polarity {
    /// As in the golden files.
    var numbers: String { "\(neg) \(neu) \(pos) \(compound)" }
}
