import ArgumentParser
import Bakeoff
import Foundation

struct Init: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract:
            "Look at a data file, or at a dataset of the Hugging Face hub, and write an experiment file for it that runs as it is.",
        discussion: """
            Every decision (how the file is written, its text and label columns, missing values, repeated texts, rare \
            classes) is told, and stands in the experiment file as a comment. If two readings are equally likely, nothing \
            is written and both are listed; an option says which is meant, such as --text and --label, which are found by \
            looking at the table where they are not given.

            With --example, one of the experiments that the program carries is written instead: \
            \(ExampleExperiments.names.joined(separator: ", ")).
            """)

    @Argument(
        help: """
            A data file: CSV, TSV, JSON Lines, JSON or Parquet, compressed or not; hub:ORG/NAME for a dataset of the Hugging \
            Face hub, or hf://datasets/ORG/NAME/PATH for a file of one.
            """, completion: .file())
    var data: String?

    @Option(
        help:
            "Instead of looking at data: write this example. front-desk needs no download and takes seconds.",
        completion: .list(ExampleExperiments.names))
    var example: String?

    @Option(
        help: "The experiment file to write. (default: <name of the data file or example>.yaml)",
        completion: .file())
    var output: String?

    @Flag(help: "Replace an experiment file that is there.")
    var force = false

    @OptionGroup var onHub: HubDatasetArguments
    @OptionGroup var hub: HubArguments
    @OptionGroup var texts: TextArguments
    @OptionGroup var labels: LabelArguments

    func check() throws {
        if data == nil && example == nil {
            throw ValidationError("give a data file to look at, or --example NAME")
        }
        if data != nil && example != nil {
            throw ValidationError("give either a data file or --example, not both")
        }
    }

    func run() async throws {
        if let example { return try writeExample(example) }
        if let data { try await writeDraft(of: data) }
    }

    private func writeExample(_ name: String) throws {
        guard let text = ExampleExperiments.text(named: name) else {
            let names = ExampleExperiments.names
            let hint = nearest(to: name, in: names).map { "; did you mean '\($0)'?" } ?? ""
            throw ValidationError(
                "there is no example '\(shown(name))'\(hint); there are \(names.joined(separator: ", "))")
        }
        try write(text, toFile: name)
        try tellWhatIsNext(name)
    }

    /// - Parameter name: Of the file without its ending, unless the command line says which.
    private func write(_ yaml: String, toFile name: String) throws {
        let file =
            output.map { URL(fileURLWithPath: $0) }
            ?? Terminal.workingFolder.appendingPathComponent("\(name).yaml")
        if !force, FileManager.default.fileExists(atPath: file.path) {
            throw FileError.exists(path: file.relativePath)
        }
        try OutputFile.write(yaml, to: file)
    }

    private func tellWhatIsNext(_ name: String) throws {
        let file = output ?? "\(name).yaml"
        try Terminal.print("wrote \(file); next: bakeoff run \(file)")
    }

    private func writeDraft(of data: String) async throws {
        if ["yaml", "yml"].contains((data as NSString).pathExtension.lowercased()) {
            throw ValidationError("\(data) is an experiment file already; run it: bakeoff run \(data)")
        }
        let working = Terminal.workingFolder
        let folder = output.map { URL(fileURLWithPath: $0).deletingLastPathComponent() } ?? working
        let isOnHub = DatasetReference.isOnHub(data)
        let source = DraftSource(
            isOnHub ? data : Init.path(of: data, from: folder, workingFolder: working), folder: folder,
            configuration: onHub.config, splits: onHub.split)
        let options = labels.options(texts.options)
        if isOnHub { try await hub.fetch(source.reference(options)) }
        let draft = try ExperimentDraft(
            of: source, options: options, file: output.map { ($0 as NSString).lastPathComponent })
        try write(draft.yaml, toFile: draft.name)
        (draft.decisions + draft.suggestions).forEach { Terminal.notice($0) }
        try tellWhatIsNext(draft.name)
    }

    /// The data file's path as it is from the folder of the experiment file: relative where it lies below that.
    static func path(of data: String, from folder: URL, workingFolder: URL) -> String {
        let file = URL(fileURLWithPath: data, relativeTo: workingFolder).standardizedFileURL.path
        let base = folder.standardizedFileURL.path
        if !data.hasPrefix("/"), base == workingFolder.standardizedFileURL.path { return data }
        return file.hasPrefix(base + "/") ? String(file.dropFirst(base.count + 1)) : file
    }
}
