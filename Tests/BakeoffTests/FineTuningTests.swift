import Bakeoff
import Foundation
import Testing

/// Fine-tuning from Swift, as the page of the catalogue shows it.
@Suite final class FineTuningTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    /// The tiny checkpoint of the oracles, with a vocabulary.
    private let encoder: URL

    init() throws {
        encoder = folder.appendingPathComponent("encoder")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(
            at: Page.repository.appendingPathComponent("Tests/Oracles/Encoders/bert-gelu"), to: encoder)
        let known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "bad", "day", "room", "wow"]
        try (known + (known.count..<53).map { "[unused\($0)]" }).joined(separator: "\n").write(
            to: encoder.appendingPathComponent("vocab.txt"), atomically: true, encoding: .utf8)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private let texts = ["good day", "bad day", "good room", "bad room", "good good day", "bad bad room"]
    private let classes = [1, 0, 1, 0, 1, 0]

    /// A tiny encoder needs more of it than a real one.
    private var patience: TrainingOptions {
        var training = TrainingOptions()
        training.epochs = 20
        training.batchSize = 3
        training.learningRate = 2e-3
        training.dropout = 0
        return training
    }

    @Test func oneTaskInTenLines() throws {
        let model = folder.appendingPathComponent("model")
        try FileManager.default.createDirectory(at: model, withIntermediateDirectories: true)
        var options = FineTuningOptions()
        options.training = patience
        let labels = try LabelSpace(kind: .binary, names: ["bad", "good"])
        let classifier = FineTunedClassifier(encoder: encoder, options: options)
        let fitted = try classifier.fit(texts, .classes(classes), labelSpace: labels)
        let probabilities = try fitted.probabilities(of: ["good", "bad"])
        #expect(probabilities[0, 1] > 0.8 && probabilities[1, 1] < 0.2)
        try fitted.save(to: model)
        let again = try FittedFineTunedClassifier(from: model, labelSpace: labels)
        #expect(try again.probabilities(of: texts) == fitted.probabilities(of: texts))
        #expect(fitted.summary?.hasPrefix("encoder, fine-tuned, at most 67 tokens, 20 epochs") == true)
        #expect(fitted.parameterCount.map { $0 > 10_000 } == true)
    }

    @Test func severalTasksShareAnEncoder() throws {
        let context = FitContext()
        let sentiment = TrainingTask(
            name: "sentiment", labelSpace: try LabelSpace(kind: .binary, names: ["bad", "good"]),
            train: Examples(texts: texts, targets: .classes(classes)),
            validation: Examples(texts: ["good", "bad"], targets: .classes([1, 0])))
        let topic = TrainingTask(
            name: "topic", labelSpace: try LabelSpace(kind: .multilabel, names: ["day", "room"]),
            train: Examples(
                texts: texts,
                targets: .sets(
                    IndicatorMatrix(labelCount: 2, rows: texts.map { $0.contains("day") ? [0] : [1] }))))
        var options = FineTuningOptions()
        options.training = patience
        options.training.epochs = 60
        options.training.mixing = .joint
        options.bestBy = BestBy(.loss, task: "sentiment")
        let classifier = FineTunedClassifier(encoder: encoder, options: options)
        let fitted = try classifier.fit([sentiment, topic], context)
        #expect(try fitted[0].probabilities(of: ["good day"])[0, 1] > 0.8)
        let topics = try fitted[1].probabilities(of: ["good day", "good room"])
        #expect(topics[0, 0] > topics[1, 0] && topics[0, 1] < topics[1, 1])
        #expect(fitted[0].notices.contains { $0.contains("the best on validation") })
        // One encoder for both, or one for each: the first layers' weights tell.
        options.sharesTasks = false
        let apart = try FineTunedClassifier(encoder: encoder, options: options).fit(
            [sentiment, topic], context)
        #expect(try apart[1].probabilities(of: texts) != fitted[1].probabilities(of: texts))
    }

    @Test func optionsThatTheLabelsHaveNoUseFor() throws {
        let labels = try LabelSpace(kind: .multilabel, names: ["day", "room"])
        var options = FineTuningOptions()
        options.classWeight = .balanced
        #expect(throws: TextClassifierError.uselessOption("classWeight", kind: .multilabel)) {
            try FineTunedClassifier(encoder: self.encoder, options: options).check(labels)
        }
        options = FineTuningOptions()
        options.posWeight = .number(2)
        try FineTunedClassifier(encoder: encoder, options: options).check(labels)
        #expect(throws: TextClassifierError.uselessOption("posWeight", kind: .binary)) {
            try FineTunedClassifier(encoder: self.encoder, options: options).check(
                LabelSpace(kind: .binary, names: ["a", "b"]))
        }
        #expect(throws: EncoderError.self) {
            try FineTunedClassifier(encoder: self.folder).check(labels)
        }
    }

    /// A stop is an error of its own, and the same call goes on.
    @Test func aStopAndGoingOn() throws {
        let labels = try LabelSpace(kind: .binary, names: ["bad", "good"])
        var options = FineTuningOptions()
        options.training = patience
        let classifier = FineTunedClassifier(encoder: encoder, options: options)
        let whole = try classifier.fit(texts, .classes(classes), labelSpace: labels)
        let steps = StepCount()
        var context = FitContext(
            workFolder: folder.appendingPathComponent("work"), progress: { _ in steps.add() },
            shouldStop: { steps.value == 5 })
        #expect(throws: RunStopped.self) {
            try classifier.fit(self.texts, .classes(self.classes), labelSpace: labels, context: context)
        }
        context.shouldStop = { false }
        let resumed = try classifier.fit(texts, .classes(classes), labelSpace: labels, context: context)
        #expect(try resumed.probabilities(of: texts) == whole.probabilities(of: texts))
        #expect(steps.value == 40)
    }

    /// The page shows this file's code, and no other.
    @Test func thisIsTheCodeOfThePage() throws {
        let page = try Page("Sources/Models/Encoders/Encoders.docc/FineTuning.md")
        let code = try Page("Tests/BakeoffTests/FineTuningTests.swift").text
        #expect(page.blocks("swift").count == 2)
        for block in page.blocks("swift") {
            for line in block.split(separator: "\n") where !line.hasPrefix("import") {
                #expect(code.contains(line), "\(line)")
            }
        }
    }
}

/// Steps that were reported.
private final class StepCount: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func add() { lock.withLock { count += 1 } }
    var value: Int { lock.withLock { count } }
}
