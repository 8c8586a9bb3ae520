import Encoders
import Experiments
import Foundation
import Labels
import TestSupport
import Testing
import TextClassifiers

/// SetFit on a tiny encoder: what is saved, what is refused.
@Suite struct SetFitTests {
    private static let texts = ["a b c", "c c a", "b b", "b a b", "a", "c b"]

    private func fit(
        _ folder: ModelFolder, _ change: (inout SetFitOptions) -> Void = { _ in }
    ) throws -> FittedSetFit {
        var options = SetFitOptions()
        options.numIterations = 1
        // Twelve pairs are three steps, of which the first has a rate of 0.
        options.batchSize = 4
        change(&options)
        return try SetFitClassifier(encoder: folder.url, name: "tiny", options: options).fit(
            Self.texts, .classes([0, 1, 1, 0, 1, 0]), labelSpace: try labels())
    }

    private func labels() throws -> LabelSpace { try LabelSpace(kind: .binary, names: ["no", "yes"]) }

    private func withFolder(_ work: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("s-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try work(folder)
    }

    /// What is saved is an encoder like any other: with its own pooling, length, prompt and norm.
    @Test func theEncoderIsAFolderOfSentenceTransformers() throws {
        let model = try fit(ModelFolder()) {
            ($0.pooling, $0.normalize, $0.maxLength, $0.prefix) = (.cls, true, 9, "b c ")
        }
        try withFolder { folder in
            try model.save(to: folder)
            let encoder = try TextEncoder(folder: folder.appendingPathComponent("encoder"))
            #expect(
                encoder.options()
                    == EncodingOptions(pooling: .cls, normalize: true, maxLength: 9, prefix: "b c "))
            let trained = try encoder.encode(Self.texts).values
            let start = try ModelFolder()
            let before = try TextEncoder(folder: start.url)
            #expect(try before.encode(Self.texts, encoder.options()).values != trained)
            let again = try FittedSetFit(from: folder, labelSpace: labels())
            #expect(try again.probabilities(of: Self.texts) == model.probabilities(of: Self.texts))
            // It may be the encoder that another begins with.
            _ = try SetFitClassifier(encoder: folder.appendingPathComponent("encoder")).check(labels())
            for reduced in [try again.predicting(in: .bf16), try again.predicting(in: .int8)] {
                let reduced = try #require(reduced)
                let found = try reduced.probabilities(of: Self.texts).values
                let exact = try again.probabilities(of: Self.texts).values
                #expect(zip(found, exact).allSatisfy { abs($0 - $1) < 0.05 } && found != exact)
            }
            let other = try LabelSpace(kind: .binary, names: ["ham", "spam"])
            #expect(throws: TextClassifierError.self) { try FittedSetFit(from: folder, labelSpace: other) }
        }
    }

    @Test func theSummaryCountsThePairs() throws {
        let model = try fit(ModelFolder()) { ($0.numIterations, $0.precision) = (nil, .bf16) }
        let summary = try #require(model.summary)
        #expect(
            summary.hasPrefix(
                "tiny, SetFit, 1 epoch on pairs of texts (oversampling: 12 alike and 12 different), batches of 4, "
                    + "learning rate 2e-05, bf16, "), "\(summary)")
    }

    /// What would be left out in silence is refused before anything is fitted.
    @Test func foldersThatAreNotTrainedAreRefused() throws {
        func refusal(_ folder: URL, _ change: (inout SetFitOptions) -> Void = { _ in }) throws -> String {
            var options = SetFitOptions()
            change(&options)
            do {
                try SetFitClassifier(encoder: folder, options: options).check(labels())
                return ""
            } catch { return "\(error)" }
        }
        let plain = try ModelFolder()
        #expect(try refusal(plain.url) == "")
        #expect(try refusal(plain.url) { $0.pooling = .pooler }.contains("expected one of mean, cls"))
        #expect(try refusal(oracle("Encoders/static-matrix")).contains("static embeddings"))
        let dense = try ModelFolder()
        let modules = ["Transformer", "Pooling", "Dense"].enumerated().map {
            #"{"idx": \#($0), "path": "\#($0 == 0 ? "" : "\($0)_\($1)")", "type": "sentence_transformers.models.\#($1)"}"#
        }
        try dense.write("[\(modules.joined(separator: ", "))]", to: "modules.json")
        try dense.write(#"{"pooling_mode": "mean"}"#, to: "1_Pooling/config.json")
        try dense.write(#"{"in_features": 35, "out_features": 3}"#, to: "2_Dense/config.json")
        #expect(try refusal(dense.url).contains("dense layers after its pooling (2_Dense)"))
        let prompted = try ModelFolder()
        try prompted.write(
            #"{"pooling_mode": "mean", "include_prompt": false}"#, to: "1_Pooling/config.json")
        #expect(try refusal(prompted.url) == "")
        #expect(try refusal(prompted.url) { $0.prefix = "q " }.contains("leaves out the prompt"))
    }

    private func entry(_ text: String) throws -> ConfiguredContestant {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(
            "f-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data("dataset: {file: none.csv}\ncontestants: [{id: a, model: setfit, \(text)}]\n".utf8)
            .write(to: file)
        return try ExperimentFile(contentsOf: file).contestants[0]
    }

    @Test func theEntryIsRead() throws {
        #expect(
            try entry("encoder: e").contestant.summary
                == "e, SetFit, 1 epoch on pairs of texts (oversampling), batches of 16, learning rate 2e-05, "
                + "multinomial logistic regression, C 1.0")
        #expect(
            try entry(
                "encoder: e, prefix: 'q: ', max-length: 9, training: {num-iterations: 20, max-steps: 50, batch-size: 8, body-learning-rate: 1e-3}, head: {C: 3}"
            ).contestant.summary
                == "e, SetFit, 'q: ' before each text, at most 9 tokens, 50 steps on pairs of texts (20 iterations), "
                + "batches of 8, learning rate 0.001, multinomial logistic regression, C 3.0")
    }

    @Test(arguments: [
        ("encoder: e, pooling: pooler", "expected one of mean, cls, max"), ("training: {}", "encoder"),
        ("encoder: e, training: {num-iterations: 2, sampling-strategy: unique}", "num-iterations"),
        ("encoder: e, training: {max-steps: 2, num-epochs: 2}", "either 'num-epochs' or 'max-steps'"),
        ("encoder: e, training: {sampling-strategy: oversample}", "oversampling"),
        ("encoder: e, training: {num-iteration: 2}", "did you mean 'num-iterations'?"),
        ("encoder: e, training: {num-iterations: 0}", "num-iterations"),
        ("encoder: e, training: {warmup-proportion: 1.5}", "a number from 0 to 1"),
        ("encoder: e, training: {body-learning-rate: 0}", "body-learning-rate"),
        ("encoder: e, precision: int8", "precision"), ("encoder: e, head: {c: 1}", "did you mean 'C'?"),
    ])
    func badEntriesAreErrors(text: String, words: String) {
        #expect {
            _ = try entry(text)
        } throws: { "\($0)".contains(words) && "\($0)".contains(".yaml:2") }
    }
}
