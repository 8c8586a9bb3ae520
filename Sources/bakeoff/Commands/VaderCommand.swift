import ArgumentParser
import Experiments
import Foundation
import LexiconModels
import Results

struct VaderCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vader",
        abstract: "Score the sentiment of texts with VADER; one JSON object a line, order kept.")

    @Argument(help: "One text a line; '-' or nothing for standard input.", completion: .file())
    var file: String = "-"

    @Option(help: "Whose behaviour: nltk or upstream (vaderSentiment).")
    var variant: Vader.Variant = .upstream

    @Option(help: "A lexicon of your own: token, TAB, valence on each line.", completion: .file())
    var lexicon: String?

    @Flag(help: "Add what drove each score, token by token.")
    var explain = false

    func run() throws {
        let lexicon = try lexicon.map { try VaderLexicon(contentsOf: URL(fileURLWithPath: $0)) } ?? .published
        let vader = Vader(variant: variant, lexicon: lexicon)
        try TextSource.lines(path: file).forEachBatch { texts in
            let lines =
                explain
                ? try texts.map { String(decoding: try StableJSON.line(vader.trace(of: $0)), as: UTF8.self) }
                : vader.polarities(of: texts).map { $0.jsonLine + "\n" }
            Terminal.write(lines.joined())
        }
    }
}

extension Vader.Variant: ExpressibleByArgument {}
