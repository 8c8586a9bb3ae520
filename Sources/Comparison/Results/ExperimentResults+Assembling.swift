import Foundation

extension ExperimentResults {
    /// The same with all that follows from the stored predictions computed again, as this version does it: the analysis,
    /// the scores without leaks, `errors.csv`. What contestants scored stays as it is.
    ///
    /// - Parameters:
    ///   - folder: Of the run, in which `errors.csv` is written.
    ///   - progress: Told how many of how many resamples of a task are done, from any thread.
    public func assembledAgain(
        in folder: RunLayout, progress: @escaping @Sendable (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws -> ExperimentResults {
        var assembled = self
        for (index, task) in tasks.enumerated() {
            guard let before = task.analysis else { continue }
            let place = folder.task(task.name)
            let alone = alone(task)
            let predictions = try StoredPredictions(
                alone, in: place, otherSeeds: alone.otherSeeds(of: task.name, in: folder))
            var analysis = try alone.analysis(
                of: predictions, options: before.options, progress: progress)
            // Texts are not among what a run stores.
            analysis.errors.texts = before.errors.texts.map { texts in
                texts.filter { analysis.errors.ids.contains($0.key) }
            }
            assembled.tasks[index].analysis = analysis
            if let leaks = task.leaks {
                assembled.tasks[index].leaks = try recomputedLeaks(
                    predictions, parts: alone.parts(in: place), in: place)
                assembled.tasks[index].leaks?.cutTexts = leaks.cutTexts
            }
            assembled.tasks[index].errorsSHA256 = try alone.writeErrors(
                predictions,
                texts: before.options.quotes ? try alone.storedErrorTexts(predictions, in: place) : nil,
                in: place)
        }
        return assembled
    }

    /// Whether it says of itself what its digest says.
    public var isAsWritten: Bool {
        get throws { try timings.sha256 == nil || timings.sha256 == digest() }
    }
}
