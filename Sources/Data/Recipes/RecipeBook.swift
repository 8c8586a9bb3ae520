import Foundation
import SafeFiles
import SettingKeys

/// The recipes that are known: the `NAME.yaml` files of a few folders, where an earlier folder hides a later one, and
/// those that the program carries, which any of the folders hides.
public struct RecipeBook: Sendable {
    /// Where recipes are looked for, in order.
    public let folders: [URL]
    /// Whether the program's own recipes are among those that are known.
    private let hasOwn: Bool

    /// `$BAKEOFF_RECIPES`, then the nearest `datasets` folder of the working folder and its parents, then the
    /// program's own.
    public init() {
        self.init(
            environment: ProcessInfo.processInfo.environment,
            workingFolder: URL(fileURLWithPath: FileManager.default.currentDirectoryPath))
    }

    package init(environment: [String: String], workingFolder: URL) {
        var folders: [URL] = []
        if let chosen = environment["BAKEOFF_RECIPES"], !chosen.isEmpty {
            folders.append(URL(fileURLWithPath: chosen, relativeTo: workingFolder))
        }
        if let nearest = Self.nearestFolder(named: "datasets", from: workingFolder) {
            folders.append(nearest)
        }
        self.init(folders: folders, hasOwn: true)
    }

    /// The recipes of some folders alone.
    public init(folders: [URL]) {
        self.init(folders: folders, hasOwn: false)
    }

    private init(folders: [URL], hasOwn: Bool) {
        var seen: Set<String> = []
        self.folders = folders.map(\.standardizedFileURL).filter { seen.insert($0.path).inserted }
        self.hasOwn = hasOwn
    }

    /// Every recipe, by name.
    public func all() throws(RecipeError) -> [Recipe] {
        var recipes: [Recipe] = []
        for (name, origin) in origins.sorted(by: { $0.key < $1.key }) {
            recipes.append(try read(origin, name: name))
        }
        return recipes
    }

    /// - Throws: `RecipeError.unknown`, with the nearest name if one is near; `.invalid`.
    public func recipe(named name: String) throws(RecipeError) -> Recipe {
        if let recipe = try recipe(ifNamed: name) { return recipe }
        let known = origins.keys.sorted()
        throw .unknown(name: name, suggestion: nearest(to: name, in: known), known: known)
    }

    /// The recipe of a name that may be something else's; nil if it is no recipe's.
    /// - Throws: `RecipeError.invalid`; no other recipe is read.
    public func recipe(ifNamed name: String) throws(RecipeError) -> Recipe? {
        guard let origin = origins[name] else { return nil }
        return try read(origin, name: name)
    }

    private func read(_ origin: Recipe.Origin, name: String) throws(RecipeError) -> Recipe {
        let path: String
        switch origin {
        case .file(let url): path = url.path
        case .program: path = "the program's own \(Self.fileName(of: name))"
        }
        do {
            let recipe: Recipe
            switch origin {
            case .file(let url): recipe = try Recipe(contentsOf: url)
            case .program:
                let text = String(
                    decoding: BundledFolder.datasets.bytes(of: Self.fileName(of: name)) ?? [], as: UTF8.self)
                recipe = try Recipe(Setting(yaml: text, file: path), origin: origin)
            }
            if recipe.name != name { throw RecipeError.misnamed(path: path, name: recipe.name) }
            return recipe
        } catch let error as SettingsError {
            throw .invalid(error)
        } catch let error as RecipeError {
            throw error
        } catch {
            throw .invalid(.unreadable(file: path, reason: "\(error)"))
        }
    }

    /// Whether a recipe of the program's own, of the same name, says something else than this one does.
    public func hidesOwn(_ recipe: Recipe) -> Bool {
        guard case .file(let url) = recipe.origin,
            let own = BundledFolder.datasets.bytes(of: Self.fileName(of: recipe.name))
        else { return false }
        return (try? [UInt8](Data(contentsOf: url))) != own
    }

    /// Where the recipe of each name is.
    private var origins: [String: Recipe.Origin] {
        var found: [String: Recipe.Origin] = [:]
        for folder in folders {
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
            for file in files ?? [] where file.pathExtension == "yaml" {
                let name = file.deletingPathExtension().lastPathComponent
                if found[name] == nil { found[name] = .file(file) }
            }
        }
        guard hasOwn else { return found }
        for path in BundledFolder.datasets.paths where path.hasSuffix(".yaml") {
            let name = String(path.dropLast(".yaml".count))
            if found[name] == nil { found[name] = .program }
        }
        return found
    }

    private static func fileName(of name: String) -> String { "\(name).yaml" }

    private static func nearestFolder(named name: String, from start: URL) -> URL? {
        var folder = start.standardizedFileURL
        while true {
            let candidate = folder.appendingPathComponent(name)
            if isFolder(candidate) { return candidate }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            if folder.path == "/" || parent.path == folder.path { return nil }
            folder = parent
        }
    }
}

/// What can be wrong with asking for a recipe.
public enum RecipeError: Error, Equatable, Sendable {
    case unknown(name: String, suggestion: String?, known: [String])
    case invalid(SettingsError)
    /// The recipe of a file says another name than the file's.
    case misnamed(path: String, name: String)
    /// An encoder where a dataset is asked for.
    case notADataset(name: String)
}

extension RecipeError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unknown(let name, let suggestion, let known):
            let hint =
                suggestion.map { "did you mean '\($0)'?" } ?? "known are: \(known.joined(separator: ", "))"
            return "no recipe named '\(name)'; \(hint)"
        case .invalid(let error):
            return error.description
        case .notADataset(let name):
            return "'\(name)' is an encoder, not a dataset"
        case .misnamed(let path, let name):
            return "\(path): name: found '\(name)', expected the name of the file"
        }
    }
}
