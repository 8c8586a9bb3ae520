import Foundation
import Labels
import Testing
import TextClassifiers

/// What a classifier is given, seen from one that only looks.
@Suite struct FitContextTests {
    /// Remembers what it was fitted on; fits each task by itself, as the protocol does by default.
    private struct Looker: TextClassifier {
        func fit(_ task: TrainingTask, _ context: FitContext) throws -> Fitted {
            try context.stopIfAsked()
            return Fitted(task: task, context: context)
        }
    }

    private struct Fitted: FittedTextClassifier {
        let task: TrainingTask
        let context: FitContext
        let isProbabilistic = false
        init(task: TrainingTask, context: FitContext) { (self.task, self.context) = (task, context) }
        init(from folder: URL, labelSpace: LabelSpace) throws { throw CocoaError(.fileReadUnknown) }
        func probabilities(of texts: [String]) throws -> Probabilities {
            Probabilities(labelCount: 1, values: texts.map { _ in 1 })
        }
        func save(to folder: URL) throws {}
    }

    private func task(_ name: String?) throws -> TrainingTask {
        TrainingTask(
            name: name, labelSpace: try LabelSpace(kind: .binary, names: ["no", "yes"]),
            train: Examples(texts: ["a"], targets: .classes([1])))
    }

    private func context(stop: Bool = false) -> FitContext {
        FitContext(
            workFolder: URL(fileURLWithPath: "/models/x/work"),
            log: URL(fileURLWithPath: "/report/logs/x.jsonl"), shouldStop: { stop })
    }

    @Test func tasksFittedByThemselvesShareNoFiles() throws {
        let fitted = try Looker().fit([task("spam"), task("mood")], context())
        #expect(fitted.map(\.task.name) == ["spam", "mood"])
        #expect(fitted.map(\.context.workFolder?.path) == ["/models/x/work/spam", "/models/x/work/mood"])
        #expect(
            fitted.map(\.context.log?.path) == ["/report/logs/x/spam.jsonl", "/report/logs/x/mood.jsonl"])
        let only = try Looker().fit([task(nil)], context())[0].context
        #expect(only.workFolder?.path == "/models/x/work" && only.log?.path == "/report/logs/x.jsonl")
    }

    @Test func aStopIsAnErrorThatSaysHowToGoOn() throws {
        #expect(throws: RunStopped()) { try Looker().fit([task("spam")], context(stop: true)) }
        #expect(RunStopped().description.contains("goes on"))
    }

    @Test func whatNobodyHasIsAbsentByDefault() throws {
        let fitted = try Looker().fit(["a"], .classes([0]), labelSpace: task(nil).labelSpace)
        #expect(fitted.notices.isEmpty && fitted.summary == nil && fitted.parameterCount == nil)
        #expect(try fitted.explanation(of: "a") == nil && fitted.topTerms(3) == nil && fitted.byID == nil)
    }
}
