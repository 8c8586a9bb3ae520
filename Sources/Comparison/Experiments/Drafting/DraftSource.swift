import Corpora
import Foundation
import Recipes
import SettingKeys
import Tables

/// What an experiment is drafted for: a data file, or a dataset of the hub.
public struct DraftSource: Sendable {
    /// As a command line names it: a path from `folder`, an address on the hub, or `hub:ORG/NAME`.
    let spelling: String
    /// Where the experiment file will stand.
    let folder: URL
    private let configuration: String?
    private let splits: [String]
    /// Where what the hub sent is kept.
    package var hub = HubFetcher()

    public init(_ spelling: String, folder: URL, configuration: String? = nil, splits: [String] = []) {
        (self.spelling, self.folder) = (spelling, folder)
        (self.configuration, self.splits) = (configuration, splits)
    }

    private var entriesOnHub: [(key: String, value: Setting)]? {
        HubSource.entries(spelled: spelling, configuration: configuration, splits: splits)
    }

    /// The dataset, read by some options.
    public func reference(
        _ options: DatasetOptions, cleaning: Cleaning = Cleaning()
    ) throws -> DatasetReference {
        if entriesOnHub == nil, configuration != nil || !splits.isEmpty {
            throw ExperimentError.idleHubOption(configuration != nil ? "--config" : "--split")
        }
        let setting =
            entriesOnHub.map { options.setting(beside: $0) }
            ?? options.setting(file: spelling, hasLabels: true)
        var reference = try DatasetReference(setting: setting, cleaning: cleaning, folder: folder)
        reference.hub = hub
        return reference
    }

    /// The path of the file whose columns are looked at: of several, the first.
    func surveyedPath(_ options: DatasetOptions) throws -> String {
        guard DatasetReference.isOnHub(spelling) else {
            if DatasetReference.mayBeOnHub(spelling) { throw ExperimentError.perhapsOnHub(spelling) }
            return spelling
        }
        return try reference(options).firstFile()
    }

    /// What the experiment is called by.
    var name: String {
        guard entriesOnHub != nil else { return spelling }
        let repository = spelling.prefix { $0 != "@" }.split(separator: "/").last.map(String.init) ?? spelling
        return repository + (configuration.map { "-\($0)" } ?? "")
    }

    /// The lines of `dataset:` that say where the rows are.
    var lines: [String] {
        (entriesOnHub ?? [("file", Setting(option: "file", spelling))]).map { key, value in
            let text =
                switch value.value {
                case .list: DraftText.list((try? value.strings()) ?? [])
                case .scalar, .mapping, .null: DraftText.value((try? value.string()) ?? "")
                }
            return "\(key): \(text)"
        }
    }
}
