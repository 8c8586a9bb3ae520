import Foundation
import SafeFiles

extension ExperimentResults {
    /// Reads the `results.json` of a run.
    public init(contentsOf folder: RunLayout) throws {
        let bytes = try InputFile(folder.results).readToEnd()
        do {
            self = try StableJSON.decode(ExperimentResults.self, from: bytes)
            try checkShape()
        } catch {
            throw ResultsError.badResults(file: folder.results.path, reason: reason(error))
        }
    }

    /// SHA-256 over the JSON of everything but the digest itself.
    public func digest() throws -> String {
        var copy = self
        copy.timings.sha256 = nil
        return Fingerprint.sha256(of: Data(try StableJSON.encode(copy)))
    }

    /// Writes `results.json`, with its digest.
    public func write(to folder: RunLayout) throws {
        var signed = self
        signed.timings.sha256 = try digest()
        try OutputFile.write(try StableJSON.encode(signed), to: folder.results)
    }
}

/// Without the decoder's own wrapping, which quotes whatever it met.
package func reason(_ error: any Error) -> String {
    func place(_ context: DecodingError.Context) -> String {
        let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
        return path.isEmpty ? "the file" : String(path.joined(separator: ".").prefix(200))
    }
    switch error {
    case DecodingError.keyNotFound(let key, let context):
        return "\(place(context)): the key '\(key.stringValue)' is missing"
    case DecodingError.typeMismatch(let type, let context):
        return "\(place(context)): expected \(type)"
    case DecodingError.valueNotFound(let type, let context):
        return "\(place(context)): found null, expected \(type)"
    case DecodingError.dataCorrupted(let context):
        return "\(place(context)): \(context.debugDescription.prefix(200))"
    default:
        return String("\(error)".prefix(300))
    }
}
