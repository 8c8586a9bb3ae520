import Experiments
import SafeFiles
import SettingKeys
import TestSupport
import Testing
import TextClassifiers

/// Which errors are told with the contestant's name.
@Suite struct ContestantErrorTests {
    private struct Broken: Error, CustomStringConvertible {
        let description = "the weights are odd"
    }

    /// What an encoder has not is told before the contestants above it are fitted.
    @Test(arguments: [
        ("lora: {rank: 36}", "lora.rank: found 36, expected 1 to 35, "),
        ("lora: {targets: [query, q_lin]}", "lora.targets: found 'q_lin', expected "),
        ("reinitialize-layers: 3", "reinitialize-layers is 3, expected at most 2, "),
        ("freeze: {layers: 3}", "freeze.layers is 3, expected at most 2, "),
    ])
    func optionsThatNeedOtherLayersAreToldBeforeAnythingIsFitted(option: String, words: String) throws {
        let encoder = try ModelFolder()
        let small = try SmallExperiment()
        try small.replace(
            "report:",
            with: """
                  - {id: tuned, model: fine-tuned, encoder: \(encoder.url.path), training: {\(option)}}
                report:
                """)
        let told = errorText { try small.run() }
        #expect(told.hasPrefix("contestant 'tuned': ") && told.contains(words), "\(told)")
        #expect(!small.exists("report/predictions") && !small.exists("models/majority"))
    }

    /// A weight of a task that is not there would be passed over.
    @Test func weightsAreOfTheTasks() throws {
        let encoder = try ModelFolder()
        let small = try SmallExperiment()
        try small.replace(
            "report:",
            with: """
                  - {id: tuned, model: fine-tuned, encoder: \(encoder.url.path), training: {task-weights: {mood: 2}}}
                report:
                """)
        let told = errorText { try small.run() }
        #expect(
            told.hasSuffix(
                "training.task-weights.mood: found '2', expected no 'task-weights' where there is one task alone"
            ),
            "\(told)")
        #expect(!small.exists("models/majority"))
    }

    @Test func whatKnowsNoContestantIsNamed() throws {
        func named(_ error: any Error) -> String {
            errorText { try ContestantError.naming("a\n") { throw error } }
        }
        #expect(named(Broken()) == "contestant 'a\\n': the weights are odd")
        #expect(
            named(TextClassifierError.uselessOption("chain", kind: .binary))
                == "contestant 'a\\n': chain is set, and binary labels have no use for it")
        let plain: [any Error] = [
            RunStopped(), ExperimentError.emptyPart("test"), FileError.notFound(path: "/x"),
            SettingsError.missingKey(.init(file: "e.yaml", line: 3), key: "model"),
        ]
        // Of the search of which contestant, no word of it says.
        #expect(
            named(TextClassifierError.noValidation)
                == "contestant 'a\\n': \(TextClassifierError.noValidation)")
        for error in plain { #expect(named(error) == "\(error)") }
        // The first that names it has named it.
        #expect(
            errorText {
                try ContestantError.naming("b") { try ContestantError.naming("a") { throw Broken() } }
            } == "contestant 'a': the weights are odd")
        #expect(try ContestantError.naming("a") { 7 } == 7)
    }
}
