/// The address of a file in a dataset's repository, or of several by a pattern: `hf://datasets/ORG/NAME/PATH`, or
/// `hf://datasets/ORG/NAME@REVISION/PATH`, as Python's `huggingface_hub` reads it.
public struct HubFileAddress: Equatable, Hashable, Sendable {
    public let repository: HubName
    /// In the repository; `*`, `?`, `[...]` and `**` are those of a `HubPattern`.
    public let path: String

    /// What such an address looks like, for messages.
    public static let form = "hf://datasets/ORG/NAME/PATH or hf://datasets/ORG/NAME@REVISION/PATH"

    /// Whether a text is meant as an address of the hub.
    public static func isSpelled(_ text: String) -> Bool { text.hasPrefix("hf://") }

    /// Nil for what is no such address.
    ///
    /// A revision with a `/` is written `%2F`, except `refs/convert/NAME` and `refs/pr/NUMBER`.
    public init?(_ text: String) {
        guard let match = text.wholeMatch(of: HubFileAddress.pattern) else { return nil }
        var name = String(match.repository)
        if let revision = match.revision {
            name += "@" + revision.replacing("%2F", with: "/").replacing("%2f", with: "/")
        }
        guard let repository = HubName(name, kind: .dataset), HubFile.isInside(String(match.path)) else {
            return nil
        }
        self.repository = repository
        path = String(match.path)
    }

    private static var pattern:
        Regex<(Substring, repository: Substring, revision: Substring?, path: Substring)>
    {
        /hf:\/\/datasets\/(?<repository>[^\/@]+\/[^\/@]+)(?:@(?<revision>refs\/(?:convert|pr)\/[^\/]+|[^\/]+))?\/(?<path>.+)/
    }
}

extension HubFileAddress: CustomStringConvertible {
    public var description: String {
        let revision = repository.revision.map { "@" + $0.replacing("/", with: "%2F") } ?? ""
        return "hf://datasets/\(repository.repository)\(revision)/\(path)"
    }
}
