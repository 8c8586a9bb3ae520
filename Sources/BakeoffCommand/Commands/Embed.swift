import ArgumentParser
import Bakeoff
import Foundation

struct Embed: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "embed",
        abstract: "Encode texts with an encoder or static embeddings: N x H float32 in NumPy format.")

    @Option(help: "An encoder's recipe name, its name on the Hugging Face hub, or the folder of a model.")
    var model: String

    @Argument(help: "One text a line, or a table; '-' or nothing for standard input.", completion: .file())
    var file: String = "-"

    @Option(help: "The file to write (.npy).", completion: .file(extensions: ["npy"]))
    var output: String

    @Option(
        help:
            "How the vectors of a text's tokens become one: mean, cls, pooler, max, mean_sqrt_len_tokens, weightedmean or lasttoken. (default: as the folder says, else mean)"
    )
    var pooling: Pooling?

    @Flag(inversion: .prefixedNo, help: "Scale every vector to length 1. (default: as the folder says)")
    var normalize: Bool?

    @Option(
        help:
            "What is put before every text, such as 'query: '; empty for nothing. (default: the folder's default prompt)"
    )
    var prefix: String?

    @Option(
        help:
            "How weights are stored and multiplied: f32, bf16 or int8; with fewer bits faster, a little less exactly."
    )
    var precision: Precision = .f32

    @OptionGroup var reading: TextArguments
    @OptionGroup var hub: HubArguments

    func run() async throws {
        try refuseToReplace(input: file, by: output)
        let folder = try await hub.encoderFolder(named: model)
        let encoder = try TextEncoder(folder: folder.root, precision: precision)
        Terminal.notices(encoder.notices)
        var texts: [String] = []
        let bar = ProgressBar(label: "reading", unit: "texts")
        try TextSource.file(file, options: reading.options).forEachBatch {
            texts += $0
            bar.show(done: texts.count, of: nil)
        }
        bar.finish()
        let progress = ProgressBar(unit: "texts")
        let vectors = try encoder.encode(
            texts, encoder.options(pooling: pooling, normalize: normalize, prefix: prefix)
        ) {
            progress.show(done: $0, of: $1)
        }
        progress.finish()
        let out = try OutputFile(URL(fileURLWithPath: output))
        try out.write(NumPyFile.header(rows: texts.count, columns: encoder.width))
        try out.write(NumPyFile.bytes(of: vectors.values))
        try out.commit()
    }
}

extension Pooling: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}
