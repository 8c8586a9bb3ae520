import DeterministicWork
import Labels

/// How well a human does: each rater in turn is left out, and judged by what the others say together.
///
/// Rater r's labels are the vote of r alone, the gold labels that r is judged by the vote of all others; rows that r did not
/// rate, or on which the others are undecided, do not count for r. The human's score is the mean of the raters' scores.
/// Contestants are judged in the same way, by the same votes on the same rows: gold labels that hold r's own vote would favour
/// r, and gold labels of all raters are better than those of all but one.
///
/// Where raters differ from row to row, as where a crowd rated, r stands for whoever was the r-th.
public struct LeftOutRater: Sendable {
    private let labelSpace: LabelSpace
    /// Of the rows or, where rows are ratings, of the texts.
    private let strata: Strata
    /// Where rows are ratings, those of each text; a resample draws texts with all their ratings. Shape: [texts][ratings].
    private let texts: [[Int]]?
    private let raters: [Rater]

    /// One rater, and the votes of all others.
    fileprivate struct Rater {
        /// Both hold no label, or the first class, on rows that do not count. Shape: [N].
        let gold: Targets
        let own: Targets
        let goldRows: GoldRows
        /// Shape: [N].
        let counts: [Bool]
    }

    /// - Parameters:
    ///   - ratings: What each rater said of each row; nil where one said nothing. Shape: [N][raters].
    ///   - judged: How many of the raters are left out in turn, the first ones; the others only vote. Nil for all.
    ///   - gold: The dataset's own labels of these rows, by which resamples are stratified as elsewhere. Shape: [N].
    public init<Rating>(
        _ ratings: [[Rating?]], vote: RaterVote<Rating>, judged: Int? = nil, gold: Targets,
        labelSpace: LabelSpace
    ) {
        let raterCount = ratings.first?.count ?? 0
        precondition((0...raterCount).contains(judged ?? raterCount))
        precondition(ratings.count == gold.count && ratings.allSatisfy { $0.count == raterCount })
        self.labelSpace = labelSpace
        texts = nil
        strata = Strata(gold: gold, labelCount: labelSpace.count)
        raters = (0..<(judged ?? raterCount)).map { rater in
            let pairs = ratings.map { row -> (others: [Int], own: [Int])? in
                guard let rating = row[rater], let own = vote([rating]) else { return nil }
                let others = row.indices.filter { $0 != rater }.compactMap { row[$0] }
                return vote(others).map { ($0, own) }
            }
            let judged = Self.targets(pairs.map { $0?.others }, labelSpace)
            return Rater(
                gold: judged, own: Self.targets(pairs.map { $0?.own }, labelSpace),
                goldRows: GoldRows(judged, labelCount: labelSpace.count), counts: pairs.map { $0 != nil })
        }
    }

    /// Where each row is one rating: every rating is judged by what the others of its text decide, and all count alike, as the
    /// ratings of one human.
    ///
    /// - Parameters:
    ///   - texts: The rows of each text, one at least, no row twice; rows of none do not count. Shape: [texts][ratings].
    ///   - labels: What each row's rater said. Shape: [N].
    public init(rowsOfTexts texts: [[Int]], labels: Targets, vote: RaterVote<[Int]>, labelSpace: LabelSpace) {
        precondition(texts.allSatisfy { !$0.isEmpty })
        self.labelSpace = labelSpace
        self.texts = texts
        strata = Strata(gold: labels.selecting(texts.map { $0[0] }), labelCount: labelSpace.count)
        var others = [[Int]?](repeating: nil, count: labels.count)
        for rows in texts where rows.count >= 2 {
            let ratings = rows.map { labels.labels(ofRow: $0) }
            for place in rows.indices {
                var rest = ratings
                rest.remove(at: place)
                others[rows[place]] = vote(rest)
            }
        }
        let gold = Self.targets(others, labelSpace)
        raters = [
            Rater(
                gold: gold, own: labels, goldRows: GoldRows(gold, labelCount: labelSpace.count),
                counts: others.map { $0 != nil })
        ]
    }

    private static func targets(_ rows: [[Int]?], _ labelSpace: LabelSpace) -> Targets {
        let isMultilabel = labelSpace.kind == .multilabel
        return Targets(rows: rows.map { isMultilabel ? $0 ?? [] : [$0?.first ?? 0] }, in: labelSpace)
    }

    /// How many rows count for each rater. Shape: [raters].
    public var rowCounts: [Int] { raters.map { $0.counts.count { $0 } } }

