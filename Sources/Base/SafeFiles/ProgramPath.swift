import Foundation

/// The absolute path of a program that is found on the PATH; nil if there is none.
///
/// Entries of the PATH that are empty or relative are passed over: they name the working folder, which may hold files of
/// strangers.
public func programPath(
    _ name: String, environment: [String: String] = ProcessInfo.processInfo.environment
) -> String? {
    if name.hasPrefix("/") { return isProgram(name) ? name : nil }
    if name.isEmpty || name.contains("/") { return nil }
    let folders = (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.lazy.filter { $0.hasPrefix("/") }.map { "\($0)/\(name)" }.first(where: isProgram)
}

private func isProgram(_ path: String) -> Bool {
    isFile(URL(fileURLWithPath: path)) && FileManager.default.isExecutableFile(atPath: path)
}
