import Evaluation
import Results
import SettingKeys

extension AnalysisOptions {
    /// The keys of `report:`.
    static let reportKeys = [
        "quotes", "rank-by", "costs", "against", "calibration", "analysis", "compare",
    ]

    /// Reads `thresholds:` and `report:` of an experiment file.
    /// - Parameter contestants: The ids that `compare` may name.
    init(thresholds: Setting?, report: Setting?, contestants: [String]) throws {
        self.init()
        if let thresholds { self.thresholds = try ThresholdOptions(setting: thresholds) }
        let keys = try report?.mapping(known: AnalysisOptions.reportKeys)
        quotes = try keys?["quotes"]?.bool() ?? quotes
        calibration = try keys?["calibration"]?.oneOf()
        isWanted = try keys?["analysis"]?.bool() ?? isWanted
        compare = try keys?["compare"].map { try $0.comparison(among: contestants) }
        guard let names = keys?["against"] else { return }
        against = try names.strings()
        for name in against where PublishedResult.named(name) == nil {
            let known = PublishedResult.all.map(\.name)
            let hint = nearest(to: name, in: known).map { " (did you mean '\($0)'?)" } ?? ""
            throw names.badValue(expected: "published results among \(known.joined(separator: ", "))\(hint)")
        }
    }
}

extension ThresholdOptions {
    fileprivate init(setting: Setting) throws {
        self.init()
        let keys = try setting.mapping(known: ["tune", "objective", "use", "min-support"])
        if let rules = keys["tune"] {
            if case .list(let items) = rules.value {
                tune = try items.map { try $0.thresholdRule() }
            } else {
                tune = [try rules.thresholdRule()]
            }
        }
        objective = try keys["objective"]?.metric(among: ThresholdOptions.objectives, ofLabels: ["f1"])
        use = try keys["use"]?.thresholdRule() ?? use
        minSupport = try keys["min-support"]?.int(atLeast: 0) ?? minSupport
    }
}

extension Setting {
    /// `all`, `best`, or one of the contestants.
    fileprivate func comparison(among contestants: [String]) throws -> String {
        let name = try string()
        let known = [ComparisonFamily.all, ComparisonFamily.best] + contestants
        if known.contains(name) { return name }
        let hint = nearest(to: name, in: known).map { " (did you mean '\($0)'?)" } ?? ""
        throw badValue(
            expected: "all, best or the id of a contestant: \(contestants.joined(separator: ", "))\(hint)")
    }

    /// `global`, `per-label`, or the threshold itself.
    fileprivate func thresholdRule() throws(SettingsError) -> ThresholdRule {
        let text = try string()
        if let rule = ThresholdRule(rawValue: text) { return rule }
        let names = ["global", "per-label"]
        let hint = nearest(to: text, in: names).map { " (did you mean '\($0)'?)" } ?? ""
        throw badValue(
            expected: "\(names.joined(separator: ", ")), or a threshold between 0 and 1 such as 0.2\(hint)")
    }

    /// The metric that is named, `-` as good as `_`.
    /// - Parameter ratios: Those that may be of one label, as in `f1:LABEL`.
    func metric(
        among known: [MetricName], ofLabels ratios: [String] = ["f1", "precision", "recall"]
    ) throws -> MetricName {
        if let metric = MetricName(name: try string()) {
            let isOfLabel = metric.label != nil && ratios.contains { metric.rawValue.hasPrefix($0 + ":") }
            if known.contains(metric) || isOfLabel { return metric }
        }
        let names = known.map(\.rawValue)
        let hint = nearest(to: try string(), in: names).map { " (did you mean '\($0)'?)" } ?? ""
        throw badValue(
            expected:
                "one of \(names.joined(separator: ", ")), or \(ratios.map { $0 + ":LABEL" }.joined(separator: ", "))\(hint)"
        )
    }
}
