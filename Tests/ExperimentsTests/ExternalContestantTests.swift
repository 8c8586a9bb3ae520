import Experiments
import Foundation
import Labels
import TestSupport
import Testing
import TextClassifiers

/// Predictions that were made elsewhere.
@Suite struct ExternalContestantTests {
    private let folder: TemporaryFolder
    private let space: LabelSpace
    private let resources: ContestantResources

    init() throws {
        folder = try TemporaryFolder()
        space = try LabelSpace(kind: .binary, names: ["ham", "spam"])
        resources = ContestantResources(cache: folder.file("cache"))
        try folder.write(
            "id,predicted,p_ham,p_spam\nb,spam,0.25,0.75\na,ham,1,0\nz,ham,1,0\n", to: "test.csv")
        try folder.write("id,predicted\nc,spam\n", to: "validation.csv")
    }

    private func contestant(_ keys: String) throws -> any Contestant {
        let file = try folder.write(
            "dataset: {file: none.csv}\ncontestants: [{id: x, model: external, \(keys)}]\n", to: "e.yaml")
        return try ExperimentFile(contentsOf: file).contestants[0].contestant
    }

    private func fitted(_ keys: String) throws -> any FittedTextClassifier {
        let train = Examples(texts: ["t", "u"], targets: .classes([0, 1]))
        return try contestant(keys).classifier(resources).fit(train.texts, train.targets, labelSpace: space)
    }

    @Test func rowsAreFoundByTheirIDs() throws {
        let fitted = try fitted("predictions: test.csv, validation: validation.csv")
        let byID = try #require(fitted.byID)
        #expect(try byID.probabilities(ofIDs: ["a", "b"], in: .test)?.values == [1, 0, 0.25, 0.75])
        #expect(try byID.probabilities(ofIDs: ["c"], in: .validation)?.values == [0, 1])
        #expect(
            errorText { try byID.probabilities(ofIDs: ["q"], in: .test) }.hasSuffix("no row has the id 'q'"))
        #expect(fitted.isProbabilistic && fitted.notices.isEmpty)
        #expect(
            byID.notices(ofIDs: ["a", "b", "c"]) == [
                "1 row of test.csv has an id that no row of the dataset has, such as 'z', and counts for nothing"
            ])
        #expect(
            errorText { try fitted.probabilities(of: ["a text"]) }.contains("it knows its own rows alone"))
    }

    @Test func validationNeedNotBeCovered() throws {
        let byID = try #require(try fitted("predictions: \(folder.file("test.csv").path)").byID)
        #expect(try byID.probabilities(ofIDs: ["c"], in: .validation) == nil)
    }

    @Test func linesAreInTheOrderOfThePart() throws {
        try folder.write("ham\nspam\nspam\n", to: "lines.txt")
        let fitted = try fitted("predictions: lines.txt")
        #expect(!fitted.isProbabilistic && fitted.notices.count == 1)
        let byID = try #require(fitted.byID)
        #expect(try byID.probabilities(ofIDs: ["x", "y", "z"], in: .test)?.values == [1, 0, 0, 1, 0, 1])
        #expect(
            errorText { try byID.probabilities(ofIDs: ["x"], in: .test) }
                == "the truth has 1 rows, the predictions have 3")
    }

    @Test func theSummaryIsTheDescriptionOrTheFile() throws {
        #expect(try contestant("predictions: test.csv").summary == "predictions from test.csv")
        #expect(try contestant("predictions: test.csv, description: by hand").summary == "by hand")
    }

    /// What is in the files is what the result depends on.
    @Test func theFingerprintIsOfTheFiles() throws {
        func fingerprint(_ keys: String) throws -> String { try contestant(keys).fingerprint(resources) }
        let (one, both) = ("predictions: test.csv", "predictions: test.csv, validation: validation.csv")
        let before = (try fingerprint(one), try fingerprint(both))
        #expect(before.1.hasPrefix(before.0 + " "))
        try folder.write("id,predicted\nc,ham\n", to: "validation.csv")
        #expect(try fingerprint(one) == before.0 && fingerprint(both) != before.1)
    }

    @Test func whatCannotBeReadIsAnError() throws {
        #expect(
            errorText { try contestant("validation: test.csv") }.contains(
                "key 'contestants[0].predictions' is missing"))
        let gone = try contestant("predictions: gone.csv")
        #expect(errorText { try gone.check(space, resources) }.contains("gone.csv: no such file"))
        try folder.write("id,predicted\na,spma\n", to: "typo.csv")
        let typo = try contestant("predictions: typo.csv")
        #expect(
            errorText { try typo.check(space, resources) }.contains(
                "typo.csv:2: found label 'spma'; did you mean 'spam'?"))
        #expect(
            errorText { try type(of: typo).load(from: folder.url, labelSpace: space) }.contains(
                "its predictions were made elsewhere, so there is no model here"))
    }
}
