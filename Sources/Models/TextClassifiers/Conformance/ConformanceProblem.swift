import Labels

/// A task that is small enough for any classifier: short texts whose labels can be learnt from their words.
struct ConformanceProblem: Sendable {
    let kind: LabelKind
    let labelSpace: LabelSpace

    /// The names of sentiments, so that a lexicon can take part.
    private static let names = ["negative", "neutral", "positive"]

    private static let rows: [(text: String, labels: [Int])] = [
        ("the room was dirty and cold", [0]), ("a lovely room with a view", [2]),
        ("the bill is on the table", [1]), ("dirty towels, terrible breakfast", [0]),
        ("great breakfast, kind people", [2]), ("breakfast is from seven to ten", [1]),
        ("terrible noise, but a lovely bed", [0, 2]), ("the key opens the door", [1]),
        ("I hate the cold shower", [0]), ("I love the warm pool", [2]), ("", []),
        ("two towels and a bill", [1]), ("cold food and dirty plates", [0]),
        ("lovely food, great view", [2]), ("the door is next to the table", [1]),
        ("a b c c", [0]), ("c b a a", [2]), ("b", [1]),
    ]

    /// Texts that are predicted: known, unknown, empty, and one that is there twice.
    let probes = ["a lovely breakfast", "zebra", "", "dirty cold room", "a b c", "a lovely breakfast"]

    init(_ kind: LabelKind) throws(LabelError) {
        self.kind = kind
        labelSpace = try LabelSpace(
            kind: kind,
            names: kind == .binary ? ["negative", "positive"] : ConformanceProblem.names)
    }

    /// - Parameters:
    ///   - rows: Which rows of train it has; nil: all.
    func task(_ name: String? = nil, rows: [Int]? = nil) -> TrainingTask {
        let all = examples
        let rows = rows ?? Array(all.texts.indices)
        return TrainingTask(
            name: name, labelSpace: labelSpace,
            train: Examples(texts: rows.map { all.texts[$0] }, targets: all.targets.selecting(rows)),
            validation: all)
    }

    /// The rows of train without the last class.
    var rowsWithoutLast: [Int] {
        let targets = examples.targets
        return (0..<targets.count).filter { !targets.labels(ofRow: $0).contains(labelSpace.count - 1) }
    }

    private var examples: Examples {
        let rows = ConformanceProblem.rows
        let texts = rows.map(\.text)
        switch kind {
        case .binary:
            return Examples(texts: texts, targets: .classes(rows.map { $0.labels.first == 2 ? 1 : 0 }))
        case .multiclass: return Examples(texts: texts, targets: .classes(rows.map { $0.labels.first ?? 1 }))
        case .multilabel:
            return Examples(
                texts: texts, targets: .sets(IndicatorMatrix(labelCount: 3, rows: rows.map(\.labels))))
        }
    }
}
