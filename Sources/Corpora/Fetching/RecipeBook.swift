import Files
import Foundation
import Settings

/// The recipes that are known: the `NAME.yaml` files of a few folders, where an earlier folder hides a later one.
public struct RecipeBook: Sendable {
    /// Where recipes are looked for, in order.
    public let folders: [URL]

    /// `$BAKEOFF_RECIPES`, then the nearest `datasets` folder of the working folder and its parents, then the
    /// package's own.
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
        folders.append(Self.ownFolder)
        self.init(folders: folders)
    }

    public init(folders: [URL]) {
        var seen: Set<String> = []
        self.folders = folders.map(\.standardizedFileURL).filter { seen.insert($0.path).inserted }
    }

    /// Every recipe, by name.
    public func all() throws(RecipeError) -> [Recipe] {
        var recipes: [Recipe] = []
        for (name, file) in locations.sorted(by: { $0.key < $1.key }) {
            recipes.append(try read(file, name: name))
        }
        return recipes
    }

    /// - Throws: `RecipeError.unknown`, with the nearest name if one is near; `.invalid`.
    public func recipe(named name: String) throws(RecipeError) -> Recipe {
        let locations = self.locations
        guard let file = locations[name] else {
            let known = locations.keys.sorted()
            throw .unknown(name: name, suggestion: nearest(to: name, in: known), known: known)
        }
        return try read(file, name: name)
    }

    private func read(_ file: URL, name: String) throws(RecipeError) -> Recipe {
        do {
            let recipe = try Recipe(contentsOf: file)
            if recipe.name != name { throw RecipeError.misnamed(path: file.path, name: recipe.name) }
            return recipe
        } catch let error as SettingsError {
            throw .invalid(error)
        } catch let error as RecipeError {
            throw error
        } catch {
            throw .invalid(.unreadable(file: file.path, reason: "\(error)"))
        }
    }

    /// The recipe of the same name that came with this program, where `recipe` says something else, such as one of the
    /// working folder.
    public func hidden(by recipe: Recipe) -> URL? {
        let own = Self.ownFolder.appendingPathComponent("\(recipe.name).yaml").standardizedFileURL
        return own.path != recipe.location.standardizedFileURL.path
            && FileManager.default.fileExists(atPath: own.path)
            && !FileManager.default.contentsEqual(atPath: own.path, andPath: recipe.location.path)
            ? own : nil
    }

    /// The YAML file of each name.
    private var locations: [String: URL] {
        var found: [String: URL] = [:]
        for folder in folders {
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
            for file in files ?? [] where file.pathExtension == "yaml" {
                let name = file.deletingPathExtension().lastPathComponent
                if found[name] == nil { found[name] = file }
            }
        }
        return found
    }

    private static func nearestFolder(named name: String, from start: URL) -> URL? {
        var folder = start.standardizedFileURL
        while true {
            let candidate = folder.appendingPathComponent(name)
            var isFolder: ObjCBool = false
            if FileManager.default.fileExists(atPath: candidate.path, isDirectory: &isFolder),
                isFolder.boolValue
            {
                return candidate
            }
            let parent = folder.deletingLastPathComponent().standardizedFileURL
            if folder.path == "/" || parent.path == folder.path { return nil }
            folder = parent
        }
    }

    /// `datasets` of the package that this file was compiled from: four steps up from `Sources/Corpora/Fetching`.
    private static let ownFolder = (0..<4).reduce(URL(fileURLWithPath: #filePath)) { url, _ in
        url.deletingLastPathComponent()
    }.appendingPathComponent("datasets")
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
