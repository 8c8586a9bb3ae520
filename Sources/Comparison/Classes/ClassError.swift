import SettingKeys

/// What can go wrong with a class besides its experiment and the entries.
public enum ClassError: Error, Equatable, Sendable {
    /// An experiment of which no class can be made.
    case unsuitable(file: String, found: String, expected: String)
    /// A folder in which a class was made already.
    case exists(folder: String)
    /// A folder that holds something else than a class's secret.
    case notASecret(folder: String, reason: String)
    /// A file of the secret that is not as it was written.
    case changed(file: String)
    /// A share of the test rows that leaves none for the public scores, or none for the final ones.
    case badShare(share: Double, rows: Int)
    case noTeams(folder: String)
    /// Two entries or folders of one team.
    case sameTeam(String, first: String, second: String)
}

extension ClassError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unsuitable(let file, let found, let expected):
            "\(file): found \(found), expected \(expected)"
        case .exists(let folder):
            "\(folder): a class was made here already, and new ids would make its entries worthless; name another folder with "
                + "--output, or remove this one"
        case .notASecret(let folder, let reason):
            "\(folder): not the secret of a class: \(reason); `bakeoff class create` makes it, in the folder 'secret'"
        case .changed(let file):
            "\(file): is not as it was written when the class was made (its SHA-256 differs)"
        case .badShare(let share, let rows):
            "a public share of \(share) of \(rows) test rows leaves no row for the public or for the final scores"
        case .noTeams(let folder):
            "\(folder): no entries; a team has a folder of entries, or one entry such as TEAM.csv"
        case .sameTeam(let team, let first, let second):
            "\(first) and \(second) are both of the team '\(shown(team))'; put both into one folder of that name"
        }
    }
}
