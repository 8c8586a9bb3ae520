import Foundation

/// The file by which a process tells in a folder that it works there and what for, and which it renews as its sign of life.
package struct Presence: Codable {
    package let holder: Holder
    /// Holders of the same purpose may share the folder.
    package let purpose: String

    package init(holder: Holder, purpose: String) {
        (self.holder, self.purpose) = (holder, purpose)
    }

    private static let prefix = "process."

    /// The file of a holder's presence.
    package static func file(of holder: Holder, in folder: URL) -> URL {
        folder.appendingPathComponent(prefix + holder.token)
    }

    /// What is told in a folder; a file that cannot be read tells nothing.
    static func all(in folder: URL) -> [Presence] {
        fileNames(in: folder).filter { $0.hasPrefix(prefix) }.sorted().compactMap { name in
            guard let bytes = try? InputFile(folder.appendingPathComponent(name)).readToEnd(),
                let line = bytes.split(separator: UInt8(ascii: "\n")).first,
                let presence = try? JSONDecoder().decode(Presence.self, from: Data(line)),
                prefix + presence.holder.token == name
            else { return nil }
            return presence
        }
    }

    /// The file's bytes after so many signs of life.
    package func text(beats: Int) throws(FileError) -> [UInt8] {
        try noteBytes(self) + Array("\(beats)\n".utf8)
    }
}

/// A value as JSON on a line of its own.
func noteBytes(_ value: some Encodable) throws(FileError) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
        return Array(try encoder.encode(value)) + [UInt8(ascii: "\n")]
    } catch {
        throw .unwritable(path: "\(type(of: value))", reason: "\(error)")
    }
}
