import Foundation

/// Changes texts as `Cleaning` asks, and counts those that differ afterwards.
struct TextRepair {
    private let decodesEntities: Bool
    private let normalForm: Cleaning.NormalForm?
    private var decodedTexts = 0
    private var normalizedTexts = 0

    init(_ cleaning: Cleaning) {
        decodesEntities = cleaning.decodesEntities
        normalForm = cleaning.normalForm
    }

    mutating func repair(_ original: String) -> String {
        var text = original
        if decodesEntities {
            let decoded = HTMLEntities.decoded(text)
            if !decoded.utf8.elementsEqual(text.utf8) { decodedTexts += 1 }
            text = decoded
        }
        if let normalForm, !text.utf8.allSatisfy({ $0 < 0x80 }) {
            let normalized =
                switch normalForm {
                case .nfc: text.precomposedStringWithCanonicalMapping
                case .nfkc: text.precomposedStringWithCompatibilityMapping
                }
            // `==` takes both forms for the same text.
            if !normalized.utf8.elementsEqual(text.utf8) { normalizedTexts += 1 }
            text = normalized
        }
        return text
    }

    func record(in log: inout CleaningLog) {
        if decodesEntities {
            log.change(decodedTexts, "texts with HTML character references decoded (clean.html-entities)")
        }
        if let normalForm {
            let name = normalForm.rawValue
            log.change(
                normalizedTexts,
                "texts brought to Unicode's form \(name.uppercased()) (clean.unicode: \(name))")
        }
    }
}
