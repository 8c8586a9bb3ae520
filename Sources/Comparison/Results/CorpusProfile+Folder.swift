import Corpora
import Foundation
import SafeFiles

extension CorpusProfile {
    /// Reads `data.json`.
    public init(contentsOf folder: RunLayout) throws {
        let bytes = try InputFile(folder.profile).readToEnd()
        do {
            self = try StableJSON.decode(CorpusProfile.self, from: bytes)
        } catch {
            throw ResultsError.badResults(file: folder.profile.path, reason: reason(error))
        }
    }

    /// Writes `data.json`.
    /// - Returns: Its SHA-256.
    public func write(to folder: RunLayout) throws -> String {
        let json = try StableJSON.encode(self)
        try OutputFile.write(json, to: folder.profile)
        return Fingerprint.sha256(of: Data(json))
    }
}
