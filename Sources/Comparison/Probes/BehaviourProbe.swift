import Evaluation
import Experiments

/// How the labels of saved models answer to edits of a text: how often a label changes where it should not, or stays where it
/// should change (Ribeiro et al., "Beyond accuracy: behavioral testing of NLP models with CheckList", ACL 2020).
///
/// No gold label is needed: a model is compared with itself. A function of the texts, the checks and the models alone.
public struct BehaviourProbe: Encodable, Equatable, Sendable {
    /// What was checked.
    public struct Check: Encodable, Equatable, Sendable {
        public let edit: TextEdit
        public let expectation: BehaviourCheck.Expectation
        /// Texts in which there was something to edit.
        public let textCount: Int

        private enum CodingKeys: String, CodingKey {
            case edit
            case expectation = "label_should"
            case textCount = "texts"
        }
    }

    /// What a model made of the checks.
    public struct Contestant: Encodable, Equatable, Sendable {
        public let id: String
        /// One for each check, in their order.
        public let outcomes: [Outcome]
        /// The labels of the texts before an edit. Shape: [texts].
        let labels: [[String]]

        private enum CodingKeys: String, CodingKey { case id, outcomes }
    }

    /// What a model made of one check.
    public struct Outcome: Encodable, Equatable, Sendable {
        public let edit: TextEdit
        /// The edited texts whose label is other than expected.
        public let failures: Proportion
        /// The first of them.
        public let examples: [Example]
        /// The places of the texts whose labels the edit changes, ascending, and the labels that they have then.
        let changed: [Changed]

        private enum CodingKeys: String, CodingKey { case edit, failures, examples }
    }

    /// A text that has other labels after an edit.
    struct Changed: Equatable, Sendable {
        let place: Int
        let labels: [String]
    }

    /// A text whose label is other than expected.
    public struct Example: Encodable, Equatable, Sendable {
        public let text: String
        public let labels: [String]
        public let edited: String
        public let editedLabels: [String]

        private enum CodingKeys: String, CodingKey {
            case text, labels, edited
            case editedLabels = "edited_labels"
        }
    }

    /// Whoever labels texts.
    package struct Labeler: Sendable {
        let id: String
        /// The labels of each text; what it is given is told how many texts are done, of how many.
        let labels: @Sendable ([String], (Int, Int) throws -> Void) throws -> [[String]]

        package init(
            id: String, labels: @escaping @Sendable ([String], (Int, Int) throws -> Void) throws -> [[String]]
        ) {
            (self.id, self.labels) = (id, labels)
        }
    }

    /// What the texts are.
    public let source: String
    public let textCount: Int
    public let checks: [Check]
    public let contestants: [Contestant]

    private enum CodingKeys: String, CodingKey {
        case source, checks, contestants
        case textCount = "texts"
    }

    /// - Parameters:
    ///   - models: Dummies among them, which read no text, are left out.
    ///   - examples: How many failures of each check to keep, at most.
    ///   - progress: Told of which model it is, how many texts are done, and of how many.
    /// - Throws: `ProbeError.onlyDummies`, and what predicting throws.
    public init(
        of models: SavedModels, named name: String, texts: ProbeTexts, checks: [BehaviourCheck],
        examples: Int,
        progress: (String, Int, Int) throws -> Void = { _, _, _ in }
    ) throws {
        let labelers = models.models.filter(\.readsTexts).map { model in
            Labeler(id: model.id) { try model.predict($0, progress: $1).map(\.predicted) }
        }
        if labelers.isEmpty { throw ProbeError.onlyDummies(models: name) }
        try self.init(of: labelers, texts: texts, checks: checks, examples: examples, progress: progress)
    }

    package init(
        of labelers: [Labeler], texts: ProbeTexts, checks: [BehaviourCheck], examples: Int,
        progress: (String, Int, Int) throws -> Void = { _, _, _ in }
    ) throws {
        let edited = checks.map { EditedTexts(texts.texts, $0) }
        source = texts.source
        textCount = texts.texts.count
        self.checks = edited.map {
            Check(edit: $0.check.edit, expectation: $0.check.expectation, textCount: $0.texts.count)
        }
        contestants = try labelers.map { labeler in
            // All at once, so that there is one bar of progress a model.
            let labels = try labeler.labels(texts.texts + edited.flatMap(\.texts)) {
                try progress(labeler.id, $0, $1)
            }
            var rest = labels[texts.texts.count...]
            let outcomes = edited.map { edited in
                let own = rest.prefix(edited.texts.count)
                rest = rest.dropFirst(own.count)
                return edited.outcome(of: texts.texts, before: labels, after: Array(own), examples: examples)
            }
            return Contestant(
                id: labeler.id, outcomes: outcomes, labels: Array(labels[..<texts.texts.count]))
        }
    }
}

/// The texts that an edit changes, changed.
private struct EditedTexts {
    let check: BehaviourCheck
    /// Where each stands among the texts before the edit.
    let places: [Int]
    let texts: [String]

    init(_ originals: [String], _ check: BehaviourCheck) {
        let changed = originals.enumerated().compactMap { place, text in
            check.edit.applied(to: text).map { (place: place, text: $0) }
        }
        self.check = check
        places = changed.map(\.place)
        texts = changed.map(\.text)
    }

    /// - Parameters:
    ///   - before: The labels of all originals.
    ///   - after: Those of the edited texts.
    func outcome(
        of originals: [String], before: [[String]], after: [[String]], examples: Int
    ) -> BehaviourProbe.Outcome {
        let failed = texts.indices.filter { check.isFailed(before: before[places[$0]], after: after[$0]) }
        return BehaviourProbe.Outcome(
            edit: check.edit, failures: Proportion(failed.count, of: texts.count),
            examples: failed.prefix(examples).map {
                BehaviourProbe.Example(
                    text: originals[places[$0]], labels: before[places[$0]], edited: texts[$0],
                    editedLabels: after[$0])
            },
            changed: texts.indices.filter { before[places[$0]] != after[$0] }.map {
                BehaviourProbe.Changed(place: places[$0], labels: after[$0])
            })
    }
}
