import Bakeoff

/// Labels rows by the numbers in their ids, whatever their texts are.
struct ByNumberClassifier: TextClassifier {
    func check(_ labelSpace: LabelSpace) throws {
        if labelSpace.kind == .multilabel {
            throw TextClassifierError.unsuitableLabels(
                classifier: "by-number", found: labelSpace.names, expected: "one label a text")
        }
    }

    func fit(_ task: TrainingTask, _ context: FitContext) -> FittedByNumber {
        FittedByNumber(labelCount: task.labelSpace.count)
    }
}

struct FittedByNumber: FittedTextClassifier, PredictsByID {
    let labelCount: Int
    let isProbabilistic = false
    var byID: (any PredictsByID)? { self }

    init(labelCount: Int) { self.labelCount = labelCount }

    func probabilities(ofIDs ids: [String], in part: ScoredPart) -> Probabilities? {
        let classes = ids.map { (Int($0.filter(\.isNumber)) ?? 0) % labelCount }
        return Probabilities(certainOf: .classes(classes), labelCount: labelCount)
    }

    func probabilities(of texts: [String]) throws -> Probabilities { throw NeighbourError.noTexts }

    func save(to folder: URL) throws {}

    init(from folder: URL, labelSpace: LabelSpace) throws { labelCount = labelSpace.count }
}

/// `model: by-number`.
struct ByNumberContestant: Contestant {
    static let model = "by-number"
    static let purpose = "Labels rows by the numbers in their ids."
    let summary = "labels by the numbers of rows"

    init(settings: SettingsMapping, folder: URL) throws {}

    func classifier(_ resources: ContestantResources) -> any TextClassifier { ByNumberClassifier() }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedByNumber(from: folder, labelSpace: labelSpace)
    }
}
