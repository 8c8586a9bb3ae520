import Evaluation
import Foundation
import Results

/// Where the teams of a class stand: public scores by the Ladder, and, if the class is over, final scores.
public struct ClassBoard: Sendable {
    package let name: String
    package let metric: MetricName
    package let step: Double
    /// In the order of team names.
    package let histories: [TeamHistory]
    package let publicStandings: Standings
    /// Nil while the class goes on.
    package let finalStandings: Standings?
    /// The name of each team by its pseudonym; empty without pseudonyms.
    package let pseudonyms: [String: String]

    /// What is wanted of a board.
    public struct Options: Sendable {
        /// Whether final scores are shown, by which a class is over.
        public var showsFinal = false
        /// Whether teams have other names, which only the secret's key gives.
        public var usesPseudonyms = false

        public init() {}
    }

    /// - Parameters:
    ///   - entries: A folder with a folder of entries for each team, or one entry, named after the team.
    ///   - progress: Told how many entries are read.
    /// - Throws: `ClassError` for a folder without teams. What is wrong with an entry is told on the board.
    public init(
        of secret: ClassSecret, entries: URL, options: Options = Options(),
        progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws {
        let teams = try ClassTeam.teams(in: entries)
        let count = teams.reduce(0) { $0 + $1.entries.count }
        var done = 0
        progress(0, count)
        let names = ClassBoard.names(of: teams.map(\.name), options, secret.key)
        var histories: [TeamHistory] = []
        for (team, name) in zip(teams, names) {
            let read = team.entries.lazy.map { entry in ClassEntry(entry, of: secret) }
            histories.append(TeamHistory(name, read, of: secret))
            done += team.entries.count
            progress(done, count)
        }
        self.init(
            of: secret, histories: histories.sorted { ClassTeam.isBefore($0.team, $1.team) },
            showsFinal: options.showsFinal,
            pseudonyms: options.usesPseudonyms
                ? Dictionary(uniqueKeysWithValues: zip(names, teams.map(\.name))) : [:])
    }

    package init(
        of secret: ClassSecret, histories: [TeamHistory], showsFinal: Bool, pseudonyms: [String: String] = [:]
    ) {
        name = secret.record.name
        metric = secret.record.metric
        step = secret.record.step
        self.histories = histories
        publicStandings = Standings(
            histories.map { ($0.team, $0.standing) }, rows: .public, of: secret)
        finalStandings =
            showsFinal
            ? Standings(histories.map { ($0.team, $0.last) }, rows: .final, of: secret) : nil
        self.pseudonyms = pseudonyms
    }

    /// What each team is called. Two teams whose pseudonyms meet get longer ones.
    private static func names(of teams: [String], _ options: Options, _ key: ClassKey) -> [String] {
        guard options.usesPseudonyms else { return teams }
        var taken = Set<String>()
        return teams.map { team in
            var name = key.pseudonym(of: team)
            while !taken.insert(name).inserted { name += key.pseudonym(of: "\(name)/\(team)") }
            return name
        }
    }

    /// Which team each pseudonym is, as CSV.
    package var pseudonymTable: [[String]] {
        [["pseudonym", "team"]] + pseudonyms.sorted { $0.key < $1.key }.map { [$0.key, $0.value] }
    }
}
