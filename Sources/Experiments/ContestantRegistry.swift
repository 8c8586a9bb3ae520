import Foundation
import Settings

/// The families of contestants that an experiment file may name.
public enum ContestantRegistry {
    /// One line a family.
    static let families: [any Contestant.Type] = [
        DummyContestant.self,
        VaderContestant.self,
        TfidfLogisticContestant.self,
        FrozenEncoderContestant.self,
        ExternalContestant.self,
    ]

    /// The values that `model:` may have.
    public static var models: [String] { families.map { $0.model } }

    static func family(named model: String) -> (any Contestant.Type)? {
        families.first { $0.model == model }
    }

    /// The contestant that an entry of `contestants:` describes.
    static func contestant(from entry: Setting, folder: URL) throws -> ConfiguredContestant {
        let mapping = try entry.mappingWithAnyKeys()
        let model = try mapping.required("model")
        guard let family = family(named: try model.string()) else {
            let hint = nearest(to: try model.string(), in: models).map { " (did you mean '\($0)'?)" } ?? ""
            throw model.badValue(expected: "one of \(models.joined(separator: ", "))\(hint)")
        }
        let settings = try entry.mapping(known: ["id", "model"] + family.settingKeys)
        let id = try settings.required("id")
        let name = try id.string()
        if name.isEmpty || name.hasPrefix(".") || !name.allSatisfy(isFileNameSafe) {
            throw id.badValue(
                expected: "letters, digits, '-', '_' and '.' only, since files are named after it")
        }
        return ConfiguredContestant(
            id: name, settings: settings.removing(["id"]).setting.canonicalText,
            contestant: try family.init(settings: settings, folder: folder))
    }

    private static func isFileNameSafe(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_.".contains(character))
    }
}

/// An entry of `contestants:`.
public struct ConfiguredContestant: Sendable {
    public let id: String
    /// All settings but the id, in one spelling: part of what decides whether a stored result is still good.
    let settings: String
    public let contestant: any Contestant

    /// What stands after `model:`.
    public var model: String { type(of: contestant).model }
}
