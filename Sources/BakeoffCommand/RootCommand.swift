import ArgumentParser
import Bakeoff
import Foundation
import LinearAlgebra

/// The command line: `bakeoff <subcommand>`, one file for each below `Commands/`.
///
/// Every subcommand states its name. The parser would make the names of the types' own, for which the runtime searches all
/// conformances of the program for each: a tenth of the time that it takes to start.
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
            Explain.self, Probe.self, Serve.self,
            VaderCommand.self, Tokenize.self,
            Embed.self, Score.self, SplitCommand.self, Describe.self, ClassCommand.self, Fetch.self,
            List.self,
            Doctor.self, Help.self,
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
            try checkName(CommandLine.arguments.dropFirst())
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
    private static func checkName(
        _ words: ArraySlice<String>, in group: any ParsableCommand.Type = RootCommand.self
    ) throws {
        let commands = group.configuration.subcommands
        guard let first = words.first, !commands.isEmpty, !first.hasPrefix("-") else { return }
        if let command = commands.first(where: { $0._commandName == first }) {
            return try checkName(words.dropFirst(), in: command)
        }
        // The parser's own.
        if first == "help" { return }
        let hint =
            nearest(to: first, in: commands.map { $0._commandName }).map { "; did you mean '\($0)'?" } ?? ""
        let of = group == RootCommand.self ? "" : "\(name(of: group).dropFirst("bakeoff ".count)) "
        throw ValidationError("there is no command '\(of)\(shown(first))'\(hint)")
    }

    /// The words that call a command, such as `bakeoff class grade`.
    static func name(of command: any ParsableCommand.Type) -> String {
        func words(_ group: any ParsableCommand.Type) -> [String]? {
            if group == command { return [group._commandName] }
            for child in group.configuration.subcommands {
                if let deeper = words(child) { return [group._commandName] + deeper }
            }
            return nil
        }
        return (words(RootCommand.self) ?? [RootCommand._commandName]).joined(separator: " ")
    }
}
