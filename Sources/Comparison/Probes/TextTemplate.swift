import SettingKeys

/// A text with choices, such as `The {room|bed} was {clean|dirty}.`, that stands for one text for each combination.
public struct TextTemplate: Sendable {
    /// What stands one behind the other; each with its alternatives, of which there is one outside of braces.
    private let parts: [[String]]

    /// More texts than anybody writes by hand, and few enough to be labelled.
    private static let maxTexts = 10_000

    /// - Parameter number: Of the template among all, from 1, for the error.
    /// - Throws: `ProbeError.badTemplate` for braces that do not go in pairs, or that offer no choice.
    public init(_ template: String, number: Int = 1) throws(ProbeError) {
        func bad(_ reason: String) -> ProbeError { .badTemplate(number: number, template, reason: reason) }
        var parts: [[String]] = []
        var (current, isChoice) = ("", false)
        for character in template {
            switch character {
            case "{":
                if isChoice { throw bad("a '{' within braces") }
                parts.append([current])
                (current, isChoice) = ("", true)
            case "}":
                if !isChoice { throw bad("a '}' without a '{' before it") }
                let alternatives = current.split(separator: "|", omittingEmptySubsequences: false)
                if alternatives.count < 2 {
                    throw bad("{\(current)} offers no choice; write its alternatives, as in {room|bed}")
                }
                parts.append(alternatives.map(String.init))
                (current, isChoice) = ("", false)
            default:
                current.append(character)
            }
        }
        if isChoice { throw bad("a '{' without a '}' after it") }
        self.parts = parts + [[current]]
    }

    /// Every combination; the last choice changes first.
    public var texts: [String] {
        parts.reduce([""]) { begun, alternatives in
            begun.flatMap { text in alternatives.map { text + $0 } }
        }
    }

    /// The texts of several templates, blank ones left out.
    /// - Throws: `ProbeError.badTemplate`, and `.tooManyTexts` for more than 10,000 together.
    public static func texts(of templates: [String]) throws(ProbeError) -> [String] {
        var texts: [String] = []
        for (index, line) in templates.enumerated() where line.contains(where: { !$0.isWhitespace }) {
            let template = try TextTemplate(line, number: index + 1)
            guard template.count(atMost: maxTexts - texts.count) != nil else {
                throw .tooManyTexts(number: index + 1, limit: maxTexts)
            }
            texts += template.texts
        }
        return texts
    }

    /// How many texts it stands for; nil for more than a limit.
    private func count(atMost limit: Int) -> Int? {
        var count = 1
        for alternatives in parts {
            count *= alternatives.count
            if count > limit { return nil }
        }
        return count
    }
}
