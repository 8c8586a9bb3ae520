/// The name of a repository of the Hugging Face hub, and perhaps of one of its revisions: `ORG/NAME@REVISION`.
public struct HubName: Equatable, Hashable, Sendable {
    /// What a repository holds; the raw value is the hub's word in addresses and in the cache.
    public enum Kind: String, Sendable {
        case model = "models"
        case dataset = "datasets"
    }

    public let kind: Kind
    /// `ORG/NAME`, or `NAME` alone for the repositories that are older than organisations.
    public let repository: String
    /// A branch, a tag or a commit; nil for the hub's own choice, `main`.
    public let revision: String?

    /// The revision that is asked for.
    public var askedRevision: String { revision ?? "main" }

    /// Bytes of a repository's name, at most.
    private static let longest = 96

    /// nil for what cannot be a repository's name and revision.
    ///
    /// The hub's rules: letters, digits, `-`, `_` and `.`; no `--` and no `..`; neither `-` nor `.` at an end.
    public init?(_ text: String, kind: Kind = .model) {
        let halves = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        let names = halves[0].split(separator: "/", omittingEmptySubsequences: false)
        guard names.count <= 2, halves[0].utf8.count <= HubName.longest, names.allSatisfy(HubName.isName)
        else {
            return nil
        }
        if halves.count == 2 {
            guard HubName.isRevision(halves[1]) else { return nil }
            revision = String(halves[1])
        } else {
            revision = nil
        }
        self.kind = kind
        repository = String(halves[0])
    }

    /// The same repository at a commit.
    func at(commit: String) -> HubName {
        HubName(kind: kind, repository: repository, revision: commit)
    }

    /// The revision at which the hub keeps the Parquet that it makes of a dataset.
    static let convertedRevision = "refs/convert/parquet"

    /// The same repository as the hub has converted it.
    var converted: HubName {
        HubName(kind: kind, repository: repository, revision: HubName.convertedRevision)
    }

    private init(kind: Kind, repository: String, revision: String?) {
        (self.kind, self.repository, self.revision) = (kind, repository, revision)
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        let ends = [UInt8(ascii: "-"), UInt8(ascii: ".")]
        return text.utf8.allSatisfy { $0.isHubCharacter } && !text.contains("--") && !text.contains("..")
            && !ends.contains(first) && !ends.contains(last) && !text.hasSuffix(".git")
    }

    /// Branches may have folders, such as `refs/pr/1`.
    private static func isRevision(_ text: Substring) -> Bool {
        text.utf8.count <= 256
            && text.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty && part.utf8.allSatisfy { $0.isHubCharacter || $0 == UInt8(ascii: "+") }
                    && !part.hasPrefix(".") && !part.contains("..")
            }
    }
}

extension HubName: CustomStringConvertible {
    /// As a user names an encoder; a dataset as the hub's own addresses do, after `datasets/`.
    public var description: String {
        let prefix =
            switch kind {
            case .model: ""
            case .dataset: "\(kind.rawValue)/"
            }
        return prefix + repository + (revision.map { "@\($0)" } ?? "")
    }
}

extension UInt8 {
    fileprivate var isHubCharacter: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}

extension String {
    /// Whether these are the 40 digits of a commit.
    var isCommit: Bool { isHexadecimal(count: 40) }

    func isHexadecimal(count: Int) -> Bool {
        utf8.count == count
            && utf8.allSatisfy {
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
    }
}
