import ArgumentParser
import Bakeoff
import Foundation

struct SplitCommand: CheckedCommand, AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "split",
        abstract: "Make and store a split: split.csv, and split.json with the data's SHA-256.",
        discussion: """
            A split that is there already is kept if it was made from the same data by the same plan, and is an \
            error otherwise. Files of these names that bakeoff did not make are never replaced.
            """)

    @OptionGroup var dataset: DatasetArguments

    @OptionGroup var hub: HubArguments

    @Option(help: "Folder for split.csv and split.json.", completion: .directory)
    var output: String

    @Option(help: "Share of rows to train on. (default: 0.7, or the dataset's own parts)")
    var train: Double?

    @Option(help: "Share of rows to validate on. (default: 0.15)")
    var validation: Double?

    @Option(help: "Share of rows to test on. (default: 0.15)")
    var test: Double?

    @Option(help: "What to keep alike in all parts: labels, label-count or none. (default: labels)")
    var stratify: SplitPlan.Stratification?

    @Option(
        help: "What to keep in one part: duplicates, near-duplicates or group (the dataset's column for it).")
    var groupBy: SplitPlan.Grouping?

    @Option(help: "Seed of the shuffle. (default: 42)")
    var seed: UInt64?

    @Flag(help: "Keep the parts that the dataset came with.")
    var official = false

    @Option(
        help:
            "Instead: k folds, stratified by labels, written to folds.csv; a run with 'split: {folds: k}' makes the same."
    )
    var folds: Int?

    @Flag(help: "Replace a split of bakeoff's that is there.")
    var force = false

    func check() throws {
        let shares = [train, validation, test].compactMap { $0 }
        if folds != nil, !shares.isEmpty || stratify != nil || groupBy != nil || official {
            throw ValidationError(
                "--folds goes with --seed alone: folds are stratified by labels and not grouped")
        }
        if official, !shares.isEmpty {
            throw ValidationError("either --official or shares")
        }
    }

    /// Nil where nothing is said of how rows are dealt.
    private func plan() throws -> SplitPlan? {
        if official { return .official }
        let isShared = train != nil || validation != nil || test != nil
        if !isShared && stratify == nil && groupBy == nil && seed == nil { return nil }
        return SplitPlan(
            shares: try SplitShares(train: train ?? 0.70, validation: validation ?? 0.15, test: test ?? 0.15),
            stratify: stratify ?? .labels, seed: seed ?? SplitPlan.defaultSeed, groupBy: groupBy)
    }

    func run() async throws {
        let reference = try await dataset.reference(hub)
        let folder = URL(fileURLWithPath: output)
        let hold = try SplitHold(folder, for: folds == nil ? .parts : .folds)
        defer { withExtendedLifetime(hold) {} }
        if let folds {
            let corpus = try load(reference)
            let file = try ProgressBar.during("dealing \(corpus.count) rows") {
                try storeFolds(
                    of: corpus, count: folds, seed: seed ?? SplitPlan.defaultSeed, folder: folder,
                    force: force)
            }
            try Terminal.print(file.relativePath)
            return
        }
        let corpus = try load(reference)
        Terminal.notices(corpus.notices)
        // A recipe's parts may be dealt anew by who asks for shares; what people name as train and test may not.
        let plan = try splitPlan(plan(), for: corpus, poolsParts: !reference.namesOwnFiles)
        let split = try ProgressBar.during("splitting \(corpus.count) rows") {
            try storedOrNewSplit(of: corpus, plan: plan, folder: folder, force: force)
        }
        Terminal.notices(split.notices)
        Terminal.notice(split.isReused ? "kept the split that is there" : "made a new split")
        try Terminal.print(folder.appendingPathComponent("split.csv").relativePath)
    }

    private func load(_ reference: DatasetReference) throws -> Corpus {
        try ProgressBar.during("reading \(dataset.dataset)") {
            try reference.load(cache: CacheFolder.url).corpus
        }
    }
}

extension SplitPlan.Stratification: ExpressibleByArgument {}
extension SplitPlan.Grouping: ExpressibleByArgument {}
