import Foundation
import Results
import SettingKeys
import TextClassifiers
import TextTokenizers

/// Words explanations for people or for programs.
public enum ExplanationWriter {
    /// One JSON object and a line feed.
    public static func json(_ explanation: Explanation) throws -> String {
        switch explanation {
        case .lexicon(let trace): try line(trace)
        case .terms(let labels): try line(["labels": labels])
        case .words(let attributions): try line(attributions)
        }
    }

    /// - Parameters:
    ///   - terms: How many terms of each label to show.
    ///   - labels: How many labels to show, those with the highest scores.
    public static func text(_ explanation: Explanation, terms: Int, labels: Int) -> String {
        switch explanation {
        case .lexicon(let trace):
            return trace.description + "\n"
        case .terms(let all):
            return all.sorted { $0.score > $1.score }.prefix(labels).map { text($0, terms: terms) }.joined()
        case .words(let attributions):
            return attributions.labels.sorted { $0.score > $1.score }.prefix(labels).map {
                text($0, words: terms)
            }.joined() + attributions.method + "\n"
        }
    }

    private static func text(_ label: LabelAttributions, words: Int) -> String {
        var lines = [
            "\(label.label)  \(fixed(100 * label.probability, 1))%  score \(signed(label.score)), "
                + "with all words masked \(signed(label.baseline))"
        ]
        let (leading, rest) = label.leading(words)
        for word in leading {
            lines.append(
                "  \(signed(word.contribution))  \(spelled(word.word))  (at \(word.start): "
                    + word.tokens.joined(separator: " ") + ")")
        }
        if label.words.isEmpty { lines.append("  no word is read") }
        if rest.count > 0 {
            lines.append("  \(signed(rest.contribution))  \(counted(rest.count, "more word"))")
        }
        if !label.words.isEmpty { lines.append("  \(signed(label.remainder))  missed by the steps") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func text(_ label: LabelContributions, terms: Int) -> String {
        var lines = [
            "\(label.label)  \(fixed(100 * label.probability, 1))%  score \(signed(label.score)), bias \(signed(label.bias))"
        ]
        let (leading, rest) = label.leading(terms)
        for term in leading {
            lines.append(
                "  \(signed(term.contribution))  \(spelled(term.term))  (\(fixed(term.value, 4)) x \(signed(term.coefficient)))"
            )
        }
        if label.terms.isEmpty { lines.append("  no known term") }
        if rest.count > 0 {
            lines.append("  \(signed(rest.contribution))  \(counted(rest.count, "more term"))")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// One JSON object and a line feed.
    public static func json(_ terms: [TopTerms]) throws -> String { try line(["labels": terms]) }

    /// A line a label.
    public static func text(_ terms: [TopTerms]) -> String {
        terms.map { label in
            "\(label.label): "
                + label.terms.map { "\(spelled($0.term)) \(signed($0.coefficient))" }.joined(separator: ", ")
                + "\n"
        }.joined()
    }

    private static func line(_ value: some Encodable) throws -> String {
        String(decoding: try StableJSON.line(value), as: UTF8.self)
    }

    /// A term that begins or ends with a space, as of characters it may, stands in quotes.
    private static func spelled(_ term: String) -> String {
        term.hasPrefix(" ") || term.hasSuffix(" ") ? JSONValue.string(term).text : term
    }

    private static func signed(_ value: Double) -> String {
        (value < 0 ? "-" : "+") + fixed(abs(value), 4)
    }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        String(format: "%.\(digits)f", value)
    }
}
