import Corpora
import Recipes
import SettingKeys

/// A dataset of the hub as an experiment names it: the keys `hub`, `config`, `revision` and `splits`.
struct HubSource: Sendable {
    let dataset: HubDatasetName
    let splits: HubSplits
    /// The value of `hub`, for errors.
    let setting: Setting

    /// The values of the keys.
    struct Keys: Sendable {
        var hub: Setting?
        var configuration: String?
        var revision: String?
        var splits: Setting?
    }

    static let keys = KeyTable(Keys()) {
        SettingKey(
            "hub", \.hub, .later("ORG/NAME of the Hugging Face hub"), absent: nil,
            "A dataset of the Hugging Face hub, from its cache or fetched by `run`; its splits are the official parts."
        )
        SettingKey(
            "config", \.configuration, .text("a configuration's name"), absent: "the default one",
            "With `hub`: which of the dataset's configurations.")
        SettingKey(
            "revision", \.revision, .text("a branch, a tag or a commit"), absent: "main",
            "With `hub`: the revision of the repository.")
        SettingKey(
            "splits", \.splits,
            .later("a mapping, or a list of splits that are read as one", keys: { HubSplits.keys.reference }),
            absent: "by their names",
            "With `hub`: the splits that are the parts. Splits that are no part are not read.")
    }

    /// The entries of `dataset:` that a word of a command line means; nil for a word that does not begin with `prefix`.
    static func entries(
        spelled word: String, configuration: String?, splits: [String]
    ) -> [(key: String, value: Setting)]? {
        guard word.hasPrefix(prefix) else { return nil }
        var entries = [
            (
                key: keys.name(of: \.hub),
                value: Setting(option: "dataset", String(word.dropFirst(prefix.count)))
            )
        ]
        if let configuration {
            entries.append((keys.name(of: \.configuration), Setting(option: "--config", configuration)))
        }
        if !splits.isEmpty { entries.append((keys.name(of: \.splits), Setting(option: "--split", splits))) }
        return entries
    }

    /// Nil without `hub`.
    init?(_ keys: ReadSettings<Keys>) throws(SettingsError) {
        guard let setting = keys.hub else {
            try keys.forbid([\.configuration, \.revision, \.splits]) { "no '\($0)' without 'hub'" }
            return nil
        }
        let text = try setting.string()
        guard let name = HubName(text, kind: .dataset) else {
            throw setting.badValue(expected: "ORG/NAME, as the Hugging Face hub names datasets")
        }
        if name.revision != nil {
            try keys.forbid([\.revision], expected: "one revision, and 'hub' names one already")
        }
        self.setting = setting
        splits = try HubSplits(keys.splits)
        guard let revision = keys.revision else {
            dataset = HubDatasetName(name, configuration: keys.configuration)
            return
        }
        guard let own = HubName("\(text)@\(revision)", kind: .dataset) else {
            throw (keys.setting(\.revision) ?? setting).badValue(expected: "a branch, a tag or a commit")
        }
        dataset = HubDatasetName(own, configuration: keys.configuration)
    }

    /// What to say of a split without a label, as the test splits of some benchmarks are.
    fileprivate func problem(of file: String) -> SettingsError {
        setting.badValue(
            expected:
                "'splits' beside it that leaves out what has no labels, such as {train: train, test: validation}, since no row "
                + "of \(file) has a label")
    }

    /// What a report calls it.
    var name: String {
        dataset.repository.repository + (dataset.configuration.map { ", \($0)" } ?? "")
    }

    /// What a command line writes before the repository, since a bare `ORG/NAME` may be a path.
    static let prefix = "hub:"

    /// What a command line calls it.
    var spelling: String {
        let repository = dataset.repository
        return "\(HubSource.prefix)\(repository.repository)\(repository.revision.map { "@\($0)" } ?? "")"
    }

    /// The dataset as it is in the cache; nil if it is not there.
    func stored(in hub: HubFetcher) throws -> HubDataset? {
        try hub.stored(dataset) { try splits.choice(of: $0, for: setting).splits }
    }

    func fetch(
        from hub: HubFetcher, isRenewed: Bool, progress: @escaping @Sendable (FetchProgress) -> Void
    ) async throws -> HubDataset {
        try await hub.fetch(
            dataset, isRenewed: isRenewed, splits: { try splits.choice(of: $0, for: setting).splits },
            progress: progress)
    }
}

extension HubSource? {
    /// Reads the rows; where a split of the hub has none with a label, says what to do about it.
    func advising<Value>(on place: LocalDataset, _ body: () throws(CorpusError) -> Value) throws -> Value {
        do throws(CorpusError) {
            return try body()
        } catch {
            guard let self, case .noRows(let file, let missing) = error, missing.labels > 0 else {
                throw error
            }
            throw self.problem(of: file.replacing(place.folder.path + "/", with: ""))
        }
    }
}
