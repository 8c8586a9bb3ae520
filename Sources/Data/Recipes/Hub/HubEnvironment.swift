import Foundation

/// Where the hub is, where what it sent is kept, and what it is told: by the variables that Python's `huggingface_hub` reads.
public struct HubEnvironment: Sendable {
    /// `HF_ENDPOINT`: the hub or a mirror of it.
    let endpoint: URL
    /// `HF_HUB_CACHE`, or `hub` in `HF_HOME`: the cache that is shared with Python.
    public let cache: URL
    /// `HF_HUB_OFFLINE`: nothing is asked of anyone.
    public var isOffline: Bool
    private let statedToken: String?
    private let tokenFile: URL

    /// `HF_TOKEN`, or what `hf auth login` has stored; sent to the endpoint alone and never shown. The file is read only when
    /// the hub is asked.
    var token: String? {
        (statedToken ?? (try? String(contentsOf: tokenFile, encoding: .utf8)))
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
            .flatMap { $0.isEmpty || !$0.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? nil : $0 }
    }

    private static let publicHub = "https://huggingface.co"

    /// - Parameter home: The user's home folder, as a path.
    public init(
        _ variables: [String: String] = ProcessInfo.processInfo.environment,
        home: String = FileManager.default.homeDirectoryForCurrentUser.path
    ) {
        func stated(_ names: String...) -> String? {
            names.lazy.compactMap { variables[$0] }.first { !$0.isEmpty }
        }
        func folder(_ path: String) -> URL {
            let whole = path == "~" || path.hasPrefix("~/") ? home + path.dropFirst() : path
            return URL(fileURLWithPath: whole)
        }
        let caches = folder(stated("XDG_CACHE_HOME") ?? "~/.cache")
        let own = stated("HF_HOME").map(folder) ?? caches.appendingPathComponent("huggingface")
        cache =
            stated("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE").map(folder) ?? own.appendingPathComponent("hub")
        var address = stated("HF_ENDPOINT") ?? HubEnvironment.publicHub
        while address.hasSuffix("/") { address.removeLast() }
        // What is no address is refused when it is asked.
        endpoint = URL(string: address) ?? URL(fileURLWithPath: address)
        isOffline = ["1", "ON", "YES", "TRUE"].contains(
            stated("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")?.uppercased())
        tokenFile = stated("HF_TOKEN_PATH").map(folder) ?? own.appendingPathComponent("token")
        statedToken = stated("HF_TOKEN", "HUGGING_FACE_HUB_TOKEN")
    }
}
