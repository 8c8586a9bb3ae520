import ArgumentParser
import Foundation
import Reports
import Results

struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Set several runs side by side, as a Markdown table.",
        discussion: "Says where data or split differ, since scores of different test rows do not compare.")

    @Argument(help: "The folders of the runs, such as reports/<name>.", completion: .directory)
    var folders: [String]

    func validate() throws {
        if folders.count < 2 { throw ValidationError("give at least two folders, found \(folders.count)") }
    }

    func run() throws {
        let runs = try folders.map {
            try ExperimentResults(contentsOf: RunFolder(URL(fileURLWithPath: $0)))
        }
        Terminal.write(comparisonText(runs, names: folders))
    }
}
