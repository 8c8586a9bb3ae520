import Evaluation
import Features
import Foundation
import Labels
import Learners
import Synchronization
import Testing
import TextClassifiers

/// Every classifier of this module keeps the promises of the protocol, and one that does not is found out.
@Suite(.serialized) struct ConformanceTests {
    private static let learners: [Learner] = {
        func logistic(_ change: (inout LogisticOptions) -> Void) -> Learner {
            var options = LogisticOptions()
            change(&options)
            return .logistic(options)
        }
        return [
            logistic { _ in }, logistic { $0.solver = .newtonCholesky }, logistic { $0.penalty = .l1 },
            logistic { $0.multiClass = .multinomial }, .logistic(.head),
            logistic { ($0.solver, $0.adamw.epochs) = (.adamw, 2) },
            .svm(LinearSVMOptions()), .naiveBayes(NaiveBayesOptions()),
            .chain(.logistic(LogisticOptions()), ClassifierChainOptions()),
            .thresholded(.svm(LinearSVMOptions()), SCutFBROptions()),
        ]
    }()

    @Test(arguments: learners.indices) func tfidfWithEveryLearner(index: Int) {
        let learner = Self.learners[index]
        #expect(checkConformance(of: TfidfClassifier(learner: learner)) == [], "\(learner.summary)")
    }

