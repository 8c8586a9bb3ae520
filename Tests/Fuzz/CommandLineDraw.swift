import Foundation

/// Command lines after what the program's own help says that there is: first one that is right, then any values for a few
/// of its options.
struct CommandLineDraw {
    private struct Help: Decodable {
        struct Command: Decodable {
            let commandName: String
            let arguments: [Argument]?
            let subcommands: [Command]?
        }

        struct Argument: Decodable {
            struct Name: Decodable { let kind: String, name: String }
            let kind: String
            let preferredName: Name?
            let allValues: [String]?
            let allValueStrings: [String]?
        }

        let command: Command
    }

    private let commands: [Help.Command]

    /// Reads the `help.json` of a folder.
    init(_ folder: URL) throws {
        let bytes = try Data(contentsOf: folder.appendingPathComponent("help.json"))
        commands = try JSONDecoder().decode(Help.self, from: bytes).command.subcommands ?? []
    }

    /// Command lines that do something with the files of the target's folder.
    private static let good: [String: [[String]]] = [
        "init": [["data.csv", "--force", "--label", "label"]], "run": [["e.yaml"], ["e.yaml", "--force"]],
        "report": [["o"], ["o", "--verify"]], "compare": [["reports/fuzz", "o"], ["o", "reports/fuzz"]],
        "predict": [
            ["--model", "m/lr", "the room was good"], ["--model", "m/nb", "--input", "data.csv"],
            ["--model", "m/fine", "--input", "texts.txt", "--format", "jsonl"],
            ["--model", "m/svm", "--input", "data.csv", "--format", "csv", "--keep"],
        ],
        "evaluate": [
            [
                "--model", "m/lr", "--input", "data.csv", "--label", "three", "--label-names",
                "negative,neutral,positive",
            ],
            ["--model", "o", "--input", "data.csv"],
        ],
        "explain": [
            ["--model", "m/lr", "good"], ["--model", "m/vader", "good"], ["--model", "m/fine", "a b"],
        ],
        "probe": [
            ["m"], ["m/lr", "--input", "texts.txt"], ["m/vader", "--input", "data.csv", "--templates"],
        ],
        "vader": [["texts.txt"], ["data.csv", "--label"]], "tokenize": [["--model", "encoder", "texts.txt"]],
        "embed": [["--model", "encoder", "texts.txt", "--output", "x.npy"]],
        "score": [["--truth", "t.csv", "--predictions", "p.csv"]],
        "split": [
            ["data.csv", "--output", "s", "--force"],
            ["data.csv", "--output", "s", "--folds", "3", "--force"],
        ],
        "describe": [["data.csv"], ["data.csv", "--label", "three", "--format", "json"]],
        "fetch": [["front-desk", "--from", "."]], "list": [[]], "doctor": [[]],
    ]
    private static let names = [
        "text", "label", "three", "many", "group", "flag", "id", "0", "1", "6", "7", "text,label", ";", "\\t",
        "tab", ",",
        "|", "\"", "rfc4180", "none", "utf-8", "latin-1", "windows-1252", "utf-16", "csv", "tsv", "jsonl",
        "json", "parquet",
        "lines", "f1-macro", "accuracy", "log-loss", "binary", "multiclass", "multilabel", "ordinal", "a,b,c",
        "a..c", "all",
        "best", "lr", "l", "m", "o", "m/lr", "m/fine", "encoder", "e.yaml", "data.csv", "texts.txt", "t.csv",
        "p.csv", "l.txt",
        ".", "..", "nothing", "o/results.json", "-", "help.json", "mean", "x.csv", "x.jsonl",
        "goemotions-paper",
    ]

    func arguments(_ random: inout Mutation) -> [String] {
        let known = commands.filter { Self.good[$0.commandName] != nil }
        guard !known.isEmpty else { return [] }
        let command = random.pick(from: known)
        var arguments = random.pick(from: Self.good[command.commandName] ?? [[]])
        let options = (command.arguments ?? []).filter {
            $0.kind != "positional" && $0.preferredName?.name != "help"
        }
        for _ in 0..<random.pick(4) where !options.isEmpty {
            let option = random.pick(from: options)
            guard let name = option.preferredName?.name else { continue }
            arguments.append("--\(name)")
            if option.kind == "flag" && random.pick(20) > 0 { continue }
            if random.pick(30) == 0 { continue }
            let values = option.allValues ?? option.allValueStrings ?? []
            if !values.isEmpty, random.pick(5) > 0 {
                arguments.append(random.pick(from: values))
            } else {
                arguments.append(value(&random))
            }
        }
        if random.pick(6) == 0, !arguments.isEmpty {
            arguments[random.pick(arguments.count)] = value(&random)
        }
        // Nothing of the network's: what is not here is not fetched.
        if command.commandName == "fetch", !arguments.contains("--from") { arguments += ["--from", "."] }
        return [command.commandName] + arguments.map { $0.replacing("\0", with: "") }
    }

    private func value(_ random: inout Mutation) -> String {
        switch random.pick(8) {
        case 0, 1: random.pick(from: Mutation.numbers)
        case 2: random.pick(from: Mutation.words)
        case 3:
            String(
                repeating: random.pick(from: ["a", "9", "[", "\u{1F642}"]),
                count: random.pick(from: [300, 5000]))
        default: random.pick(from: Self.names)
        }
    }
}
