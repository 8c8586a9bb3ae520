import ArgumentParser
import Corpora
import Experiments
import Files
import Foundation

struct SplitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Make and store a split: split.csv, and split.json with the data's SHA-256.",
        discussion: """
            A split that is there already is kept if it was made from the same data by the same plan, and is an \
            error otherwise.
            """)

    @OptionGroup var dataset: DatasetArguments

    @Option(help: "Folder for split.csv and split.json.", completion: .directory)
    var output: String

    @Option(help: "Share of rows to train on.")
    var train = 0.70

    @Option(help: "Share of rows to validate on.")
    var validation = 0.15

    @Option(help: "Share of rows to test on.")
    var test = 0.15

    @Option(help: "What to keep alike in all parts: labels, label-count or none.")
    var stratify = SplitPlan.Stratification.labels

    @Option(
        help: "What to keep in one part: duplicates, near-duplicates or group (the dataset's column for it).")
    var groupBy: SplitPlan.Grouping?

    @Option(help: "Seed of the shuffle.")
    var seed = SplitPlan.defaultSeed

    @Flag(help: "Keep the parts that the dataset came with.")
    var official = false

    @Option(help: "Instead: k folds, written to folds.csv.")
    var folds: Int?

    @Flag(help: "Replace a split that is there.")
    var force = false

    func run() throws {
        let reference = try dataset.reference()
        let folder = URL(fileURLWithPath: output)
        if let folds {
            let file = try storeFolds(
                of: reference.load(cache: CacheFolder.url).corpus, count: folds, seed: seed, folder: folder)
            try Terminal.print(file.relativePath)
            return
        }
        let plan =
            official
            ? SplitPlan.official
            : SplitPlan(
                shares: try SplitShares(train: train, validation: validation, test: test), stratify: stratify,
                seed: seed, groupBy: groupBy)
        let split = try storedOrNewSplit(
            of: reference.load(cache: CacheFolder.url).corpus, plan: plan, folder: folder, force: force)
        split.notices.forEach { Terminal.notice("notice: \($0)") }
        Terminal.notice(split.isReused ? "kept the split that is there" : "made a new split")
        try Terminal.print(folder.appendingPathComponent("split.csv").relativePath)
    }
}

extension SplitPlan.Stratification: ExpressibleByArgument {}
extension SplitPlan.Grouping: ExpressibleByArgument {}
