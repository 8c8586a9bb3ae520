import Evaluation

/// Scores on resamples of the test rows, the same ones for all contestants and samples.
struct CurveDraws {
    /// NaN where undefined. Shape: [contestants][P][R][draws].
    let values: [[[[Double]]]]
    /// The means over as many samples, drawn at random from those of the point: the same numbers at all points and for all
    /// contestants. Shape: [contestants][P][draws].
    let means: [[[Double]]]

    /// - Parameter points: Shape: [P][R].
    init(_ points: [[FittedSample]], _ contestants: [String], metric: MetricName) {
        guard let first = points.first?.first, let one = contestants.first else {
            (values, means) = ([], [])
            return
        }
        let gold = first.predictions[one].test.gold
        let resampling = PairedResampling(
            gold: gold,
            runs: contestants.flatMap { id in
                points.joined().map { Array($0.predictions[id].rows(for: [metric]).prefix(1)) }
            },
            labelSpace: first.results.dataset.labelSpace, draws: LearningCurve.draws,
            seed: first.results.experiment.seed)
        var drawn = resampling.bootstrap([metric])[0][...]
        let values = contestants.map { _ in points.map { $0.map { _ in drawn.removeFirst() } } }
        self.values = values
        means = values.map { points in
            points.map { samples in
                (0..<LearningCurve.draws).map { draw in
                    let numbers = resampling.drawnSeeds(ofDraw: draw, count: samples.count)
                    return numbers.reduce(0) { $0 + samples[$1][draw] } / Double(numbers.count)
                }
            }
        }
    }

    /// The variance of the only sample at a point; nil where its metric is not resampled.
    func variance(_ contestant: Int, _ point: Int) -> Double? {
        let defined = values[contestant][point][0].filter { !$0.isNaN }
        if defined.count < 2 { return nil }
        let mean = defined.reduce(0, +) / Double(defined.count)
        return defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(defined.count - 1)
    }
}
