import ArgumentParser
import Bakeoff
import Foundation

struct Describe: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe",
        abstract:
            "Profile a dataset: classes, lengths, duplicates, conflicts, leaks, missing rows, examples.",
        discussion: """
            An experiment file's `clean:` is applied first, and rows without text or label are left out and counted. \
            Files of more than 1 GiB are described by a random sample \
            of their rows, which the profile says.
            """)

    /// How the profile is written.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text, json, markdown, html
    }

    @OptionGroup var dataset: DatasetArguments

    @Option(help: "text, json, markdown or html.")
    var format: Format = .text

    @Flag(help: "The same as --format json.")
    var json = false

    @Option(
        help:
            "Also tell lengths in this model's tokens: an encoder's recipe name, its name on the Hugging Face hub, or a model's folder."
    )
    var model: String?

    @OptionGroup var hub: HubArguments

    @Option(help: "With --model: tell how many rows this many tokens would cut; may be repeated.")
    var maxLength: [Int] = TokenLengths.usualMaxLengths

    @Option(help: "Describe a random sample of this many rows, drawn while reading.")
    var sample: Int?

    func check() throws {
        // Two special tokens are part of every text.
        if let few = maxLength.first(where: { $0 < 2 }) {
            throw ValidationError("--max-length must be at least 2, found \(few)")
        }
        if let sample, sample < 1 { throw ValidationError("--sample must be at least 1, found \(sample)") }
    }

    func run() async throws {
        var reference = try await dataset.reference(hub).withoutMissing
        if let rows = try sample ?? reference.sampleForDescription(cache: CacheFolder.url) {
            reference = reference.sampled(rows)
            Terminal.notice("describing a random sample of \(rows) rows")
        }
        let corpus = try ProgressBar.during("reading \(dataset.dataset)") {
            try reference.load(cache: CacheFolder.url).corpus
        }
        Terminal.notices(corpus.notices)
        let bar = ProgressBar(label: "comparing texts", unit: "texts")
        let comparison = TextComparison(corpus.texts, parts: corpus.officialParts) { done, total in
            bar.show(done: done, of: total)
        }
        bar.finish()
        var profile = CorpusProfile(corpus, comparison: comparison)
        if let model {
            let folder = try await hub.encoderFolder(named: model)
            profile.tokens = try ProgressBar.during("counting tokens") {
                try TokenLengths(of: corpus.texts, in: folder, maxLengths: maxLength)
            }
        }
        let text = try output(profile, title: corpusTitle)
        if format == .text && !json { try Terminal.show(text) } else { try Terminal.write(text) }
    }

    private var corpusTitle: String { "The data of \((dataset.dataset as NSString).lastPathComponent)" }

    private func output(_ profile: CorpusProfile, title: String) throws -> String {
        switch json ? .json : format {
        case .text: profile.text
        case .json: String(decoding: try StableJSON.encode(profile), as: UTF8.self)
        case .markdown: DataPage(profile, title: title).markdown
        case .html: DataPage(profile, title: title).html
        }
    }
}
