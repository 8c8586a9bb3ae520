import Corpora
import Foundation
import Results
import SafeFiles

/// The split of a corpus that a comparison shares, and whether it was there already.
public struct CorpusSplit: Sendable {
    public let stored: StoredSplit
    /// What is worth knowing about it, such as labels too rare to be in every part.
    public let notices: [String]
    public let isReused: Bool
    /// What was never divided, where that had to be found: the same for all splits of the corpus with its plan's grouping.
    package var groups: TextGroups?

    /// As a report tells it.
    func summary(of corpus: Corpus) -> SplitSummary {
        SplitSummary(
            plan: stored.plan.description, sha256: stored.fingerprint,
            parts: Part.allCases.compactMap { part in
                let rows = stored.split.rows(of: part)
                guard !rows.isEmpty else { return nil }
                return PartSummary(
                    part: part, rowCount: rows.count,
                    labelCounts: corpus.targets.selecting(rows).labelCounts(
                        labelCount: corpus.labelSpace.count))
            },
            notices: notices)
    }
}

/// The plan of a split that was asked for, or the usual one: the official parts where there are any.
/// - Parameter poolsParts: Whether rows that have official parts may be dealt anew.
/// - Throws: `SplitError.partsPooled`.
public func splitPlan(
    _ wanted: SplitPlan?, for corpus: Corpus, poolsParts: Bool
) throws(SplitError) -> SplitPlan {
    guard let parts = corpus.officialParts else { return wanted ?? .usual }
    guard let wanted else { return .official }
    if !wanted.official && !poolsParts {
        throw .partsPooled(
            Part.allCases.filter(parts.contains),
            division: wanted.fold.map { "\($0.count) folds" } ?? "shares of \(wanted.shares)")
    }
    return wanted
}

extension ExperimentTask {
    /// How the rows are split in a replicate.
    /// - Throws: `SplitError.partsPooled`.
    func plan(of replicate: Replicate, for corpus: Corpus) throws(SplitError) -> SplitPlan {
        let wanted = replicate.fold.flatMap { fold in folds?.plan(ofFold: fold) } ?? split
        return try splitPlan(wanted, for: corpus, poolsParts: poolsParts)
    }
}

/// The split that stands in `folder`, or a new one written there.
///
/// - Parameters:
///   - needed: The parts that must have rows.
///   - force: Make a new one whatever is there.
///   - stores: Whether a new one is written.
///   - groups: Of another split of the corpus with the same grouping, where they are known.
/// - Throws: `SplitError` when the stored split is of other data or another plan, or damaged.
public func storedOrNewSplit(
    of corpus: Corpus, plan: SplitPlan, needed: [Part] = [], folder: URL, force: Bool, stores: Bool = true,
    groups: TextGroups? = nil
) throws -> CorpusSplit {
    if !force,
        let stored = try StoredSplit.load(
            folder: folder, expecting: corpus.fingerprint, rows: corpus.count, plan: plan)
    {
        try require(needed, in: stored.split)
        try corpus.requireLearnable(stored.split, official: plan.official)
        let notices =
            plan.groupNotices(of: corpus, cutTexts: stored.cutTexts)
            + plan.notices(on: stored.split, of: corpus.targets, labels: corpus.labelSpace)
        return CorpusSplit(
            stored: stored, notices: notices.map(\.description), isReused: true, groups: groups)
    }
    let groups = try groups ?? plan.groups(of: corpus)
    let made = try plan.split(
        corpus.targets, labels: corpus.labelSpace, official: corpus.officialParts, groups: groups)
    try require(needed, in: made.split)
    try corpus.requireLearnable(made.split, official: plan.official)
    let stored = StoredSplit(
        split: made.split, plan: plan, datasetFingerprint: corpus.fingerprint,
        cutTexts: groups?.cutTexts ?? 0)
    if stores { try stored.save(folder: folder) }
    return CorpusSplit(
        stored: stored,
        notices: (plan.groupNotices(of: corpus, cutTexts: stored.cutTexts) + made.notices).map(\.description),
        isReused: false, groups: groups)
}

private func require(_ parts: [Part], in split: Split) throws(ExperimentError) {
    for part in parts where split.rows(of: part).isEmpty { throw .emptyPart(part.rawValue) }
}

/// Deals the rows into k folds and writes `folds.csv` (`row,fold`) into `folder`.
/// - Parameter force: Also where another one is there.
/// - Throws: `FileError.exists` otherwise.
public func storeFolds(
    of corpus: Corpus, count: Int, seed: UInt64, folder: URL, force: Bool
) throws -> URL {
    let folds = try FoldPlan(count: count, seed: seed).folds(
        of: corpus.targets, labelCount: corpus.labelSpace.count)
    let file = RunLayout(folder).folds
    let text = foldsCSV([folds])
    if !force, FileManager.default.fileExists(atPath: file.path),
        try InputFile(file).readToEnd() != Array(text.utf8)
    {
        throw FileError.exists(path: file.path)
    }
    try OutputFile.write(text, to: file)
    return file
}
