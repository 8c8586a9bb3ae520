import SettingKeys

extension Cleaning {
    /// The values of the keys of `clean:`.
    struct Keys: Sendable {
        var cleaning = Cleaning()
        var dropsMissing = false
        var minRowsPerClass: Int?
        var rareClasses: RareClasses.Handling?
    }

    /// The keys of `clean:`, in the order in which the steps are taken.
    package static var reference: KeyReference { keys.reference }

    static let keys = KeyTable(Keys()) {
        SettingKey(
            "random-rows", \.cleaning.randomRows, .count(atLeast: 1), absent: "all rows",
            "The size of a random sample of the rows, drawn while the files are read; for files too big for memory."
        )
        SettingKey(
            "html-entities", \.cleaning.decodesEntities, .flag,
            "Whether references such as `&amp;` become the characters that they mean.")
        SettingKey(
            "unicode", \.cleaning.normalForm, .choice, absent: "characters stay as they are",
            "The Unicode normal form of the texts.")
        SettingKey(
            "drop-columns", \.cleaning.droppedColumns, .texts("a list of columns"),
            "Label columns to leave out of a range of columns.")
        SettingKey(
            "drop-flagged", \.cleaning.flagColumns, .texts("a column, or a list of columns"),
            "Rows in which one of these columns is true are left out.")
        SettingKey(
            "drop-missing", \.dropsMissing, .flag,
            "Whether rows without a text or a label are left out; they are an error otherwise.")
        SettingKey(
            "length-outliers", \.cleaning.length, .lengthLimit, absent: "no text is too short or too long",
            "Texts to leave out by their number of words: those beyond Tukey's fences (1.5 interquartile ranges from the quartiles), or beyond limits."
        )
        SettingKey(
            "drop-conflicts", \.cleaning.conflicts, .flag,
            "Whether rows are left out whose text also occurs with other labels.")
        SettingKey(
            "drop-duplicates", \.cleaning.duplicates, .duplicates,
            "Whether only the first of rows with equal texts (in any case and spacing) is kept; `near` counts nearly equal texts too."
        )
        SettingKey(
            "min-rows-per-class", \.minRowsPerClass, .count(atLeast: 1), absent: nil,
            "Classes with fewer rows are rare; `rare-classes` says what becomes of them.")
        SettingKey(
            "rare-classes", \.rareClasses, .choice, absent: nil,
            "Whether the rows of rare classes are left out, or become one class, `other`.")
        SettingKey(
            "per-class", \.cleaning.perClass, .count(atLeast: 1), absent: "all rows",
            "Max rows per class; a random sample is kept.")
        SettingKey(
            "rows", \.cleaning.sample, .sample, absent: "all rows",
            "The size of a stratified random sample, of all rows or of official parts.")
        SettingKey("seed", \.cleaning.seed, .seed, "The seed of the random steps.")
    }

    /// Reads `clean:` of an experiment.
    public init(setting: Setting) throws(SettingsError) {
        let keys = try Cleaning.keys.read(setting)
        self = keys.cleaning
        missing = keys.dropsMissing ? .dropped : .refused
        if let minRows = keys.minRowsPerClass {
            rareClasses = RareClasses(minRows: minRows, handling: try keys.required(\.rareClasses))
        } else {
            try keys.forbid([\.rareClasses], expected: "'min-rows-per-class: N' beside it")
        }
    }
}

private struct WordLimits: Sendable {
    var least = 0
    var most: Int?

    static let keys = KeyTable(WordLimits()) {
        SettingKey("min-words", \.least, .count(atLeast: 0), "Min number of words.")
        SettingKey("max-words", \.most, .count(atLeast: 0), absent: "no limit", "Max number of words.")
    }
}

extension ValueForm<Cleaning.LengthLimit> {
    fileprivate static var lengthLimit: ValueForm {
        ValueForm("iqr, or a mapping", keys: { WordLimits.keys.reference }) {
            (setting) throws(SettingsError) in
            if case .scalar(let text, _) = setting.value {
                guard text == "iqr" else {
                    throw setting.badValue(expected: "iqr, or min-words and max-words")
                }
                return .interquartile
            }
            let limits = try WordLimits.keys.read(setting)
            let most = limits.most ?? .max
            guard limits.least <= most else {
                throw setting.badValue(expected: "no more min-words than max-words")
            }
            return .words(limits.least...most)
        }
    }
}

extension ValueForm<Cleaning.Duplicates?> {
    /// `true` is `equal`; nil for `false`.
    fileprivate static var duplicates: ValueForm {
        ValueForm("true, false or near", spell: { $0?.rawValue ?? "false" }) {
            (setting) throws(SettingsError) in
            switch try setting.string() {
            case "true", "equal": .equal
            case "near": .near
            case "false": nil
            default: throw setting.badValue(expected: "true, false or near")
            }
        }
    }
}

private let partSizes = KeyTable.ofParts(.count(atLeast: 1)) { "Rows of the official \($0) part." }

extension ValueForm<Cleaning.Sample> {
    fileprivate static var sample: ValueForm {
        ValueForm("an integer of at least 1, or a mapping", keys: { partSizes.reference }) {
            (setting) throws(SettingsError) in
            guard case .mapping = setting.value else { return .rows(try setting.int(atLeast: 1)) }
            return .parts(try partSizes.read(setting).values)
        }
    }
}
