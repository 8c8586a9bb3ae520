import Evaluation
import Labels

/// How settings of a contestant were chosen on validation: every trial, the best one, and the entry as it is without a search,
/// which is fitted besides and never chosen.
///
/// Values are the metric's on stored predictions, which are rounded to single precision, with labels decided at 0.5. Test
/// decides nothing: what the search gained there is told, not chosen by.
public struct SearchRecord: Codable, Equatable, Sendable {
    /// Which combinations of the listed values are tried, and on how many rows.
    public enum Method: String, Codable, CaseIterable, Sendable {
        /// All combinations, on the whole train part.
        case grid
        /// Some combinations, drawn without repetition, on the whole train part.
        case random
        /// All, or some that are drawn, on a third of train; the best third of them on the whole.
        case halving
    }

    /// One fitting: of one combination on so many rows.
    public struct Trial: Codable, Equatable, Sendable {
        /// The value of each key, as the experiment file spells it. Shape: [keys].
        public var settings: [String]
        /// The train rows that it was fitted on.
        public var rows: Int
        /// The metric on validation; nil where it is undefined, or where the fitting failed.
        public var score: Double?
        /// Why there is no model; nil where there is one.
        public var failure: String?

        public init(settings: [String], rows: Int, score: Double?, failure: String? = nil) {
            (self.settings, self.rows, self.score, self.failure) = (settings, rows, score, failure)
        }
    }

    /// The entry as it is without the search.
    public struct Default: Codable, Equatable, Sendable {
        public var rows: Int
        /// The metric on validation; nil where it is undefined.
        public var score: Double?
        /// The metric on test; nil where it is undefined, or not known yet.
        public var test: Double?
        /// SHA-256 of `predictions/default/<id>.csv` and of `<id>.validation.csv` beside it.
        public var predictionsSHA256 = ""
        public var validationPredictionsSHA256 = ""

        private enum CodingKeys: String, CodingKey {
            case rows, score, test
            case predictionsSHA256 = "predictions_sha256"
            case validationPredictionsSHA256 = "validation_predictions_sha256"
        }

        public init(rows: Int, score: Double?) { (self.rows, self.score) = (rows, score) }
    }

    public var method: Method
    public var metric: MetricName
    /// The keys that are searched.
    public var keys: [String]
    /// How many combinations of the listed values there are.
    public var combinations: Int
    /// The most combinations that may be tried; nil where nothing was said.
    public var budget: Int?
    /// In the order in which they were fitted.
    public var trials: [Trial]
    /// The place of the best trial, among those on the most rows.
    public var best: Int
    /// Whether the mean over several tasks that share a model chose; the values are of one of them.
    public var isShared: Bool
    public var `default`: Default
    /// The metric of the best trial on test; nil where it is undefined, or not known yet.
    public var test: Double?

    private enum CodingKeys: String, CodingKey {
        case method, metric, keys, combinations, budget, trials, best, test
        case isShared = "is_shared"
        case `default`
    }

    public init(
        method: Method, metric: MetricName, keys: [String], combinations: Int, budget: Int?, trials: [Trial],
        best: Int, isShared: Bool, default: Default
    ) {
        self.method = method
        self.metric = metric
        self.keys = keys
        self.combinations = combinations
        self.budget = budget
        self.trials = trials
        self.best = best
        self.isShared = isShared
        self.default = `default`
    }
}

extension SearchRecord {
    /// Which trial is best.
    public var selection: Selection { Selection(by: metric) }

    /// The trial that became the contestant.
    public var bestTrial: Trial { trials[best] }

    /// How much better than the default the best trial is on validation, above 0 where it is better; nil where one of them is
    /// undefined. It flatters: the best was chosen there.
    public var gainOnValidation: Double? { gain(of: bestTrial.score, over: `default`.score) }

    /// The same on test.
    public var gainOnTest: Double? { gain(of: test, over: `default`.test) }

    private func gain(of best: Double?, over usual: Double?) -> Double? {
        guard let best, let usual else { return nil }
        return selection.score(best) - selection.score(usual)
    }

    /// The places of the trials that the best one is chosen among: those on the most rows.
    package var finalists: [Int] {
        let most = trials.map(\.rows).max()
        return trials.indices.filter { trials[$0].rows == most }
    }

    /// The settings of a trial, such as `C 0.1, max-features 5000`.
    public func name(of trial: Trial) -> String {
        zip(keys, trial.settings).map { "\($0) \($1)" }.joined(separator: ", ")
    }

    /// What is said of each numeric key of which the best value is the smallest or the largest that was tried: a wider grid may
    /// hold a better one.
    public var edgeNotices: [String] {
        keys.indices.compactMap { key in
            let numbers = trials.map { Double($0.settings[key]) }
            guard let best = Double(bestTrial.settings[key]) else { return nil }
            let tried = Set(numbers.compactMap(\.self))
            guard tried.count > 1, !numbers.contains(nil), let least = tried.min(), let most = tried.max(),
                best == least || best == most
            else { return nil }
            return "the best \(keys[key]), \(bestTrial.settings[key]), is the "
                + "\(best == least ? "smallest" : "largest") that was tried"
        }
    }

    /// What about a record that was read cannot be; nil where nothing is.
    package var fault: String? {
        if keys.isEmpty { return "found no keys" }
        if trials.isEmpty { return "found no trials" }
        if let bad = trials.first(where: { $0.settings.count != keys.count }) {
            return "found \(bad.settings.count) settings of \(keys.count) keys"
        }
        let rows = trials.map(\.rows) + [`default`.rows]
        if let bad = rows.first(where: { $0 < 1 }) { return "found \(bad) rows" }
        if !finalists.contains(best) { return "found \(best) as the best of \(trials.count) trials" }
        return nil
    }
}
