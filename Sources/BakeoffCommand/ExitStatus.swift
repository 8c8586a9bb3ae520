import ArgumentParser
import Bakeoff
import Foundation

/// The exit codes of the contract, and which errors mean which.
enum ExitStatus {
    /// Says what went wrong on standard error (help and version: on standard output) and gives the exit code.
    /// - Parameter command: The one that the command line names.
    static func report(_ error: any Error, of command: any ParsableCommand.Type) -> Int32 {
        if let code = error as? ExitCode { return code.rawValue }
        if isCommandLineMatter(error) {
            var text =
                error is ValidationError
                ? usageMessage(error, of: command) : RootCommand.fullMessage(for: error)
            // The build's digest takes reading the whole program, so it is asked for only where it is shown.
            if text == BakeoffVersion.current { text = BakeoffVersion.text(build: ProgramBuild.digest()) }
            if RootCommand.exitCode(for: error) == .success {
                do { try Terminal.print(text) } catch { return report(error, of: command) }
                return 0
            }
            Terminal.notice(text)
            return 2
        }
        // A reader that has seen enough, such as `head`, needs no message.
        if case FileError.closedByReader(StandardStream.output.name) = error { return 1 }
        Terminal.notice("error: \(error)")
        return isInputError(error) ? 2 : 1
    }

    /// What the parser would say of an error of its own; it takes those of a subcommand for the root's.
    private static func usageMessage(_ error: any Error, of command: any ParsableCommand.Type) -> String {
        let name = RootCommand.name(of: command)
        return
            "Error: \(error)\nUsage: \(RootCommand.usageString(for: command))\n  See '\(name) --help' for more information."
    }

    /// Errors that the argument parser words itself: wrong usage, requests for help.
    private static func isCommandLineMatter(_ error: any Error) -> Bool {
        if error is ValidationError || error is CleanExit { return true }
        return String(reflecting: type(of: error)).hasPrefix("ArgumentParser.")
    }

    /// Whether the input or the usage was wrong, rather than the work having failed.
    private static func isInputError(_ error: any Error) -> Bool {
        switch error {
        case let error as ContestantError:
            error.isOfInput || isInputError(error.cause)
        // What was written within a larger piece of work decides as it does alone.
        case SplitError.file(let file), TableError.file(let file), CorpusError.table(.file(let file)):
            isInputError(file)
        case TokenizerError.unwritable: false
        case is SettingsError, is TableError, is CorpusError, is SplitError, is LabelError,
            is ExperimentError, is ClassError, is ProbeError,
            is VaderLexiconError, is RecipeError, is Undecided,
            is ResultsError, is SelectionError, is PageServerError:
            true
        case FileError.unwritable, FileError.closedByReader, FileError.held, FileError.lost:
            false
        case is FileError, is VocabularyError, is LinearModelError, is TextClassifierError, is TokenizerError,
            is EncoderError:
            true
        case let error as FetchError:
            if case .missingInSource = error.problem { true } else { false }
        case let error as HubError:
            // The repository is there and has no such configuration, split or file.
            if case .dataset = error.problem { true } else { false }
        default:
            false
        }
    }
}
