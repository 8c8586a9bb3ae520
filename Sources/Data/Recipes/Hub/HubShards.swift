/// The numbers by which the hub's files tell how many shards a table is in: `train-00000-of-00003.parquet`.
package enum HubShards {
    /// Whether of every table all shards are among some paths; a file without such numbers is whole.
    package static func areComplete(_ paths: [String]) -> Bool {
        var found: [String: (count: Int, of: Int)] = [:]
        for path in paths {
            guard let match = path.firstMatch(of: /-(\d{5})-of-(\d{5})/), let count = Int(match.2) else {
                continue
            }
            let table = path[..<match.range.lowerBound] + "-of-" + match.2
            found[String(table), default: (0, count)].count += 1
        }
        return found.values.allSatisfy { $0.count >= $0.of }
    }
}
