import DeterministicWork

/// What the contestants of a task have stored, read once for all that follows from it.
public struct StoredPredictions: Sendable {
    /// In the order of the results.
    public let contestants: [ScoredPredictions]

    public init(_ contestants: [ScoredPredictions]) {
        self.contestants = contestants
    }

    /// - Parameters:
    ///   - results: Of one task.
    ///   - folder: Where the task's predictions are.
    ///   - withValidation: Whether those on validation are read too.
    ///   - otherSeeds: Where those of the same task under the other seeds are, in the order of `seeds`.
    /// - Throws: What reading a file throws: `CorpusError` for its form, `ResultsError` for its content.
    public init(
        _ results: ExperimentResults, in folder: RunLayout, withValidation: Bool = true,
        otherSeeds: [RunLayout] = []
    ) throws {
        contestants = try parallelMap(results.contestants.count, blockSize: 1) { place in
            let contestant = results.contestants[place]
            return Result {
                try ScoredPredictions(
                    contestant, isBaseline: results.isBaseline(contestant),
                    labelSpace: results.dataset.labelSpace, in: folder, withValidation: withValidation,
                    otherSeeds: otherSeeds)
            }
        }.map { try $0.get() }
    }

    /// - Precondition: The contestant is among them.
    subscript(id: String) -> ScoredPredictions {
        guard let found = contestants.first(where: { $0.id == id }) else {
            preconditionFailure("no predictions of '\(id)'")
        }
        return found
    }
}
