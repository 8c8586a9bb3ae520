import Experiments
import Foundation
import Labels
import Recipes
import SettingKeys
import TestSupport
import Testing
import TextClassifiers

/// What is said of the keys of files: all that anybody's file in the tree uses, and the page in docs/.
@Suite struct KeyReferenceTests {
    /// The YAML files of a folder, deep ones too.
    private static func files(_ folder: String) throws -> [String] {
        let place = checkout.appendingPathComponent(folder)
        let paths = try #require(FileManager.default.subpaths(atPath: place.path))
        return paths.filter { $0.hasSuffix(".yaml") }.sorted().map { "\(folder)/\($0)" }
    }

    /// Fails for a key of a mapping, however deep, that a reference does not tell, or does not print.
    private func check(
        _ setting: Setting, _ reference: KeyReference, printed: Set<String>, dataset: KeyReference? = nil
    ) throws {
        if case .list(let items) = setting.value {
            for item in items { try check(item, reference, printed: printed, dataset: dataset) }
            return
        }
        guard case .mapping(let entries) = setting.value else { return }
        var known = reference.entries
        if let model = entries.first(where: { $0.key == "model" }), !reference.variants.isEmpty {
            let title = "model: \(try model.value.string())"
            let variant = try #require(reference.variants.first { $0.title == title }, "\(title)")
            #expect(printed.contains(title))
            known += variant.keys.entries
        }
        for (key, value) in entries {
            guard let entry = known.first(where: { $0.name == key }) else {
                Issue.record("\(value.place): \(value.key)")
                continue
            }
            #expect(printed.contains("\(key): \(entry.form)"), "\(value.key)")
            if let deeper = entry.keys?() ?? (key == "dataset" ? dataset : nil) {
                try check(value, deeper, printed: printed)
            }
        }
    }

    private func lines(_ reference: KeyReference) -> Set<String> {
        Set(
            reference.text(width: 100).split(separator: "\n").map {
                $0.trimmingCharacters(in: .whitespaces)
            })
    }

    @Test func everyKeyOfAnExperimentIsTold() throws {
        let reference = ExperimentFile.reference()
        let printed = lines(reference)
        let files = try Self.files("experiments") + Self.files("labs")
        #expect(files.count > 10)
        for file in files {
            let yaml = try Setting(contentsOf: checkout.appendingPathComponent(file))
            try check(yaml, reference, printed: printed)
        }
    }

    @Test func everyKeyOfARecipeIsTold() throws {
        let reference = Recipe.reference
        let printed = lines(reference).union(lines(DatasetReference.reference))
        let files = try Self.files("datasets")
        #expect(files.count > 10)
        for file in files {
            let yaml = try Setting(contentsOf: checkout.appendingPathComponent(file))
            try check(yaml, reference, printed: printed, dataset: DatasetReference.reference)
        }
    }

    /// To write the page anew: `bakeoff help experiment --markdown`, and the same of a recipe.
    @Test(arguments: ["experiment", "recipe"])
    func thePageIsUpToDate(topic: String) throws {
        let page = try String(
            contentsOf: checkout.appendingPathComponent("docs/experiment-file.md"), encoding: .utf8)
        let keys =
            topic == "experiment"
            ? ExperimentFile.reference().markdown(title: "an experiment file")
            : Recipe.reference.markdown(title: "a recipe")
        let start = try #require(page.range(of: "<!-- bakeoff help \(topic) --markdown -->\n\n"))
        let end = try #require(page.range(of: "\n<!-- /\(topic) -->"))
        #expect(
            String(page[start.upperBound..<end.lowerBound]) == keys,
            "put what 'bakeoff help \(topic) --markdown' prints in its place")
    }

    // MARK: A family of somebody else's

    private struct Shouting: Contestant {
        static let model = "shouting"
        static let purpose = "Knows who shouts."
        static var settingKeys: KeyReference { keys.reference }

        struct Keys {
            var share = 0.5
            var words: [String] = []
        }

        static let keys = KeyTable(Keys()) {
            SettingKey(
                "share", \.share, .number("a share from 0 to 1") { (0...1).contains($0) },
                "The share of capitals from which a text shouts.")
            SettingKey("words", \.words, .texts("a list of words"), "Words that always shout.")
        }

        let read: Keys
        var summary: String { "\(read.share) of \(read.words.count)" }

        init(settings: SettingsMapping, folder: URL) throws { read = try Self.keys.readOwn(settings).values }

        func classifier(_ resources: ContestantResources) throws -> any TextClassifier {
            throw TextClassifierError.noValidation
        }

        static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
            throw TextClassifierError.noValidation
        }
    }

    private func contestant(_ entry: String) throws -> any Contestant {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "dataset: {recipe: front-desk}\ncontestants:\n  - \(entry)\n", to: "e.yaml")
        let families = FamilyRegistry.standard.adding(Shouting.self)
        return try ExperimentFile(contentsOf: file, families: families).contestants[0].contestant
    }

    @Test func aFamilyOfOnesOwnDeclaresItsKeys() throws {
        #expect(try contestant("{model: shouting, share: 0.25, words: [HEY, HO]}").summary == "0.25 of 2")
        #expect(try contestant("shouting").summary == "0.5 of 0")
        for (entry, complaint) in [
            ("{model: shouting, shar: 1}", "unknown key 'contestants[0].shar'; did you mean 'share'?"),
            ("{model: shouting, share: 2}", "contestants[0].share: found '2', expected a share from 0 to 1"),
            ("{model: shouting, C: 1}", "known keys: id, model, tasks, share, words"),
        ] {
            let error = #expect(throws: SettingsError.self) { try contestant(entry) }
            #expect(try #require(error).description.contains(complaint), "\(String(describing: error))")
        }
        let families = FamilyRegistry.standard.adding(Shouting.self)
        let help = ExperimentFile.reference(families: families).text(width: 100)
        #expect(help.contains("model: shouting\n      Knows who shouts.\n    share: a share from 0 to 1\n"))
        #expect(!ExperimentFile.reference().text(width: 100).contains("shouting"))
    }
}
