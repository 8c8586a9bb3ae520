import ArgumentParser
import Bakeoff
import Foundation

struct ClassGrade: CheckedCommand {
    static let configuration = CommandConfiguration(
        commandName: "grade",
        abstract: "Say what is wrong with entries, or what they are worth beside the baselines.",
        discussion: """
            An entry is a file of predictions (id, predicted, possibly p_LABEL for every label) or the folder of a saved model, \
            which labels the texts; nothing of it is executed. All that is wrong with an entry is told at once, and is no error \
            of the command. Points follow the rubric (see `bakeoff help rubric`).
            """)

    @Option(help: "The folder 'secret' of the class.", completion: .directory)
    var secret: String

    @Argument(help: "Files of predictions, or folders of saved models.", completion: .file())
    var entries: [String]

    @Option(help: "The rubric (YAML). (default: rubric.yaml of the secret)", completion: .file())
    var rubric: String?

    @Option(help: "The test rows that are scored: final (of which the board shows nothing), public or all.")
    var rows = ScoredRows.final

    /// How grades are written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, gradescope, otter
    }

    @Option(
        help: """
            text, json (a list of grades), or the result of one entry as another grader reads it: gradescope (results.json) or \
            otter.
            """)
    var format = Format.text

    @Option(help: "The file to write, whole or not at all. (default: standard output)", completion: .file())
    var output: String?

    func check() throws {
        switch format {
        case .text, .json: break
        case .gradescope, .otter:
            if entries.count > 1 {
                throw ValidationError(
                    "--format \(format.rawValue) is the result of one entry, found \(entries.count)")
            }
        }
    }

    func run() throws {
        let secret = try ClassSecret(URL(fileURLWithPath: secret))
        let rubric = try secret.rubric(rubric.map { URL(fileURLWithPath: $0) })
        let bar = ProgressBar(label: "grading", unit: "entries")
        var grades: [EntryGrade] = []
        for entry in entries {
            bar.show(done: grades.count, of: entries.count)
            grades.append(
                EntryGrade(URL(fileURLWithPath: entry), of: secret, rubric: rubric, rows: rows))
        }
        bar.finish()
        try Terminal.deliver(try text(grades), to: output, isForPeople: format == .text)
    }

    private func text(_ grades: [EntryGrade]) throws -> String {
        func json(_ value: some Encodable) throws -> String {
            String(decoding: try StableJSON.encode(value), as: UTF8.self)
        }
        return switch format {
        case .text: grades.map(\.text).joined(separator: "\n")
        case .json: try json(grades)
        case .gradescope: try json(GradescopeResults(grades[0]))
        case .otter: try json(OtterResults(grades[0]))
        }
    }
}

extension ScoredRows: ExpressibleByArgument {}
