import Corpora
import SafeFiles
import SettingKeys
import TextClassifiers

/// An error in a contestant's model, with the contestant.
public struct ContestantError: Error {
    public let contestant: String
    /// What it was to be fitted on; nil for the whole train part.
    public var sample: TrainSample?
    /// What went wrong, in words that know no contestants.
    public let cause: any Error

    /// Does some work for a contestant, and names it in the errors that the work throws: all but those that stop everything,
    /// and those that name a place of the experiment file, a contestant or a file that cannot be written.
    /// - Parameter sample: What it is to be fitted on; nil for the whole train part.
    package static func naming<T>(
        _ contestant: String, on sample: TrainSample? = nil, _ work: () throws -> T
    ) throws -> T {
        do {
            return try work()
        } catch {
            // Of such an error the sample is the cause more often than not.
            if let sample, var own = named(error, contestant) as? ContestantError {
                own.sample = own.sample ?? sample
                throw own
            }
            throw named(error, contestant)
        }
    }

    static func naming<T>(_ contestant: String, _ work: () async throws -> T) async throws -> T {
        do {
            return try await work()
        } catch {
            throw named(error, contestant)
        }
    }

    private static func named(_ error: any Error, _ contestant: String) -> any Error {
        switch error {
        case is RunStopped, is SettingsError, is ExperimentError, is FileError, is ContestantError: error
        default: ContestantError(contestant: contestant, cause: error)
        }
    }
}

extension ContestantError {
    /// Whether the experiment or its data are the cause, in the eyes of a family that alone knows its errors.
    package var isOfInput: Bool {
        switch cause {
        case is SearchError: true
        case let error as EnsembleError: error.isOfInput
        default: false
        }
    }
}

extension ContestantError: CustomStringConvertible {
    public var description: String {
        "contestant '\(shown(contestant))'\(sample.map { ", \($0)" } ?? ""): \(cause)"
    }
}
