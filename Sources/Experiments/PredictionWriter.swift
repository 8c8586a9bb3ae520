import Files
import Settings
import Tokenizers

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

    /// What comes before the first prediction; ends with a line feed unless empty.
    public var header: String {
        guard format == .csv else { return "" }
        let columns =
            topK.map { k in (1...k).flatMap { ["label_\($0)", "p_\($0)"] } } ?? labels.map { "p_\($0)" }
        return csvLine(["predicted"] + columns)
    }

    /// One prediction; ends with a line feed.
    public func line(text: String, _ prediction: TextPrediction) -> String {
        let shown = topK.map(prediction.top) ?? prediction.probabilities
        switch format {
        case .text:
            let decided =
                prediction.predicted.isEmpty ? "(no label)" : prediction.predicted.joined(separator: ", ")
            let width = shown.map(\.label.count).max() ?? 0
            let ranked = topK == nil ? prediction.top(labels.count) : shown
            // A line feed in a text would make the rest of it look like a prediction.
            return "\(visibleText(decided))\t\(visibleText(text))\n"
                + ranked.map { entry in
                    let space = String(repeating: " ", count: width - entry.label.count)
                    return "  \(entry.label)\(space)  \(percentage(entry.probability))\n"
                }.joined()
        case .jsonLines:
            let object: JSONValue = .members([
                "predicted": .array(prediction.predicted.map { .string($0) }),
                "probabilities": .object(shown.map { .init(key: $0.label, value: .number($0.probability)) }),
            ])
            return object.text + "\n"
        case .csv:
            let decided = prediction.predicted.joined(separator: "|")
            let fields =
                topK == nil
                ? shown.map { "\($0.probability)" } : shown.flatMap { [$0.label, "\($0.probability)"] }
            return csvLine([decided] + fields)
        }
    }

    private func percentage(_ probability: Double) -> String {
        let tenths = Int((probability * 1000).rounded())
        return "\(tenths / 10).\(tenths % 10)%"
    }
}
