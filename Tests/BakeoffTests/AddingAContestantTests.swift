import Bakeoff
import Foundation
import Testing

/// For each class, the word whose presence speaks most for it.
struct KeywordModel: Codable, Equatable {
    /// Shape: [K].
    var words: [String]
    /// The class of texts with none of the words: the most frequent one.
    var otherwise: Int

    /// Chooses the word with the greatest number of rows of the class less rows of the others.
    init(_ examples: Examples, labelCount: Int) {
        var gain = Array(repeating: [String: Int](), count: labelCount)
        for (row, text) in examples.texts.enumerated() {
            let labels = examples.targets.labels(ofRow: row)
            for word in KeywordModel.words(of: text) {
                for label in 0..<labelCount {
                    gain[label][word, default: 0] += labels.contains(label) ? 1 : -1
                }
            }
        }
        // Of equals the first in alphabetical order, so that a run can be repeated.
        words = gain.map { counts in
            counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? ""
        }
        let counts = examples.targets.labelCounts(labelCount: labelCount)
        otherwise = counts.indices.max { counts[$0] < counts[$1] } ?? 0
    }

    func label(of text: String) -> Int {
        let present = KeywordModel.words(of: text)
        return words.firstIndex { present.contains($0) } ?? otherwise
    }

    func holds(_ word: String, _ text: String) -> Bool { KeywordModel.words(of: text).contains(word) }

    private static func words(of text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter }.map(String.init))
    }
}

/// Chooses the words.
struct KeywordClassifier: TextClassifier {
    func check(_ labelSpace: LabelSpace) throws {
        if labelSpace.kind == .multilabel {
            throw TextClassifierError.unsuitableLabels(
                classifier: "keyword", found: labelSpace.names, expected: "one label a text")
        }
    }

    func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedKeyword {
        FittedKeyword(
            model: KeywordModel(task.train, labelCount: task.labelSpace.count), labels: task.labelSpace.names)
    }
}

/// The words, ready to predict.
struct FittedKeyword: FittedTextClassifier {
    let model: KeywordModel
    /// Shape: [K].
    let labels: [String]
    let isProbabilistic = false

    func probabilities(of texts: [String]) throws -> Probabilities {
        Probabilities(
            certainOf: .classes(texts.map { model.label(of: $0) }), labelCount: labels.count)
    }

    /// For each label its word, with a weight of 1 where the text holds it.
    func explanation(of text: String) throws -> Explanation? {
        let label = model.label(of: text)
        return .terms(
            zip(labels, model.words).enumerated().map { index, pair in
                LabelContributions(
                    label: pair.0, probability: index == label ? 1 : 0, bias: 0,
                    terms: [
                        TermContribution(
                            term: pair.1, value: model.holds(pair.1, text) ? 1 : 0, coefficient: 1)
                    ])
            })
    }

    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("keyword.json") }

    func save(to folder: URL) throws {
        try OutputFile.write(try StableJSON.encode(model), to: FittedKeyword.file(in: folder))
    }
}

extension FittedKeyword {
    init(from folder: URL, labelSpace: LabelSpace) throws {
        let bytes = try InputFile(FittedKeyword.file(in: folder)).readToEnd()
        self.init(
            model: try StableJSON.decode(KeywordModel.self, from: bytes), labels: labelSpace.names)
    }
}

/// `model: keyword`: one word for each class.
struct KeywordContestant: Contestant {
    static let model = "keyword"
    static let purpose = "One word for each class."
    let summary = "one word for each class"

    init(settings: SettingsMapping, folder: URL) throws {}

    func classifier(_ resources: ContestantResources) -> any TextClassifier { KeywordClassifier() }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedKeyword(from: folder, labelSpace: labelSpace)
    }
}

/// The contestant of the tutorial does what the tutorial says: the code above is the tutorial's.
@Suite struct AddingAContestantTests {
    func run(_ experiment: URL, in folder: URL) throws -> ExperimentResults {
        let families = FamilyRegistry.standard.adding(KeywordContestant.self)
        let file = try ExperimentFile(contentsOf: experiment, families: families)
        let options = RunOptions(
            output: folder.appendingPathComponent("report"), models: folder.appendingPathComponent("models"),
            command: "keyword", machine: .current)
        return try ExperimentRun(file: file, options: options).run { print($0) }
    }

    private func temporaryFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// An experiment with the first rows of the messages at the front desk.
    private func writeExperiment(rows: Int, contestants: String, in folder: URL) throws -> URL {
        let experiment = folder.appendingPathComponent("e.yaml")
        let text = """
            name: keyword
            dataset: {recipe: front-desk}
            clean: {rows: \(rows)}
            split: {train: 0.6, validation: 0.2, test: 0.2, stratify: labels, seed: 42}
            contestants: [\(contestants)]
            """
        try Data(text.utf8).write(to: experiment)
        return experiment
    }

