import Experiments
import Foundation
import Labels
import TestSupport
import Testing

/// Keys of families that would mean nothing, or something else than was meant.
@Suite struct FamilyKeysTests {
    private func entry(_ text: String) throws -> ConfiguredContestant {
        let folder = try TemporaryFolder()
        let file = try folder.write(
            "dataset: {file: none.csv}\ncontestants: [{id: a, \(text)}]\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).contestants[0]
    }

    @Test(arguments: [
        (
            "model: rules, rules: [{label: a, keywords: [b, '']}]",
            "rules[0].keywords: found a list, expected words or phrases, none of them empty"
        ),
        ("model: rules, rules: [{label: a, keywords: ['']}]", "expected 'keywords' or 'pattern'"),
        (
            "model: rules, rules: [{label: a, pattern: '(b'}]",
            "rules[0].pattern: found '(b', expected a regular expression"
        ),
        (
            "model: rules, rules: [{label: a, keywords: [b], pattern: ''}]",
            "rules[0].pattern: found '', expected a regular expression"
        ),
        ("model: hashed-ngrams, minn: 3", "minn: found '3', expected 0 without maxn"),
        ("model: hashed-ngrams, minn: 3, maxn: 2", "maxn: found '2', expected 0, or at least minn, 3"),
        (
            "model: zero-shot, encoder: e, descriptions: {a: ' '}",
            "descriptions.a: found ' ', expected a text that stands for the label"
        ),
        ("model: command, command: p, environment: ['A=B']", "expected names of variables"),
        ("model: command, command: p, environment: ['']", "expected names of variables"),
    ])
    func whatMeansNothingIsAnError(text: String, words: String) {
        let error = errorText { try entry(text) }
        #expect(error.contains(words) && error.contains("e.yaml:2: contestants[0]"), "\(error)")
    }

    /// Labels of this kind have the metric, and the label is not there.
    @Test(arguments: [
        (
            "model: ensemble, of: [majority, drawn], method: greedy, metric: 'f1:spm'",
            "'method: greedy' by f1:spm: binary labels (ham, spam) do not have this metric"
        ),
        (
            "model: hashed-ngrams, search: {epochs: [1, 2], metric: 'f1:spm'}",
            "'search' by f1:spm: binary labels (ham, spam) do not have this metric"
        ),
    ])
    func aMetricOfALabelThatIsNotThereIsTold(text: String, words: String) throws {
        let small = try SmallExperiment()
        try small.replace("report:", with: "  - {id: own, \(text)}\nreport:")
        let told = errorText { try small.run() }
        #expect(told.hasPrefix("contestant 'own': \(words)"), "\(told)")
    }

    @Test func aThresholdIsOfSeveralLabels() throws {
        let contestant = try entry("model: zero-shot, encoder: e, threshold: 0.2").contestant
        let resources = ContestantResources(cache: URL(fileURLWithPath: "/none"))
        let two = try LabelSpace(kind: .binary, names: ["no", "yes"])
        #expect(
            errorText { try contestant.check(two, resources) }
                == "threshold is set, and binary labels have no use for it")
        let several = try LabelSpace(kind: .multilabel, names: ["a", "b"])
        #expect(!errorText { try contestant.check(several, resources) }.contains("threshold"))
    }
}
