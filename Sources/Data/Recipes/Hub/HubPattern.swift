/// A pattern of paths in a repository, as `datasets` reads those of a README: `*` is any run of characters, `?` any
/// character, `[a-c]` any of a set, none of them a `/`; `**` is any folders, or at the end any files in them.
///
/// A file or folder whose name begins with `.`, and a folder whose name begins with `__`, is found only where the pattern
/// says so, and the files that describe a repository only by their names (`resolve_pattern` in `datasets/data_files.py`).
package struct HubPattern {
    private let parts: [String]

    /// - Parameter folder: What the pattern starts from; empty for the repository itself.
    package init(_ pattern: String, in folder: String = "") {
        parts = [folder, pattern].flatMap { $0.split(separator: "/") }.map(String.init).filter { $0 != "." }
    }

    /// Whether the pattern can only be one path.
    var isPath: Bool { !parts.contains { $0.contains { "*?[".contains($0) } } }

    /// Those of some paths that match, sorted by code point.
    func matches(in paths: [String]) -> [String] {
        paths.filter(matches).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    package func matches(_ path: String) -> Bool {
        let names = path.split(separator: "/").map(String.init)
        guard reaches(names) else { return false }
        let isHidden = { (name: String) in name.hasPrefix(".") }
        let isSpecial = { (name: String) in name.hasPrefix("__") }
        guard names.count(where: isHidden) == parts.count(where: isHidden),
            names.dropLast().count(where: isSpecial) == parts.dropLast().count(where: isSpecial)
        else { return false }
        return !HubPattern.descriptions.contains(names.last ?? "") || names.last == parts.last
    }

    /// Files that tell of a repository and are no data.
    private static let descriptions: Set = [
        "README.md", "config.json", "dataset_info.json", "dataset_infos.json", "dummy_data.zip",
        "dataset_dict.json",
    ]

    /// Whether the parts match all names: which names are left after each part is kept as a set, so that no pattern takes
    /// long.
    private func reaches(_ names: [String]) -> Bool {
        var starts: Set = [0]
        for (place, part) in parts.enumerated() {
            guard let first = starts.min() else { return false }
            if part == "**" {
                if place == parts.count - 1 { return first < names.count }
                starts = Set(first...names.count)
            } else {
                let pattern = NamePattern(part)
                starts = Set(
                    starts.filter { $0 < names.count && pattern.matches(names[$0]) }.map { $0 + 1 })
            }
        }
        return starts.contains(names.count)
    }
}
