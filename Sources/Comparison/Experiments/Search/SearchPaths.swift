import SettingKeys

/// Where the keys of a search stand in the entry of a contestant.
struct SearchPaths {
    /// A half of a contestant that is features and a learner, whose keys need no path.
    struct Part {
        /// What stands in front of its keys where both parts have them, such as `tfidf`.
        let name: String
        /// Where its mapping stands in the entry.
        let path: [String]
        let keys: [String]
    }

    /// The keys of the family.
    private let reference: KeyReference
    /// The learner's first, whose keys the shorter names are.
    private let parts: [Part]

    /// - Parameter entry: Without its search.
    init<Family: Contestant>(_ family: Family.Type, _ entry: SettingsMapping) throws {
        reference = KeyReference(family.settingKeys.entries.filter { $0.name != SearchKey.name })
        let top = reference.names
        let settings = try (family as? any FeatureSearching.Type)?.featureSettings(entry)
        parts =
            settings?.parts.map { part in
                let holder =
                    part.isLearners ? NamedLearner.name : FeaturesContestant.featuresKey
                let path =
                    top.contains(part.name)
                    ? [part.name] : top.contains(holder) ? [holder, part.name] : []
                return Part(name: part.name, path: path, keys: part.keys)
            } ?? []
    }

    /// The path of a key as a search writes it: the whole, or the end of it that only one key has.
    /// - Parameter value: What stands under the key.
    /// - Throws: `.unknownKey`, or `.badValue` where the name may be that of several keys.
    func path(of key: String, _ value: Setting) throws(SettingsError) -> [String] {
        let names = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        let path = try wholePath(names, value)
        try check(path, value)
        return path
    }

    private func wholePath(_ names: [String], _ value: Setting) throws(SettingsError) -> [String] {
        let first = names[0]
        if names.count > 1, let part = parts.first(where: { $0.name == first }) {
            return part.path + names.dropFirst()
        }
        if reference.names.contains(first) { return names }
        if let part = parts.first(where: { $0.keys.contains(first) }) { return part.path + names }
        var places: [[String]] = []
        SearchPaths.find(first, in: reference, at: [], &places)
        guard let place = places.first else {
            let known = reference.names + parts.flatMap(\.keys)
            var all: [String] = []
            SearchPaths.collect(reference, depth: 0, &all)
            throw .unknownKey(
                value.place, key: value.key, suggestion: nearest(to: first, in: known + all), known: known)
        }
        if places.count > 1 {
            let spelled = places.map { ($0 + names).joined(separator: ".") }
            throw value.badValue(expected: "a key of one meaning: \(spelled.joined(separator: " or "))")
        }
        return place + names
    }

    /// Mappings deeper than this are not looked through.
    private static let maxDepth = 4

    private static func find(
        _ name: String, in reference: KeyReference, at path: [String], _ places: inout [[String]]
    ) {
        if path.count >= maxDepth || reference.isOfItems { return }
        for entry in reference.entries {
            if entry.name == name { places.append(path) }
            if let keys = entry.keys?() { find(name, in: keys, at: path + [entry.name], &places) }
        }
    }

    private static func collect(_ reference: KeyReference, depth: Int, _ names: inout [String]) {
        if depth >= maxDepth || reference.isOfItems { return }
        for entry in reference.entries {
            names.append(entry.name)
            if let keys = entry.keys?() { collect(keys, depth: depth + 1, &names) }
        }
    }

    /// Throws for the first name of a path that is no key there.
    private func check(_ path: [String], _ value: Setting) throws(SettingsError) {
        var known = reference
        for name in path {
            guard let entry = known.entries.first(where: { $0.name == name }) else {
                throw .unknownKey(
                    value.place, key: value.key, suggestion: nearest(to: name, in: known.names),
                    known: known.names)
            }
            // A mapping whose keys nobody declares, such as from labels to numbers, may have any.
            guard let keys = entry.keys?() else { return }
            if keys.isOfItems && name != path.last {
                throw value.badValue(expected: "whole lists under '\(name)', not keys of their items")
            }
            known = keys
        }
    }

    /// As a report names the key: as short as it was understood.
    func name(of path: [String]) -> String {
        for (index, part) in parts.enumerated() where path.dropLast() == part.path[...] {
            guard let key = path.last, part.keys.contains(key) else { continue }
            let isShared = parts[..<index].contains { $0.keys.contains(key) }
            return isShared ? "\(part.name).\(key)" : key
        }
        return path.joined(separator: ".")
    }
}
