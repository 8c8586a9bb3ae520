import Evaluation
import Results
import SettingKeys

/// The values of the keys of `report:`.
struct ReportKeys: Sendable {
    var quotes = AnalysisOptions().quotes
    var rankBy = MetricName.f1Macro
    var costs: CostSetting?
    var against: [String] = []
    var calibration: ProbabilityScaling.Method?
    var isAnalysisWanted = AnalysisOptions().isWanted
    var isLabelNoiseWanted = false
    /// It needs the analysis, so it is read when that is known.
    var slices: Setting?
    /// What `compare` names may be a contestant, so it is checked when these are known.
    var compare: Setting?

    static let keys = KeyTable(ReportKeys()) {
        SettingKey(
            "quotes", \.quotes, .flag,
            "Whether the report quotes texts of the dataset, such as misclassified ones.")
        SettingKey(
            "rank-by", \.rankBy, .metric(among: MetricName.allCases), "The metric that orders the ranking.")
        SettingKey(
            "costs", \.costs, .costs, absent: nil,
            "What it costs to predict a label in place of the gold one, for `mean-cost`: {GOLD: {PREDICTED: cost}}, or a row of numbers for each gold label. What is right costs 0."
        )
        SettingKey(
            "against", \.against, .publishedResults,
            "Published results to set beside ours.")
        SettingKey(
            "calibration", \.calibration, .choice, absent: "none",
            "How probabilities are also calibrated, on validation.")
        SettingKey(
            "analysis", \.isAnalysisWanted, .flag,
            "Whether there are intervals, tests, errors and leaks besides the scores.")
        SettingKey(
            "label-noise", \.isLabelNoiseWanted, .flag,
            "Whether the report lists the test labels that are likely wrong, as confident learning finds them in the contestants' probabilities."
        )
        SettingKey(
            "slices", \.slices, .later("a mapping", keys: { SliceOptions.reference }), absent: "none",
            "Parts of the test rows, by length or by a column's values, on which every contestant is scored too."
        )
        SettingKey(
            "compare", \.compare, .later("all, best, or a contestant's id"), absent: "all",
            "The pairs that are tested: all, or all others against one.")
    }
}

extension ThresholdOptions {
    /// The keys of `thresholds:`.
    static let keys = KeyTable(ThresholdOptions()) {
        SettingKey(
            "tune", \.tune, .thresholdRules,
            "Which thresholds are set beside 0.5, tuned on validation: one for all labels, one for each, or a number."
        )
        SettingKey(
            "objective", \.objective, .metric(among: ThresholdOptions.objectives, ofLabels: ["f1"]),
            absent: "f1-micro of several labels a row, f1-macro of two classes",
            "The metric that the global threshold optimizes; thresholds per label maximize each label's F1.")
        SettingKey(
            "use", \.use, .thresholdRule,
            "The rule that decides the stored predictions, and so the ranking.")
        SettingKey(
            "min-support", \.minSupport, .count(atLeast: 0),
            "Labels with fewer gold rows in validation take the global threshold.")
    }
}

extension SliceOptions {
    private struct Keys: Sendable {
        var lengths: Setting?
        var columns: [String] = []
    }

    /// The keys of `slices:`.
    private static let keys = KeyTable(Keys()) {
        SettingKey(
            "length", \.lengths, .later("a list of whole numbers, ascending"), absent: "not by length",
            "The most words of each slice of texts; longer texts are one more slice.")
        SettingKey(
            "column", \.columns, .texts("a column of the dataset, or several"),
            "Columns by whose values rows are told apart.")
    }

    fileprivate static var reference: KeyReference { keys.reference }

    /// Nil where the report has none.
    /// - Throws: `SettingsError.badValue` also where no analysis is wanted, which slices are a part of.
    init?(_ report: ReportKeys) throws(SettingsError) {
        guard let setting = report.slices else { return nil }
        if !report.isAnalysisWanted {
            throw setting.badValue(
                expected: "no 'slices' beside 'analysis: false', without which there are none")
        }
        let read = try SliceOptions.keys.read(setting)
        var lengths: [Int] = []
        if let list = read.lengths {
            for item in try list.list() {
                let length = try item.int(atLeast: 1)
                if let last = lengths.last, length <= last {
                    throw item.badValue(expected: "a number above \(last), the one before it")
                }
                lengths.append(length)
            }
        }
        let columns = read.columns
        if let twice = columns.first(where: { name in columns.count { $0 == name } > 1 }) {
            throw setting.badValue(expected: "each column once, not '\(twice)' again")
        }
        if lengths.isEmpty && columns.isEmpty {
            throw setting.badValue(expected: "'length', 'column' or both")
        }
        if !lengths.isEmpty && columns.contains(SliceOptions.lengthName) {
            throw setting.badValue(
                expected:
                    "no column named '\(SliceOptions.lengthName)' beside the key, whose name in slices.csv that is"
            )
        }
        self.init(lengths: lengths, columns: columns)
    }
}

