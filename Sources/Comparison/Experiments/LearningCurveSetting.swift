import Corpora
import Evaluation
import SettingKeys

/// What the `learning-curve:` of an experiment says.
///
///     learning-curve: {sizes: [50, 100, 300, 1000, all], repeats: 5}
///     learning-curve: {per-class: [2, 4, 8, 16, 32], repeats: 10, reach: [0.8]}
public struct LearningCurveSetting: Equatable, Sendable {
    public let plan: SamplePlan
    /// Scores of the ranking's metric of which the report says how many rows they take.
    public let reach: [Double]
    /// What stands there, for errors.
    private let setting: Setting

    /// The values of the keys.
    private struct Keys: Sendable {
        var sizes: Sizes?
        var perClass: Sizes?
        var repeats = SamplePlan.defaultRepeats
        var reach: [Double]?
    }

    /// A list of sizes.
    fileprivate struct Sizes: Sendable {
        var numbers: [Int] = []
        var includesAll = false
    }

    static var reference: KeyReference { keys.reference }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            "sizes", \.sizes, .sizes, absent: "none",
            "How many train rows contestants are fitted on; `all` is the whole train part.")
        SettingKey(
            "per-class", \.perClass, .sizes, absent: "none",
            "Instead of `sizes`: how many train rows of each label.")
        SettingKey(
            "repeats", \.repeats, .count(in: 1...SamplePlan.maxRepeats),
            "How many samples are drawn of each size; `all` is fitted once.")
        SettingKey(
            "reach", \.reach, .scores, absent: "what each contestant scores at the last size",
            "Scores of the ranking's metric, of which the report says how many train rows they take.")
    }

    init(setting: Setting) throws(SettingsError) {
        let keys = try Self.keys.read(setting)
        let unit: TrainSample.Unit = keys.perClass == nil ? .rows : .perClass
        guard let sizes = keys.perClass ?? keys.sizes, keys.perClass == nil || keys.sizes == nil else {
            throw setting.badValue(
                expected:
                    "either 'sizes' or 'per-class', such as {sizes: [50, 100, 300, 1000, all], repeats: 5}")
        }
        plan = SamplePlan(unit, sizes: sizes.numbers, includesAll: sizes.includesAll, repeats: keys.repeats)
        reach = keys.reach ?? []
        self.setting = setting
    }

    /// - Throws: `SettingsError` where rows are dealt into folds, and for a score that the ranking's metric cannot have.
    func check(_ tasks: [ExperimentTask], rankBy metric: MetricName) throws(SettingsError) {
        if tasks.contains(where: { $0.folds != nil }) {
            throw setting.badValue(
                expected: "no 'learning-curve' beside 'folds': its samples are of the train part of one split"
            )
        }
        let range = metric.range
        guard let place = reach.firstIndex(where: { !range.contains($0) }),
            let item = try setting.mappingWithAnyKeys()["reach"]?.list()[place]
        else { return }
        let bounds =
            range.upperBound == Double.greatestFiniteMagnitude
            ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
        throw item.badValue(
            expected: "what \(metric.settingName), by which contestants are ranked, can be: \(bounds)")
    }

    public static func == (a: LearningCurveSetting, b: LearningCurveSetting) -> Bool {
        a.plan == b.plan && a.reach == b.reach
    }
}

extension ValueForm<LearningCurveSetting> {
    static var learningCurve: ValueForm {
        ValueForm("a mapping", keys: { LearningCurveSetting.reference }) {
            (setting) throws(SettingsError) in try LearningCurveSetting(setting: setting)
        }
    }
}

extension ValueForm<LearningCurveSetting.Sizes> {
    /// Counts of rows, each once, and perhaps `all`.
    fileprivate static var sizes: ValueForm {
        ValueForm("a list of integers above 0 and `all`, such as [50, 100, 300, all]") {
            (setting) throws(SettingsError) in
            var sizes = LearningCurveSetting.Sizes()
            for item in try setting.list() {
                if (try? item.string()) == "all" {
                    if sizes.includesAll { throw item.badValue(expected: "each size once") }
                    sizes.includesAll = true
                    continue
                }
                let size = try item.int(atLeast: 1)
                if sizes.numbers.contains(size) { throw item.badValue(expected: "each size once") }
                sizes.numbers.append(size)
            }
            if sizes.numbers.isEmpty {
                throw setting.badValue(expected: "at least one number of rows")
            }
            return sizes
        }
    }
}

extension ValueForm<[Double]> {
    fileprivate static var scores: ValueForm {
        ValueForm("a list of numbers") { (setting) throws(SettingsError) in
            var scores: [Double] = []
            for item in try setting.list() { scores.append(try item.double()) }
            return scores
        }
    }
}
