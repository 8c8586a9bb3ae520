/// How the files of splits are found by their names, where a README does not say: the patterns of `datasets`, in its order
/// (`get_data_patterns` in `datasets/data_files.py`).
package enum HubSplitPatterns {
    /// The splits that everybody has, and the words that names of files have for them.
    private static let words: [(split: String, words: [String])] = [
        ("train", ["train", "training"]), ("validation", ["validation", "valid", "dev", "val"]),
        ("test", ["test", "testing", "eval", "evaluation"]),
    ]
    private static let separators = "[-._ 0-9]"

    /// The splits of some paths, in order, each with its files; empty where there are no paths.
    /// - Parameter folder: Where they are looked for.
    package static func splits(of paths: [String], in folder: String) -> [(name: String, paths: [String])] {
        let sharded = shards(of: paths, in: folder)
        if !sharded.isEmpty { return sharded }
        for patterns in [folderPatterns, filePatterns] {
            let found = words.map { split, words in
                (name: split, paths: matches(words.flatMap(patterns), in: folder, of: paths))
            }
            .filter { !$0.paths.isEmpty }
            if !found.isEmpty { return found }
        }
        let all = HubPattern("**", in: folder).matches(in: paths)
        return all.isEmpty ? [] : [("train", all)]
    }

    /// Files that match some patterns, in the order of these, each once.
    static func matches(_ patterns: [String], in folder: String, of paths: [String]) -> [String] {
        var seen: Set<String> = []
        return patterns.flatMap { HubPattern($0, in: folder).matches(in: paths) }
            .filter { seen.insert($0).inserted }
    }

    /// `data/SPLIT-00000-of-00001.parquet`.
    private static func shards(of paths: [String], in folder: String) -> [(name: String, paths: [String])] {
        let digits = String(repeating: "[0-9]", count: 5)
        var found: [String: [String]] = [:]
        for path in HubPattern("data/*-\(digits)-of-\(digits)*.*", in: folder).matches(in: paths) {
            let name = path.split(separator: "/").last ?? ""
            guard let match = name.wholeMatch(of: /(.+)-\d{5}-of-\d{5}.*\..*/) else { continue }
            found[String(match.1), default: []].append(path)
        }
        let known = words.map(\.split)
        let names = known.filter { found[$0] != nil } + found.keys.filter { !known.contains($0) }.sorted()
        return names.map { ($0, found[$0] ?? []) }
    }

    private static func folderPatterns(_ word: String) -> [String] {
        [
            "**/\(word)/**", "**/\(word)\(separators)*/**", "**/*\(separators)\(word)/**",
            "**/*\(separators)\(word)\(separators)*/**",
        ]
    }

    private static func filePatterns(_ word: String) -> [String] {
        ["**/\(word)\(separators)*", "**/*\(separators)\(word)\(separators)*"]
    }
}
