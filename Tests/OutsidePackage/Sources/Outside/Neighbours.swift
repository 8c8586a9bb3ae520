import Bakeoff

/// Labels a text as most of the train texts are labelled that share most words with it.
struct NeighbourClassifier: TextClassifier {
    var count = 3

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedNeighbours {
        if task.train.texts.isEmpty { throw NeighbourError.noTexts }
        context.progress(
            FitProgress(phase: "remembering", completed: 1, total: 1, unit: "corpora"))
        return FittedNeighbours(
            count: count, labels: task.labelSpace.names,
            rows: task.train.texts.indices.map {
                .init(text: task.train.texts[$0], labels: task.train.targets.labels(ofRow: $0))
            })
    }
}

enum NeighbourError: Error { case noTexts }

struct FittedNeighbours: FittedTextClassifier, Codable {
    struct Row: Codable {
        let text: String
        let labels: [Int]
        var words: Set<String> { Set(text.lowercased().split { !$0.isLetter }.map(String.init)) }
    }

    let count: Int
    let labels: [String]
    let rows: [Row]

    var isProbabilistic: Bool { true }
    var parameterCount: Int? { rows.count }
    var summary: String? { "the \(count) nearest of \(rows.count) texts by words in common" }

    private func neighbours(of text: String) -> ArraySlice<Row> {
        let words = Row(text: text, labels: []).words
        let shared = rows.map { $0.words.intersection(words).count }
        let order = rows.indices.sorted { (-shared[$0], $0) < (-shared[$1], $1) }
        return order.map { rows[$0] }.prefix(count)
    }

    func probabilities(of texts: [String]) -> Probabilities {
        Probabilities(
            labelCount: labels.count,
            values: texts.flatMap { text -> [Double] in
                let near = neighbours(of: text)
                return labels.indices.map { label in
                    Double(near.count { $0.labels.contains(label) }) / Double(near.count)
                }
            })
    }

    /// For each label the words that its neighbours share with the text, counted.
    func explanation(of text: String) -> Explanation? {
        let words = Row(text: text, labels: []).words
        let probabilities = probabilities(of: [text])
        return .terms(
            labels.indices.map { label in
                var counts: [String: Int] = [:]
                for row in neighbours(of: text) where row.labels.contains(label) {
                    for word in row.words.intersection(words) { counts[word, default: 0] += 1 }
                }
                return LabelContributions(
                    label: labels[label], probability: probabilities[0, label], bias: 0,
                    terms: counts.sorted { $0.key < $1.key }.map {
                        TermContribution(term: $0.key, value: Double($0.value), coefficient: 1)
                    })
            })
    }

    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("neighbours.json") }

    func save(to folder: URL) throws {
        try OutputFile.write(try StableJSON.encode(self), to: FittedNeighbours.file(in: folder))
    }
}

extension FittedNeighbours {
    init(from folder: URL, labelSpace: LabelSpace) throws {
        let bytes = try InputFile(FittedNeighbours.file(in: folder)).readToEnd()
        self = try StableJSON.decode(FittedNeighbours.self, from: bytes)
    }
}

/// `model: neighbours`, with `neighbours: N`.
struct NeighbourContestant: Contestant {
    static let model = "neighbours"
    static let purpose = "Labels a text as the train texts are labelled that share most words with it."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var neighbours = 3
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey("neighbours", \.neighbours, .count(atLeast: 1), "How many texts decide.")
    }

    private let classifier: NeighbourClassifier

    init(settings: SettingsMapping, folder: URL) throws {
        classifier = NeighbourClassifier(count: try NeighbourContestant.keys.readOwn(settings).neighbours)
    }

    var summary: String { "the \(classifier.count) nearest texts by words in common" }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { classifier }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedNeighbours(from: folder, labelSpace: labelSpace)
    }
}
