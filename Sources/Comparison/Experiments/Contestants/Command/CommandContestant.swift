import Foundation
import Labels
import SettingKeys
import TextClassifiers

/// `model: command`: a program of the user's own, fitted and asked for predictions through files in a folder.
///
/// docs/own-programs.md has the protocol.
struct CommandContestant: Contestant {
    static let model = "command"
    static let otherNames = ["program", "script", "own", "python", "sklearn", "scikit-learn", "llm"]
    static let purpose =
        "A program of your own, in any language, fitted and asked for predictions through files in a folder."
    static let missingModel: String? = "its program runs in an experiment alone"
    static var settingKeys: KeyReference { keys.reference }

    private struct Keys: Sendable {
        var command: [String]?
        var inputs: [String] = []
        var oneCall = false
        var environment: [String] = []
        var timeLimit: Double?
        var memoryLimit: Int?
        var description: String?
    }

    private static let keys = KeyTable(Keys()) {
        SettingKey(
            required: "command", \.command, .texts("a program, or a list of it and its arguments"),
            "The program, which is found on the PATH or relative to the experiment file, and what stands before `fit FOLDER` and `predict FOLDER`. It works in the folder of the experiment file."
        )
        SettingKey(
            "inputs", \.inputs, .texts("paths of files or folders"),
            "What the program is made of or reads: if its content changes, the program is run again. Files among the arguments of `command` always count."
        )
        SettingKey(
            "one-call", \.oneCall, .flag,
            "Whether the program is called once, as `fit-predict FOLDER`, instead of twice.")
        SettingKey(
            "environment", \.environment, .texts("names of variables"),
            "The environment variables that are passed on, where they are set; the program gets no other.")
        SettingKey(
            "time-limit", \.timeLimit, .positive, absent: "none",
            "The seconds after which a call is ended, and its contestant has failed.")
        SettingKey(
            "memory-limit", \.memoryLimit, .memory, absent: "none",
            "The resident memory of the program and of what it started beyond which it is ended, and its contestant has failed."
        )
        SettingKey(
            "description", \.description, .text, absent: "the command", "What it is, for the report.")
    }

    let program: CommandProgram
    private let description: String?

    init(settings: SettingsMapping, folder: URL) throws {
        let keys = try CommandContestant.keys.readOwn(settings)
        let command = try keys.required(\.command)
        guard let name = command.first, !name.isEmpty else {
            throw (keys.setting(\.command) ?? settings.setting).badValue(
                expected: "a program, such as [python3, my_model.py]")
        }
        if let environment = keys.setting(\.environment),
            !keys.environment.allSatisfy(CommandContestant.isVariable)
        {
            throw environment.badValue(
                expected: "names of variables, such as [LLM_URL], without their values")
        }
        program = CommandProgram(
            name: name, arguments: Array(command.dropFirst()), inputs: keys.inputs, folder: folder,
            environment: keys.environment, isOneCall: keys.oneCall,
            limits: ProgramLimits(seconds: keys.timeLimit, bytes: keys.memoryLimit))
        description = keys.description
    }

    /// Whether a text can name a variable of the environment.
    private static func isVariable(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 != 0 && $0 != UInt8(ascii: "=") }
    }

    var summary: String { description ?? "own program: \(program.command.joined(separator: " "))" }

    var command: [String]? { program.command }

    func classifier(_ resources: ContestantResources) -> any TextClassifier {
        CommandClassifier(program: program)
    }

    func check(_ labelSpace: LabelSpace, _ resources: ContestantResources) throws {
        _ = try program.path
    }

    func fingerprint(_ resources: ContestantResources) throws -> String { try program.fingerprint }

    static func load(from folder: URL, labelSpace: LabelSpace) throws -> any FittedTextClassifier {
        try FittedCommand(from: folder, labelSpace: labelSpace)
    }
}

extension ValueForm<Int> {
    /// Bytes, as a number of MB or GB.
    fileprivate static var memory: ValueForm {
        let form = "a number of MB or GB, such as 2 GB"
        return ValueForm(form, spell: { "\($0 / 1_000_000) MB" }) { (setting) throws(SettingsError) in
            guard let match = try setting.string().wholeMatch(of: /([0-9]+(?:\.[0-9]+)?) ?(MB|GB)/),
                let number = Double(match.1), number > 0, number < 1e9
            else { throw setting.badValue(expected: form) }
            return Int(number * (match.2 == "MB" ? 1e6 : 1e9))
        }
    }
}
