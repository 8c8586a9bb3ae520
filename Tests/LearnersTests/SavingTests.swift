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

    private func fitted(_ messages: [FrontDesk.Message]) throws -> FittedTfidfClassifier {
        var model = TfidfClassifier()
        model.tfidf.maxFeatures = 50
        model.tfidf.maxDf = .share(0.9)
        return try model.fit(
            messages.map(\.text), FrontDesk.sentimentTargets(messages),
            labelSpace: LabelSpace(kind: .multiclass, names: FrontDesk.sentiments))
    }

    @Test func aLoadedModelGivesTheSameBits() throws {
        let corpus = try FrontDesk()
        let model = try fitted(corpus.train)
        try withFolder { folder in
            try model.save(to: folder)
            let loaded = try FittedTfidfClassifier(from: folder)
            let texts = corpus.test.map(\.text)
            #expect(loaded.probabilities(of: texts) == model.probabilities(of: texts))
            #expect(loaded.options == model.options)
            #expect(loaded.labelSpace == model.labelSpace)
            #expect(loaded.vectorizer.vocabulary == model.vectorizer.vocabulary)
            #expect(
                Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
                    == ["model.json", "model.safetensors"])
        }
    }

    /// Each replaces a part of the description by another.
    @Test(arguments: [
        ("bakeoff tfidf", "something else"),
        ("\"version\" : 1", "\"version\" : 2"),
        ("oneVsRest", "binary"),
        ("oneVsRest", "nothing"),
        ("\"positive\"", "\"neutral\""),
        ("\"and\",", ""),
        ("\"and\"", "\"the\""),
        ("{", "["),
    ]) func aDescriptionThatDoesNotFitIsRefused(part: String, replacement: String) throws {
        let model = try fitted(FrontDesk().train)
        try withFolder { folder in
            try model.save(to: folder)
            let file = folder.appending(path: "model.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            try #require(text.contains(part))
            if part == "\"and\"" { try #require(text.contains(replacement)) }
            try text.replacing(part, with: replacement, maxReplacements: 1)
                .write(to: file, atomically: true, encoding: .utf8)
            #expect(throws: LinearModelError.self) { try FittedTfidfClassifier(from: folder) }
        }
    }

    @Test func damagedTensorsAreRefused() throws {
        let model = try fitted(FrontDesk().train)
        try withFolder { folder in
            try model.save(to: folder)
            let file = folder.appending(path: "model.safetensors")
            let data = try Data(contentsOf: file)
            try data.dropLast(8).write(to: file)
            #expect(throws: LinearModelError.self) { try FittedTfidfClassifier(from: folder) }
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
            #expect(throws: LinearModelError.self) { try FittedTfidfClassifier(from: folder) }
        }
    }
}
