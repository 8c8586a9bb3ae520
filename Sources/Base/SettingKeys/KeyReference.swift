/// The keys of a mapping for people: their names, what they may be, and what they mean.
public struct KeyReference: Sendable {
    /// One key.
    public struct Entry: Sendable {
        public let name: String
        /// What its value may be.
        public let form: String
        /// The default, or what is done without it; nil where its meaning says so.
        public var absent: String?
        public var isRequired = false
        public let meaning: String
        /// Those of the mapping that its value is or may be.
        var keys: (@Sendable () -> KeyReference)?
    }

    /// What a mapping may be besides, by the value of one of its keys.
    public struct Variant: Sendable {
        /// Such as `model: dummy`.
        public let title: String
        /// What it is for, in a sentence.
        public let meaning: String
        public let keys: KeyReference

        public init(title: String, meaning: String, keys: KeyReference) {
            self.title = title
            self.meaning = meaning
            self.keys = keys
        }
    }

    public let entries: [Entry]
    public let variants: [Variant]

    public init(_ entries: [Entry], variants: [Variant] = []) {
        self.entries = entries
        self.variants = variants
    }

    public var names: [String] { entries.map(\.name) }

    /// Checks the names of a mapping's keys.
    ///
    /// - Throws: `.unknownKey`, with the key of these under which it should stand, or the nearest one.
    public func check(_ mapping: SettingsMapping) throws(SettingsError) {
        let known = names
        for (name, item) in mapping.entries where !known.contains(name) {
            throw .unknownKey(
                item.place, key: item.key,
                suggestion: deeperKey(name) ?? nearest(to: name, in: known), known: known)
        }
    }

    /// A key that stands one level deeper, as it should be written.
    private func deeperKey(_ name: String) -> String? {
        let spelled = String(name.map { $0 == "_" ? "-" : $0 })
        return entries.first { $0.keys?().names.contains(spelled) == true }.map {
            "\($0.name): {\(spelled): ...}"
        }
    }
}
