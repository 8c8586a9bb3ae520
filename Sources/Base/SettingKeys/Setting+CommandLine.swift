extension Setting {
    /// The value of an option of a command line, for the same readers as a file's.
    /// - Parameter option: As it is typed, with its dashes, for errors.
    public init(option: String, _ text: String) {
        self.init(key: option, place: .commandLine, value: .scalar(text, quoted: false))
    }

    /// The values of an option that was given several times.
    public init(option: String, _ texts: [String]) {
        let items = texts.map { Setting(option: option, $0) }
        self.init(key: option, place: .commandLine, value: .list(items))
    }

    /// What a flag of a command line means, for the same readers.
    public init(flag: String, _ meaning: Bool) {
        self.init(
            key: flag, place: .commandLine, value: .scalar(String(meaning), quoted: false), isFlag: true)
    }

    /// A mapping from keys to the values of options.
    public init(options entries: [(key: String, value: Setting)]) {
        self.init(key: "", place: .commandLine, value: .mapping(entries))
    }
}

extension SettingsError.Place {
    /// The command line, which has no lines.
    public static let commandLine = SettingsError.Place(file: "command line", line: 0)
}
