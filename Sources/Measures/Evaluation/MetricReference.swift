import Labels

/// The table of metrics for people: what each is called, which tasks have it, and what it is.
public enum MetricReference {
    /// A metric a paragraph, as for a terminal.
    public static var text: String {
        MetricName.allCases.map { metric in
            let row = metric.row
            return
                "\(metric.settingName): \(row.tasks.reading); from \(row.source); \(row.better) is better\n"
                + "    \(row.definition)\n"
        }.joined()
    }

    /// A table in Markdown.
    public static var markdown: String {
        let header = "| metric | task | computed from | better | definition |\n|---|---|---|---|---|\n"
        return header
            + MetricName.allCases.map { metric in
                let row = metric.row
                return "| `\(metric.settingName)` | \(row.tasks.reading) | \(row.source) | \(row.better) | "
                    + "\(row.definition) |\n"
            }.joined()
    }
}

extension MetricRow {
    fileprivate var source: String { needsProbabilities ? "probabilities" : "labels" }
    fileprivate var better: String { direction == .higherIsBetter ? "higher" : "lower" }
}

extension MetricTasks {
    /// The tasks that have the metric, in words.
    fileprivate var reading: String {
        switch self {
        case .every: "all"
        case .binary: "two classes"
        case .multilabel, .severalLabels(atLeast: 1): "several labels"
        case .severalLabels(let count): "\(count) and more labels, several a row"
        case .singleLabel: "classes"
        case .ordinal: "classes in an order"
        case .withCosts: "classes with costs"
        case .withLabel(let name): "with the label \(name)"
        }
    }
}