extension AnalysisOptions {
    /// - Parameter contestants: The ids that `compare` may name.
    init(thresholds: ThresholdOptions, report: ReportKeys, contestants: [String]) throws(SettingsError) {
        self.init()
        self.thresholds = thresholds
        quotes = report.quotes
        calibration = report.calibration
        isWanted = report.isAnalysisWanted
        against = report.against
        compare = try report.compare.map { (setting) throws(SettingsError) in
            let name = try setting.string()
            let known = [ComparisonFamily.all, ComparisonFamily.best] + contestants
            if known.contains(name) { return name }
            throw setting.badName(
                expected: "all, best or the id of a contestant: \(contestants.joined(separator: ", "))",
                near: known)
        }
    }
}

extension ValueForm<[String]> {
    fileprivate static var publishedResults: ValueForm {
        let known = PublishedResult.all.map(\.name)
        let names = "names among \(known.joined(separator: ", "))"
        return ValueForm(names, spell: { $0.isEmpty ? "none" : nil }) { (setting) throws(SettingsError) in
            let names = try setting.strings()
            for name in names where PublishedResult.named(name) == nil {
                throw setting.badName(
                    name, expected: "published results among \(known.joined(separator: ", "))", near: known)
            }
            return names
        }
    }
}

extension ValueForm<CostSetting> {
    fileprivate static var costs: ValueForm {
        ValueForm("a mapping, or a list of lists") { (setting) throws(SettingsError) in CostSetting(setting) }
    }
}

extension ValueForm<ThresholdRule> {
    fileprivate static var thresholdRule: ValueForm {
        ValueForm("global, per-label, or a number between 0 and 1", spell: { $0.rawValue }) {
            (setting) throws(SettingsError) in try setting.thresholdRule()
        }
    }
}

extension ValueForm<[ThresholdRule]> {
    fileprivate static var thresholdRules: ValueForm {
        ValueForm(
            "global, per-label, a number between 0 and 1, or a list of these",
            spell: { $0.map(\.rawValue).joined(separator: ", ") }
        ) { (setting) throws(SettingsError) in
            guard case .list(let items) = setting.value else { return [try setting.thresholdRule()] }
            var rules: [ThresholdRule] = []
            for item in items { rules.append(try item.thresholdRule()) }
            return rules
        }
    }
}

extension ValueForm<MetricName> {
    /// The metric that is named, `-` as good as `_`.
    /// - Parameter ratios: Those that may be of one label, as in `f1:LABEL`.
    static func metric(
        among known: [MetricName], ofLabels ratios: [String] = ["f1", "precision", "recall"]
    ) -> ValueForm {
        let ofLabel = ratios.map { $0 + ":LABEL" }.joined(separator: ", ")
        return ValueForm(
            "a metric, such as f1-micro or \(ratios[0]):LABEL",
            spell: { $0.settingName }
        ) { (setting) throws(SettingsError) in
            if let metric = MetricName(name: try setting.string()) {
                let isOfLabel = metric.label != nil && ratios.contains { metric.rawValue.hasPrefix($0 + ":") }
                if known.contains(metric) || isOfLabel { return metric }
            }
            let names = known.map(\.settingName)
            throw setting.badName(
                expected: "one of \(names.joined(separator: ", ")), or \(ofLabel)", near: names)
        }
    }
}

extension Setting {
    /// `global`, `per-label`, or the threshold itself.
    fileprivate func thresholdRule() throws(SettingsError) -> ThresholdRule {
        if let rule = ThresholdRule(rawValue: try string()) { return rule }
        let names = ["global", "per-label"]
        throw badName(
            expected: "\(names.joined(separator: ", ")), or a threshold between 0 and 1 such as 0.2",
            near: names)
    }
}
