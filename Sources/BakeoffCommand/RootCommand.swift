import ArgumentParser
import Bakeoff
import Foundation
import LinearAlgebra

/// The command line: `bakeoff <subcommand>`, one file for each below `Commands/`.
@main
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bakeoff",
        abstract: "Runs text-classification baselines against each other, and writes the report.",
        discussion: """
            Results go to standard output, notices to standard error. Exit code 0: success; 1: the work failed; \
            2: the input or the usage was wrong.
            """,
        version: BakeoffVersion.current,
        subcommands: [
            Init.self, Run.self, Plan.self, Report.self, Compare.self, Predict.self, Evaluate.self,
            Explain.self,
            VaderCommand.self, Tokenize.self,
            Embed.self, Score.self, SplitCommand.self, Describe.self, Fetch.self, List.self, Doctor.self,
            Help.self,
        ])

    static func main() async {
        StandardStream.prepare()
        do {
            if let limit = Instructions.unknownLimit {
                let known = Instructions.known.joined(separator: ", ")
                throw ValidationError(
                    "BAKEOFF_INSTRUCTIONS: found '\(limit.prefix(40))', expected one of \(known)")
            }
            var command = try parseAsRoot()
            if let checked = command as? any CheckedCommand { try checked.check() }
            if var asynchronous = command as? AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try StandardStream.output.close()
        } catch {
            Foundation.exit(ExitStatus.report(error))
        }
    }
}
