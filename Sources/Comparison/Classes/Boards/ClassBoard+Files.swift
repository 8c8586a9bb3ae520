import Evaluation
import Foundation
import Reports
import Results
import SafeFiles

extension ClassBoard {
    /// Writes the board as a page in HTML, in Markdown and as JSON.
    /// - Parameter folder: Its files are replaced.
    public func write(to folder: URL) throws {
        let document = document
        func write(_ text: String, _ name: String) throws(FileError) {
            try OutputFile.write(text, to: folder.appendingPathComponent(name))
        }
        try write(HTMLPage(document).text, "index.html")
        try write(document.markdown, "README.md")
        try OutputFile.write(
            try StableJSON.encode(Stored(self)), to: folder.appendingPathComponent("board.json"))
    }

    /// Writes beside the secret which team each pseudonym is; nothing without pseudonyms.
    public func writePseudonyms(of secret: ClassSecret) throws {
        if pseudonyms.isEmpty { return }
        try OutputFile.write(
            pseudonymTable.map(csvLine).joined(), to: secret.layout.pseudonyms)
    }

    /// What `board.json` holds: what the page says.
    private struct Stored: Encodable {
        let format = 1
        let name: String
        let metric: MetricName
        let step: Double
        let publicStandings: Standings
        let finalStandings: Standings?
        let teams: [Team]

        struct Team: Encodable {
            let name: String
            let entries: [TeamHistory.Step]
        }

        private enum CodingKeys: String, CodingKey {
            case format, name, metric, step, teams
            case publicStandings = "public"
            case finalStandings = "final"
        }

        init(_ board: ClassBoard) {
            (name, metric, step) = (board.name, board.metric, board.step)
            (publicStandings, finalStandings) = (board.publicStandings, board.finalStandings)
            teams = board.histories.map { Team(name: $0.team, entries: $0.steps) }
        }
    }
}
