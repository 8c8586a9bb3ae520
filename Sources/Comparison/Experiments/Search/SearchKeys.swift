import Evaluation
import Results
import SettingKeys

/// The key `search` of an entry of `contestants:`.
struct SearchKey: Sendable {
    static let name = "search"
    var search: Setting?

    static let keys = KeyTable(SearchKey()) {
        SettingKey(
            name, \.search, .later("a mapping {KEY: [value, ...], ..., metric: METRIC}"), absent: "none",
            "A search over options of the entry, by their dotted paths or by names that only one of them has; `metric` on validation chooses, f1-macro by default. `method` is `grid` for all combinations, `random` for some, `halving` for all on a third of train and the best third of them on the whole; `budget` is the most combinations that are tried."
        )
    }
}

/// The values of the keys of `search:` that are no options to search.
struct SearchKeys: Sendable {
    var method = SearchRecord.Method.grid
    var metric = MetricName.f1Macro
    var budget: Int?

    /// More trials than this are taken for a mistake.
    static let maxTrials = 1_000

    static let keys = KeyTable(SearchKeys()) {
        SettingKey(
            "method", \.method, .choice, "Which combinations are tried, and on how many of the train rows.")
        SettingKey(
            "metric", \.metric, .metric(among: MetricName.allCases),
            "The metric on validation that chooses, with labels decided at 0.5.")
        SettingKey(
            "budget", \.budget, .count(in: 1...maxTrials), absent: "all combinations",
            "The most combinations that are tried.")
    }

    /// Whether a search says how it is done, and not only what is tried.
    static func tellHow(_ search: SettingsMapping) -> Bool {
        search[keys.name(of: \.method)] != nil || search[keys.name(of: \.budget)] != nil
    }
}