    /// The rows that count for a rater, ascending.
    public var judgedRows: [Int] {
        (0..<(raters.first?.counts.count ?? 0)).filter { row in raters.contains { $0.counts[row] } }
    }

    /// The score of each rater; nil where it is undefined. Shape: [raters].
    ///
    /// - Precondition: The metric is resampled.
    public func scores(_ metric: MetricName) -> [Double?] {
        let weights = [UInt16](repeating: 1, count: raters.first?.counts.count ?? 0)
        return raters.map { rater in
            score(
                metric, of: [rater], [[RowContributions(rater, predicted: rater.own, labelSpace)]], weights)[
                    0]
        }.map { $0.isNaN ? nil : $0 }
    }

    /// The human's score, and those of contestants judged as the human is; nil where undefined.
    ///
    /// - Parameter contestants: What each predicted. Shape: [contestants][N].
    /// - Precondition: The metric is resampled.
    /// - Returns: Shape: [1 + contestants].
    public func scores(_ metric: MetricName, against contestants: [Targets]) -> [Double?] {
        let weights = [UInt16](repeating: 1, count: raters.first?.counts.count ?? 0)
        return score(metric, of: raters, contributions(contestants), weights).map { $0.isNaN ? nil : $0 }
    }

    /// The same on stratified resamples of the rows, the same ones for all; NaN where undefined.
    ///
    /// - Returns: Shape: [1 + contestants][draws].
    public func bootstrap(
        _ metric: MetricName, against contestants: [Targets], draws: Int, seed: UInt64
    ) -> [[Double]] {
        let contributions = contributions(contestants)
        let N = raters.first?.counts.count ?? 0
        let drawn = parallelMap(draws, blockSize: 50) { draw -> [Double] in
            var random = RandomHalves(RandomStream(seed: seed, for: .bootstrap(draw: draw)))
            return score(metric, of: raters, contributions, weights(&random, N))
        }
        return contributions.indices.map { place in drawn.map { $0[place] } }
    }

    /// How often each row occurs in a resample. Shape: [N].
    private func weights(_ random: inout RandomHalves, _ N: Int) -> [UInt16] {
        var weights = [UInt16](repeating: 0, count: N)
        guard let texts else {
            weights.withUnsafeMutableBufferPointer { strata.draw(&random, into: $0) }
            return weights
        }
        var drawn = [UInt16](repeating: 0, count: texts.count)
        drawn.withUnsafeMutableBufferPointer { strata.draw(&random, into: $0) }
        for (rows, weight) in zip(texts, drawn) { for row in rows { weights[row] = weight } }
        return weights
    }

    /// Shape: [1 + contestants][raters].
    private func contributions(_ contestants: [Targets]) -> [[RowContributions]] {
        [raters.map { RowContributions($0, predicted: $0.own, labelSpace) }]
            + contestants.map { predicted in
                raters.map { RowContributions($0, predicted: predicted, labelSpace) }
            }
    }

    /// Of each predictor the mean over the raters on whom it is defined, NaN if it is on none.
    ///
    /// - Parameter contributions: Shape: [predictors][raters].
    /// - Returns: Shape: [predictors].
    private func score(
        _ metric: MetricName, of raters: [Rater], _ contributions: [[RowContributions]], _ weights: [UInt16]
    ) -> [Double] {
        guard let score = CountScore(metric, labelSpace: labelSpace) else {
            preconditionFailure("\(metric.rawValue) is not to be had from resamples")
        }
        var sums = CountSums(labelCount: labelSpace.count)
        var values: [[Double]] = contributions.map { _ in [] }
        for (r, rater) in raters.enumerated() {
            let own = zip(weights, rater.counts).map { $1 ? $0 : 0 }
            let N = own.reduce(0) { $0 + Int($1) }
            if N == 0 { continue }
            own.withUnsafeBufferPointer { own in
                let gold = rater.goldRows.counts(own)
                for place in contributions.indices {
                    contributions[place][r].sum(own, into: &sums)
                    let value = score.value(sums, gold: gold, N: N)
                    if !value.isNaN { values[place].append(value) }
                }
            }
        }
        return values.map { $0.isEmpty ? .nan : $0.reduce(0, +) / Double($0.count) }
    }
}

extension RowContributions {
    fileprivate init(_ rater: LeftOutRater.Rater, predicted: Targets, _ labelSpace: LabelSpace) {
        self.init(gold: rater.gold, PredictedRows(predicted: predicted), labelSpace: labelSpace)
    }
}
