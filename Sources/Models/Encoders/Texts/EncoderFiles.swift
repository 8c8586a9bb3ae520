import Foundation
import SafeFiles

/// The files of an encoder's folder.
package enum EncoderFiles {
    /// SHA-256 over the files that decide what comes out: configuration, weights, tokenizer, and the modules that follow.
    /// - Parameter cache: Where digests of files that have not changed are kept.
    package static func sha256(of root: URL, cache: URL = CacheFolder.url) throws -> String {
        let digests = DigestCache(cache: cache)
        let lines = try ([""] + SentenceModules(root).folders).flatMap { folder -> [String] in
            let place = folder.isEmpty ? root : root.appendingPathComponent(folder)
            let names = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
            return try names.compactMap { name -> String? in
                let file = place.appendingPathComponent(name)
                guard ["safetensors", "bin", "json", "txt", "model"].contains(file.pathExtension) else {
                    return nil
                }
                return "\(folder.isEmpty ? name : "\(folder)/\(name)") \(try digests.sha256(of: file))"
            }
        }
        return Fingerprint.sha256(of: Array(lines.joined(separator: "\n").utf8))
    }
}
