import ArgumentParser
import Files
import Foundation
import Reports
import Results

struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Render the report again from the artifacts of a run.")

    @Argument(help: "The folder of the run, such as reports/<name>.", completion: .directory)
    var folder: String

    @Flag(
        help: """
            Compute every number again from the stored predictions, and fail if any differs, be it in results.json, \
            in the pages or in the tables.
            """)
    var verify = false

    @Option(help: "Set published results beside ours; may be repeated. Known: \(knownPublished).")
    var against: [String] = []

    func validate() throws {
        for name in against where PublishedResult.named(name) == nil {
            throw ValidationError("--against \(name): not known; known are \(knownPublished)")
        }
    }

    func run() throws {
        let folder = RunLayout(URL(fileURLWithPath: folder))
        let results = try ExperimentResults(contentsOf: folder)
        let report = try RenderedReport(results, in: folder, against: against)
        if verify {
            try verifyResults(results, in: folder)
            try report.verify()
            Terminal.notice("every number agrees with the stored predictions")
        }
        let hold = try FolderHold(folder.url)
        defer { withExtendedLifetime(hold) {} }
        try MadeFiles(in: folder.url).checkLinks(RunLayout.ownNames + results.tasks.compactMap(\.name))
        try report.write()
        try Terminal.print(folder.report.relativePath)
    }
}

private let knownPublished = PublishedResult.all.map(\.name).joined(separator: ", ")
