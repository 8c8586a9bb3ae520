import Encoders
import Foundation
import Recipes
import SafeFiles
import SettingKeys
import TextClassifiers

/// A name that is no encoder's: what each way to read it found.
public struct UnknownEncoder: Equatable, Sendable {
    let name: String
    /// What is wrong with the name as a path.
    let asPath: String
    /// The encoder of the fitted model that the folder holds.
    let encoderOfModel: String?
    /// The encoders that are known by name.
    let known: [String]
    /// A dataset has this name.
    let isDataset: Bool
    /// What the Hugging Face hub says of it; nil where it cannot be a name of the hub's.
    let asHub: String?
    /// What was meant, perhaps.
    let suggestion: String?

    /// - Parameter hub: Why the hub did not send it; nil where it was not asked.
    init(_ place: EncoderName, recipes book: RecipeBook, hub: FetchProblem? = nil) {
        let (name, path) = (place.text, place.path)
        let recipes = (try? book.all()) ?? []
        self.name = name
        asHub = HubName(name).map { name in
            hub.map { "on the Hugging Face hub: \($0)" }
                ?? "it is not in the cache of the Hugging Face hub ('bakeoff fetch \(name)' gets it, if the hub has it)"
        }
        known = recipes.filter { $0.kind == .encoder }.map(\.name)
        isDataset = recipes.contains { $0.name == name && $0.kind == .dataset }
        asPath = UnknownEncoder.fault(of: path)
        encoderOfModel = EncoderFeaturizer.savedName(in: path)
        // The last part of a Hugging Face name is often a recipe's.
        let last = name.split(separator: "/").last.map(String.init) ?? name
        let same = known.first { $0.lowercased() == last.lowercased() }
        let siblings = UnknownEncoder.modelFolders(beside: path)
        let sibling = nearest(to: path.lastPathComponent, in: siblings).map { near in
            let parent = name.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            return (parent + [Substring(near)]).joined(separator: "/")
        }
        suggestion = same ?? sibling ?? nearest(to: last, in: known)
    }

    /// What a folder must hold to be an encoder's, one of each.
    private static let needed = [
        ["config.json"],
        [
            "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin",
            "pytorch_model.bin.index.json",
        ],
        [
            "tokenizer.json", "vocab.txt", "vocab.json", "sentencepiece.bpe.model", "spiece.model",
            "spm.model",
        ],
    ]

    /// Characters of a path that are shown, its last ones.
    private static let longestPath = 200

    /// Whether a folder has some of the files that an encoder's must have.
    static func isPartOfModel(_ path: URL) -> Bool {
        needed.joined().contains {
            FileManager.default.fileExists(atPath: path.appendingPathComponent($0).path)
        }
    }

    private static func fault(of path: URL) -> String {
        let files = FileManager.default
        let whole = path.standardizedFileURL.path
        let place = whole.count > longestPath ? "...\(whole.suffix(longestPath))" : whole
        var isFolder: ObjCBool = false
        guard files.fileExists(atPath: path.path, isDirectory: &isFolder) else {
            return "there is no folder \(place)"
        }
        guard isFolder.boolValue else { return "\(place) is a file, not a folder" }
        let missing = needed.filter { names in
            !names.contains { files.fileExists(atPath: path.appendingPathComponent($0).path) }
        }
        return "the folder \(place) has no "
            + missing.map { $0.joined(separator: " or ") }.joined(separator: ", no ")
    }

    private static func modelFolders(beside path: URL) -> [String] {
        let parent = path.deletingLastPathComponent()
        return fileNames(in: parent).sorted().filter { name in
            let folder = parent.appendingPathComponent(name)
            return EncoderName.isModel(folder)
        }
    }
}

extension UnknownEncoder: CustomStringConvertible {
    public var description: String {
        let name = shown(self.name)
        if let encoderOfModel {
            return
                "no encoder '\(name)': the folder holds a fitted model on the vectors of a frozen encoder; name that encoder: "
                + "'\(shown(encoderOfModel))'"
        }
        let asRecipe = isDataset ? "the recipe '\(name)' is a dataset" : "no encoder is known by this name"
        let hint = suggestion.map { "; did you mean '\($0)'?" } ?? ""
        return
            "no encoder '\(name)': \(asPath); \(asRecipe) (known are: \(known.joined(separator: ", ")))"
            + (asHub.map { "; \($0)" } ?? "") + hint
    }
}
