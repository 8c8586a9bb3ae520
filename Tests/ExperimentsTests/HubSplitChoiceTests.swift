import Corpora
import Experiments
import SettingKeys
import TestSupport
import Testing

/// Which splits of a dataset on the hub are train, validation and test.
@Suite struct HubSplitChoiceTests {
    private func choice(_ yaml: String, _ names: [String]) throws -> HubSplits.Choice {
        let keys = try Setting(yaml: "{hub: org/name, splits: \(yaml)}", file: "e.yaml").mappingWithAnyKeys()
        return try HubSplits(keys["splits"]).choice(of: names, for: keys.required("hub"))
    }

    @Test func splitsArePartsByTheirNames() throws {
        let usual = try choice("null", ["unsupervised", "test", "train", "valid"])
        #expect(usual.parts == [.train: ["train"], .validation: ["valid"], .test: ["test"]])
        #expect(usual.splits == ["test", "train", "valid"] && usual.others == ["unsupervised"])
        // Of two names for a part the more usual one.
        let two = try choice("null", ["dev", "validation", "train"])
        #expect(two.parts == [.train: ["train"], .validation: ["validation"]] && two.others == ["dev"])
        let partial = try choice("null", ["partial-train", "test"])
        #expect(partial.parts == [.train: ["partial-train"], .test: ["test"]])
    }

    @Test func oneSplitIsNoPart() throws {
        #expect(try choice("null", ["en"]) == .init(parts: nil, splits: ["en"], others: []))
        #expect(
            try choice("null", ["train", "more"]) == .init(parts: nil, splits: ["train"], others: ["more"]))
    }

    @Test func theKeySaysOtherwise() throws {
        let names = ["train", "validation_matched", "test", "extra"]
        let parts = try choice("{train: [train, extra], test: validation_matched}", names)
        #expect(parts.parts == [.train: ["train", "extra"], .test: ["validation_matched"]])
        #expect(parts.splits == ["train", "validation_matched", "extra"] && parts.others == ["test"])
        let rows = try choice("[test, train]", names)
        #expect(rows.parts == nil && rows.splits == ["train", "test"])
        #expect(try choice("test", names).splits == ["test"])
    }

    @Test(arguments: [
        (
            "null",
            "e.yaml:1: hub: found 'org/name', expected 'splits' beside it, which says which splits are train, validation and test: it has de, en"
        ),
        ("{train: ed}", "expected splits that the dataset has, which are de, en (did you mean 'de'?)"),
        ("[fr]", "expected splits that the dataset has, which are de, en"),
        ("{train: de, test: de}", "expected each split once"), ("[]", "expected a split at least"),
        ("{trein: de}", "did you mean 'train'?"),
    ])
    func whatIsNotThereIsSaid(yaml: String, words: String) {
        let error = errorText { try choice(yaml, ["de", "en"]) }
        #expect(error.contains(words), "\(error)")
    }
}
