import Experiments
import Foundation
import Labels
import SettingKeys
import Testing

/// What a contestant family is given, seen from one that only looks.
@Suite struct TrainingTaskTests {
    /// Remembers the task that it was fitted on; fits each task by itself, as the protocol does by default.
    private struct Looker: Contestant {
        static let model = "looker"
        static let settingKeys: [String] = []
        let summary = "looks"

        init() {}
        init(settings: SettingsMapping, folder: URL) throws {}

        func fit(_ task: TrainingTask) throws -> any FittedContestant {
            try task.stopIfAsked()
            return Fitted(task: task)
        }

        static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedContestant {
            throw CocoaError(.fileReadUnknown)
        }
    }

    private struct Fitted: FittedContestant {
        let task: TrainingTask
        let isProbabilistic = false
        let notices: [String] = []
        func probabilities(of texts: [String]) throws -> Probabilities {
            Probabilities(labelCount: 1, values: texts.map { _ in 1 })
        }
        func save(to folder: URL) throws {}
    }

    private func task(_ name: String?, stop: Bool = false) throws -> TrainingTask {
        TrainingTask(
            name: name, labelSpace: try LabelSpace(kind: .binary, names: ["no", "yes"]),
            train: Examples(texts: ["a"], targets: .classes([1])), validation: nil, seed: 1,
            cache: URL(fileURLWithPath: "/cache"), workFolder: URL(fileURLWithPath: "/models/x/work"),
            log: URL(fileURLWithPath: "/report/logs/x.jsonl"), shouldStop: { stop })
    }

    @Test func tasksFittedByThemselvesShareNoFiles() throws {
        let fitted = try Looker().fit([task("spam"), task("mood")]).compactMap { $0 as? Fitted }
        #expect(fitted.map(\.task.name) == ["spam", "mood"])
        #expect(fitted.map(\.task.workFolder.path) == ["/models/x/work/spam", "/models/x/work/mood"])
        #expect(fitted.map(\.task.log.path) == ["/report/logs/x/spam.jsonl", "/report/logs/x/mood.jsonl"])
        let only = try #require(Looker().fit([task(nil)])[0] as? Fitted)
        #expect(only.task.workFolder.path == "/models/x/work" && only.task.log.path == "/report/logs/x.jsonl")
    }

    @Test func aStopIsAnErrorThatSaysHowToGoOn() throws {
        #expect(throws: RunStopped()) { try Looker().fit([task("spam", stop: true)]) }
        #expect(RunStopped().description.contains("goes on"))
    }
}
