import Corpora
import SettingKeys

/// Which splits of a dataset on the hub are the parts of a comparison: what `splits` says, else what they are called.
package struct HubSplits: Sendable {
    private let stated: Stated?

    private enum Stated {
        case parts([Part: [String]], Setting)
        /// All rows as one, without parts.
        case rows([String], Setting)
    }

    /// What was chosen of the splits that there are.
    package struct Choice: Equatable {
        /// Nil where rows have no parts.
        package var parts: [Part: [String]]?
        /// All that are read, in the order of the dataset.
        package var splits: [String]
        /// Those that are there and are not read.
        package var others: [String]

        package init(parts: [Part: [String]]?, splits: [String], others: [String]) {
            (self.parts, self.splits, self.others) = (parts, splits, others)
        }
    }

    /// The keys of `splits:`.
    static let keys = KeyTable.ofParts(.texts("a split, or a list of them")) {
        "The splits whose rows are the official \($0) part."
    }

    /// - Parameter setting: The value of `splits`; nil where it is absent.
    package init(_ setting: Setting?) throws(SettingsError) {
        guard let setting else {
            stated = nil
            return
        }
        guard case .mapping = setting.value else {
            stated = .rows(try setting.strings(), setting)
            return
        }
        stated = .parts(try HubSplits.keys.read(setting).values, setting)
    }

    /// - Parameters:
    ///   - names: Of all splits that there are.
    ///   - dataset: Where the dataset is named, for errors.
    package func choice(of names: [String], for dataset: Setting) throws(SettingsError) -> Choice {
        var parts: [Part: [String]]?
        var wanted: [String]
        switch stated {
        case .parts(let given, let setting):
            parts = given
            wanted = Part.allCases.flatMap { given[$0] ?? [] }
            try HubSplits.check(wanted, of: names, at: setting)
        case .rows(let given, let setting):
            wanted = given
            try HubSplits.check(wanted, of: names, at: setting)
        case nil:
            let found = HubSplits.parts(calledSo: names)
            wanted = names.count == 1 ? names : found.values.flatMap(\.self)
            if found.count > 1 { parts = found }
            if wanted.isEmpty {
                throw dataset.badValue(
                    expected:
                        "'splits' beside it, which says which splits are train, validation and test: it has \(listed(names))"
                )
            }
        }
        return Choice(
            parts: parts, splits: names.filter(wanted.contains), others: names.filter { !wanted.contains($0) }
        )
    }

    private static func check(_ wanted: [String], of names: [String], at setting: Setting)
        throws(SettingsError)
    {
        if wanted.isEmpty { throw setting.badValue(expected: "a split at least, of \(listed(names))") }
        for (place, name) in wanted.enumerated() {
            if !names.contains(name) {
                throw setting.badName(
                    name, expected: "splits that the dataset has, which are \(listed(names))", near: names)
            }
            if wanted[..<place].contains(name) { throw setting.badValue(expected: "each split once") }
        }
    }

    /// What splits are called that are parts (`SPLIT_KEYWORDS` in `datasets/data_files.py`).
    private static let words: [Part: [String]] = [
        .train: ["train", "training"], .validation: ["validation", "valid", "dev", "val"],
        .test: ["test", "testing", "eval", "evaluation"],
    ]
    /// What the hub writes before a split of which it has converted the beginning alone.
    static let partial = "partial-"

    private static func parts(calledSo names: [String]) -> [Part: [String]] {
        words.compactMapValues { words in
            for word in words {
                if let name = names.first(where: { $0 == word || $0 == partial + word }) { return [name] }
            }
            return nil
        }
    }
}
