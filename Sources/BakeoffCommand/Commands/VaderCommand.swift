import ArgumentParser
import Bakeoff
import Foundation

struct VaderCommand: CheckedCommand {
    static let configuration = CommandConfiguration(
        commandName: "vader",
        abstract: "Score the sentiment of texts with VADER; one JSON object a line, order kept.",
        discussion: """
            With --add-labels, a CSV or TSV file becomes CSV with one column more: negative, neutral or positive, by the \
            compound score. Such silver labels are a lexicon's guess, not a person's.
            """)

    @Argument(
        help: "One text a line, or a table (with --add-labels always); '-' or nothing for standard input.",
        completion: .file())
    var file: String = "-"

    @Option(help: "Whose behaviour: nltk or upstream (vaderSentiment).")
    var variant: Vader.Variant = .upstream

    @Option(help: "A lexicon of your own: token, TAB, valence on each line.", completion: .file())
    var lexicon: String?

    @Flag(help: "Add what drove each score, token by token.")
    var explain = false

    @Flag(help: "Add a column of labels to a table.")
    var addLabels = false

    /// The flag's earlier name, which other commands have for a column.
    @Flag(name: .customLong("label"), help: .hidden)
    var label = false

    private var addsLabels: Bool { addLabels || label }

    @OptionGroup var reading: TextArguments

    @Option(help: "With --add-labels: the name of the new column.")
    var labelColumn: String = "sentiment"

    @Option(parsing: .unconditional, help: "With --add-labels: a compound score of at most this is negative.")
    var negative: Double = PolarityThresholds().negative

    @Option(
        parsing: .unconditional, help: "With --add-labels: a compound score of at least this is positive.")
    var positive: Double = PolarityThresholds().positive

    @Option(help: "With --add-labels: the file to write. (default: standard output)", completion: .file())
    var output: String?

    func check() throws {
        for (name, value) in [("negative", negative), ("positive", positive)]
        where !(-1...1).contains(value) {
            throw ValidationError("--\(name) must be a compound score, from -1 to 1, found \(value)")
        }
        if negative >= positive {
            throw ValidationError("--negative (\(negative)) must be below --positive (\(positive))")
        }
        if addsLabels && explain { throw ValidationError("give either --add-labels or --explain, not both") }
        if !addsLabels && output != nil { throw ValidationError("--output goes with --add-labels") }
    }

    func run() throws {
        let lexicon = try lexicon.map { try VaderLexicon(contentsOf: URL(fileURLWithPath: $0)) } ?? .published
        let vader = Vader(variant: variant, lexicon: lexicon)
        if addsLabels { return try writeLabels(vader) }
        let progress = ProgressBar(unit: "texts")
        var done = 0
        try TextSource.file(file, options: reading.options).forEachBatch { texts in
            if explain {
                for text in texts { try Terminal.write(Array(try StableJSON.line(vader.trace(of: text)))) }
            } else {
                try jsonLines(vader.polarities(of: texts)).forEach { try Terminal.write($0) }
            }
            done += texts.count
            progress.show(done: done, of: nil)
        }
        progress.finish()
    }

    /// Some lines together at a time.
    private func jsonLines(_ polarities: [Polarity]) -> [[UInt8]] {
        let blockSize = 4096
        return parallelMap((polarities.count + blockSize - 1) / blockSize, blockSize: 1) { block in
            var bytes: [UInt8] = []
            for polarity in polarities[block * blockSize..<min(polarities.count, (block + 1) * blockSize)] {
                polarity.appendJSON(to: &bytes)
                bytes.append(UInt8(ascii: "\n"))
            }
            return bytes
        }
    }

    private func writeLabels(_ vader: Vader) throws {
        let labeling = SilverLabeling(
            vader: vader, thresholds: PolarityThresholds(negative: negative, positive: positive),
            labelColumn: labelColumn)
        guard let output else {
            return try labeling.run(path: file, options: reading.options) { try Terminal.write($0) }
        }
        let out = try OutputFile(URL(fileURLWithPath: output))
        try ProgressBar.during("labelling \(file)") {
            try labeling.run(path: file, options: reading.options) { try out.write($0) }
        }
        try out.commit()
    }
}

extension Vader.Variant: ExpressibleByArgument {}
