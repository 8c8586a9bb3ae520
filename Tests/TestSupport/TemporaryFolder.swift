import Foundation

/// A new folder that is removed with the value.
public final class TemporaryFolder: Sendable {
    public let url: URL

    public init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("bakeoff-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Names in the folder, hidden ones too.
    public var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
    }

    /// Names in a folder of it.
    public func names(in name: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: file(name).path).sorted()
    }

    public func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: file(name).path) }

    public func read(_ name: String) throws -> String { try String(contentsOf: file(name), encoding: .utf8) }

    /// The place of a file, which need not be there.
    public func file(_ name: String) -> URL { url.appendingPathComponent(name) }

    /// Writes a file, in folders that are made, and returns its place.
    @discardableResult
    public func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> URL {
        try FileManager.default.createDirectory(
            at: file(name).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file(name))
        return file(name)
    }

    /// Writes a file and returns its place.
    @discardableResult
    public func write(_ text: String, to name: String) throws -> URL { try write(text.utf8, to: name) }
}
