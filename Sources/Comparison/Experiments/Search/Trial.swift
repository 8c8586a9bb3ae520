import SafeFiles

/// A fitting of a search: settings, and how many of the train rows they are fitted on.
struct Trial: Sendable {
    /// Nil for the entry without its search.
    let combination: Int?
    /// The whole entry, in one spelling.
    let settings: String
    /// Whether the settings are those of the entry without its search, on the whole train part: the trial that the others are
    /// compared with, which a combination may repeat.
    let isDefault: Bool
    /// It is fitted on one train row of so many; nil for all.
    let share: Int?
    /// How many rows that is. Shape: [tasks].
    let rowCounts: [Int]
    /// SHA-256 of settings and rows, after which its folder is named.
    let key: String
}

extension SearchClassifier {
    /// - Parameters:
    ///   - combination: Nil for the entry without its search.
    ///   - share: One train row of so many; nil for all.
    ///   - rowCounts: The train rows of each task, all of them.
    func trial(_ combination: Int?, share: Int? = nil, of rowCounts: [Int]) throws -> Trial {
        let settings = try combination.map(settings) ?? defaultSettings
        let counts = share.map { share in rowCounts.map { $0 / share } } ?? rowCounts
        let rows = counts.map(String.init).joined(separator: " ")
        return Trial(
            combination: combination, settings: settings,
            isDefault: share == nil && settings == defaultSettings, share: share, rowCounts: counts,
            key: Fingerprint.sha256(of: Array("\(settings)\nrows \(rows)".utf8)))
    }
}
