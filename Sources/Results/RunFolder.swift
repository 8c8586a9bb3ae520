import Foundation

/// The places of a run's artifacts.
public struct RunFolder: Sendable {
    public let url: URL

    public init(_ url: URL) {
        self.url = url
    }

    public var results: URL { url.appendingPathComponent("results.json") }
    public var report: URL { url.appendingPathComponent("README.md") }

    /// Names in it that no task may have.
    public static let ownNames = ["predictions", "tables", "figures", "logs", "work"]

    /// Where the artifacts of one task stand: its own folder if it has a name.
    public func task(_ name: String?) -> RunFolder {
        RunFolder(name.map { url.appendingPathComponent($0) } ?? url)
    }

    /// What a contestant told while it was fitted, a JSON object a line.
    public func log(of contestant: String) -> URL {
        url.appendingPathComponent("logs/\(contestant).jsonl")
    }

    /// `split.csv` and what belongs to it stand in the run folder itself.
    public var splitFolder: URL { url }

    public var page: URL { url.appendingPathComponent("report.html") }

    /// The folder of the same experiment under another seed.
    public func seed(_ seed: UInt64) -> RunFolder {
        RunFolder(url.appendingPathComponent("seeds/\(seed)"))
    }

    /// The stored predictions of a contestant on test, or on validation.
    public func predictions(of contestant: String, validation: Bool = false) -> URL {
        url.appendingPathComponent("predictions/\(contestant)\(validation ? ".validation" : "").csv")
    }
}
