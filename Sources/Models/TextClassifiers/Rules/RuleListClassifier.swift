import DeterministicWork
import Foundation
import Labels
import Learners
import SafeFiles

/// Rules written by hand, in their order: where a row has one label the first that holds gives it, where it may have several
/// all that hold do. It learns no more than the label of texts for which no rule holds.
public struct RuleListClassifier: TextClassifier {
    public let rules: [TextRule]
    /// The label of texts for which no rule holds; nil for the most frequent one of train, or, where a row may have several,
    /// for none.
    public let otherwise: String?

    public init(_ rules: [TextRule], otherwise: String? = nil) {
        self.rules = rules
        self.otherwise = otherwise
    }

    public func check(_ labelSpace: LabelSpace) throws {
        _ = try FittedRuleList(rules, otherwise: otherwise, labelSpace: labelSpace)
    }

    public func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedRuleList {
        if task.train.texts.isEmpty { throw LinearModelError.noRows }
        var otherwise = otherwise
        if otherwise == nil, task.labelSpace.kind != .multilabel {
            let most = task.train.targets.mostFrequentLabel(labelCount: task.labelSpace.count)
            otherwise = task.labelSpace.names[most]
        }
        return try FittedRuleList(rules, otherwise: otherwise, labelSpace: task.labelSpace)
    }
}

/// Rules with the label of texts for which none holds.
public struct FittedRuleList: FittedTextClassifier {
    public let rules: [TextRule]
    /// Nil for no label.
    public let otherwise: String?
    private let labelSpace: LabelSpace
    /// Of each rule: its label, and the expressions of which one has to match.
    private let compiled: [(label: Int, expressions: [NSRegularExpression])]
    private let rest: [Int]

    public let isProbabilistic = false

    init(_ rules: [TextRule], otherwise: String?, labelSpace: LabelSpace) throws(TextClassifierError) {
        self.rules = rules
        self.otherwise = otherwise
        self.labelSpace = labelSpace
        let indices = labelSpace.indices
        func index(_ label: String) throws(TextClassifierError) -> Int {
            guard let index = indices[label] else {
                throw .unsuitableLabels(
                    classifier: "rules", found: labelSpace.names, expected: "'\(label)' among them")
            }
            return index
        }
        var compiled: [(label: Int, expressions: [NSRegularExpression])] = []
        for rule in rules { compiled.append((try index(rule.label), try rule.expressions())) }
        self.compiled = compiled
        if let otherwise { rest = [try index(otherwise)] } else { rest = [] }
    }

    public func probabilities(of texts: [String]) -> Probabilities {
        let isMultilabel = labelSpace.kind == .multilabel
        let labels = parallelMap(texts.count, blockSize: 64) { row -> [Int] in
            let text = texts[row]
            let range = NSRange(text.startIndex..., in: text)
            func holds(_ expressions: [NSRegularExpression]) -> Bool {
                expressions.contains { $0.firstMatch(in: text, range: range) != nil }
            }
            if isMultilabel {
                let found = Set(compiled.filter { holds($0.expressions) }.map(\.label))
                return found.isEmpty ? rest : found.sorted()
            }
            return compiled.first { holds($0.expressions) }.map { [$0.label] } ?? rest
        }
        return Probabilities(
            certainOf: Targets(rows: labels, in: labelSpace), labelCount: labelSpace.count)
    }

    /// What `rules.json` says.
    private struct Saved: Codable {
        static let format = "bakeoff rules"
        static let version = 1

        var format = Self.format
        var version = Self.version
        var rules: [TextRule]
        var otherwise: String?
    }

    private static func file(in folder: URL) -> URL { folder.appendingPathComponent("rules.json") }

    public func save(to folder: URL) throws {
        try OutputFile.write(
            try ModelFile.encoded(Saved(rules: rules, otherwise: otherwise)),
            to: FittedRuleList.file(in: folder))
    }

    public init(from folder: URL, labelSpace: LabelSpace) throws {
        let file = FittedRuleList.file(in: folder)
        let saved = try ModelFile.decode(Saved.self, from: file, format: Saved.format, version: Saved.version)
        if saved.otherwise == nil, labelSpace.kind != .multilabel {
            throw TextClassifierError.notAModel(
                path: file.path, reason: "it has no label for texts for which no rule holds")
        }
        try self.init(saved.rules, otherwise: saved.otherwise, labelSpace: labelSpace)
    }
}
