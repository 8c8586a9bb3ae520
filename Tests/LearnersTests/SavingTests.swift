import Foundation
import Labels
import Learners
import TestSupport
import Testing
import TextClassifiers

@Suite struct SavingTests {
    /// A folder of this test's own, removed afterwards.
    private func withFolder(_ body: (URL) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try body(folder.file("model"))
    }

    private let labels: LabelSpace

    init() throws { labels = try LabelSpace(kind: .multiclass, names: FrontDesk.sentiments) }

    private func fitted(_ messages: [FrontDesk.Message]) throws -> FittedTfidfClassifier {
        var model = TfidfClassifier()
        model.featurizer.maxFeatures = 50
        model.featurizer.maxDf = .share(0.9)
        return try model.fit(
            messages.map(\.text), FrontDesk.sentimentTargets(messages), labelSpace: labels)
    }

    @Test func aLoadedModelGivesTheSameBits() throws {
        let corpus = try FrontDesk()
        let model = try fitted(corpus.train)
        try withFolder { folder in
            try model.save(to: folder)
            let loaded = try FittedTfidfClassifier(from: folder, labelSpace: labels)
            let texts = corpus.test.map(\.text)
            #expect(loaded.probabilities(of: texts) == model.probabilities(of: texts))
            #expect(loaded.featurizer.options == model.featurizer.options)
            #expect(loaded.labelSpace == model.labelSpace && loaded.notices == model.notices)
            #expect(loaded.featurizer.vocabulary == model.featurizer.vocabulary)
            #expect(
                Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
                    == ["model.json", "model.safetensors", "tfidf.json", "tfidf.safetensors"])
        }
    }

    /// Each replaces a part of a description by another.
    @Test(arguments: [
        ("tfidf.json", "bakeoff tfidf", "something else"),
        ("tfidf.json", "\"version\" : 2", "\"version\" : 3"),
        ("tfidf.json", "\"and\",", ""),
        ("tfidf.json", "\"and\"", "\"the\""),
        ("tfidf.json", "{", "["),
        ("model.json", "bakeoff linear", "something else"),
        ("model.json", "oneVsRest", "binary"),
        ("model.json", "oneVsRest", "nothing"),
        ("model.json", "\"positive\"", "\"neutral\""),
        ("model.json", "\"featureCount\" : 50", "\"featureCount\" : 49"),
        ("model.json", "{", "["),
    ]) func aDescriptionThatDoesNotFitIsRefused(name: String, part: String, replacement: String) throws {
        let model = try fitted(FrontDesk().train)
        try withFolder { folder in
            try model.save(to: folder)
            let file = folder.appending(path: name)
            let text = try String(contentsOf: file, encoding: .utf8)
            try #require(text.contains(part))
            if part == "\"and\"" { try #require(text.contains(replacement)) }
            try text.replacing(part, with: replacement, maxReplacements: 1)
                .write(to: file, atomically: true, encoding: .utf8)
            #expect(throws: LinearModelError.self) {
                try FittedTfidfClassifier(from: folder, labelSpace: labels)
            }
        }
    }

    @Test(arguments: ["model.safetensors", "tfidf.safetensors"])
    func damagedTensorsAreRefused(name: String) throws {
        let model = try fitted(FrontDesk().train)
        try withFolder { folder in
            try model.save(to: folder)
            let file = folder.appending(path: name)
            let data = try Data(contentsOf: file)
            try data.dropLast(8).write(to: file)
            #expect(throws: LinearModelError.self) {
                try FittedTfidfClassifier(from: folder, labelSpace: labels)
            }
        }
    }

    @Test func dummies() throws {
        let space = try LabelSpace(kind: .binary, names: FrontDesk.spam)
        let dummy = try DummyClassifier.fit(
            .stratified, to: .classes([0, 1, 1]), labelSpace: space, seed: .max)
        try withFolder { folder in
            try dummy.save(to: folder)
            let loaded = try DummyClassifier(from: folder)
            #expect(loaded.probabilities(rowCount: 50) == dummy.probabilities(rowCount: 50))
            #expect(throws: LinearModelError.self) {
                try FittedTfidfClassifier(from: folder, labelSpace: space)
            }
        }
    }
}
