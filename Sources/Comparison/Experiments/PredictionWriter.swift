import SafeFiles
import SettingKeys
import Tables
import TextTokenizers

/// Words predictions for people or for programs.
public struct PredictionWriter: Sendable {
    public enum Format: Sendable {
        /// A block a text, labels with percentages.
        case text
        /// `{"predicted":[..],"probabilities":{label: p}}` a line.
        case jsonLines
        /// `predicted, p_<label>...`, with a header; with a top k: `predicted, label_1, p_1, ...`.
        case csv
    }

    private let format: Format
    private let labels: [String]
    private let topK: Int?

    public init(format: Format, labels: [String], topK: Int?) {
        self.format = format
        self.labels = labels
        self.topK = topK.map { min($0, labels.count) }
    }

    /// The keys of a prediction in JSON Lines.
    static let ownKeys = ["predicted", "probabilities"]

    /// What comes before the first prediction; ends with a line feed unless empty.
    /// - Parameter kept: The names of the columns that stand in front of a prediction.
    /// - Throws: `ExperimentError.unsuitableTable` where one has a name that a prediction needs.
    public func header(keeping kept: [String] = []) throws -> String {
        let own: [String]
        switch format {
        case .text: return ""
        case .jsonLines: own = PredictionWriter.ownKeys
        case .csv:
            own =
                ["predicted"]
                + (topK.map { k in (1...k).flatMap { ["label_\($0)", "p_\($0)"] } }
                    ?? labels.map { "p_\($0)" })
        }
        if let taken = kept.first(where: own.contains) {
            throw ExperimentError.unsuitableTable(
                path: "--keep", expected: "no column '\(taken)' yet; name the others with --keep-column")
        }
        return format == .csv ? csvLine(kept + own) : ""
    }

    /// One prediction; ends with a line feed.
    /// - Parameters:
    ///   - columns: As the header has them.
    ///   - kept: What of the text's row stands in front; nil for nothing.
    public func line(
        text: String, _ prediction: TextPrediction, columns: [String] = [], kept: KeptRow? = nil
    ) -> String {
        let shown = topK.map(prediction.top) ?? prediction.probabilities
        switch format {
        case .text:
            let decided =
                prediction.predicted.isEmpty ? "(no label)" : prediction.predicted.joined(separator: ", ")
            let ranked = (topK == nil ? prediction.top(labels.count) : shown).map {
                (label: visibleText($0.label), probability: $0.probability)
            }
            let width = ranked.map(\.label.count).max() ?? 0
            // A line feed in a text would make the rest of it look like a prediction.
            return "\(visibleText(decided))\t\(visibleText(text))\n"
                + ranked.map { entry in
                    let space = String(repeating: " ", count: width - entry.label.count)
                    return "  \(entry.label)\(space)  \(percentage(entry.probability))\n"
                }.joined()
        case .jsonLines:
            let own: [JSONValue.Member] = [
                .init(key: "predicted", value: .array(prediction.predicted.map { .string($0) })),
                .init(
                    key: "probabilities",
                    value: .object(shown.map { .init(key: $0.label, value: .number($0.probability)) })),
            ]
            switch kept {
            case nil: return JSONValue.object(own).text + "\n"
            case .cells(let cells):
                let others = zip(columns, cells).map { JSONValue.Member(key: $0, value: JSONValue($1)) }
                return JSONValue.object(others + own).text + "\n"
            case .object(let bytes): return PredictionWriter.joined(bytes, JSONValue.object(own).text) + "\n"
            }
        case .csv:
            let decided = prediction.predicted.joined(separator: "|")
            let fields =
                topK == nil
                ? shown.map { "\($0.probability)" } : shown.flatMap { [$0.label, "\($0.probability)"] }
            var others: [String] = []
            if case .cells(let cells)? = kept { others = cells.map(\.text) }
            return csvLine(others + [decided] + fields)
        }
    }

    /// One JSON object of the members of two, the first as it is spelled.
    private static func joined(_ object: [UInt8], _ own: String) -> String {
        let text = String(decoding: object, as: UTF8.self)
        guard let start = text.firstIndex(of: "{"), let end = text.lastIndex(of: "}") else { return own }
        let inner = text[text.index(after: start)..<end]
        let separator = inner.allSatisfy(\.isWhitespace) ? "" : ","
        return String(text[..<end]) + separator + String(own.dropFirst())
    }

    private func percentage(_ probability: Double) -> String {
        let tenths = Int((probability * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)%"
    }
}

extension JSONValue {
    /// What stands in a cell; texts are texts, whatever they spell.
    fileprivate init(_ cell: Cell) {
        switch cell {
        case .missing: self = .null
        case .text(let text): self = .string(text)
        case .list(let items): self = .array(items.map { .string($0) })
        }
    }
}
