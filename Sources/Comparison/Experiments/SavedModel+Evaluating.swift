import Corpora
import Evaluation
import Foundation
import Labels
import Results

extension SavedModel {
    /// Texts that are labelled together, between two steps of progress.
    private static let blockSize = 256

    /// The probabilities of each text, as a run stores them. Shape: [texts, K].
    /// - Parameter progress: Told how many texts are done, of how many.
    public func probabilities(
        of texts: [String], progress: (Int, Int) throws -> Void = { _, _ in }
    ) throws -> Probabilities {
        if texts.count <= SavedModel.blockSize { return try checkedProbabilities(of: texts, firstRow: 0) }
        var values: [Double] = []
        values.reserveCapacity(texts.count * labelSpace.count)
        for start in stride(from: 0, to: texts.count, by: SavedModel.blockSize) {
            try progress(start, texts.count)
            let block = texts[start..<min(texts.count, start + SavedModel.blockSize)]
            values += try checkedProbabilities(of: Array(block), firstRow: start).values
        }
        try progress(texts.count, texts.count)
        return Probabilities(labelCount: labelSpace.count, values: values)
    }

    /// What it says of labelled texts, decided as a run decides.
    /// - Precondition: The corpus has the model's label space.
    func candidate(
        on corpus: Corpus, isBaseline: Bool, progress: (Int, Int) throws -> Void
    ) throws -> ModelEvaluation.Candidate {
        precondition(corpus.labelSpace == labelSpace)
        let predictions = Predictions(
            labelSpace: labelSpace, ids: corpus.ids, gold: corpus.targets,
            probabilities: try probabilities(of: corpus.texts, progress: progress), thresholds: thresholds)
        return ModelEvaluation.Candidate(
            model: model, thresholds: thresholds,
            predictions: ScoredPredictions(
                id: id, isBaseline: isBaseline, isProbabilistic: fitted.isProbabilistic, test: predictions,
                validation: nil))
    }
}

extension SavedModels {
    /// Labelled rows to score all models on.
    ///
    /// - Parameters:
    ///   - metric: The one that will order them.
    ///   - notify: Told what is worth knowing about the rows.
    /// - Throws: `ExperimentError` where the models have other labels than each other or than the dataset, or the metric
    ///   does not apply.
    public func rows(
        of reference: DatasetReference, metric: MetricName, cache: URL, notify: (String) -> Void
    ) throws -> LoadedDataset {
        let first = models[0]
        for other in models where other.labelSpace != first.labelSpace {
            throw ExperimentError.unsuitableLabels(
                contestant: other.id, found: other.labelSpace.names,
                expected: "the labels of \(first.id): \(first.labelSpace.names.joined(separator: ", "))")
        }
        guard metric.applies(to: first.labelSpace) else {
            throw ExperimentError.unsuitableLabels(
                contestant: metric.settingName, found: first.labelSpace.names,
                expected: "labels that have this metric; \(first.labelSpace.kind.rawValue) ones do not")
        }
        let loaded = try reference.load(cache: cache, labels: first.labelSpace)
        let corpus = loaded.corpus
        loaded.notices.forEach(notify)
        let counts = corpus.targets.labelCounts(labelCount: first.labelSpace.count)
        for (name, count) in zip(first.labelSpace.names, counts) where count == 0 {
            notify("no row has the label '\(name)', so its recall is not defined")
        }
        if corpus.isSilver { notify("the labels were made by a program, not by people") }
        return loaded
    }

    /// What all models say of such rows.
    /// - Parameter progress: Told of which model it is, how many texts are done, and of how many.
    public func candidates(
        on rows: LoadedDataset, progress: (String, Int, Int) throws -> Void
    ) throws -> [ModelEvaluation.Candidate] {
        let hasOthers = models.contains(where: \.readsTexts)
        return try models.map { model in
            let isBaseline = hasOthers && !model.readsTexts
            return try model.candidate(on: rows.corpus, isBaseline: isBaseline) {
                try progress(model.id, $0, $1)
            }
        }
    }
}
