/// The mappings and lists that are open in a stream of YAML's events, and the keys that each mapping has had.
struct YAMLNesting {
    private struct Level {
        /// Nil for a list.
        var keys: Set<String>?
        /// The key whose value comes next; nil where a key comes next.
        var key: String?
    }

    private var levels: [Level] = []

    /// How many are open.
    var depth: Int { levels.count }

    mutating func open(isMapping: Bool) {
        levels.append(Level(keys: isMapping ? [] : nil, key: nil))
    }

    mutating func close() {
        levels.removeLast()
        // A list or mapping may be a key itself, which the parser of values refuses.
        passNode(key: "")
    }

    /// Takes a scalar, which is a key or a value; the whole path of a key that its mapping has already, else nil.
    mutating func take(_ scalar: String) -> String? {
        guard let last = levels.indices.last, levels[last].keys != nil, levels[last].key == nil else {
            passNode(key: scalar)
            return nil
        }
        let isNew = levels[last].keys?.insert(scalar).inserted ?? true
        levels[last].key = scalar
        return isNew ? nil : levels.compactMap(\.key).joined(separator: ".")
    }

    /// The innermost mapping has had a key, or a key's value.
    private mutating func passNode(key: String) {
        guard let last = levels.indices.last, levels[last].keys != nil else { return }
        levels[last].key = levels[last].key == nil ? key : nil
    }
}
