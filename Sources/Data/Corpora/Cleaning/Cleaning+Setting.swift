import SettingKeys

extension Cleaning {
    public static let keys = [
        "random-rows", "html-entities", "unicode", "drop-columns", "drop-flagged", "drop-missing",
        "length-outliers",
        "drop-conflicts", "drop-duplicates", "min-rows-per-class", "rare-classes", "per-class", "rows",
        "seed",
    ]

    /// Reads `clean:` of an experiment:
    ///
    ///     clean:
    ///       random-rows: 100000                # drawn while reading, where files are too big for memory
    ///       html-entities: true
    ///       unicode: nfc                       # or nfkc
    ///       drop-columns: [neutral]            # of the columns of labels
    ///       drop-flagged: example_very_unclear # rows in which this column is true; several: a list
    ///       drop-missing: true
    ///       length-outliers: iqr               # or {min-words: 2, max-words: 100}
    ///       drop-conflicts: true
    ///       drop-duplicates: true              # or near
    ///       min-rows-per-class: 10             # classes with fewer ...
    ///       rare-classes: drop                 # ... are left out, or become one class: other
    ///       per-class: 16667
    ///       rows: {train: 2000, test: 200}     # or a number
    ///       seed: 42
    public init(setting: Setting) throws(SettingsError) {
        let mapping = try setting.mapping(known: Cleaning.keys)
        randomRows = try mapping["random-rows"]?.positive()
        decodesEntities = try mapping["html-entities"]?.bool() ?? false
        normalForm = try mapping["unicode"]?.oneOf()
        droppedColumns = try mapping["drop-columns"]?.strings() ?? []
        flagColumns = try mapping["drop-flagged"]?.strings() ?? []
        missing = try mapping["drop-missing"]?.bool() == true ? .dropped : .refused
        if let limit = mapping["length-outliers"] { length = try LengthLimit(limit) }
        conflicts = try mapping["drop-conflicts"]?.bool() ?? false
        if let value = mapping["drop-duplicates"] { duplicates = try Duplicates(value) }
        if let least = mapping["min-rows-per-class"] {
            let minRows = try least.positive()
            guard let handling = mapping["rare-classes"] else {
                throw .missingKey(
                    setting.place, key: "\(setting.key.isEmpty ? "" : setting.key + ".")rare-classes")
            }
            rareClasses = RareClasses(minRows: minRows, handling: try handling.oneOf())
        } else if let handling = mapping["rare-classes"] {
            throw handling.badValue(expected: "'min-rows-per-class: N' beside it")
        }
        perClass = try mapping["per-class"]?.positive()
        if let rows = mapping["rows"] { sample = try Sample(rows) }
        if let value = mapping["seed"] { seed = try value.seed() }
    }
}

extension Cleaning.LengthLimit {
    fileprivate init(_ setting: Setting) throws(SettingsError) {
        if case .scalar(let text, _) = setting.value {
            guard text == "iqr" else { throw setting.badValue(expected: "iqr, or min-words and max-words") }
            self = .interquartile
            return
        }
        let mapping = try setting.mapping(known: ["min-words", "max-words"])
        let least = try mapping["min-words"]?.int(atLeast: 0) ?? 0
        let most = try mapping["max-words"]?.int(atLeast: 0) ?? .max
        guard least <= most else { throw setting.badValue(expected: "no more min-words than max-words") }
        self = .words(least...most)
    }
}

extension Cleaning.Duplicates {
    /// `true` is `equal`; nil for `false`.
    fileprivate init?(_ setting: Setting) throws(SettingsError) {
        switch try setting.string() {
        case "true", "equal": self = .equal
        case "near": self = .near
        case "false": return nil
        default: throw setting.badValue(expected: "true, false or near")
        }
    }
}

extension Cleaning.Sample {
    fileprivate init(_ setting: Setting) throws(SettingsError) {
        guard case .mapping = setting.value else {
            self = .rows(try setting.positive())
            return
        }
        let mapping = try setting.mapping(known: Part.allCases.map(\.rawValue))
        var parts: [Part: Int] = [:]
        for part in Part.allCases { parts[part] = try mapping[part.rawValue]?.positive() }
        self = .parts(parts)
    }
}

extension Setting {
    fileprivate func positive() throws(SettingsError) -> Int {
        let number = try int()
        guard number > 0 else { throw badValue(expected: "a number of at least 1") }
        return number
    }
}
