import Foundation

/// Where fetched data and computed features are kept between runs.
public enum CacheFolder {
    /// `$XDG_CACHE_HOME/bakeoff`, or `~/.cache/bakeoff` where that is not set.
    public static var url: URL {
        url(environment: ProcessInfo.processInfo.environment)
    }

    package static func url(environment: [String: String]) -> URL {
        if let base = environment["XDG_CACHE_HOME"], base.hasPrefix("/") {
            return URL(fileURLWithPath: base).appendingPathComponent("bakeoff")
        }
        return FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache/bakeoff")
    }
}