    private let examples = Examples(
        texts: ["A dirty room", "dirty towels", "lovely room", "a lovely stay", "the bill"],
        targets: .classes([0, 0, 1, 1, 1]))

    @Test func learnsSavesAndLoads() throws {
        let labels = try LabelSpace(kind: .binary, names: ["bad", "good"])
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let fitted = try KeywordClassifier().fit(examples.texts, examples.targets, labelSpace: labels)
        #expect(fitted.model.words == ["dirty", "lovely"])
        let texts = ["Lovely!", "such dirty windows", "hello"]
        let decided = try fitted.probabilities(of: texts).decisions(kind: .binary)
        #expect(decided == .classes([1, 0, 1]))

        try fitted.save(to: folder)
        let loaded = try KeywordContestant.load(from: folder, labelSpace: labels)
        guard case .terms(let terms)? = try loaded.explanation(of: "such dirty windows") else {
            return #expect(Bool(false), "it cannot explain")
        }
        #expect(terms.map(\.score) == [1, 0] && terms[0].terms.map(\.term) == ["dirty"])
        #expect(try loaded.probabilities(of: texts) == fitted.probabilities(of: texts))
    }

    @Test func keepsThePromisesOfTextClassifiers() {
        #expect(checkConformance(of: KeywordClassifier()) == [])
    }

    /// The way of the tutorial from an experiment file to predictions.
    @Test func aFamilyOfOnesOwnTakesPart() throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let experiment = try writeExperiment(rows: 300, contestants: "dummy, keyword", in: folder)
        #expect(throws: SettingsError.self) { try ExperimentFile(contentsOf: experiment) }
        let results = try run(experiment, in: folder)
        #expect(results.ranked.map(\.id) == ["keyword", "dummy"])
        let output = RunLayout(folder.appendingPathComponent("report"))
        try RenderedReport(results, in: output).write()
        let page = folder.appendingPathComponent("report/README.md")
        #expect(try String(contentsOf: page, encoding: .utf8).contains("one word for each class"))

        let model = folder.appendingPathComponent("models/keyword")
        #expect(throws: ExperimentError.self) { try SavedModel(folder: model) }
        let families = FamilyRegistry.standard.adding(KeywordContestant.self)
        let saved = try SavedModel(folder: model, families: families)
        #expect(try saved.predict(["what a dirty room"]).count == 1)
    }

    /// Another version of the algorithm makes a stored result stale, and nothing else does.
    @Test func anotherAlgorithmFitsAnew() throws {
        struct Second: Contestant {
            static let model = KeywordContestant.model
            static let algorithmVersion = 2
            static let purpose = "One word for each class."
            let first: KeywordContestant
            var summary: String { first.summary }
            init(settings: SettingsMapping, folder: URL) throws {
                first = try KeywordContestant(settings: settings, folder: folder)
            }
            func classifier(_ resources: ContestantResources) -> any TextClassifier {
                first.classifier(resources)
            }
            static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
                try KeywordContestant.load(from: folder, labelSpace: labelSpace)
            }
        }
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let experiment = try writeExperiment(rows: 120, contestants: "keyword", in: folder)
        func events(_ family: any Contestant.Type) throws -> [String] {
            let families = FamilyRegistry.standard.adding(family)
            let file = try ExperimentFile(contentsOf: experiment, families: families)
            let options = RunOptions(
                output: folder.appendingPathComponent("report"),
                models: folder.appendingPathComponent("models"),
                command: "keyword", machine: .current)
            var events: [String] = []
            _ = try ExperimentRun(file: file, options: options).run { events.append("\($0)") }
            return events
        }
        let reused = "keyword: stored result is up to date"
        #expect(try !events(KeywordContestant.self).contains(reused))
        #expect(try events(KeywordContestant.self).contains(reused))
        #expect(try !events(Second.self).contains(reused))
        #expect(try events(Second.self).contains(reused))
    }

    /// This file begins with the tutorial's code, block by block, and the page shows no other.
    @Test func thisIsTheCodeOfTheTutorial() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let page = try String(
            contentsOf: tests.appendingPathComponent(
                "../../Sources/Comparison/Experiments/Experiments.docc/AddingAContestant.md"), encoding: .utf8
        )
        let code = try String(contentsOf: URL(fileURLWithPath: #filePath), encoding: .utf8)
        let blocks = page.split(separator: "```swift\n").dropFirst().compactMap {
            $0.split(separator: "```").first
        }
        #expect(blocks.count == 6)
        for block in blocks where !block.hasPrefix("import") {
            #expect(code.contains(block), "\(block.prefix(60))")
        }
    }
}
