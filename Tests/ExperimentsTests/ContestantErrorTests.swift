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

    @Test func whatKnowsNoContestantIsNamed() throws {
        func named(_ error: any Error) -> String {
            errorText { try ContestantError.naming("a\n") { throw error } }
        }
        #expect(named(Broken()) == "contestant 'a\\n': the weights are odd")
        let plain: [any Error] = [
            RunStopped(), ExperimentError.emptyPart("test"), FileError.notFound(path: "/x"),
            SettingsError.missingKey(.init(file: "e.yaml", line: 3), key: "model"),
            TextClassifierError.noValidation,
        ]
        for error in plain { #expect(named(error) == "\(error)") }
        // The first that names it has named it.
        #expect(
            errorText {
                try ContestantError.naming("b") { try ContestantError.naming("a") { throw Broken() } }
            } == "contestant 'a': the weights are odd")
        #expect(try ContestantError.naming("a") { 7 } == 7)
    }
}
