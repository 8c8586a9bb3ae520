import ArgumentParser
import Bakeoff
import Foundation
import LinearAlgebra

/// The command line: `bakeoff <subcommand>`, one file for each below `Commands/`.
@main
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bakeoff",
        abstract: "Compares text classifiers and writes a report.",
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
        var parsed: any ParsableCommand.Type = RootCommand.self
        do {
            if let limit = Instructions.unknownLimit {
                let known = Instructions.known.joined(separator: ", ")
                throw ValidationError(
                    "BAKEOFF_INSTRUCTIONS: found '\(limit.prefix(40))', expected one of \(known)")
            }
            try checkName(CommandLine.arguments.dropFirst().first)
            var command = try parseAsRoot()
            parsed = type(of: command)
            if let checked = command as? any CheckedCommand { try checked.check() }
            if var asynchronous = command as? AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
            try StandardStream.output.close()
        } catch {
            Foundation.exit(ExitStatus.report(error, of: parsed))
        }
    }

    /// The parser would call a misspelt subcommand an unexpected argument.
    private static func checkName(_ first: String?) throws {
        let known = configuration.subcommands.map { $0._commandName }
        guard let first, !first.hasPrefix("-"), !known.contains(first) else { return }
        let hint = nearest(to: first, in: known).map { "; did you mean '\($0)'?" } ?? ""
        throw ValidationError("there is no command '\(shown(first))'\(hint)")
    }
}
