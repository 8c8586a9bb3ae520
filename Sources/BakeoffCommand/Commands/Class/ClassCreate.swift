import ArgumentParser
import Bakeoff
import Foundation

struct ClassCreate: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract:
            "Make a class of an experiment: what students get, and the secret by which they are graded.",
        discussion: """
            The experiment is run first; its contestants are the baselines. DIR/students holds train and validation with \
            labels, test without and under new ids, an experiment that runs as it is, instructions and an example. DIR/secret holds \
            the labels, which row each new id is, the key, the baselines' predictions and a rubric to change.
            """)

    @Argument(help: "The experiment file (YAML).", completion: .file(extensions: ["yaml", "yml"]))
    var experiment: String

    @Option(help: "The folder to make; students and secret are made in it.", completion: .directory)
    var output: String

    @Option(help: "The share of the test rows whose scores the board shows while the class goes on.")
    var `public` = ClassOptions.defaultPublicShare

    @Option(
        help:
            "Standard errors that an entry must be ahead of the team's best for the board to show its score.")
    var step = Ladder.defaultStep

    @Option(
        help: """
            A file with the key that new ids follow from, 64 hexadecimal digits, such as the key of a class that is to be made \
            again. (default: drawn by chance)
            """,
        completion: .file())
    var key: String?

    @OptionGroup var hub: HubArguments

    func check() throws {
        if !(`public` > 0 && `public` < 1) {
            throw ValidationError("--public must be between 0 and 1, found \(`public`)")
        }
        if !(step > 0 && step.isFinite) { throw ValidationError("--step must be above 0, found \(step)") }
    }

    private func classKey() throws -> ClassKey {
        guard let key else { return .random() }
        guard let read = try ClassKey(contentsOf: URL(fileURLWithPath: key)) else {
            throw ValidationError("--key \(key): expected 64 hexadecimal digits")
        }
        return read
    }

    func run() async throws {
        let file = try ExperimentFile(contentsOf: URL(fileURLWithPath: experiment))
        var options = ClassOptions(key: try classKey())
        options.publicShare = `public`
        options.step = step
        let folder = URL(fileURLWithPath: output)
        let maker = ClassMaker(file, options: options, output: folder)
        try maker.check()
        try await hub.fetch(file)
        var run = RunOptions(output: folder, models: folder)
        let display = FitProgressDisplay()
        run.watch(with: display)
        let notices = try maker.make(run: run) { event in
            display.clear()
            Terminal.notice("\(event)")
        }
        display.clear()
        Terminal.notices(notices)
        try Terminal.print("for students: \(folder.appendingPathComponent("students").relativePath)")
        try Terminal.print("secret: \(folder.appendingPathComponent("secret").relativePath)")
    }
}
