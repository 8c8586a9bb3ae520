import Experiments
import Foundation
import SafeFiles

/// A team and what it handed in, in the order in which it did.
package struct ClassTeam: Sendable {
    package let name: String
    /// Files of predictions and folders of models; at least one.
    package let entries: [URL]

    /// The teams of a folder: one for each folder in it, with its entries by name (`2.csv` before `10.csv`), and one for
    /// each file or model in it, which is named after the team.
    ///
    /// Claims (`.yaml`), notes (`.md`) and hidden files are no entries.
    /// - Throws: `ClassError.noTeams`, `.sameTeam`.
    package static func teams(in folder: URL) throws(ClassError) -> [ClassTeam] {
        var teams: [ClassTeam] = []
        var places: [String: URL] = [:]
        for item in entries(in: folder) {
            let isTeamFolder = isFolder(item) && !SavedModel.isThere(item)
            let name = isTeamFolder ? item.lastPathComponent : item.deletingPathExtension().lastPathComponent
            let own = isTeamFolder ? entries(in: item) : [item]
            if own.isEmpty { continue }
            if let other = places.updateValue(item, forKey: name) {
                throw .sameTeam(name, first: other.relativePath, second: item.relativePath)
            }
            teams.append(ClassTeam(name: name, entries: own))
        }
        if teams.isEmpty { throw .noTeams(folder: folder.relativePath) }
        return teams
    }

    private static func entries(in folder: URL) -> [URL] {
        fileNames(in: folder).filter { name in
            let ending = (name as NSString).pathExtension.lowercased()
            return !name.hasPrefix(".") && !["yaml", "yml", "md"].contains(ending)
        }
        .sorted(by: isBefore).map { folder.appendingPathComponent($0) }
    }

    /// Whether a name comes before another as people count: runs of digits are numbers.
    package static func isBefore(_ first: String, _ second: String) -> Bool {
        let (a, b) = (runs(of: first), runs(of: second))
        for (x, y) in zip(a, b) where x != y {
            let numbers = (digits(of: x), digits(of: y))
            if let m = numbers.0, let n = numbers.1, m != n {
                return m.count == n.count ? m < n : m.count < n.count
            }
            if numbers.0 == nil || numbers.1 == nil { return x < y }
        }
        return a.count == b.count ? first < second : a.count < b.count
    }

    /// The digits of a number without zeros in front; nil for other runs.
    private static func digits(of run: Substring) -> Substring? {
        run.first.map(isDigit) == true ? run.drop { $0 == "0" } : nil
    }

    private static func runs(of name: String) -> [Substring] {
        var runs: [Substring] = []
        var start = name.startIndex
        for place in name.indices.dropFirst() where isDigit(name[place]) != isDigit(name[start]) {
            runs.append(name[start..<place])
            start = place
        }
        return start < name.endIndex ? runs + [name[start...]] : runs
    }

    private static func isDigit(_ character: Character) -> Bool { character.isASCII && character.isNumber }
}
