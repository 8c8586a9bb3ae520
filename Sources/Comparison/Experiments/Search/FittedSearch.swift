import Foundation
import Labels
import LinearAlgebra
import Results
import SafeFiles
import TextClassifiers

/// The best of the trials of a search, with what is told of all of them, and the default that it is compared with.
struct FittedSearch: FittedTextClassifier {
    /// What predicts, is saved and explained.
    private let best: any FittedTextClassifier
    /// The folder that it was read back from; nil where it is as it was fitted.
    private let source: URL?
    /// What the entry without its search became.
    let defaultModel: any FittedTextClassifier
    /// Without what test says.
    let record: SearchRecord
    /// Of each fitting, the default's first.
    let seconds: [Double]
    let notices: [String]
    let summary: String?
    let parameterCount: Int?
    /// What the fittings used outside this process whose models predict no more.
    private let otherUses: [OutsideUse]
    /// What the trials took that were done before, of all tasks that share them, with the first of these.
    let earlier: TrialCost

    init(
        best: any FittedTextClassifier, from source: URL?, told: TrialRecord.Told,
        default defaultModel: any FittedTextClassifier,
        record: SearchRecord, seconds: [Double], summary: String, otherUses: [OutsideUse], earlier: TrialCost
    ) {
        self.earlier = earlier
        (self.best, self.defaultModel, self.record, self.seconds) = (best, defaultModel, record, seconds)
        (self.source, self.otherUses) = (source, otherUses)
        self.summary = "\(told.summary), \(summary)"
        parameterCount = told.parameterCount
        let failed = record.trials.filter { $0.failure != nil }
        let earlierRows = record.trials.count - record.finalists.count
        notices =
            told.notices
            + [
                "chosen on validation by \(record.metric.settingName): \(record.name(of: record.bestTrial)), "
                    + (earlierRows == 0
                        ? "the best of \(record.finalists.count)"
                        : "the best of the \(record.finalists.count) of \(earlierRows) that went on to the whole train part")
            ] + record.edgeNotices
            + failed.map { "no model of \(record.name(of: $0)): \($0.failure ?? "")" }
    }

    var isProbabilistic: Bool { best.isProbabilistic }

    func probabilities(of texts: [String]) throws -> Probabilities { try best.probabilities(of: texts) }

    /// What was read back is saved as it was.
    func save(to folder: URL) throws {
        guard let source else { return try best.save(to: folder) }
        let names = try FileManager.default.subpathsOfDirectory(atPath: source.path).sorted()
        for file in names.map(source.appendingPathComponent) {
            if (try file.resourceValues(forKeys: [.isDirectoryKey])).isDirectory == true { continue }
            let name = file.path.dropFirst(source.path.count + 1)
            let input = try FileHandle(forReadingFrom: file)
            defer { try? input.close() }
            let copy = try OutputFile(folder.appendingPathComponent(String(name)))
            while let bytes = try input.read(upToCount: FittedSearch.chunkBytes), !bytes.isEmpty {
                try copy.write(Array(bytes))
            }
            try copy.commit()
        }
    }

    private static let chunkBytes = 1 << 20

    /// What is saved is the best model, which its family reads.
    init(from folder: URL, labelSpace: LabelSpace) throws {
        throw ExperimentError.notAModel(
            path: folder.path, reason: "a search saves the model that it chose, which its family reads")
    }

    func explanation(of text: String) throws -> Explanation? { try best.explanation(of: text) }

    func explanation(of text: String, for labels: ExplainedLabels) throws -> Explanation? {
        try best.explanation(of: text, for: labels)
    }

    func topTerms(_ count: Int) -> [TopTerms]? { best.topTerms(count) }

    func predicting(in precision: Precision) throws -> (any FittedTextClassifier)? {
        try best.predicting(in: precision)
    }

    /// Of all fittings together.
    var outsideUse: OutsideUse? {
        let uses = [best.outsideUse, defaultModel.outsideUse].compactMap(\.self) + otherUses
        guard let first = uses.first else { return nil }
        return uses.dropFirst().reduce(into: first) { sum, use in
            sum.peakMemoryBytes = max(sum.peakMemoryBytes, use.peakMemoryBytes)
            sum.reported.merge(use.reported, uniquingKeysWith: +)
        }
    }
}
