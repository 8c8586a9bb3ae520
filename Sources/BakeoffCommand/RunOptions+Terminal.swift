import Bakeoff
import Foundation

extension RunOptions {
    /// What this process was started with, for the record.
    static var commandLine: String {
        (["bakeoff"] + CommandLine.arguments.dropFirst()).joined(separator: " ")
    }

    /// Of a run that this command makes, on this machine.
    init(output: URL, models: URL) {
        self.init(output: output, models: models, command: RunOptions.commandLine, machine: .current)
    }

    /// Shows how far the run is, lets the user stop it, and has the record say which program fitted.
    mutating func watch(with display: FitProgressDisplay) {
        let cache = cache
        build = { ProgramBuild.digest(cache: cache) }
        progress = { display.show($1, of: $0) }
        shouldStop = { StopSignal.isAsked }
        StopSignal.listen()
    }
}
