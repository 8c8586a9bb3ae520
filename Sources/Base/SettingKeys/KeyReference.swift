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
        package var keys: (@Sendable () -> KeyReference)?

        /// By what a mapping that is told already is known again: its name and keys.
        func identity(_ keys: KeyReference) -> [String] { [name] + keys.names }
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

        /// What it is for, and whether there is nothing more to say.
        var explanation: String { meaning + (keys.entries.isEmpty ? " It has no keys of its own." : "") }
    }

    public let entries: [Entry]
    public let variants: [Variant]
    /// Whether they are those of each item of a list.
    package let isOfItems: Bool

    public init(_ entries: [Entry], variants: [Variant] = [], isOfItems: Bool = false) {
        self.entries = entries
        self.variants = variants
        self.isOfItems = isOfItems
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
        for entry in entries {
            guard let keys = entry.keys?(), keys.names.contains(spelled) else { continue }
            return keys.isOfItems ? "\(entry.name): [{\(spelled): ...}]" : "\(entry.name): {\(spelled): ...}"
        }
        return nil
    }
}
