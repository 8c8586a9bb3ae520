import Corpora
import Files
import Foundation

extension RunFolder {
    /// The profile of the data, for programs.
    public var profile: URL { url.appendingPathComponent("data.json") }
    /// The same as a page, in Markdown and in HTML.
    public var dataPage: URL { url.appendingPathComponent("data.md") }
    public var dataPageHTML: URL { url.appendingPathComponent("data.html") }
}

extension CorpusProfile {
    /// Reads `data.json`.
    public init(contentsOf folder: RunFolder) throws {
        let bytes = try InputFile(folder.profile).readToEnd()
        do {
            self = try StableJSON.decode(CorpusProfile.self, from: bytes)
        } catch {
            throw ResultsError.badResults(file: folder.profile.path, reason: "\(error)")
        }
    }

    /// Writes `data.json`.
    /// - Returns: Its SHA-256.
    public func write(to folder: RunFolder) throws -> String {
        let json = try StableJSON.encode(self)
        try OutputFile.write(json, to: folder.profile)
        return Fingerprint.sha256(of: Data(json))
    }
}
