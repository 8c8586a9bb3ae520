import Foundation
import SafeFiles

/// Which build of a program this is: versions do not tell two builds of a checkout apart.
public enum ProgramBuild {
    /// The first 12 hexadecimal digits of the SHA-256 of the running program's file; nil where that cannot be read.
    public static func digest(cache: URL = CacheFolder.url) -> String? {
        guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath(),
            let digest = try? DigestCache(cache: cache).sha256(of: program)
        else { return nil }
        return String(digest.prefix(12))
    }
}
