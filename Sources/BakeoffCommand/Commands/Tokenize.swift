import ArgumentParser
import Bakeoff
import Foundation

struct Tokenize: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Cut texts into the tokens of a BERT model; one JSON object a line, order kept.")

    /// A line of the output.
    private struct Line: Encodable {
        let ids: [Int32]
        let tokens: [String]
    }

    @Option(help: "An encoder's recipe name, its name on the Hugging Face hub, or the folder of a model.")
    var model: String

    @Argument(help: "One text a line, or a table; '-' or nothing for standard input.", completion: .file())
    var file: String = "-"

    @OptionGroup var reading: TextArguments
    @OptionGroup var hub: HubArguments

    @Option(help: "Maximum number of tokens of a text, special tokens included.")
    var maxLength: Int?

    func check() throws {
        if let maxLength, maxLength < 2 {
            throw ValidationError("--max-length must be at least 2, found \(maxLength)")
        }
    }

    func run() async throws {
        let folder = try await hub.encoderFolder(named: model)
        let tokenizer = try TextTokenizer(folder: folder.url)
        Terminal.notices(tokenizer.notices)
        let progress = ProgressBar(unit: "texts")
        var done = 0
        try TextSource.file(file, options: reading.options).forEachBatch { texts in
            let encodings = tokenizer.encode(texts, maxLength: maxLength)
            for index in texts.indices {
                let ids = Array(encodings[index])
                let line = Line(ids: ids, tokens: tokenizer.tokens(of: ids))
                try Terminal.write(String(decoding: try StableJSON.line(line), as: UTF8.self))
            }
            done += texts.count
            progress.show(done: done, of: nil)
        }
        progress.finish()
    }
}
