import ArgumentParser
import Bakeoff
import Foundation

struct Report: CheckedCommand {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Assemble and render the report again from the artifacts of a run.",
        discussion: """
            Nothing is fitted. Intervals, tests and the analysis of errors are computed again from the stored predictions, \
            as this version does it, and the pages are written anew.

            A run whose work items are all done but which no process has assembled, such as an array job's, is assembled first. \
            That needs what the run needed: the experiment file, the data, and the folder of the models.

            --compact makes a run small enough to be kept beside code: the split, the predictions and the logs are compressed by \
            gzip (split.csv.gz, predictions/<id>.csv.gz), and the pages in HTML, the tables and errors.csv, which follow from \
            what is there, are left out, as compact.json says. All commands read such a folder as any other; report without \
            options renders what was left out, and run unpacks the folder before it goes on.
            """)

    @Argument(help: "The folder of the run, such as reports/<name>.", completion: .directory)
    var folder: String

    @Flag(
        help: """
            Compute every number again from the stored predictions, and fail if any differs, be it in results.json, \
            in the pages or in the tables.
            """)
    var verify = false

    @Flag(help: "Verify the run, then make its folder compact.")
    var compact = false

    @Flag(
        help: """
            With --compact: leave out the predictions on validation too. What was scored and fitted on them can then not \
            be computed again, and --verify says so.
            """)
    var withoutValidation = false

    @Option(
        help: """
            Set published results beside ours, and remember that in results.json; may be repeated; none forgets them. \
            Known: \(knownPublished).
            """)
    var against: [String] = []

    func check() throws {
        if withoutValidation && !compact { throw ValidationError("--without-validation goes with --compact") }
        if compact && !against.isEmpty { throw ValidationError("--compact does not go with --against") }
        if against == ["none"] { return }
        for name in against where PublishedResult.named(name) == nil {
            throw ValidationError("--against \(name): not known; known are \(knownPublished)")
        }
    }

    func run() throws {
        let folder = RunLayout(URL(fileURLWithPath: folder))
        let isAssembled = try assemble(folder)
        if isAssembled && !verify && !compact && against.isEmpty {
            return try Terminal.print(folder.report.relativePath)
        }
        // What is no run is not held, which would write into it.
        try folder.checkResults()
        let hold = try FolderHold(folder.url)
        defer { withExtendedLifetime(hold) {} }
        let stored = try ExperimentResults(contentsOf: folder)
        let verified = verify || compact ? try verify(stored, in: folder) : nil
        try MadeFiles(in: folder.url).checkLinks(RunLayout.ownNames + stored.tasks.compactMap(\.name))
        if let verified, compact {
            try verified.leaveOut()
            try stored.compact(in: folder, withoutValidation: withoutValidation)
        }
        // What was verified stands there as it would be written.
        if compact || verify && against.isEmpty { return try Terminal.print(folder.report.relativePath) }
        var results = stored
        if against == ["none"] { results.forgetPublished() } else { try results.remember(published: against) }
        if try stored.isAsWritten {
            // What was verified is rendered as it is.
            if !verify { results = try assembledAgain(results, in: folder) }
            if results != stored { try results.write(to: folder) }
        } else {
            Terminal.notice(
                "notice: results.json was changed after it was written: rendered as it stands, see --verify")
        }
        try RenderedReport(results, in: folder).write()
        try Terminal.print(folder.report.relativePath)
    }

    /// Assembles a run whose work is done, and writes its report.
    /// - Returns: False where no work was begun since the last results.
    private func assemble(_ folder: RunLayout) throws -> Bool {
        guard let unfinished = try UnfinishedRun(readingFrom: folder) else { return false }
        do {
            let run = ExperimentRun(
                file: try unfinished.file(in: folder),
                options: unfinished.options(
                    in: folder, command: RunOptions.commandLine, machine: .current))
            let hold = try run.hold()
            defer { withExtendedLifetime(hold) {} }
            let assembled = try run.assembledAlone(holding: hold) { Terminal.notice("\($0)") }
            if assembled.isOwn {
                try assembled.writePages(to: folder)
                try hold.finish()
            }
            return true
        } catch {
            guard (try? folder.checkResults()) != nil else { throw error }
            Terminal.notice(
                "notice: a run began here after results.json was written, and is not in it: \(error)")
            return false
        }
    }

    /// - Returns: The report, as it is rendered and stands there.
    private func verify(_ stored: ExperimentResults, in folder: RunLayout) throws -> RenderedReport {
        let unknown = try ProgressBar.during("computing every number again") {
            try verifyResults(stored, in: folder)
        }
        let report = try RenderedReport(stored, in: folder)
        try report.verify()
        for what in unknown {
            Terminal.notice(
                "not computed again, since this compact run leaves out the predictions on validation: \(what)"
            )
        }
        let probed = stored.tasks.map { folder.task($0.name).probe }.filter {
            FileManager.default.fileExists(atPath: $0.path)
        }
        for file in probed {
            Terminal.notice(
                "not computed again, since it takes the models: the labels of edited texts in \(file.relativePath)"
            )
        }
        Terminal.notice(
            unknown.isEmpty
                ? "every number agrees with the stored predictions"
                : "every other number agrees with the stored predictions")
        return report
    }

    private func assembledAgain(
        _ results: ExperimentResults, in folder: RunLayout
    ) throws -> ExperimentResults {
        let bar = ProgressBar(label: "resampling", unit: "resamples")
        defer { bar.finish() }
        return try results.assembledAgain(in: folder) { bar.show(done: $0, of: $1) }
    }
}

private let knownPublished = PublishedResult.all.map(\.name).joined(separator: ", ")
