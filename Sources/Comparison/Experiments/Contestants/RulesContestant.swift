import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: rules`: keywords and regular expressions, written by hand.
struct RulesContestant: Contestant {
    static let model = "rules"
    // 2: signs written over, under or beside letters belong to words; an empty keyword is found nowhere.
    static let algorithmVersion = 2
    static let otherNames = ["rule", "keywords", "keyword", "regex", "patterns"]
    static let purpose = "Rules written by hand: keywords or regular expressions that give labels."
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var rules: [TextRule]?
        var otherwise: String?
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: "rules", \.rules, .rules(ruleKeys),
            "The rules, in their order: where a row has one label, the first that holds gives it; where it may have several, all that hold do."
        )
        SettingKey(
            "otherwise", \.otherwise, .text("a label"),
            absent: "the most frequent label of train; none where a row may have several",
            "The label of texts for which no rule holds.")
    }

    fileprivate struct RuleKeys: Sendable {
        var label: String?
        var keywords: [String] = []
        var pattern: String?
    }

    private static let ruleKeys = KeyTable(RuleKeys()) {
        SettingKey(required: "label", \.label, .text("a label"), "The label that it gives.")
        SettingKey(
            "keywords", \.keywords, .texts("words or phrases"),
            "It holds for texts with one of them, as whole words, in any case.")
        SettingKey(
            "pattern", \.pattern, .text("a regular expression"), absent: "none",
            "It holds for texts in which this is found, in any case.")
    }

    private let classifier: RuleListClassifier

    init(settings: SettingsMapping, folder: URL) throws {
        let keys = try RulesContestant.keys.readOwn(settings)
        let rules = try keys.required(\.rules)
        if rules.isEmpty {
            throw (keys.setting(\.rules) ?? settings.setting).badValue(expected: "one rule at least")
        }
        classifier = RuleListClassifier(rules, otherwise: keys.otherwise)
    }

    var summary: String {
        "\(counted(classifier.rules.count, "rule")) written by hand"
            + (classifier.otherwise.map { ", else \($0)" } ?? "")
    }

    func classifier(_ resources: ContestantResources) -> any TextClassifier { classifier }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedRuleList(from: folder, labelSpace: labelSpace)
    }
}

extension ValueForm<[TextRule]> {
    fileprivate static func rules(_ table: KeyTable<RulesContestant.RuleKeys>) -> ValueForm {
        ValueForm("a list of mappings", keys: { table.reference }) { (setting) throws(SettingsError) in
            var rules: [TextRule] = []
            for item in try setting.list() { rules.append(try TextRule(table.read(item))) }
            return rules
        }
    }
}

extension TextRule {
    fileprivate init(_ keys: ReadSettings<RulesContestant.RuleKeys>) throws(SettingsError) {
        let label = try keys.required(\.label)
        if keys.keywords.allSatisfy({ $0.allSatisfy(\.isWhitespace) }), (keys.pattern ?? "").isEmpty {
            throw keys.mapping.setting.badValue(expected: "'keywords' or 'pattern'")
        }
        if let keywords = keys.setting(\.keywords),
            keys.keywords.contains(where: { $0.allSatisfy(\.isWhitespace) })
        {
            throw keywords.badValue(expected: "words or phrases, none of them empty")
        }
        self.init(label: label, keywords: keys.keywords, pattern: keys.pattern)
        do {
            try check()
        } catch {
            throw (keys.setting(\.pattern) ?? keys.mapping.setting).badValue(
                expected: "a regular expression")
        }
    }
}
