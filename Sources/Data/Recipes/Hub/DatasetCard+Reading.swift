import SettingKeys

extension DatasetCard {
    /// The name of the configuration where there is only one, which nobody names.
    static let defaultConfiguration = "default"

    /// Reads the YAML at the start of a README, between two lines of `---`; a README without it says nothing.
    /// - Parameters:
    ///   - yaml: A file of its own, whose keys take the place of the README's.
    ///   - file: What errors call the README.
    package init(readme: String, yaml: String = "", file: String) throws(SettingsError) {
        var card = try DatasetCard.mapping("", file: file)
        if let block = readme.prefixMatch(of: /(\s*---[\r\n]+)([\S\s]*?)[\r\n]+---(?:\r\n|\r|\n|$)/) {
            // Empty lines in place of the first ones keep the numbers of the others.
            let start = String(repeating: "\n", count: block.1.count { $0.isNewline })
            card = try DatasetCard.mapping(start + block.2, file: file)
        }
        try self.init(card.overridden(by: DatasetCard.mapping(yaml, file: file)))
    }

    private static func mapping(_ yaml: String, file: String) throws(SettingsError) -> SettingsMapping {
        // YAML of nothing but comments is no mapping.
        let isEmpty = yaml.split(whereSeparator: \.isNewline).allSatisfy { line in
            line.first { !$0.isWhitespace }.map { $0 == "#" } ?? true
        }
        return try Setting(yaml: isEmpty ? "{}" : yaml, file: file).mappingWithAnyKeys()
    }

    private init(_ card: SettingsMapping) throws(SettingsError) {
        for item in try card["configs"]?.list() ?? [] { configurations.append(try Configuration(item)) }
        guard let told = card["dataset_info"] else { return }
        guard case .list(let items) = told.value else {
            infos = [try Info(told)]
            return
        }
        for item in items { infos.append(try Info(item)) }
    }
}

extension DatasetCard.Configuration {
    /// Keys of a configuration that change nothing in how its files are read.
    private static let idle: Set = [
        "config_name", "data_files", "default", "data_dir", "features", "description",
    ]

    fileprivate init(_ setting: Setting) throws(SettingsError) {
        let keys = try setting.mappingWithAnyKeys()
        guard let name = keys["config_name"] else { throw keys.missing("config_name") }
        self.name = try name.string()
        isDefault = try keys["default"]?.bool() ?? false
        folder = try keys["data_dir"]?.string()
        splits = try keys["data_files"]?.dataFiles()
        features = try keys["features"]?.features() ?? []
        for (key, value) in keys.entries where !Self.idle.contains(key) {
            options[key] = (try? value.string()) ?? value.canonicalText
        }
    }
}

extension DatasetCard.Info {
    fileprivate init(_ setting: Setting) throws(SettingsError) {
        let keys = try setting.mappingWithAnyKeys()
        configuration = try keys["config_name"]?.string() ?? DatasetCard.defaultConfiguration
        for split in try keys["splits"]?.list() ?? [] {
            if let name = try split.mappingWithAnyKeys()["name"] { splits.append(try name.string()) }
        }
        features = try keys["features"]?.features() ?? []
    }
}

extension Setting {
    /// `data_files`: a pattern or several, which are the split `train`, or a list of splits with theirs.
    fileprivate func dataFiles() throws(SettingsError) -> [(name: String, patterns: [String])] {
        let isOfSplits =
            if case .list(let items) = value, case .mapping? = items.first?.value { true } else { false }
        if !isOfSplits { return [("train", try strings())] }
        var splits: [(name: String, patterns: [String])] = []
        for item in try list() {
            let keys = try item.mappingWithAnyKeys()
            guard let name = keys["split"] else { throw keys.missing("split") }
            guard let path = keys["path"] else { throw keys.missing("path") }
            let split = try name.string()
            if splits.contains(where: { $0.name == split }) {
                throw name.badValue(expected: "each split once")
            }
            splits.append((split, try path.strings()))
        }
        return splits
    }

    /// `features`: a list of columns with their types.
    fileprivate func features() throws(SettingsError) -> [DatasetCard.Feature] {
        // An older form is a mapping, which tells nothing that is needed here.
        guard case .list(let items) = value else { return [] }
        var features: [DatasetCard.Feature] = []
        for item in items {
            let keys = try item.mappingWithAnyKeys()
            guard let name = try keys["name"]?.string() else { continue }
            let type = try? keys["dtype"]?.string()
            features.append(
                DatasetCard.Feature(
                    name: name, isText: type == "string" || type == "large_string",
                    classNames: try item.classNames()))
        }
        return features
    }

    /// The names of `class_label`, also where lists hold such labels.
    private func classNames() throws(SettingsError) -> [String]? {
        guard case .mapping = value else { return nil }
        let keys = try mappingWithAnyKeys()
        if let names = try keys["class_label"]?.mappingWithAnyKeys()["names"] {
            guard case .mapping(let entries) = names.value else { return try names.strings() }
            let numbered = entries.compactMap { entry in Int(entry.key).map { ($0, entry.value) } }
                .sorted { $0.0 < $1.0 }
            guard numbered.count == entries.count, numbered.map(\.0) == Array(numbered.indices) else {
                throw names.badValue(expected: "a name for each number from 0")
            }
            var list: [String] = []
            for (_, name) in numbered { list.append(try name.string()) }
            return list
        }
        for inner in ["dtype", "sequence", "list", "large_list"] {
            if let names = try keys[inner]?.classNames() { return names }
        }
        return nil
    }
}
