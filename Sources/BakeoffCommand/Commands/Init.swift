import ArgumentParser
import Bakeoff
import Foundation

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Look at a data file, or at a dataset of the Hugging Face hub, and write an experiment file for it that runs as it is.",
        discussion: """
            Every decision (how the file is written, its text and label columns, missing values, repeated texts, rare \
            classes) is told, and stands in the experiment file as a comment. If two readings are equally likely, nothing \
            is written and both are listed; an option says which is meant, such as --text and --label, which are found by \
            looking at the table where they are not given.
            """)

    @Argument(
        help: """
            A data file: CSV, TSV, JSON Lines, JSON or Parquet, compressed or not; hub:ORG/NAME for a dataset of the Hugging \
            Face hub, or hf://datasets/ORG/NAME/PATH for a file of one.
            """, completion: .file())
    var data: String

    @Option(
        help: "The experiment file to write. (default: <name of the data file>.yaml)", completion: .file())
    var output: String?

    @Flag(help: "Replace an experiment file that is there.")
    var force = false

    @OptionGroup var onHub: HubDatasetArguments
    @OptionGroup var hub: HubArguments
    @OptionGroup var texts: TextArguments
    @OptionGroup var labels: LabelArguments

    func run() async throws {
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
        let file =
            output.map { URL(fileURLWithPath: $0) } ?? working.appendingPathComponent("\(draft.name).yaml")
        if !force, FileManager.default.fileExists(atPath: file.path) {
            throw FileError.exists(path: file.relativePath)
        }
        try OutputFile.write(draft.yaml, to: file)
        (draft.decisions + draft.suggestions).forEach { Terminal.notice($0) }
        try Terminal.print(
            "wrote \(output ?? file.lastPathComponent); next: bakeoff run \(output ?? file.lastPathComponent)"
        )
    }

    /// The data file's path as it is from the folder of the experiment file: relative where it lies below that.
    static func path(of data: String, from folder: URL, workingFolder: URL) -> String {
        let file = URL(fileURLWithPath: data, relativeTo: workingFolder).standardizedFileURL.path
        let base = folder.standardizedFileURL.path
        if !data.hasPrefix("/"), base == workingFolder.standardizedFileURL.path { return data }
        return file.hasPrefix(base + "/") ? String(file.dropFirst(base.count + 1)) : file
    }
}
