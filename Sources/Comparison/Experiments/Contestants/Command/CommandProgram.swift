import Foundation
import SafeFiles

/// A program that an experiment file names, and how it may be run.
struct CommandProgram: Sendable {
    /// Its name or path, as the file spells it.
    let name: String
    let arguments: [String]
    /// Files and folders that it depends on.
    let inputs: [String]
    /// The experiment file's folder: where it works, and what relative paths start from.
    let folder: URL
    /// The names of the environment variables that are passed on.
    let environment: [String]
    /// Whether it fits and predicts in one call.
    let isOneCall: Bool
    let limits: ProgramLimits

    /// As the experiment file has it.
    var command: [String] { [name] + arguments }

    /// Where the program is.
    /// - Throws: `CommandError.noProgram`.
    var path: String {
        get throws(CommandError) {
            // A name alone is never looked for in the folder, which may hold files of strangers.
            let named = name.contains("/") ? URL(fileURLWithPath: name, relativeTo: folder).path : name
            guard let path = programPath(named) else { throw .noProgram(name, folder: folder.path) }
            return path
        }
    }

    /// A digest of the files that it depends on: its inputs, and the arguments that are files. Those of a folder count with their
    /// paths in it; other paths stand in the settings.
    var fingerprint: String {
        get throws(FileError) {
            var digests: [String] = []
            for path in inputs + command.filter(isFileOfItsOwn) {
                let place = URL(fileURLWithPath: path, relativeTo: folder)
                if !isFolder(place) {
                    digests.append(try Fingerprint.sha256(ofFile: place))
                    continue
                }
                for name in files(in: place) {
                    digests.append(name)
                    digests.append(try Fingerprint.sha256(ofFile: place.appendingPathComponent(name)))
                }
            }
            return digests.joined(separator: " ")
        }
    }

    /// Whether an argument names a file; a program that is found on the PATH is none of the user's.
    private func isFileOfItsOwn(_ argument: String) -> Bool {
        (argument != name || argument.contains("/")) && !argument.hasPrefix("/dev/")
            && isFile(URL(fileURLWithPath: argument, relativeTo: folder))
    }

    /// The paths in a folder of all its files, in their order.
    private func files(in folder: URL) -> [String] {
        (FileManager.default.subpaths(atPath: folder.path) ?? [])
            .filter { isFile(folder.appendingPathComponent($0)) }
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// What the program finds in its environment: the variables that are passed on, UTF-8 as its encoding, and the number of
    /// threads, as libraries for numbers heed it.
    func variables(threads: Int) -> [String: String] {
        let own = ProcessInfo.processInfo.environment
        var variables = ["LANG": "C.UTF-8", "OMP_NUM_THREADS": "\(threads)"]
        for name in environment { if let value = own[name] { variables[name] = value } }
        return variables
    }
}

/// What a call of a program may use; nil where there is no limit.
struct ProgramLimits: Sendable {
    /// Wall-clock time.
    let seconds: Double?
    /// Resident memory, of all processes that it started.
    let bytes: Int?
}
