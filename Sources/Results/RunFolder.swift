import Foundation

/// The places of a run's artifacts.
public struct RunFolder: Sendable {
    public let url: URL

    public init(_ url: URL) {
        self.url = url
    }

    public var results: URL { url.appendingPathComponent("results.json") }
    public var report: URL { url.appendingPathComponent("README.md") }

    /// `split.csv` and what belongs to it stand in the run folder itself.
    public var splitFolder: URL { url }

    /// The stored predictions of a contestant on test, or on validation.
    public func predictions(of contestant: String, validation: Bool = false) -> URL {
        url.appendingPathComponent("predictions/\(contestant)\(validation ? ".validation" : "").csv")
    }
}
