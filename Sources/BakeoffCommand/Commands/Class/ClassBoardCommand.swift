import ArgumentParser
import Bakeoff
import Foundation

struct ClassBoardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "board",
        abstract: "Show where the teams of a class stand, as a page in HTML and in Markdown.",
        discussion: """
            ENTRIES holds a folder for each team with its entries, which are taken in the order of their names (2.csv before \
            10.csv), or one entry such as TEAM.csv. Public scores rise by the Ladder: only where an entry is ahead of the team's \
            best by more than chance. In the end, each team's last valid entry counts, on the other test rows.
            """)

    @Option(help: "The folder 'secret' of the class.", completion: .directory)
    var secret: String

    @Argument(help: "The folder of the teams.", completion: .directory)
    var entries: String

    @Option(help: "The folder for index.html, README.md and board.json.", completion: .directory)
    var output = "board"

    @Flag(help: "Give teams other names; the secret's pseudonyms.csv says which.")
    var pseudonyms = false

    @Flag(help: "Show the final scores too: the class is over.")
    var final = false

    func run() throws {
        let secret = try ClassSecret(URL(fileURLWithPath: secret))
        var options = ClassBoard.Options()
        options.usesPseudonyms = pseudonyms
        options.showsFinal = final
        let bar = ProgressBar(label: "reading", unit: "entries")
        let board = try ClassBoard(of: secret, entries: URL(fileURLWithPath: entries), options: options) {
            bar.show(done: $0, of: $1)
        }
        bar.finish()
        let folder = URL(fileURLWithPath: output)
        try board.writePseudonyms(of: secret)
        try board.write(to: folder)
        try Terminal.print(folder.appendingPathComponent("index.html").relativePath)
    }
}
