import Foundation
import SettingKeys

/// What students say of their own entry, in a file beside it that has its name and ends in `.yaml`.
package struct EntryClaim: Equatable, Sendable {
    /// What the entry will score, by the class's metric.
    package var score: Double?

    package static let key = "reported"

    static let keys = KeyTable(EntryClaim()) {
        SettingKey(
            required: key, \.score, .number("a number") { _ in true },
            "What you expect the entry to score on rows that nobody has seen, by the class's metric.")
    }

    package init() {}

    static func file(beside entry: URL) -> URL {
        entry.deletingPathExtension().appendingPathExtension("yaml")
    }

    /// - Returns: Nil where there is no such file.
    /// - Throws: `SettingsError`.
    package init?(beside entry: URL) throws(SettingsError) {
        let file = EntryClaim.file(beside: entry)
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        self = try EntryClaim.keys.read(Setting(contentsOf: file)).values
    }
}
