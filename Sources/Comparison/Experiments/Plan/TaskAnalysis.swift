import Corpora
import Results
import SafeFiles
import TextClassifiers

/// What an analysis of a task is of.
struct AnalysisSubject {
    let predictions: StoredPredictions
    /// The part of each row; of folds, all are test rows. Shape: [N].
    let parts: [Part]
    /// The part of each row in each fold's split; nil where rows are split once. Shape: [folds][N].
    let splits: [[Part]]?
    let dataset: LoadedDataset
    /// Where the task's artifacts go.
    let folder: RunLayout
}

extension ExperimentRun {
    /// The same results with what follows from the stored predictions: contestants set against each other, what train and the
    /// other parts share, scores by gold labels, the data's profile; each stored as well.
    func analyzed(
        _ results: TaskResults, _ subject: AnalysisSubject, experiment: ExperimentSummary,
        encoder: EncoderFolder?
    ) throws -> TaskResults {
        let (corpus, folder, predictions) = (subject.dataset.corpus, subject.folder, subject.predictions)
        let quotes = file.analysis.quotes
        let title = results.name ?? file.name
        let show = options.progress
        var results = results
        let alone = ExperimentResults(experiment: experiment, alone: results)
        var analysis = try alone.analysis(of: predictions, options: file.analysis) { done, total in
            show(title, FitProgress(phase: "resampling", completed: done, total: total, unit: "resamples"))
        }
        func texts(ofRows rows: [Int]) -> [String: String] {
            Dictionary(
                rows.map { (corpus.ids[$0], corpus.texts[$0]) }, uniquingKeysWith: { first, _ in first })
        }
        if quotes {
            let named = analysis.errors.ids
            analysis.errors.texts = texts(
                ofRows: corpus.ids.indices.filter { named.contains(corpus.ids[$0]) })
        }
        results.analysis = analysis
        let testRows = subject.parts.indices.filter { subject.parts[$0] == .test }
        results.errorsSHA256 = try alone.writeErrors(
            predictions, texts: quotes ? texts(ofRows: testRows) : nil, in: folder)
        let showTexts = { (done: Int, total: Int) in
            show(title, FitProgress(phase: "comparing texts", completed: done, total: total, unit: "texts"))
        }
        let comparison =
            subject.splits.map { TextComparison(corpus.texts, folds: $0, progress: showTexts) }
            ?? TextComparison(corpus.texts, parts: subject.parts, progress: showTexts)
        results.leaks = try storeLeaks(
            comparison, parts: subject.parts, predictions: predictions, folder: folder)
        results.gold = try storeGold(of: corpus, rows: testRows, predictions: predictions, folder: folder)
        let withAnalysis = ExperimentResults(experiment: experiment, alone: results)
        results.raters = try storeRaters(
            of: corpus, rows: testRows, results: withAnalysis, predictions: predictions, folder: folder)
        results.slices = try storeSlices(
            of: corpus, rows: testRows, results: withAnalysis, predictions: predictions, options: file.slices,
            folder: folder)
        results.labelNoise = try folder.storeLabelNoise(predictions, isWanted: file.isLabelNoiseWanted)
        results.dataset.profileSHA256 = try storeProfile(
            of: corpus, parts: subject.parts, comparison, encoder: encoder,
            maxLengths: file.contestants.compactMap(\.maxLength), quotes: quotes, folder: folder)
        return results
    }
}
