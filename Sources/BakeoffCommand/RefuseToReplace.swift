import ArgumentParser
import Foundation

/// Refuses to write a result over the file that it is made from, which would be lost.
/// - Parameters:
///   - output: The file to write; nil for standard output.
///   - input: The file that is read; nil or '-' for none.
/// - Throws: `ValidationError` if both are the same file, by whatever path.
func refuseToReplace(input: String?, by output: String?) throws {
    guard let input, let output, input != "-", let read = fileNumber(input), fileNumber(output) == read
    else { return }
    throw ValidationError("--output: '\(output)' is the file that is read, and would be lost; name another")
}

/// The device and the number of a regular file, which are the same by whatever path; nil for anything else.
private func fileNumber(_ path: String) -> [UInt64]? {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return [UInt64(status.st_dev), UInt64(status.st_ino)]
}
