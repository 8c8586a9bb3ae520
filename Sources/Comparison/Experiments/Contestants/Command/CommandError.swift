import SettingKeys

/// What can go wrong with a program of the user's own.
enum CommandError: Error, Equatable {
    case noProgram(String, folder: String)
    case notStarted(String, reason: String)
    /// - `call` is how it was called; `said` has the last lines of its standard error.
    case exited(call: String, code: Int32, said: String)
    case signaled(call: String, signal: Int32, said: String)
    case tooSlow(call: String, seconds: Double, said: String)
    case tooLarge(call: String, bytes: Int, limit: Int, said: String)
    /// It ended well and left no predictions.
    case noPredictions(call: String, file: String, said: String)
    case noIDs(file: String)
    case missingRow(id: String, file: String, missing: Int, of: Int)
    case surplusRow(id: String, file: String)
    case sum(id: String, file: String, sum: Double)
    case badCost(file: String, reason: String)
    /// What reading or writing the item's files came upon.
    case badFolder(reason: String)
}

extension CommandError: CustomStringConvertible {
    var description: String {
        switch self {
        case .noProgram(let name, let folder):
            "'\(shown(name))': no such program"
                + (name.contains("/")
                    ? " in \(folder), or it is not executable"
                    : " on the PATH; a program beside the experiment file is './\(shown(name))'")
        case .notStarted(let name, let reason): "'\(shown(name))' cannot be started: \(reason)"
        case .exited(let call, let code, let said):
            "'\(call)' ended with exit code \(code), expected 0\(said)"
        case .signaled(let call, let signal, let said): "'\(call)' was ended by signal \(signal)\(said)"
        case .tooSlow(let call, let seconds, let said):
            "'\(call)' was ended after its time limit of \(seconds) s\(said)"
        case .tooLarge(let call, let bytes, let limit, let said):
            "'\(call)' was ended at \(bytes / 1_000_000) MB of memory; its memory limit is \(limit / 1_000_000) MB\(said)"
        case .noPredictions(let call, let file, let said):
            "'\(call)' ended without an error, and there is no \(file)\(said)"
        case .noIDs(let file): "\(file): found no column 'id', expected the ids of predict.csv"
        case .missingRow(let id, let file, let missing, let count):
            "\(file): no row has the id '\(shown(id))' of predict.csv"
                + (missing > 1 ? "; \(missing) of \(count) rows are missing" : "")
        case .surplusRow(let id, let file):
            "\(file): found a row with the id '\(shown(id))', which predict.csv does not have"
        case .sum(let id, let file, let sum):
            "\(file): the probabilities of the row with id '\(shown(id))' sum to \(sum), expected 1"
        case .badCost(let file, let reason): "\(file): \(reason)"
        case .badFolder(let reason): reason
        }
    }
}
