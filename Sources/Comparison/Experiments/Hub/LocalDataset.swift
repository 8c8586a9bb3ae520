import Corpora
import Foundation
import Recipes
import SettingKeys

/// A dataset whose files are all on this machine, whatever named them.
struct LocalDataset {
    /// The keys of a dataset, with paths alone.
    var mapping: SettingsMapping
    /// What paths start from.
    let folder: URL
    /// What is worth knowing of where the files came from and of what their repository told.
    var notices: [String] = []
    /// The page of the hub where the files are.
    var source: String?
}

extension LocalDataset {
    /// How the files are to be read.
    var schema: DatasetSchema {
        get throws(SettingsError) { try DatasetSchema(setting: mapping.setting, folder: folder) }
    }

    /// Looks up the files of `file` and `files` that are addresses on the hub.
    /// - Throws: `ExperimentError.notInHubCache`, `SettingsError` for what is no address.
    init(_ mapping: SettingsMapping, folder: URL, hub: HubFetcher) throws {
        self.init(mapping: mapping, folder: folder)
        var commits: [String] = []
        self.mapping = try mapping.replacingHubFiles { address in
            guard let files = hub.stored(address) else {
                throw ExperimentError.notInHubCache("\(address)")
            }
            let notice = LocalDataset.notice(files.snapshot)
            if !commits.contains(notice) { commits.append(notice) }
            source = source ?? LocalDataset.page(files.snapshot)
            return files.paths.map { files.snapshot.folder.appendingPathComponent($0).path }
        }
        notices = commits
    }

    /// The files of a dataset on the hub, with what its repository says of them where the keys do not.
    init(_ dataset: HubDataset, of source: HubSource, _ mapping: SettingsMapping) throws {
        let names = dataset.splits.map(\.name)
        let choice = try source.splits.choice(of: names, for: source.setting)
        let paths = Dictionary(uniqueKeysWithValues: dataset.splits.map { ($0.name, $0.paths) })
        let place = source.setting
        func list(_ splits: [String]) -> Setting {
            Setting.list(of: splits.flatMap { paths[$0] ?? [] }, like: place)
        }
        var keys = mapping
        if let parts = choice.parts {
            let entries = Part.allCases.compactMap { part in
                parts[part].map { (key: part.rawValue, value: list($0)) }
            }
            keys = keys.replacing(
                "files", with: Setting(key: "files", place: place.place, value: .mapping(entries)))
        } else {
            let files = list(choice.splits)
            if case .list(let items) = files.value, items.count == 1 {
                keys = keys.replacing("file", with: items[0])
            } else {
                keys = keys.replacing("file", with: files)
            }
        }
        if let delimiter = dataset.delimiter, keys["delimiter"] == nil {
            keys = keys.adding("delimiter", delimiter)
        }
        // pandas, by which `datasets` reads tables, takes quotes for quotes in all of them.
        let isTabbed = dataset.splits.first?.paths.first?.contains(/\.(tsv|tab)(\.|$)/) == true
        if isTabbed, keys["quoting"] == nil { keys = keys.adding("quoting", "rfc4180") }
        self.init(mapping: keys, folder: dataset.snapshot.folder)
        self.source = LocalDataset.page(dataset.snapshot)
        notices = [LocalDataset.notice(dataset.snapshot)]
        for name in choice.splits where name.hasPrefix(HubSplits.partial) {
            notices.append("split '\(name)' is the beginning of a split that the hub has not converted whole")
        }
        if !dataset.otherSplits.isEmpty {
            notices.append("of its splits these are not read: \(listed(dataset.otherSplits))")
        }
        let columns = try HubColumns(dataset, self.mapping, folder: folder, at: source.setting)
        self.mapping = columns.mapping
        notices += columns.notices
    }

    private static func notice(_ snapshot: HubFetcher.Snapshot) -> String {
        "dataset \(snapshot.name.repository) of the Hugging Face hub is that of commit \(snapshot.commit)"
    }

    private static func page(_ snapshot: HubFetcher.Snapshot) -> String {
        "https://huggingface.co/datasets/\(snapshot.name.repository)/tree/\(snapshot.commit)"
    }
}

extension Setting {
    fileprivate static func list(of texts: [String], like place: Setting) -> Setting {
        Setting(
            key: place.key, place: place.place,
            value: .list(texts.map { Setting.text($0, key: place.key, at: place.place) }))
    }

    /// A path, or a list of paths, with others in place of the addresses on the hub.
    fileprivate func replacingHubFiles(_ paths: (HubFileAddress) throws -> [String]) throws -> Setting {
        switch value {
        case .scalar(let text, _):
            guard HubFileAddress.isSpelled(text) else { return self }
            let found = try paths(hubAddress())
            return found.count == 1
                ? Setting.text(found[0], key: key, at: place) : .list(of: found, like: self)
        case .list(let items):
            var all: [Setting] = []
            for item in items {
                let item = try item.replacingHubFiles(paths)
                if case .list(let several) = item.value { all += several } else { all.append(item) }
            }
            return Setting(key: key, place: place, value: .list(all))
        case .mapping(let entries):
            let replaced = try entries.map { (key: $0.key, value: try $0.value.replacingHubFiles(paths)) }
            return Setting(key: key, place: place, value: .mapping(replaced))
        case .null: return self
        }
    }

    private func hubAddress() throws -> HubFileAddress {
        guard let address = HubFileAddress(try string()) else {
            throw badValue(expected: HubFileAddress.form)
        }
        return address
    }
}

extension SettingsMapping {
    /// The same with paths in place of the addresses on the hub that `file` and `files` hold.
    fileprivate func replacingHubFiles(_ paths: (HubFileAddress) throws -> [String]) throws -> SettingsMapping
    {
        try FileKeys.keys.names.reduce(self) { mapping, key in
            guard let files = mapping[key] else { return mapping }
            return mapping.replacing(key, with: try files.replacingHubFiles(paths))
        }
    }

    /// The addresses on the hub that it holds.
    var hubAddresses: [HubFileAddress] {
        get throws {
            var addresses: [HubFileAddress] = []
            _ = try replacingHubFiles { address in
                addresses.append(address)
                return ["\(address)"]
            }
            return addresses
        }
    }
}
