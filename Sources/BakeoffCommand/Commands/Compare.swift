import ArgumentParser
import Bakeoff
import Foundation

struct Compare: CheckedCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set several runs side by side, as a Markdown table.",
        discussion: """
            Contestants of different runs on the same test rows are tested in pairs, with Holm's correction. Where data or \
            split differ it says so, since scores of different test rows do not compare.
            """)

    @Argument(help: "The folders of the runs, such as reports/<name>.", completion: .directory)
    var folders: [String]

    func check() throws {
        if folders.count < 2 { throw ValidationError("give at least two folders, found \(folders.count)") }
    }

    func run() throws {
        let runs = try folders.flatMap { path in
            let folder = RunLayout(URL(fileURLWithPath: path))
            try folder.checkResults()
            return ComparedRun.each(of: try ExperimentResults(contentsOf: folder), named: path, in: folder)
        }
        try Terminal.show(try ProgressBar.during("comparing runs") { try comparisonText(runs) })
    }
}
