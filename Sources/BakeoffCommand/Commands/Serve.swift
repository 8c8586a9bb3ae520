import ArgumentParser
import Bakeoff
import Foundation

struct Serve: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract:
            "Show a run in the browser: all contestants answer a sentence; thresholds, slices, rows.",
        discussion: """
            The page is served to this machine alone (127.0.0.1), at an address with a token that is drawn anew each time: \
            who knows the whole address can use the page. Without the run's models it has the stored predictions alone. It \
            loads nothing from elsewhere and sends nothing elsewhere, and nothing is written. Ctrl-C ends it.

            With --lesson, a button of the page runs that lab's check.sh, and no other program; the check runs its experiment.
            """)

    @Argument(help: "The folder of the run, such as reports/<name>.", completion: .directory)
    var folder: String?

    @Option(
        help: "The folder of the run's models. (default: runs/<name>, if it is there)", completion: .directory
    )
    var models: String?

    @Option(
        help: "Instead of a run: the folder of a fitted model; may be repeated.", completion: .directory)
    var model: [String] = []

    @Option(
        help: "The folder of a lab, or its name: its page stands beside the run, with its check as a button.",
        completion: .directory)
    var lesson: String?

    @Option(help: "The port to serve at. (default: a free one)")
    var port: UInt16?

    @Flag(help: "Open the page in the browser.")
    var open = false

    func check() throws {
        if folder == nil && model.isEmpty {
            throw ValidationError("name the folder of a run, or models with --model")
        }
        if folder != nil && !model.isEmpty {
            throw ValidationError("give either the folder of a run or --model, not both")
        }
        if models != nil && folder == nil { throw ValidationError("--models goes with the folder of a run") }
        if port == 0 { throw ValidationError("--port must be at least 1; leave it out for a free one") }
    }

    func run() async throws {
        let lesson = try lesson.map {
            try Lesson($0, program: Bundle.main.executableURL?.resolvingSymlinksInPath().path)
        }
        let served = try ProgressBar.during("reading models and predictions") { try read() }
        Terminal.notices(served.notices)
        let server = PageServer(PageSite(served, lesson: lesson), port: port)
        let opens = open
        StopSignal.listen(quietly: true)
        let serving = Task {
            try await server.run { address in
                try Terminal.print(address.url)
                Terminal.notice("serving; ctrl-C ends it")
                if opens { openInBrowser(address.url) }
            }
        }
        let stopping = Task {
            while !StopSignal.isAsked { try await Task.sleep(for: .milliseconds(50)) }
            serving.cancel()
        }
        defer { stopping.cancel() }
        try await serving.value
    }

    private func read() throws -> PageContents {
        guard let folder else { return try PageContents(models: model.map { URL(fileURLWithPath: $0) }) }
        return try PageContents(
            run: RunLayout(URL(fileURLWithPath: folder)), models: models.map { URL(fileURLWithPath: $0) })
    }
}

/// Has the desktop open an address; where it cannot, the user is told to.
private func openInBrowser(_ url: String) {
    #if os(macOS)
        let opener = "open"
    #else
        let opener = "xdg-open"
    #endif
    let process = Process()
    process.executableURL = programPath(opener).map { URL(fileURLWithPath: $0) }
    process.arguments = [url]
    (process.standardInput, process.standardOutput, process.standardError) = (nil, nil, nil)
    do {
        guard process.executableURL != nil else { throw CocoaError(.fileNoSuchFile) }
        try process.run()
    } catch {
        Terminal.notice("notice: \(opener) did not open the page; open the address yourself")
    }
}