    private static var encoder: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Oracles/Encoders/bert-gelu")
    }

    /// A folder with the tiny checkpoint and a vocabulary of its size.
    private func encoderFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "tiny-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["config.json", "model.safetensors"] {
            try FileManager.default.copyItem(
                at: Self.encoder.appendingPathComponent(name), to: folder.appendingPathComponent(name))
        }
        let known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "##b", "c"]
        let words = known + (known.count..<53).map { "[unused\($0)]" }
        try Data((words.joined(separator: "\n") + "\n").utf8).write(
            to: folder.appendingPathComponent("vocab.txt"))
        return folder
    }

    @Test func anEncodersVectorsWithEveryLearner() throws {
        let folder = try encoderFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let featurizer = try EncoderFeaturizer(folder: folder)
        for learner in Self.learners where !learner.needsCounts {
            #expect(checkConformance(of: FeatureClassifier(featurizer, learner)) == [], "\(learner.summary)")
        }
        let bayes = FeatureClassifier(featurizer, .naiveBayes(NaiveBayesOptions()))
        #expect(checkConformance(of: bayes).map(\.promise) == [.someLabels])
        #expect(throws: TextClassifierError.featuresBelowZero) {
            try bayes.check(LabelSpace(kind: .binary, names: ["a", "b"]))
        }
    }

    @Test func baselinesAndLexicons() {
        for strategy in DummyClassifier.Strategy.allCases {
            #expect(checkConformance(of: DummyTextClassifier(strategy)) == [])
        }
        #expect(checkConformance(of: VaderClassifier()) == [])
    }

    @Test func searches() {
        var fewer = TfidfOptions()
        fewer.maxFeatures = 5
        let search = SearchedClassifier(
            featurizers: [TfidfOptions(), fewer],
            candidates: [
                .init(name: "all", featurizer: 0, learner: .logistic(LogisticOptions())),
                .init(name: "few", featurizer: 1, learner: .svm(LinearSVMOptions())),
            ], selection: Selection(by: .f1Macro))
        #expect(checkConformance(of: search) == [])
    }

    // MARK: Classifiers that break a promise

    /// What a broken classifier does wrong.
    private enum Fault: CaseIterable {
        case none, refusesAll, throwsWhenFitted, tooLarge, unequalRuns, forgets, goesOn, losesItsPlace
        case explainsNothing, onlyOneTask, failsOnEmptyTexts, isFuzzy, losesAClass

        var promise: ConformanceViolation.Promise? {
            switch self {
            case .none: nil
            case .refusesAll: .someLabels
            case .throwsWhenFitted: .fits
            case .tooLarge, .isFuzzy: .probabilities
            case .unequalRuns: .repeatable
            case .forgets: .saving
            case .goesOn, .losesItsPlace: .stopping
            case .explainsNothing: .explanations
            case .onlyOneTask: .tasks
            case .failsOnEmptyTexts: .emptyTexts
            case .losesAClass: .scarceRows
            }
        }
    }

    private struct Broken: TextClassifier {
        let fault: Fault
        let runs = Runs()

        func check(_ labelSpace: LabelSpace) throws {
            if fault == .refusesAll { throw TextClassifierError.featuresBelowZero }
        }

        func fit(_ task: TrainingTask, _ context: FitContext) throws -> FittedBroken {
            if fault == .throwsWhenFitted { throw LinearModelError.noRows }
            switch fault {
            case .goesOn: _ = context.shouldStop()
            case .losesItsPlace: break
            default: try context.stopIfAsked()
            }
            let counts = task.train.targets.labelCounts(labelCount: task.labelSpace.count)
            var value = 1.0
            if fault == .unequalRuns { value = 1 / Double(runs.next()) }
            if fault == .tooLarge || fault == .losesAClass && counts.contains(0) { value = 2 }
            if fault == .isFuzzy { value = 0.75 }
            if fault == .losesItsPlace, let folder = context.workFolder {
                // A mark of an earlier fitting leads to other numbers.
                let mark = folder.appendingPathComponent("mark")
                if FileManager.default.fileExists(atPath: mark.path) { value = 0 }
                try Data().write(to: mark)
                try context.stopIfAsked()
            }
            return FittedBroken(fault: fault, labelSpace: task.labelSpace, value: value)
        }

        func fit(_ tasks: [TrainingTask], _ context: FitContext) throws -> [FittedBroken] {
            try tasks.prefix(fault == .onlyOneTask ? 1 : tasks.count).map { try fit($0, context) }
        }
    }

    private final class Runs: Sendable {
        private let count = Mutex(0)
        func next() -> Int {
            count.withLock {
                $0 += 1
                return $0
            }
        }
    }

    private struct FittedBroken: FittedTextClassifier {
        let fault: Fault
        let labelSpace: LabelSpace
        /// Of the first label; the others have the rest.
        var value: Double

        var isProbabilistic: Bool { fault != .isFuzzy }

        func probabilities(of texts: [String]) throws -> Probabilities {
            if fault == .failsOnEmptyTexts && texts.contains(" ") { throw LinearModelError.noRows }
            let K = labelSpace.count
            return Probabilities(
                labelCount: K,
                values: texts.flatMap { _ in
                    (0..<K).map { $0 == 0 ? value : (1 - value) / Double(K - 1) }
                })
        }

        func explanation(of text: String) throws -> Explanation? {
            let name = fault == .explainsNothing ? "nothing" : labelSpace.names[0]
            return .terms([LabelContributions(label: name, probability: value, bias: value, terms: [])])
        }

        func save(to folder: URL) throws {
            try Data("\(fault == .forgets ? 0.5 : value)".utf8).write(
                to: folder.appendingPathComponent("value"))
        }

        init(fault: Fault, labelSpace: LabelSpace, value: Double) {
            (self.fault, self.labelSpace, self.value) = (fault, labelSpace, value)
        }

        init(from folder: URL, labelSpace: LabelSpace) throws {
            let text = try String(contentsOf: folder.appendingPathComponent("value"), encoding: .utf8)
            // A fault in the probabilities is read back too.
            let value = try #require(Double(text))
            self.init(fault: value == 0.75 ? .isFuzzy : .none, labelSpace: labelSpace, value: value)
        }
    }

    @Test(arguments: Fault.allCases) private func aBrokenPromiseIsFound(fault: Fault) {
        let found = checkConformance(of: Broken(fault: fault))
        let promises = Set(found.map(\.promise))
        if let promise = fault.promise {
            #expect(promises.contains(promise), "\(fault): \(found)")
        } else {
            #expect(found == [])
        }
    }
}
